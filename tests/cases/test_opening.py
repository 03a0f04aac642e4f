from decimal import Decimal

import pytest

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.cases.models import Case
from supervision.cases.opening import add_hearings
from supervision.clocks.models import CalendarYear, Clock
from supervision.hearing.models import Hearing
from supervision.ledger.models import Item
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_division, make_institution
from tests.cases.office import Office, make_case, make_officer, make_upheld
from tests.hearing.heard import make_lines, make_reviewer, notified


def test_a_lead_gets_the_next_number_of_its_place_and_year(office: Office) -> None:
    first, second = make_case(office), make_case(office)
    start, number = first.number.rsplit("-", 1)
    assert start.startswith("AJ-990101-20")
    assert (number, second.number) == ("000001", f"{start}-000002")


def test_sorting_and_filing_are_owed_from_the_day_of_the_lead_on(office: Office) -> None:
    case = make_case(office)
    running = Clock.objects.filter(subject=case.number).values_list("limit__code", flat=True)
    assert sorted(running) == ["P01", "lead_triage"]
    assert case.clock is not None
    assert case.clock.address == case.get_absolute_url()


def test_a_finding_that_was_upheld_becomes_part_of_the_case_with_its_money(office: Office) -> None:
    hearing = make_upheld(office, "1000.00", "20.50")
    case = make_case(office, hearing)
    hearing.refresh_from_db()
    assert (hearing.state, hearing.measure) == ("handled", "case")
    assert [row.hearing for row in case.findings.all()] == [hearing]
    assert Item.objects.filter(case=case.number).count() == 2
    assert Entry.objects.filter(act=Act.CASE, subject=case.number).get().facts["hearings"] == [hearing.pk]


def test_a_finding_still_being_heard_opens_no_case(office: Office) -> None:
    hearing = notified(make_lines("80.00", place=office.place), make_reviewer("reviewer"))
    with pytest.raises(MoveRefused, match="neither upheld nor accepted"):
        make_case(office, hearing)
    assert not Case.objects.exists()


def test_a_finding_is_in_one_case_at_a_time(office: Office) -> None:
    hearing = make_upheld(office)
    make_case(office, hearing)
    hearing = Hearing.objects.get(pk=hearing.pk)
    with pytest.raises(MoveRefused, match="neither upheld nor accepted"):
        make_case(office, hearing)


def test_a_finding_about_another_institution_stays_out(office: Office) -> None:
    with pytest.raises(MoveRefused, match="another institution"):
        make_case(office, make_upheld(office), institution=make_institution("H99010100777"))


def test_nobody_opens_a_case_elsewhere_or_without_a_duty(office: Office) -> None:
    with pytest.raises(BeyondReach):
        make_case(office, place=make_division("990201"))
    with pytest.raises(MoveRefused, match="duty"):
        make_case(office, by=make_officer("reader", Duty.READ))
    assert not Case.objects.exists()


def test_a_case_without_findings_begins_with_no_money(office: Office) -> None:
    case = make_case(office, origin="complaint")
    assert sum((item.pk for item in Item.objects.filter(case=case.number)), Decimal(0)) == 0


def test_without_the_calendar_of_the_year_no_deadline_is_guessed_and_nothing_begins(office: Office) -> None:
    CalendarYear.objects.all().delete()
    with pytest.raises(MoveRefused, match="are not loaded"):
        make_case(office)
    assert not Case.objects.exists()


def test_the_institution_of_a_case_lies_in_its_place(office: Office) -> None:
    with pytest.raises(MoveRefused, match="outside the place"):
        make_case(office, place=make_division("990102"))
    assert make_case(office, place=make_division("990100")).institution == office.place


def test_an_archived_case_takes_no_further_findings(office: Office) -> None:
    case = make_case(office)
    stale, hearing = Case.objects.get(pk=case.pk), make_upheld(office)
    Case.objects.filter(pk=case.pk).update(state="archived")
    with pytest.raises(MoveRefused, match="archived"):
        add_hearings(stale, [hearing], by=office.first)
    assert not case.findings.exists()
