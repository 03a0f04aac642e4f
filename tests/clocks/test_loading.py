"""A year's calendar is taken in from a file when its notice is out, and clocks are reckoned again."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.clocks.calendar import YearMissing, add, end_of, is_working_day
from supervision.clocks.loading import CalendarRejected, load_calendar, load_provisional, load_shipped
from supervision.clocks.models import CalendarYear, Clock, Limit, SpecialDay, Unit
from supervision.clocks.running import meet
from tests.builders import make_account
from tests.clocks.building import make_clock
from tests.clocks.calendars import at

pytestmark = pytest.mark.django_db
HEAD = "day,kind,name_zh,name_en,source,verified\n"
# Invented, in the form of a notice: what the State Council arranges for 2027 is not among the shipped facts.
OF_2027 = HEAD + "".join(
    f"2027-{line},春节,Spring Festival,an invented notice,no\n"
    for line in (
        "01-01,off",
        "02-05,off",
        "02-08,off",
        "02-09,off",
        "02-10,off",
        "02-11,off",
        "02-12,off",
        "02-14,work",
    )
)


@pytest.fixture
def unknown_2027() -> None:
    CalendarYear.objects.filter(year__gte=2027).delete()


def test_the_shipped_years_are_there_with_their_notices_and_were_read_in_them() -> None:
    years = CalendarYear.objects.filter(year__lte=2026)
    assert {(year.year, year.verified) for year in years} == {(2024, True), (2025, True), (2026, True)}
    assert "国办发明电〔2025〕7号" in years.get(year=2026).source


@pytest.fixture
def administrators() -> tuple[str, str]:
    names = ("Zhao", "Qian")
    for name in names:
        make_account(name, None, duties=[Duty.ADMINISTER])
    return names


def load_with(file: Path, names: tuple[str, str]) -> str:
    said = StringIO()
    call_command("load_calendar", str(file), by=names[0], checked_by=names[1], stdout=said)
    return said.getvalue()


def test_2027_is_refused_until_its_calendar_is_loaded_and_counted_by_it_afterwards(
    unknown_2027: None, tmp_path: Path, administrators: tuple[str, str]
) -> None:
    with pytest.raises(YearMissing):
        add(at("2026-12-28 09:00"), 10, Unit.WORKING_DAYS)
    file = tmp_path / "2027.csv"
    file.write_text(OF_2027, encoding="utf-8")
    load_with(file, administrators)
    assert not is_working_day(date(2027, 2, 12)) and is_working_day(date(2027, 2, 14))
    assert add(at("2026-12-28 09:00"), 10, Unit.WORKING_DAYS) == end_of(date(2027, 1, 12))
    assert add(at("2027-02-04 09:00"), 1, Unit.WORKING_DAYS) == end_of(date(2027, 2, 14))
    assert not CalendarYear.objects.get(year=2027).verified


def test_a_notice_is_shown_first_and_taken_in_by_two_administrators(
    tmp_path: Path, administrators: tuple[str, str], unknown_2027: None
) -> None:
    file, said = tmp_path / "2027.csv", StringIO()
    file.write_text(OF_2027, encoding="utf-8")
    call_command("load_calendar", str(file), stdout=said)
    assert "2027-02-14: worked (before: off)" in said.getvalue() and "Nothing was loaded" in said.getvalue()
    make_account("a reader", None, duties=[Duty.READ])
    for names in [("Zhao", "Zhao"), ("Zhao", ""), ("", "Qian"), ("Zhao", "a reader"), ("Zhao", "nobody")]:
        with pytest.raises(CommandError):
            load_with(file, names)
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert "loaded 2027" in load_with(file, administrators)
    act = Entry.objects.get(act=Act.REFERENCE)
    assert (act.account, act.facts["checked_by"], act.facts["years"]) == ("Zhao", "Qian", [2027])
    assert "Nothing would change." in load_with(file, administrators)


def test_a_step_through_a_year_that_is_not_loaded_is_refused_with_the_remedy(unknown_2027: None) -> None:
    with pytest.raises(YearMissing, match=r"2027 are not loaded.*State Council's notice.*load_calendar"):
        make_clock("hearing_answer", since="2026-12-25 09:00")


def test_clocks_that_run_through_a_loaded_year_are_due_when_it_says(unknown_2027: None) -> None:
    going = make_clock("P05", since="2026-11-07 09:00")  # 90 days end on Friday, 5 February
    met = meet(make_clock("P05", since="2026-11-07 09:00"), at("2026-12-01 09:00"))
    assert going.due_at == end_of(date(2027, 2, 5))
    load_calendar(StringIO(OF_2027))
    assert Clock.objects.get(pk=going.pk).due_at == end_of(date(2027, 2, 14))
    assert Clock.objects.get(pk=met.pk).due_at == end_of(date(2027, 2, 5))


def test_another_calendar_gives_an_institution_more_time_and_never_less(unknown_2027: None) -> None:
    load_calendar(StringIO(OF_2027))
    owed = {"duty": "answer", "institution": "H99010100001"}
    theirs = make_clock("P05", since="2026-11-07 09:00", **owed)
    shorter = make_clock("P05", since="2026-11-08 09:00", **owed)
    ours = make_clock("P05", since="2026-11-07 09:00")
    load_calendar(StringIO(HEAD + "2027-01-01,off,元旦,New Year's Day,another notice,yes\n"))
    assert Clock.objects.get(pk=ours.pk).due_at == end_of(date(2027, 2, 5))
    assert Clock.objects.get(pk=theirs.pk).due_at == end_of(date(2027, 2, 14))
    load_calendar(StringIO(OF_2027 + "2027-02-15,off,春节,Spring Festival,an invented notice,no\n"))
    assert Clock.objects.get(pk=shorter.pk).due_at == end_of(date(2027, 2, 14))


def test_loading_a_year_again_replaces_it(unknown_2027: None) -> None:
    load_calendar(StringIO(OF_2027))
    load_calendar(StringIO(HEAD + "2027-01-01,off,元旦,New Year's Day,another notice,yes\n"))
    assert [day.day for day in SpecialDay.objects.filter(year=2027)] == [date(2027, 1, 1)]
    assert CalendarYear.objects.get(year=2027).source == "another notice"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("day,kind\n2027-01-01,off\n", "first line"),
        (HEAD, "holds no day"),
        (HEAD + "1 January,off,元旦,New Year's Day,a notice,no\n", "Line 2"),
        (HEAD + "2027-01-01,closed,元旦,New Year's Day,a notice,no\n", "off or work"),
        (HEAD + "2027-01-04,work,元旦,New Year's Day,a notice,no\n", "Saturday or a Sunday"),
        (HEAD + "2027-01-01,off,元旦,New Year's Day,,no\n", "source"),
        (HEAD + "2027-01-01,off,元旦\n", "number of columns"),
        (HEAD + "2027-01-01,off,元旦,New Year's Day,a notice,no\n" * 2, "twice"),
    ],
)
def test_a_file_that_is_no_calendar_changes_nothing(unknown_2027: None, text: str, why: str) -> None:
    with pytest.raises(CalendarRejected, match=why):
        load_calendar(StringIO(text))
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("load_calendar", str(tmp_path / "none.csv"))


def test_what_an_administrator_has_set_survives_the_next_update() -> None:
    Limit.objects.filter(code="hearing_answer").update(amount=12)
    CalendarYear.objects.filter(year=2026).update(source="read here")
    load_shipped()
    assert Limit.objects.get(code="hearing_answer").amount == 12
    assert CalendarYear.objects.get(year=2026).source == "read here"


def test_provisional_years_are_left_out_unless_asked_for_and_are_not_confirmed(
    unknown_2027: None, settings: Settings
) -> None:
    settings.PROVISIONAL_CALENDARS = False
    load_shipped()
    assert not CalendarYear.objects.filter(year=2027).exists()
    call_command("load_calendar", provisional=True, stdout=StringIO())
    assert CalendarYear.objects.get(year=2027).verified is False
    assert not is_working_day(date(2027, 2, 8)) and is_working_day(date(2027, 2, 9))


def test_a_notice_takes_the_place_of_a_provisional_year() -> None:
    load_provisional()
    load_calendar(StringIO(OF_2027))
    assert load_provisional() == []
    assert not is_working_day(date(2027, 2, 9))
