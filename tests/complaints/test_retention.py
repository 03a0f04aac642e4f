"""E3: what was told is kept no longer than it is needed, and nothing of it stays behind anywhere."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Account, Duty
from supervision.audit.models import Entry, RowChange
from supervision.cases.models import Case
from supervision.cases.workflows import LEAD
from supervision.complaints import receipts, retention, talking, tasks
from supervision.complaints.gate import keeping
from supervision.complaints.models import Complaint, Forgetting, State
from supervision.complaints.rewards.models import Reward
from supervision.complaints.vault.sealing import is_kept, seal
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import THE_SITE, BeyondReach, MoveRefused
from supervision.refusal import Refused
from tests.cases.office import make_officer
from tests.complaints.building import FACTS, WHO, ComplaintDesk, concluded, file, make_complaint, make_desk, not_filed
from tests.complaints.gate.corpus import photographed
from tests.complaints.gate.sent import given, on_disk

pytestmark = pytest.mark.django_db
TOLD_ON = date(2026, 3, 2)
IDENTITY, WORDS = Forgetting.What.IDENTITY, Forgetting.What.WORDS


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Any) -> None:
    settings.FUND_HOME = tmp_path / "home"


def at(day: date) -> Any:
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(3))), tick=False)


def archived(desk: ComplaintDesk, **told: Any) -> Complaint:
    """Concluded on the day it was told, archived by itself 40 days later."""
    with at(TOLD_ON):
        complaint = concluded(make_complaint(**told), desk)
    with at(TOLD_ON + timedelta(40)):
        return COMPLAINT.make(complaint, "archive", by=THE_SITE)


def nightly(day: date) -> None:
    with at(day):
        tasks.forget_by_rule()


@pytest.fixture
def told(desk_of_complaints: ComplaintDesk) -> Complaint:
    """Somebody gave a name, wrote once more and added a photo; the desk noted and answered."""
    upload = given(photographed(1))
    complaint = archived(desk_of_complaints, who=WHO, named_as="张医生", when="去年冬天", files=[upload.token])
    with at(TOLD_ON + timedelta(20)):
        talking.say(complaint, "还有一件事：护士也知道", once="1")
        talking.write_to_reporter(complaint, "哪一位护士？", by=desk_of_complaints.first)
    nightly(ARCHIVED)
    return complaint


ARCHIVED = TOLD_ON + timedelta(40)
A_YEAR_ON, THREE_YEARS_ON = ARCHIVED.replace(year=2027), ARCHIVED.replace(year=2029)


def dues(complaint: Complaint) -> dict[str, date]:
    return {row.what: row.due_on for row in complaint.forgettings.all()}


def test_what_was_archived_gets_its_days_once(told: Complaint) -> None:
    assert dues(told) == {IDENTITY: A_YEAR_ON, WORDS: THREE_YEARS_ON}
    nightly(ARCHIVED + timedelta(1))
    assert Forgetting.objects.count() == 2


def test_what_is_under_way_gets_none(desk_of_complaints: ComplaintDesk) -> None:
    with at(TOLD_ON):
        not_filed(make_complaint(), desk_of_complaints)
    nightly(A_YEAR_ON)
    assert not Forgetting.objects.exists()


def test_e3_what_nobody_at_the_desk_touches_any_more_is_erased_all_the_same(desk_of_complaints: ComplaintDesk) -> None:
    with at(TOLD_ON):
        complaint = concluded(make_complaint(who=WHO), desk_of_complaints)
    objected_no_more = date(2026, 4, 2)
    nightly(objected_no_more)
    assert dues(complaint)[IDENTITY] == objected_no_more.replace(year=2027)
    nightly(objected_no_more.replace(year=2027))
    assert not is_kept(complaint.number)


def test_what_was_joined_ends_with_the_report_it_was_joined_to(told: Complaint) -> None:
    joined = make_complaint(facts="the same")
    Complaint.objects.filter(pk=joined.pk).update(state=State.JOINED, joined_to=told)
    nightly(ARCHIVED)
    assert dues(joined) == dues(told)


def test_what_was_not_accepted_is_kept_for_a_year_alone(desk_of_complaints: ComplaintDesk) -> None:
    complaint = archived(desk_of_complaints)
    Complaint.objects.filter(pk=complaint.pk).update(ground="no_object")
    nightly(ARCHIVED)
    assert dues(complaint)[WORDS] == A_YEAR_ON


def test_nothing_is_erased_before_it_has_been_announced_for_a_month(desk_of_complaints: ComplaintDesk) -> None:
    complaint = archived(desk_of_complaints, who=WHO)
    late = THREE_YEARS_ON + timedelta(100)  # nobody ran the timetable until then
    nightly(late)
    assert set(dues(complaint).values()) == {late + timedelta(30)}
    assert is_kept(complaint.number)


def test_e3_who_told_it_is_erased_on_its_day_and_the_words_stay(told: Complaint) -> None:
    nightly(A_YEAR_ON - timedelta(1))
    assert is_kept(told.number)
    nightly(A_YEAR_ON)
    assert not is_kept(told.number)
    told.refresh_from_db()
    assert (told.facts, told.forgotten_on) == (FACTS, None)


def test_e3_words_files_and_notes_are_erased_and_the_figures_stay(told: Complaint) -> None:
    assert on_disk()
    nightly(THREE_YEARS_ON)
    told.refresh_from_db()
    assert (told.facts, told.named_as, told.when, told.forgotten_on) == ("", "", "", THREE_YEARS_ON)
    assert (told.number[:3], told.kind, told.place_id, told.outcome) == ("JB-", "tip", "990101", "unfounded")
    assert {message.words for message in told.messages.all()} == {""}
    assert {event.words for event in told.events.all()} == {""}
    assert not keeping.of(told.number).exists()


@pytest.mark.django_db(transaction=True)
def test_e3_the_files_leave_the_disk(told: Complaint) -> None:
    assert on_disk()
    nightly(THREE_YEARS_ON)
    assert not on_disk()


def test_e3_row_history_keeps_none_of_the_sealed_words(told: Complaint) -> None:
    """What history copied could be opened as long as the key is there."""
    sealed = {told.facts_sealed, told.named_as_sealed, told.when_sealed}
    sealed |= {message.words_sealed for message in told.messages.all()}
    sealed |= {event.words_sealed for event in told.events.exclude(words_sealed="")}
    nightly(THREE_YEARS_ON)
    kept = " ".join(str(change.before) for change in RowChange.objects.all())
    assert "sha256:" in kept
    assert not any(text in kept for text in sealed)


def test_e3_no_table_holds_the_sealed_words_afterwards(told: Complaint) -> None:
    sealed = [told.facts_sealed, told.named_as_sealed, *(row.words_sealed for row in told.messages.all())]
    nightly(THREE_YEARS_ON)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("vault_"):
                continue  # its texts are not for this role to read
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE ANY(%s)', [[f"%{one}%" for one in sealed]]
            )
            assert cursor.fetchone() == (0,), table


def test_the_chain_tells_how_much_was_erased_and_nothing_of_it(told: Complaint) -> None:
    nightly(THREE_YEARS_ON)
    entries = Entry.objects.filter(act="complaint", subject=told.number, facts__move="forget").order_by("number")
    identity, words = (entry.facts for entry in entries)
    assert (identity["what"], identity["versions"]) == ("identity", 1)
    assert (words["messages"], words["files"]) == (4, 1)


def test_running_it_again_changes_nothing(told: Complaint) -> None:
    nightly(THREE_YEARS_ON)
    entries, changes = Entry.objects.count(), RowChange.objects.count()
    nightly(THREE_YEARS_ON)
    nightly(THREE_YEARS_ON + timedelta(40))
    assert (Entry.objects.count(), RowChange.objects.count()) == (entries, changes)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    desk_of_complaints: ComplaintDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = [archived(desk_of_complaints, facts=f"story {number}") for number in range(3)]
    nightly(ARCHIVED)
    erase, left = keeping.erase, iter([True, False])

    def once(subject: str) -> int:
        if not next(left, False):
            raise KeyboardInterrupt  # as a killed process: what was not committed is gone
        return erase(subject)

    monkeypatch.setattr(keeping, "erase", once)
    with at(THREE_YEARS_ON), pytest.raises(KeyboardInterrupt):
        retention.forget_due()
    forgotten = Complaint.objects.exclude(forgotten_on=None)
    assert forgotten.count() == 1
    assert not any(one.facts for one in forgotten)
    monkeypatch.undo()
    nightly(THREE_YEARS_ON)
    assert Complaint.objects.exclude(forgotten_on=None).count() == len(several)


def test_a_reward_under_way_keeps_everything(told: Complaint, desk_of_complaints: ComplaintDesk) -> None:
    case = Case.objects.create(
        number="AJ-1", title="x", origin="complaint", place=told.place, respondent="institution", facts="x",
        institution=told.institution, opened_by=desk_of_complaints.first, state=LEAD.first,
    )  # fmt: skip
    reward = Reward.objects.create(number="JL-1", complaint=told, case=case, place=told.place, state="eligible")
    nightly(THREE_YEARS_ON)
    assert is_kept(told.number)
    Reward.objects.filter(pk=reward.pk).update(state="refused")
    nightly(THREE_YEARS_ON)
    assert not is_kept(told.number)


def test_where_it_is_paid_to_is_erased_with_the_name(told: Complaint) -> None:
    seal(told.number, {"holder": "钱举报", "bank": "云泽银行", "account": "6222"}, kind="payout", place="990101")
    nightly(A_YEAR_ON)
    assert not is_kept(told.number, "payout")


# --- Holding back ------------------------------------------------------------------------------------


@pytest.fixture
def chief(desk_of_complaints: ComplaintDesk) -> Account:
    return desk_of_complaints.chief


def held(told: Complaint, chief: Account, until: date = A_YEAR_ON + timedelta(60)) -> Forgetting:
    with at(A_YEAR_ON - timedelta(10)):
        return retention.hold(told.forgettings.get(what=IDENTITY), until=until, why="复议尚未结束", by=chief)


def test_what_is_held_back_stays_until_its_day_is_over(told: Complaint, chief: Account) -> None:
    until = held(told, chief).held_until
    assert until is not None
    nightly(until)
    assert is_kept(told.number)
    nightly(until + timedelta(1))
    assert not is_kept(told.number)


def test_the_reason_lies_sealed_and_goes_with_what_it_held(told: Complaint, chief: Account) -> None:
    row = held(told, chief)
    assert row.why == "复议尚未结束"
    assert "复议" not in row.why_sealed
    assert not any("复议" in str(entry.facts) for entry in Entry.objects.all())
    nightly(THREE_YEARS_ON)
    row.refresh_from_db()
    assert row.why == ""


@pytest.mark.parametrize("days", [-400, 0, 500])
def test_it_is_held_for_a_year_at_most(told: Complaint, chief: Account, days: int) -> None:
    with pytest.raises(MoveRefused, match="It can be held back from tomorrow until 2028-04-01"):
        held(told, chief, A_YEAR_ON - timedelta(10) + timedelta(days))


def test_who_decides_in_the_territory_holds_back_and_nobody_else(told: Complaint) -> None:
    row = told.forgettings.get(what=IDENTITY)
    tomorrow, far = timezone.localdate() + timedelta(1), make_desk("990200", " far")
    with pytest.raises(BeyondReach):
        retention.hold(row, until=tomorrow, why="x", by=far.chief)
    with pytest.raises(MoveRefused):
        retention.hold(row, until=tomorrow, why="x", by=make_officer("hears", Duty.COMPLAINTS))


def test_what_was_erased_is_held_back_no_more(told: Complaint, chief: Account) -> None:
    nightly(A_YEAR_ON)
    with pytest.raises(MoveRefused, match="erased already"):
        held(told, chief)


# --- Pages -------------------------------------------------------------------------------------------


def page_of(by: Account) -> Client:
    page = Client(HTTP_ACCEPT_LANGUAGE="en")
    page.force_login(by)
    return page


def test_the_page_shows_what_is_due_within_a_month_and_holds_it_back(told: Complaint, chief: Account) -> None:
    with at(A_YEAR_ON - timedelta(31)):
        assert told.number not in page_of(chief).get("/desk/complaints/retention/").content.decode()
    with at(A_YEAR_ON - timedelta(30)):
        page = page_of(chief)
        shown = page.get("/desk/complaints/retention/").content.decode()
        assert told.number in shown
        assert "Who told it" in shown
        number = told.forgettings.get(what=IDENTITY).pk
        sent = {"until": A_YEAR_ON.isoformat(), "why": "an appeal is open"}
        page.post(f"/desk/complaints/retention/{number}/hold/", sent)
        assert "an appeal is open" in page.get("/desk/complaints/retention/").content.decode()


def test_a_hold_that_was_refused_keeps_what_was_written_and_says_why(told: Complaint, chief: Account) -> None:
    number = told.forgettings.get(what=IDENTITY).pk
    with at(A_YEAR_ON - timedelta(10)):
        sent = {"until": A_YEAR_ON.replace(year=2040).isoformat(), "why": "an appeal is open"}
        refused = page_of(chief).post(f"/desk/complaints/retention/{number}/hold/", sent).content.decode()
        without = page_of(chief).post(f"/desk/complaints/retention/{number}/hold/", {"why": "x"}).content.decode()
    assert "It can be held back from tomorrow until" in refused and "an appeal is open" in refused
    assert "Error:" in refused and "This field is required." in without
    assert told.forgettings.get(what=IDENTITY).held_until is None


def test_the_receipt_still_opens_and_the_page_says_what_was_erased(desk_of_complaints: ComplaintDesk) -> None:
    ticket = receipts.draw_ticket()
    filed = file(ticket, who=WHO)
    with at(TOLD_ON):
        complaint = concluded(filed.complaint, desk_of_complaints)
        talking.say(complaint, "a secret word", once="1")
    with at(ARCHIVED):
        COMPLAINT.make(complaint, "archive", by=THE_SITE)
    nightly(ARCHIVED)
    nightly(THREE_YEARS_ON)
    page = Client(HTTP_ACCEPT_LANGUAGE="en")
    shown = page.post("/report/follow/", {"receipt": filed.receipt}).content.decode()
    assert "were erased on" in shown
    assert complaint.number in shown
    assert "a secret word" not in shown
    assert 'id="answers"' not in shown
    complaint.refresh_from_db()
    with pytest.raises(Refused, match="has been erased"):
        talking.say(complaint, "once more", once="2")


def test_the_desk_still_opens_the_complaint(told: Complaint, desk_of_complaints: ComplaintDesk) -> None:
    nightly(THREE_YEARS_ON)
    shown = page_of(desk_of_complaints.first).get(told.get_absolute_url())
    assert "Its words were erased" in shown.content.decode()
