"""A finding is taken up: it must be open, about an institution of the territory, and is heard once."""

import pytest

from institutions.models import Account, Institution
from supervision.hearing.models import Hearing
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused
from tests.builders import make_finding
from tests.hearing.heard import in_second_review, make_lines


def test_taken_up_it_is_marked_as_acted_on(first: Account, place: Institution) -> None:
    hearing = open_hearing(make_lines("60", place=place, month="2026-02"), by=first)
    assert (hearing.state, hearing.rule, hearing.month) == ("raised", "drug_sex_restricted", "2026-02")
    assert (hearing.place_id, hearing.institution, hearing.finding.acted_on) == ("990101", place, True)


@pytest.mark.parametrize(("status", "because"), [("withdrawn", "gone"), ("withdrawn", "reviewed"), ("held", "")])
def test_only_an_open_finding_is_heard(first: Account, place: Institution, status: str, because: str) -> None:
    finding = make_finding(place, status=status, withdrawn_because=because)
    with pytest.raises(MoveRefused, match="Only an open finding"):
        open_hearing(finding, by=first)
    assert not Finding.objects.get().acted_on


def test_what_is_about_no_institution_is_not_heard(first: Account) -> None:
    with pytest.raises(MoveRefused, match="no institution"):
        open_hearing(make_finding(None), by=first)


def test_a_finding_is_heard_once(first: Account, second: Account, place: Institution) -> None:
    finding = make_lines("60", place=place)
    open_hearing(finding, by=first)
    with pytest.raises(MoveRefused, match="already"):
        open_hearing(finding, by=second)
    assert Hearing.objects.count() == 1


def test_what_was_heard_and_withdrawn_is_not_heard_again_whatever_a_later_run_finds(
    first: Account, second: Account, hospital: Account, place: Institution
) -> None:
    hearing = in_second_review(make_lines("60", place=place), first, second, hospital, "an emergency")
    HEARING.make(hearing, "withdraw", by=second, note="it was one", cause="other")
    Finding.objects.update(status=Finding.Status.OPEN, acted_on=False)  # a later run found something else
    with pytest.raises(MoveRefused, match="New facts begin a case of their own"):
        open_hearing(hearing.finding, by=second)
    with pytest.raises(MoveRefused, match="cannot be done with what is withdrawn"):
        HEARING.make(hearing, "reopen", by=second)
    assert not Finding.objects.get().acted_on
