from collections.abc import Iterator

import pytest

from institutions.models import Institution
from supervision.review.asking import library
from tests.builders import make_institution, make_point
from tests.review.messages import FOR_WOMEN, INSTITUTION


@pytest.fixture
def hospital(db: None) -> Institution:
    """A hospital of the prefecture, and one point in force: an item that is for women."""
    values = {"item": FOR_WOMEN, "name": "子宫输卵管碘油造影", "sex": "2"}
    make_point(list_id="sex_item", point="SEXITEM-0004", key=FOR_WOMEN, values=values)
    return make_institution(INSTITUTION, "990101")


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """What one test's rules and lists were, the next does not know."""
    yield
    library.forget()
