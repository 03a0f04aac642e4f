"""A daily inspection: issued by another than who proposed it, and ended in one of four ways."""

from pathlib import Path

import pytest
from django.utils import timezone

from supervision.cases.models import Case
from supervision.documents.models import Document
from supervision.hearing.models import Hearing
from supervision.inspections.models import Inspection
from supervision.moves import MoveRefused
from tests.inspections import office as tell
from tests.inspections.office import Office


def issued(office: Office) -> Inspection:
    made = tell.with_team(tell.proposed(office, mode="daily"), office)
    return tell.move(made, "issue", by=office.chief)


def defended(office: Office, *, claim: str = "", found: bool = True) -> Inspection:
    made = tell.on_site(issued(office))
    if found:
        tell.found(made, claim=claim)
    return tell.defended(tell.fed_back(made), office)


def test_nothing_is_issued_without_a_team(office: Office) -> None:
    made = tell.proposed(office, mode="daily")
    with pytest.raises(MoveRefused, match="2 officers at least"):
        tell.move(made, "issue", by=office.chief)


def test_no_problem(office: Office) -> None:
    made = tell.move(defended(office, found=False), "no_problem", by=office.planner, note="in order")
    assert made.state == "no_problem"
    made = tell.move(made, "close", by=office.chief, published_result="In order.")
    assert (made.state, made.published_on) == ("closed", timezone.localdate())
    with pytest.raises(MoveRefused, match="A finding stands"):
        tell.move(defended(office), "no_problem", by=office.planner, note="x")


def test_what_names_no_line_may_be_ordered_to_be_put_right(office: Office, folder: Path) -> None:
    made = defended(office)
    facts = {"note": "x", "demand": "keep the register", "correct_by": timezone.localdate()}
    made = tell.move(made, "correct", by=office.hearer, **facts)
    letter = Document.objects.get(about=str(made), kind="correction_order")
    assert letter.services.get().institution == office.hospital.pk
    assert (made.state, Case.objects.count()) == ("correction", 0)
    other = defended(office, claim=tell.settled(office, folder))
    with pytest.raises(MoveRefused, match="names settlement lines"):
        tell.move(other, "correct", by=office.hearer, **facts)


@pytest.mark.parametrize("name", ["breach", "case"])
def test_findings_go_on(office: Office, folder: Path, name: str) -> None:
    made = defended(office, claim=tell.settled(office, folder))
    made = tell.move(made, name, by=office.hearer, note="as found")
    assert (made.state, Hearing.objects.get().finding.rule) == (name, "on_site_inspection")
    with pytest.raises(MoveRefused, match="No finding stands"):
        tell.move(defended(office, found=False), name, by=office.hearer, note="x")
