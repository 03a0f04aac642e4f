from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Duty
from supervision.audit.models import Entry, RowChange
from supervision.clocks.models import CalendarYear, Clock
from supervision.complaints import acknowledging, digest, filing, receipts, timing
from supervision.complaints.filing import AlreadySent
from supervision.complaints.gate import proving
from supervision.complaints.gate.refusing import ProofRefused
from supervision.complaints.models import Channel, Complaint
from supervision.complaints.vault.models import Identity
from supervision.moves import BeyondReach, MoveRefused
from supervision.refusal import Refused
from tests.cases.office import make_officer
from tests.complaints.building import FACTS, WHO, file, make_complaint, told
from tests.complaints.gate.test_proving import solved


def test_a_report_is_in_with_its_clock_and_its_day_and_nothing_of_the_hour() -> None:
    complaint = make_complaint()
    stored = Complaint.objects.get()
    assert (stored.state, stored.facts, stored.named) == ("received", FACTS, False)
    assert stored.clock is not None
    moments = [stored.moved_at, stored.clock.since]
    assert {timezone.localtime(moment).strftime("%H:%M:%S.%f") for moment in moments} == {"00:00:00.000000"}
    assert complaint.events.count() == 0


def test_filing_leaves_nothing_in_the_chain_of_acts_and_nothing_in_the_history_of_rows() -> None:
    before = Entry.objects.count(), RowChange.objects.count()
    file(who=WHO)
    assert (Entry.objects.count(), RowChange.objects.count()) == before


def test_the_day_enters_the_chain_when_it_is_over_and_once(account: object) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00"):
        make_complaint()
        make_complaint(facts="another")
        assert digest.take_in() == 0
    with time_machine.travel("2026-03-04 00:30+08:00"):
        assert digest.take_in() == 2
        assert digest.take_in() == 0
    first = Entry.objects.filter(subject="what citizens told on 2026-03-02").get()
    assert first.facts["rows"] == 2
    assert first.facts["sha256"] == digest.digest(digest.rows_of(date(2026, 3, 2)))
    Complaint.objects.update(digest="0" * 64)
    assert first.facts["sha256"] != digest.digest(digest.rows_of(date(2026, 3, 2)))


def test_sent_twice_it_is_in_once_with_the_same_receipt() -> None:
    ticket = receipts.draw_ticket()
    first, second = filing.file(told(), ticket), filing.file(told(), ticket)
    assert (first.receipt, first.complaint) == (second.receipt, second.complaint)
    assert second.again
    assert Complaint.objects.count() == 1


def test_sent_again_with_other_words_it_is_refused_and_the_first_stays() -> None:
    ticket = receipts.draw_ticket()
    filing.file(told(), ticket)
    with pytest.raises(AlreadySent):
        filing.file(told(facts="something else"), ticket)
    assert Complaint.objects.get().facts == FACTS


def test_a_report_that_could_not_be_taken_in_has_spent_no_proof(settings: Settings) -> None:
    proof, public = solved(), settings.VAULT_PUBLIC_KEYS_FILE
    settings.VAULT_PUBLIC_KEYS_FILE = settings.FUND_HOME / "none"
    with pytest.raises(Refused, match="without a name"):
        filing.file(told(who=WHO), receipts.draw_ticket(), prove=lambda: proving.check(proof))
    settings.VAULT_PUBLIC_KEYS_FILE = public
    ticket = receipts.draw_ticket()
    assert not filing.file(told(), ticket, prove=lambda: proving.check(proof)).again
    assert filing.file(told(), ticket, prove=lambda: proving.check("none is asked for again")).again
    with pytest.raises(ProofRefused, match="was sent before"):
        filing.file(told(), receipts.draw_ticket(), prove=lambda: proving.check(proof))
    assert Complaint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_page_sent_eight_times_at_once_is_answered_with_one_receipt() -> None:
    ticket, report, proof = receipts.draw_ticket(), told(), solved()

    def send() -> str:
        try:
            return filing.file(report, ticket, prove=lambda: proving.check(proof)).receipt
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _turn: send(), range(8)))
    assert len(answers) == Complaint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_eight_times_at_once_it_is_in_once() -> None:
    ticket, report = receipts.draw_ticket(), told(who=WHO)

    def send() -> str:
        try:
            return filing.file(report, ticket).receipt
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _turn: send(), range(8)))
    assert len(set(answers)) == 1
    assert (Complaint.objects.count(), Identity.objects.count()) == (1, 1)


def test_who_told_it_stands_in_no_row_that_the_site_can_read() -> None:
    complaint = make_complaint(who=WHO)
    assert complaint.named
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM complaints_complaint AS c")
        rows = str(cursor.fetchall())
    for words in (*WHO.values(), FACTS):
        assert words not in rows


def test_without_a_vault_a_name_is_refused_in_words_and_nothing_of_the_report_is_kept(settings: Settings) -> None:
    settings.VAULT_PUBLIC_KEYS_FILE = settings.FUND_HOME / "none"
    with pytest.raises(Refused, match="without a name"):
        file(who=WHO)
    assert not Complaint.objects.exists()
    file()
    assert Complaint.objects.count() == 1


def test_a_year_that_nobody_has_loaded_holds_no_citizen_up() -> None:
    with time_machine.travel("2031-12-20 10:00+08:00"):
        assert not CalendarYear.objects.filter(year__gte=2031).exists()
        complaint = make_complaint()
        assert complaint.clock is None
        CalendarYear.objects.create(year=2031, source="for this test")
        CalendarYear.objects.create(year=2032, source="for this test")
        assert timing.catch_up() == 1
    complaint.refresh_from_db()
    assert complaint.clock == Clock.objects.get()


def test_an_acknowledgement_proves_the_filing_and_names_nobody() -> None:
    filed = file(who=WHO)
    signed = acknowledging.acknowledgement(filed.complaint)
    assert acknowledging.is_ours(signed)
    assert acknowledging.is_ours(signed.replace("\n", "\r\n"))
    assert filed.receipt not in signed
    assert not any(words in signed for words in (*WHO.values(), FACTS))
    for place in range(0, len(signed) - 2, 7):
        changed = signed[:place] + ("0" if signed[place] != "0" else "1") + signed[place + 1 :]
        assert not acknowledging.is_ours(changed), place


def test_what_the_desk_writes_down_is_filed_alike_and_the_act_is_in_the_chain() -> None:
    by = make_officer("hearer", Duty.COMPLAINTS)
    filed = filing.write_down(told(channel=Channel.TELEPHONE, who=WHO), receipts.draw_ticket(), by=by)
    assert (filed.complaint.channel, filed.complaint.named) == ("telephone", True)
    assert Entry.objects.order_by("number").last().facts["move"] == "write_down"  # type: ignore[union-attr]


def test_the_desk_writes_down_in_its_own_territory_and_with_the_duty_alone() -> None:
    report = told(channel=Channel.LETTER)
    with pytest.raises(BeyondReach):
        filing.write_down(report, receipts.draw_ticket(), by=make_officer("far", Duty.COMPLAINTS, territory="990200"))
    with pytest.raises(MoveRefused):
        filing.write_down(report, receipts.draw_ticket(), by=make_officer("other", Duty.HEAR))
    assert not Complaint.objects.exists()
