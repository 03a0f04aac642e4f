"""An agreement is suspended, resumed, terminated and restored by acts alone, each only from where it stands."""

import pytest

from institutions import agreements
from institutions.agreements import AgreementRefused
from institutions.models import Agreement
from tests.builders import make_institution
from tests.cases.handled import make_agreement, make_insurer

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Agreement:
    return make_agreement(make_institution())


def test_it_is_suspended_with_its_ground_and_resumed(agreement: Agreement) -> None:
    suspended = agreements.suspend(agreement, because="AJ-1-B1")
    assert (suspended.state, suspended.state_because) == ("suspended", "AJ-1-B1")
    assert agreements.resume(agreement, because="AJ-1-B1").state == "in_force"


def test_what_is_terminated_is_neither_suspended_nor_resumed(agreement: Agreement) -> None:
    agreements.terminate(agreement, because="AJ-1-B1")
    for act in (agreements.suspend, agreements.resume, agreements.terminate):
        with pytest.raises(AgreementRefused):
            act(agreement, because="x")
    assert agreements.restore(agreement, because="annulled").state == "in_force"


def test_the_agreement_of_today_is_found_by_its_insurer(agreement: Agreement) -> None:
    assert agreements.current(agreement.institution, insurer=make_insurer()) == agreement
    assert agreements.current(make_institution("H99010100002")) is None
