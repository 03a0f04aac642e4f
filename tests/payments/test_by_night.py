"""By night the past month is laid down by itself: once for each institution under agreement, whatever was cut off."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from institutions.models import Agreement, Institution
from supervision.clocks.models import Clock
from supervision.payments import declaring
from supervision.payments.models import MonthlySettlement
from supervision.payments.models.settlements import State
from supervision.payments.tasks import lay_down_the_past_month
from tests.builders import make_institution
from tests.designation.parties import make_insurer
from tests.payments.office import Agency, treat

pytestmark = pytest.mark.django_db
LAST = timezone.localdate().replace(day=1) - timedelta(1)
MONTH = f"{LAST:%Y-%m}"


def agree(place: Institution, since: date, until: date) -> None:
    Agreement.objects.create(
        institution=place, insurer=make_insurer(), number=f"XY-{place.pk}", period=DateRange(since, until)
    )


def two_hospitals(agency: Agency, folder: Path) -> Institution:
    other = make_institution("H99010100002", "990101")
    for place in (agency.hospital, other):
        agree(place, LAST - timedelta(300), LAST + timedelta(60))
        treat(folder, place, 10_000, month=MONTH)
    return other


def test_each_institution_under_agreement_is_laid_down_once_by_the_site(agency: Agency, folder: Path) -> None:
    two_hospitals(agency, folder)
    lay_down_the_past_month()
    lay_down_the_past_month()
    assert MonthlySettlement.objects.filter(month=MONTH, state=State.DECLARED).count() == 2
    made = MonthlySettlement.objects.get(institution=agency.hospital)
    assert [(one.move, one.by) for one in made.events.all()] == [("declare", None)]
    assert Clock.objects.filter(subject=made.number).count() == 1


def test_whoever_was_not_under_agreement_in_the_month_waits_for_a_person(agency: Agency, folder: Path) -> None:
    agree(agency.hospital, LAST - timedelta(800), LAST.replace(day=1))  # its last day is that of the month before
    treat(folder, agency.hospital, 10_000, month=MONTH)
    lay_down_the_past_month()
    assert not MonthlySettlement.objects.exists()


def test_what_was_cut_off_half_way_goes_on_the_next_night(
    agency: Agency, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, whole = two_hospitals(agency, folder), declaring.laid_down
    with monkeypatch.context() as patched:
        patched.setattr(declaring, "laid_down", lambda place, *said: cut_off(whole, other, place, *said))
        with pytest.raises(KeyboardInterrupt):
            lay_down_the_past_month()
    assert [one.institution for one in MonthlySettlement.objects.all()] == [agency.hospital]
    lay_down_the_past_month()
    assert {one.institution for one in MonthlySettlement.objects.all()} == {agency.hospital, other}


def cut_off(whole: object, at: Institution, place: Institution, *said: object) -> object:
    if place == at:
        raise KeyboardInterrupt
    return whole(place, *said)  # type: ignore[operator]


def test_what_a_person_laid_down_before_stays_theirs(agency: Agency, folder: Path) -> None:
    two_hospitals(agency, folder)
    declaring.declare(MONTH, by=agency.clerk)
    lay_down_the_past_month()
    assert {one.events.get().by for one in MonthlySettlement.objects.all()} == {agency.clerk}
