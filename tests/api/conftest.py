from tests.review.conftest import hospital, nothing_known

__all__ = ["hospital", "nothing_known"]
