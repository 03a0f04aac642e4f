import pytest

from tests.complaints.rewards.office import RewardDesk, make_desk


@pytest.fixture
def office() -> RewardDesk:
    return make_desk()
