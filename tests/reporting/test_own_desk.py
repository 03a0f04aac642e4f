"""An institution's first screen: what waits for it out of every part, by when, and who of its people may do it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from claims.models import Batch
from credit.commitments.models import Commitment
from institutions.models import Account, Duty, Institution
from institutions.waiting import SHOWN, Entry, Kind
from reporting.own.gathering import desk_of
from supervision.cases.models import Proceeding
from supervision.clocks.models import Clock
from supervision.designation.models import Application, Contract, Stage, Standing
from supervision.hearing.models import Hearing
from supervision.ledger.deadlines import PAYMENT
from supervision.selfchecks.models import Campaign, Report
from tests.access.world import make_prefecture
from tests.builders import make_account, make_batch, make_division, make_institution
from tests.clocks.building import make_clock
from tests.documents.building import make_document
from tests.hearing.sent import make_sent

PLACE = "H99010100001"
ALL = [Duty.INTAKE, Duty.CONNECT, Duty.ANSWER, Duty.SIGN, Duty.STAFF]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass(frozen=True)
class Prefectures:
    hospital: Account
    place: Institution
    regulator: Account


@pytest.fixture
def world(db: None) -> Prefectures:
    """Two prefectures with an object of each kind; in ours everything is where the institution's turn has come."""
    make_division("990100")
    make_division("990200")
    regulator, other = make_account("regulator"), make_account("elsewhere", "990200")
    make_prefecture("9902", other, running=False)
    make_prefecture("9901", regulator)
    place = Institution.objects.get(pk=PLACE)
    hospital = make_account("hospital", institution=place, duties=ALL, name="Li Hua")
    Application.objects.update(state=Standing.SUPPLEMENT)
    Contract.objects.update(state=Stage.OFFERED)
    Report.objects.update(state="reporting")
    Commitment.objects.update(document=make_document("commitment_text"))
    make_batch(territory="990100", status=Batch.Status.FAILED, loaded_by=hospital, digest="f" * 64)
    return Prefectures(hospital, place, regulator)


def entries(account: Account) -> list[Entry]:
    desk = desk_of(account)
    return [one.entry for one in (*desk.overdue, *desk.due, *desk.rights)]


def page(account: Account, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client.get("/institution/desk/").content.decode()


def test_every_part_tells_what_waits(world: Prefectures) -> None:
    found = {(one.kind, one.address.split("/")[2]) for one in entries(world.hospital)}
    assert found >= {
        (Kind.ANSWER, "findings"),
        (Kind.ANSWER, "documents"),
        (Kind.ANSWER, "inspections"),
        (Kind.CORRECT, "application"),
        (Kind.SIGN, "agreements"),
        (Kind.ANSWER, "settlements"),
        (Kind.MAY, "prepayments"),
        (Kind.CORRECT, "self-correction"),
        (Kind.SIGN, "commitments"),
        (Kind.MAY, "credit"),
        (Kind.MAY, "practitioners"),
        (Kind.PAY, "ledger"),
        (Kind.ANSWER, "reminders"),
        (Kind.CORRECT, "batches"),
    }


def test_every_entry_leads_to_a_page_that_opens(world: Prefectures) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.hospital)
    for one in entries(world.hospital):
        assert client.get(one.address).status_code == 200, one


def test_nothing_of_another_institution_stands_there(world: Prefectures) -> None:
    elsewhere = make_account("hospital-2", institution=Institution.objects.get(pk="H99020100001"), duties=ALL)
    here, there = ({(one.what, one.about, one.address) for one in entries(of)} for of in (world.hospital, elsewhere))
    lists = {"/institution/ledger/", "/institution/reminders/", "/institution/credit/"}
    assert here and there
    assert not {one for one in here & there if one[2] not in lists}
    assert "of 9902" not in page(world.hospital)


def test_an_instalment_of_ours_is_told_and_no_other(world: Prefectures) -> None:
    now = timezone.localtime().strftime("%Y-%m-%d 00:00")
    for place, subject in ((world.place.pk, "plan 7, 2026-12-01"), ("H99020100001", "plan 8, 2026-12-01")):
        make_clock(
            PAYMENT, since=now, division="990101", institution=place, subject=subject, title_en=f"Part: {subject}"
        )
    told = [one.what for one in entries(world.hospital) if one.what.startswith("Part: ")]
    assert told == ["Part: plan 7, 2026-12-01"]


def test_tiles_tell_of_our_own_agreements_and_commitments_alone(world: Prefectures) -> None:
    elsewhere = Institution.objects.get(pk="H99020100001")
    Contract.objects.filter(institution=elsewhere).update(
        state=Stage.IN_FORCE, agreement=elsewhere.agreements.earliest("pk")
    )
    Commitment.objects.filter(institution=elsewhere).update(
        state="in_force", signer=world.regulator, signer_name="Wu", signed_at=timezone.now(), signed_digest="f" * 64,
        valid_from=timezone.localdate(), valid_until=timezone.localdate(),
    )  # fmt: skip
    said = page(world.hospital)
    assert "No agreement is in force." in said and "None is in force." in said


def test_what_is_late_stands_apart_with_how_late_it_is(world: Prefectures) -> None:
    Campaign.objects.update(due_on=timezone.localdate() - timedelta(3))
    desk = desk_of(world.hospital)
    assert [one.entry.address for one in desk.overdue if "self-correction" in one.entry.address]
    assert "Overdue by 3 days" in page(world.hospital)
    assert "已超期 3 日" in page(world.hospital, "zh-hans")


def test_a_clock_that_stands_still_is_not_overdue(world: Prefectures) -> None:
    hearing = Hearing.objects.get(institution=world.place)
    assert hearing.answer_clock is not None
    since = timezone.now() - timedelta(90)
    Clock.objects.filter(pk=hearing.answer_clock.pk).update(
        state=Clock.State.PAUSED, since=since, due_at=since + timedelta(9), yellow_at=since + timedelta(8)
    )
    late = [one.entry.address for one in desk_of(world.hospital).overdue]
    assert f"/institution/findings/{hearing.pk}/" not in late


def test_what_is_due_first_stands_first_and_what_has_no_day_last(world: Prefectures) -> None:
    days = [one.entry.due_at for one in desk_of(world.hospital).due]
    known = [day for day in days if day is not None]
    assert known == sorted(known) and days[: len(known)] == known


def test_who_lacks_the_duty_reads_who_holds_it(world: Prefectures) -> None:
    office = make_account("doctors", institution=world.place, duties=[Duty.STAFF])
    closed = [one for one in desk_of(office).due if not one.is_open]
    assert closed and all("Li Hua" in one.who for one in closed)
    assert all(one.is_open for one in desk_of(world.hospital).due)
    assert "answer findings for the institution" in page(office)


def test_an_account_that_was_stopped_is_named_nowhere(world: Prefectures) -> None:
    office = make_account("doctors", institution=world.place, duties=[Duty.STAFF])
    Account.objects.filter(pk=world.hospital.pk).update(is_active=False)
    assert {one.who for one in desk_of(office).due if not one.is_open} == {""}
    assert "nobody yet" in page(office)


def test_what_is_done_stands_there_no_more(world: Prefectures) -> None:
    Commitment.objects.update(state="withdrawn")
    assert not [one for one in entries(world.hospital) if "commitments" in one.address]


def test_a_deadline_of_a_case_is_told_with_the_page_of_letters(world: Prefectures) -> None:
    proceeding = Proceeding.objects.filter(case__institution=world.place).latest("pk")
    now = timezone.localtime().strftime("%Y-%m-%d 00:00")
    make_clock("P07", since=now, division="990101", institution=world.place.pk, subject=str(proceeding))
    assert (Kind.PAY, str(proceeding)) in {(one.kind, one.about) for one in entries(world.hospital)}


def test_more_findings_cost_no_more_queries(world: Prefectures) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(world.hospital)
        return len(queries)

    for number in range(SHOWN + 2):
        make_sent(world.place, f"{7000 + number}", by=world.regulator)
    asked()  # what is looked up once and kept
    before = asked()
    for number in range(SHOWN):
        make_sent(world.place, f"{8000 + number}", by=world.regulator)
    assert asked() <= before < 70
    assert "further finding" in page(world.hospital)
    told = sum(one.count for one in entries(world.hospital) if "/institution/findings/" in one.address)
    assert told == Hearing.objects.filter(institution=world.place).count()


def put_behind(clock: Clock, **facts: object) -> None:
    since = timezone.now() - timedelta(90)
    Clock.objects.filter(pk=clock.pk).update(since=since, due_at=since + timedelta(9), yellow_at=since, **facts)


def figures_of(account: Account) -> tuple[int, dict[Kind, int]]:
    desk = desk_of(account)
    return desk.late, dict(desk.figures)


def shown_overdue(account: Account) -> int:
    found = re.search(r"Overdue</dt><dd>(\d+)</dd>", page(account))
    assert found
    return int(found[1])


def test_what_lies_beyond_the_first_of_a_sort_counts_as_overdue(world: Prefectures) -> None:
    late, figures = figures_of(world.hospital)
    for number in range(25):
        make_sent(world.place, f"{7000 + number}", by=world.regulator)
    sent = Hearing.objects.filter(institution=world.place, finding__claim__contains=":70").order_by("-pk")
    for number, hearing in enumerate(sent):
        assert hearing.answer_clock
        # One stands still: it is late for nobody.
        put_behind(hearing.answer_clock, **({"state": Clock.State.PAUSED} if number == 0 else {}))
    assert figures_of(world.hospital)[0] == late + 24
    assert figures_of(world.hospital)[1][Kind.ANSWER] == figures[Kind.ANSWER] + 25
    assert shown_overdue(world.hospital) == late + 24
    # The first that are shown hold the one that stands still.
    assert f"{24 - (SHOWN - 1)} are overdue" in page(world.hospital)


def test_what_is_not_late_beyond_the_first_is_not_told_as_late(world: Prefectures) -> None:
    late, _figures = figures_of(world.hospital)
    for number in range(25):
        make_sent(world.place, f"{7000 + number}", by=world.regulator)
    assert figures_of(world.hospital)[0] == shown_overdue(world.hospital) == late
    assert [one.entry.count for one in desk_of(world.hospital).due if "further finding" in one.entry.what]


@pytest.mark.parametrize(("days", "late"), [(-1, 25), (0, 0)])
def test_reports_by_a_day_are_counted_by_that_day(world: Prefectures, days: int, late: int) -> None:
    Report.objects.filter(institution=world.place).update(state="accepted")
    before, figures = figures_of(world.hospital)
    due = timezone.localdate() + timedelta(days)
    report = Report.objects.filter(institution=world.place).first()
    assert report
    Campaign.objects.filter(pk=report.campaign_id).update(due_on=due)
    for number in range(25):
        campaign, copy = Campaign.objects.get(pk=report.campaign_id), Report.objects.get(pk=report.pk)
        campaign.pk = copy.pk = None
        campaign.number, copy.number, copy.state = f"C{number}", f"R{number}", "reporting"
        campaign.save(force_insert=True)
        copy.campaign = campaign
        copy.save(force_insert=True)
    assert figures_of(world.hospital)[0] == shown_overdue(world.hospital) == before + late
    assert figures_of(world.hospital)[1][Kind.CORRECT] == figures[Kind.CORRECT] + 25


@pytest.mark.parametrize("code", ["P07", "rectification"])
def test_deadlines_of_cases_are_counted_kind_by_kind(world: Prefectures, code: str) -> None:
    proceeding = Proceeding.objects.filter(case__institution=world.place).latest("pk")
    Clock.objects.filter(subject=str(proceeding)).update(ended_at=timezone.now(), state=Clock.State.MET)
    before, figures = figures_of(world.hospital)
    now = timezone.localtime().strftime("%Y-%m-%d 00:00")
    for _number in range(25):
        put_behind(make_clock(code, since=now, division="990101", institution=world.place.pk, subject=str(proceeding)))
    kind = Kind.PAY if code == "P07" else Kind.CORRECT
    assert figures_of(world.hospital)[0] == before + 25
    assert figures_of(world.hospital)[1][kind] == figures[kind] + 25
    assert len(entries(world.hospital)) < 100


def test_a_right_whose_time_is_over_is_no_right_any_more(world: Prefectures) -> None:
    proceeding = Proceeding.objects.filter(case__institution=world.place).latest("pk")
    now = timezone.localtime().strftime("%Y-%m-%d 00:00")
    before = figures_of(world.hospital)[0]
    clocks = [
        make_clock("P03", since=now, division="990101", institution=world.place.pk, subject=str(proceeding))
        for _number in range(25)
    ]
    rights = [one.entry for one in desk_of(world.hospital).rights if one.entry.about == str(proceeding)]
    assert len(rights) >= SHOWN
    for clock in clocks:
        put_behind(clock)
    rights = [one.entry for one in desk_of(world.hospital).rights if "further deadline" in one.entry.what]
    assert rights == [] and figures_of(world.hospital)[0] == before


def test_an_empty_desk_says_so_in_both_tongues(db: None) -> None:
    account = make_account("clinic", institution=make_institution("H1"), duties=[])
    assert "Nothing waits for your institution" in page(account)
    assert "No agreement is in force." in page(account) and "Not graded yet." in page(account)


def test_the_desk_does_not_exist_for_regulators(db: None) -> None:
    client = Client()
    client.force_login(make_account())
    assert client.get("/institution/desk/").status_code == 404


def test_the_grade_stands_on_its_tile(world: Prefectures) -> None:
    assert "Grade G01 since" in page(world.hospital)
