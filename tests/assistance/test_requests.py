"""A matter of care away from home, from the draft to its closing; and what is overdue."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from institutions.models import Duty
from supervision.assistance import naming
from supervision.assistance.escalating import escalate_overdue
from supervision.assistance.models import Request
from supervision.assistance.requesting import REQUEST
from supervision.clocks import calendar
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.moves import BeyondReach, MoveRefused
from tests.assistance.regions import (
    AWAY,
    HOME,
    Regions,
    accepted,
    answered,
    drafted,
    handling,
    made,
    replied,
    sent,
    settled,
)
from tests.builders import make_account, make_finding, make_institution
from tests.cases.office import make_officer
from tests.hearing.charged import claim_of, make_claim

pytestmark = pytest.mark.django_db


def working_days(clock: Clock) -> int:
    first, last = timezone.localdate(clock.since), timezone.localdate(clock.due_at)
    return calendar.working_days_between(first, last)


def test_the_other_region_follows_from_the_claim(regions: Regions, folder: Path) -> None:
    request = drafted(regions, folder)
    assert (request.from_place_id, request.to_place_id) == (HOME, AWAY)
    assert (request.treatment_id, request.participation_id, request.superior) == (AWAY, HOME, "990000")
    back = naming.draft_request(
        regions.hospital, "1", question="identity", suspect="person", words="Is it her?", by=regions.away.officer
    )
    assert (back.from_place_id, back.to_place_id) == (AWAY, HOME)


def test_who_leads_follows_from_whom_it_is_about(regions: Regions, folder: Path) -> None:
    assert drafted(regions, folder).leader.pk == AWAY
    alone = naming.draft_request(
        regions.hospital, "1", question="fee", suspect="person", words="x", by=regions.home.officer
    )
    assert alone.leader.pk == HOME
    assert alone.lead_rule.verified == "secondary"


def test_nothing_is_asked_about_care_at_home_nor_by_a_third_region(regions: Regions, folder: Path) -> None:
    make_claim(folder, claim_of(regions.hospital, 7), 10_000, paid=8_000, insured_area="990301")
    with pytest.raises(MoveRefused, match="insured where the institution lies"):
        naming.draft_request(
            regions.hospital, "7", question="fee", suspect="person", words="x", by=regions.away.officer
        )
    number = settled(regions, folder)
    for by, why in (
        (make_officer("third", Duty.INVESTIGATE, territory="990200"), "no settled claim"),
        (make_officer("of the province", Duty.INVESTIGATE, territory="990000"), "one of the two regions"),
    ):
        with pytest.raises(MoveRefused, match=why):
            naming.draft_request(regions.hospital, number, question="fee", suspect="person", words="x", by=by)


def test_claims_are_of_one_person_and_named_while_it_is_drafted(regions: Regions, folder: Path) -> None:
    request = drafted(regions, folder)
    with pytest.raises(MoveRefused, match="named already"):
        naming.name_claim(request, "1", by=regions.home.officer)
    make_claim(folder, claim_of(regions.hospital, 8), 10_000, paid=8_000, insured_area=HOME, member="m2")
    with pytest.raises(MoveRefused, match=r"another person|no settled claim"):
        naming.name_claim(request, "8", by=regions.home.officer)
    settled(regions, folder, 2)
    second = naming.name_claim(request, "2", by=regions.home.officer)
    naming.leave_claim_out(request, second.pk, by=regions.home.officer)
    assert request.claims.count() == 1
    request = REQUEST.make(request, "send", by=regions.home.chief)
    with pytest.raises(MoveRefused, match="sent already"):
        naming.name_claim(request, "2", by=regions.home.officer)


def test_a_draft_is_its_own_regions_and_who_drew_it_up_does_not_send_it(regions: Regions, folder: Path) -> None:
    request = drafted(regions, folder)
    assert not Request.objects.visible_to(regions.away.chief).exists()
    with pytest.raises(BeyondReach):
        REQUEST.make(request, "withdraw", by=regions.away.chief, note="no")
    regions.home.officer.duties = [*regions.home.officer.duties, "decide"]
    regions.home.officer.save()
    with pytest.raises(MoveRefused, match="second person"):
        REQUEST.make(request, "send", by=regions.home.officer)


def test_both_regions_read_the_same_evidence_and_a_third_none(regions: Regions, folder: Path) -> None:
    number = settled(regions, folder)
    found = make_finding(regions.hospital, claim=claim_of(regions.hospital), insured_area=HOME, at_stake="40.00")
    request = naming.draft_request(
        regions.hospital, number, question="fee", suspect="institution", words="x", by=regions.home.officer
    )
    claim = request.claims.get()
    assert (claim.total, claim.paid) == (Decimal("150.00"), Decimal("120.00"))
    assert list(claim.lines.values_list("amount", flat=True)) == [Decimal("100.00"), Decimal("50.00")]
    assert claim.findings.get().finding == found
    request = REQUEST.make(request, "send", by=regions.home.chief)
    for account in (regions.home.officer, regions.away.officer, regions.province):
        assert Request.objects.visible_to(account).get() == request
    assert not Request.objects.visible_to(make_account("third", "990200")).exists()
    assert not Request.objects.visible_to(make_account("h", institution=regions.hospital)).exists()


def test_sending_serves_a_letter_and_starts_five_working_days_there(regions: Regions, folder: Path) -> None:
    request = sent(regions, folder)
    letter = Document.objects.get(about=request.number)
    assert (letter.kind, letter.place) == ("assistance_letter", HOME)
    assert request.clock is not None
    assert (request.clock.place, working_days(request.clock)) == (AWAY, 5)


def test_accepting_starts_twenty_and_more_time_gives_ten_once(regions: Regions, folder: Path) -> None:
    request = accepted(regions, folder)
    assert request.clock is not None
    assert working_days(request.clock) == 20
    request = REQUEST.make(request, "handle", by=regions.away.officer)
    request = REQUEST.make(request, "extend", by=regions.away.chief, note="the records are in the archive")
    assert request.clock is not None
    assert (request.state, working_days(request.clock)) == ("extended", 30)
    with pytest.raises(MoveRefused, match="cannot be done"):
        REQUEST.make(request, "extend", by=regions.away.chief, note="more")


def test_who_handles_it_does_not_give_himself_time(regions: Regions, folder: Path) -> None:
    regions.away.officer.duties = [*regions.away.officer.duties, "decide"]
    regions.away.officer.save()
    with pytest.raises(MoveRefused, match="second person"):
        REQUEST.make(handling(regions, folder), "extend", by=regions.away.officer, note="more")


def test_only_the_region_that_handles_it_answers_and_about_every_claim(regions: Regions, folder: Path) -> None:
    request = handling(regions, folder)
    claim = request.claims.get()
    with pytest.raises(MoveRefused, match="region that handles"):
        answered(request, claim, "1.00", regions.home.officer)
    with pytest.raises(MoveRefused, match="not answered yet"):
        REQUEST.make(request, "reply", by=regions.away.chief, assist_reply="x")
    for lost, why in (("120.01", "The fund paid"), ("0.001", "fractions")):
        with pytest.raises(MoveRefused, match=why):
            answered(request, claim, lost, regions.away.officer)
    with pytest.raises(MoveRefused, match="nothing was lost"):
        naming.answer_claim(request, claim.pk, found=False, lost=Decimal(1), words="x", by=regions.away.officer)
    assert answered(request, claim, "120.00", regions.away.officer).found


def test_what_was_found_is_confirmed_and_nothing_is_unfounded(regions: Regions, folder: Path) -> None:
    request = replied(regions, folder)
    with pytest.raises(MoveRefused, match="confirm it"):
        REQUEST.make(request, "unfounded", by=regions.home.chief)
    with pytest.raises(MoveRefused, match="region that asks"):
        REQUEST.make(request, "confirm", by=regions.away.chief)
    assert REQUEST.make(request, "confirm", by=regions.home.chief).state == "confirmed"


def test_where_nothing_was_found_it_is_closed(regions: Regions, folder: Path) -> None:
    request = replied(regions, folder, lost="0.00")
    with pytest.raises(MoveRefused, match="Nothing was found"):
        REQUEST.make(request, "confirm", by=regions.home.chief)
    request = REQUEST.make(request, "unfounded", by=regions.home.chief)
    assert REQUEST.make(request, "close", by=regions.home.chief).state == "closed"


def test_it_is_not_escalated_on_its_last_day_and_is_after_it(regions: Regions, folder: Path) -> None:
    request = sent(regions, folder)
    assert request.clock is not None
    with time_machine.travel(request.clock.due_at - timedelta(minutes=1)):
        assert escalate_overdue() == 0
    with time_machine.travel(request.clock.due_at + timedelta(minutes=1)):
        assert escalate_overdue() == 1
        assert escalate_overdue() == 0
    request.refresh_from_db()
    assert request.state == "escalated"
    assert request.clock is not None
    assert (request.clock.place, request.clock.duty, working_days(request.clock)) == ("990000", "decide", 5)
    assert Clock.objects.get(limit__code="assist_accept").state == "missed"
    assert Request.objects.overdue().get() == request


def test_the_common_superior_demands_an_answer_by_a_day(regions: Regions) -> None:
    request = made(regions, "escalated")
    until = timezone.localdate() + timedelta(days=4)
    for by in (regions.home.chief, regions.away.chief):
        with pytest.raises(MoveRefused, match="common superior"):
            REQUEST.make(request, "urge", by=by, assist_until=until, note="now")
    day = timezone.localdate() - timedelta(1)
    with pytest.raises(MoveRefused, match="over already"):
        REQUEST.make(request, "urge", by=regions.province, assist_until=day, note="now")
    request = REQUEST.make(request, "urge", by=regions.province, assist_until=until, note="now")
    assert request.clock is not None
    assert (request.state, timezone.localdate(request.clock.due_at)) == ("handling", until)


def test_the_common_superior_designates_another_region_which_then_sees_it(regions: Regions) -> None:
    request, third = made(regions, "escalated"), make_officer("third", Duty.INVESTIGATE, territory="990200")
    until = timezone.localdate() + timedelta(days=4)
    assert not Request.objects.visible_to(third).exists()
    with pytest.raises(MoveRefused, match="no such place"):
        REQUEST.make(
            request, "designate", by=regions.province, assist_place="110100", assist_until=until, note="neither will"
        )
    request = REQUEST.make(
        request, "designate", by=regions.province, assist_place="990200", assist_until=until, note="neither will"
    )
    assert request.handler_place_id == "990200"
    assert Request.objects.visible_to(third).get() == request
    assert answered(request, request.claims.get(), "1.00", third).answered_by == third
    with pytest.raises(MoveRefused, match="region that handles"):
        answered(request, request.claims.get(), "1.00", regions.away.officer)


def test_it_may_be_sent_back_and_sent_anew(regions: Regions, folder: Path) -> None:
    request = REQUEST.make(sent(regions, folder), "send_back", by=regions.away.officer, note="which scan?")
    assert request.state == "drafted"
    assert not Request.objects.visible_to(regions.away.officer).exists()
    assert REQUEST.make(request, "send", by=regions.home.chief).state == "sent"


def test_an_institution_elsewhere_is_no_ground(regions: Regions, folder: Path) -> None:
    with pytest.raises(MoveRefused, match="no settled claim"):
        naming.draft_request(
            make_institution("H99030100002", "990301"), "1", question="fee", suspect="person", words="x",
            by=regions.home.officer,
        )  # fmt: skip
