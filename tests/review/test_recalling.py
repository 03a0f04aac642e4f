"""What is recalled is forgotten as soon as one of the tables behind it has changed."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Institution
from supervision.review import recalling
from supervision.review.gateway import signing
from supervision.review.models import Key
from tests.review.messages import INSTITUTION

pytestmark = pytest.mark.django_db(transaction=True)  # what is told apart is who wrote a row: the transaction


@pytest.fixture
def key(hospital: Institution) -> Key:
    return Key.objects.create(institution=hospital, number=1)


def test_a_closed_key_opens_nothing_after_the_next_look(key: Key) -> None:
    recalling.look()
    signing.check_open(INSTITUTION, 1)
    key.closed_at = timezone.now()
    key.save()
    signing.check_open(INSTITUTION, 1)  # it is recalled still
    recalling.look()
    with pytest.raises(signing.NotSigned, match="closed"):
        signing.check_open(INSTITUTION, 1)


def test_what_has_not_changed_is_not_asked_again(key: Key) -> None:
    recalling.look()
    first = recalling.institution(INSTITUTION)
    recalling.look()
    assert recalling.institution(INSTITUTION) is first


def test_a_name_that_changed_is_said_anew(hospital: Institution) -> None:
    recalling.look()
    recalling.institution(INSTITUTION)
    Institution.objects.filter(pk=INSTITUTION).update(name_zh="改名医院")
    recalling.look()
    assert recalling.institution(INSTITUTION).name_zh == "改名医院"


def test_nobody_looks_so_it_is_recalled_for_some_seconds_only(key: Key, settings: Settings) -> None:
    settings.REVIEW_RECALLED = 0
    first = recalling.institution(INSTITUTION)
    assert recalling.institution(INSTITUTION) is not first
