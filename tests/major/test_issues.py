"""A major issue from the hour in which it was found to its closing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from supervision.clocks.models import Clock, Limit
from supervision.major import calling, following, levelling, reaching, timeline
from supervision.major.handling import ISSUE
from supervision.major.models import Contact, Issue, IssueLevel, IssueReport
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_account
from tests.cases.office import make_case
from tests.cases.office import make_office as make_case_office
from tests.major.office import Office, found, graded, listed, reported, responding, reviewed, stabilised, with_task

pytestmark = pytest.mark.django_db
HOURS = {1: 2, 2: 12, 3: 24}


@pytest.mark.parametrize(("level", "hours"), HOURS.items())
def test_the_first_report_is_due_hours_after_it_was_found_also_at_night(office: Office, level: int, hours: int) -> None:
    with time_machine.travel("2026-04-04 22:30+08:00", tick=False):  # a Saturday, and a holiday
        issue = found(office, level)
        assert issue.clock is not None
        assert issue.clock.due_at - issue.found_at == timedelta(hours=hours)


def test_level_four_is_counted_in_working_days(office: Office) -> None:
    with time_machine.travel("2026-04-10 22:30+08:00", tick=False):  # a Friday
        issue = found(office, 4)
        assert issue.clock is not None
        assert timezone.localdate(issue.clock.due_at).isoformat() == "2026-04-15"


@pytest.mark.parametrize(("minutes", "late"), [(119, False), (120, False), (121, True)])
def test_a_report_is_in_time_to_the_minute_or_late(office: Office, minutes: int, late: bool) -> None:
    with time_machine.travel("2026-04-10 09:00+08:00", tick=False) as clock:
        issue = found(office, 1)
        clock.shift(timedelta(minutes=minutes))
        ISSUE.make(issue, "report", by=office.officer, issue_report="what is known")
    assert issue.reports.get().late is late
    ended = Clock.objects.get(subject=issue.number)
    assert ended.state == (Clock.State.MISSED if late else Clock.State.MET)
    assert Issue.objects.reported_late().filter(pk=issue.pk).exists() is late


def test_a_late_report_stays_late_whoever_tries(office: Office) -> None:
    issue = reported(office, 1, hours_ago=3)
    report = issue.reports.get()
    assert report.late
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueReport.objects.filter(pk=report.pk).update(at=issue.found_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        report.delete()


def test_it_is_not_found_in_the_future_nor_without_words(office: Office) -> None:
    with pytest.raises(MoveRefused, match="later than now"):
        found(office, hours_ago=-1)
    with pytest.raises(MoveRefused, match="says what it is about"):
        found(office, facts=" ")
    with pytest.raises(MoveRefused, match="fractions"):
        found(office, est_amount=Decimal("1.001"))


def test_what_goes_up_is_graded_above_and_what_stays_by_the_place_itself(office: Office) -> None:
    issue = reported(office, 2)
    with pytest.raises(MoveRefused, match="level above"):
        ISSUE.make(issue, "grade", by=office.chief, issue_level="2")
    assert ISSUE.make(issue, "grade", by=office.province, issue_level="2").state == "graded"
    contained = reported(office, 4)
    assert ISSUE.make(contained, "grade", by=office.chief, issue_level="4").state == "graded"


def test_another_level_needs_a_reason_and_brings_its_own_clock(office: Office) -> None:
    issue = reported(office, 2)
    with pytest.raises(MoveRefused, match="needs a reason"):
        ISSUE.make(issue, "grade", by=office.province, issue_level="1")
    issue = ISSUE.make(issue, "grade", by=office.province, issue_level="1", note="it is on television")
    assert (issue.level, issue.rule.level) == (1, 1)
    assert issue.clock is not None
    assert issue.clock.limit.code == "major_follow_1"
    issue = ISSUE.make(issue, "respond", by=office.chief, issue_owner="the director")
    issue = ISSUE.make(issue, "regrade", by=office.province, issue_level="3", note="it was one ward")
    assert issue.clock is not None
    assert (issue.level, issue.clock.limit.code) == (3, "major_follow_3")
    assert set(Clock.objects.filter(limit__code="major_follow_1").values_list("state", flat=True)) == {"stopped"}


def test_who_reported_it_does_not_grade_it(office: Office) -> None:
    office.officer.duties = [*office.officer.duties, "decide"]
    office.officer.save()
    with pytest.raises(MoveRefused, match="second person"):
        ISSUE.make(reported(office, 4), "grade", by=office.officer, issue_level="4")


def test_a_place_sets_its_own_hours_and_triggers(office: Office) -> None:
    Limit.objects.create(
        code="major_report_2", place="990100", name_zh="本地首报", name_en="own", amount=4, unit="h", source="own",
        verified="setting", valid=DateRange(timezone.localdate(), None),
    )  # fmt: skip
    IssueLevel.objects.create(
        level=2, place="990100", trigger_zh="本地", trigger_en="own", amount=500_000, up_to=1,
        report_limit="major_report_2", follow_limit="major_follow_2", source="own", verified="setting",
        valid=DateRange(timezone.localdate(), None),
    )  # fmt: skip
    issue = found(office, 2)
    assert issue.clock is not None
    assert issue.clock.due_at - issue.found_at == timedelta(hours=4)
    for place, level in (("990100", 2), ("990200", 3)):
        reached = levelling.reached(levelling.levels(place), amount=Decimal(600_000))
        assert reached is not None
        assert reached.level == level


def test_each_follow_up_ends_its_clock_and_starts_the_next(office: Office) -> None:
    issue = responding(office, 1)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert not following.write_follow_up(issue, "day one", by=office.officer).late
    with time_machine.travel(timezone.now() + timedelta(hours=23 + 25)):
        assert following.write_follow_up(issue, "day two", by=office.officer).late
    states = Clock.objects.filter(limit__code="major_follow_1").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["met", "missed", "running"]


def test_only_the_place_writes_its_reports_and_only_once_it_is_graded(office: Office) -> None:
    with pytest.raises(MoveRefused, match="once it is graded"):
        following.write_follow_up(reported(office), "more", by=office.officer)
    office.province.duties = [*office.province.duties, "investigate"]
    office.province.save()
    with pytest.raises(MoveRefused, match="place itself"):
        following.write_follow_up(graded(office), "more", by=office.province)


def test_a_level_above_lists_it_with_a_day_and_takes_it_off(office: Office) -> None:
    facts: dict[str, Any] = {"listing_demands": "all of it", "listing_until": timezone.localdate() - timedelta(1)}
    with pytest.raises(MoveRefused, match="over already"):
        ISSUE.make(responding(office), "list", by=office.province, **facts)
    issue = listed(office)
    listing = reaching.listed(issue)
    assert listing is not None
    assert listing.clock is not None
    assert timezone.localdate(listing.clock.due_at) == listing.due_on
    with pytest.raises(MoveRefused, match="level above"):
        ISSUE.make(issue, "delist", by=office.chief, note="met")
    issue = ISSUE.make(issue, "delist", by=office.province, note="the money is back")
    assert issue.state == "responding"
    assert reaching.listed(issue) is None
    listing.clock.refresh_from_db()
    assert listing.clock.state == "met"


def test_what_the_province_listed_the_prefecture_does_not_take_off(office: Office) -> None:
    issue = listed(office)
    issue.place_id = office.county.territory_id  # type: ignore[assignment]
    issue.save()
    with pytest.raises(MoveRefused, match="Whoever has listed it"):
        ISSUE.make(issue, "delist", by=office.chief, note="met")


def test_guidance_comes_from_above(office: Office) -> None:
    issue = responding(office)
    assert (
        following.give_guidance(issue, "team", "Five people come on Monday.", by=office.province).place_id == "990000"
    )
    with pytest.raises(MoveRefused, match="level above"):
        following.give_guidance(issue, "words", "Hurry.", by=office.chief)


def test_it_flares_up_again_after_it_was_stable(office: Office) -> None:
    issue = ISSUE.make(stabilised(office), "flare_up", by=office.officer, note="another ward")
    assert issue.state == "responding"
    assert issue.reviewing is not None
    assert issue.reviewing.state == "stopped"
    assert issue.clock is not None
    assert issue.clock.state == "running"


def test_it_is_closed_above_once_its_tasks_are_done_and_not_by_who_reviewed(office: Office) -> None:
    issue = with_task(office)
    with pytest.raises(MoveRefused, match="1 tasks"):
        ISSUE.make(issue, "close", by=office.province, issue_report="all done")
    following.finish_task(issue, issue.tasks.get().pk, "visited", by=office.officer)
    issue = ISSUE.make(issue, "close", by=office.province, issue_report="all done")
    assert issue.state == "closed"
    assert issue.closed_at is not None
    assert not Clock.objects.going().filter(subject=issue.number).exists()
    with pytest.raises(MoveRefused, match="closed"):
        following.link_matter(issue, "x", by=office.chief)


def test_a_case_is_linked_by_its_number_and_only_if_it_is_seen(office: Office) -> None:
    case, foreign = make_case(make_case_office(sign="c")), make_case(make_case_office("990200", "d"))
    issue = responding(office)
    following.link_matter(issue, case.number, by=office.officer)
    for number in (foreign.number, "AJ-none", "7" * 30, "x\0y"):
        with pytest.raises(MoveRefused, match="nothing here"):
            following.link_matter(issue, number, by=office.officer)
    with pytest.raises(MoveRefused, match="linked already"):
        following.link_matter(issue, case.number, by=office.officer)
    assert following.link_matter(issue, office.hospital.pk, by=office.officer).kind == "institution"


def test_the_timeline_tells_all_of_it_in_order(office: Office) -> None:
    issue = reviewed(office)
    following.give_guidance(issue, "words", "Keep at it.", by=office.province)
    told = timeline.told(issue, [])
    assert [entry.at for entry in told] == sorted(entry.at for entry in told)
    assert {"first report", "instruction (Example Province)", "stabilised"} <= {entry.what for entry in told}


def test_a_neighbour_does_not_see_it_and_levels_above_do(office: Office) -> None:
    issue = found(office)
    neighbour = make_account("neighbour", "990200")
    assert not Issue.objects.visible_to(neighbour).exists()
    assert not Issue.objects.visible_to(office.answerer).exists()
    assert not Issue.objects.visible_to(office.county).exists()
    assert Issue.objects.visible_to(office.province).get() == issue
    neighbour.duties = ["investigate"]
    with pytest.raises(BeyondReach):
        ISSUE.make(issue, "report", by=neighbour, issue_report="x")


def test_contacts_are_named_and_crossed_out_by_the_place_itself(office: Office) -> None:
    made = calling.name_contact("Li", post="director", telephone="0990 1", by=office.chief)
    assert Contact.objects.visible_to(office.province).now().get() == made
    with pytest.raises(BeyondReach):
        calling.cross_out(made.pk, by=office.province)
    calling.cross_out(made.pk, by=office.chief)
    assert not Contact.objects.now().exists()
    with pytest.raises(MoveRefused, match="needed"):
        calling.name_contact("Li", post="", telephone="1", by=office.chief)
