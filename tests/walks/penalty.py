"""The ways of a lead, a penalty and a penalty on the spot."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases import punishing, timing
from supervision.cases.models import Case, Challenge, Penalty, PenaltyLimit, Proceeding, Violation, ViolationType
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.lead import LEAD
from supervision.cases.workflows.penalty import PENALTY
from supervision.cases.workflows.summary import SUMMARY
from supervision.ledger.booking import Leg, book
from supervision.ledger.models import Balance, Item, Stage
from tests.cases import office as at
from tests.cases.office import Office, make_case, make_office, make_upheld, run_out
from tests.documents.building import make_document
from tests.walks.walking import Walk

BOOKINGS = ("book_surcharge", "book_surcharge_reminded", "book_surcharge_at_court", "correct_surcharge")


def makers(office: Office) -> dict[str, Account]:
    return {
        Duty.INVESTIGATE: office.first, Duty.LEGAL: office.legal, Duty.DECIDE: office.chief, Duty.BOOK: office.booker,
        Duty.HEAR: office.first,
    }  # fmt: skip


# --- A lead -------------------------------------------------------------------------------------------


def lead() -> Walk:
    office = make_office()

    def named(case: Case) -> Mapping[str, Any]:
        return {"officers": [office.first.username, office.second.username]}

    def proposed(case: Case) -> Mapping[str, Any]:
        Case.objects.filter(pk=case.pk).update(handler=office.first, proposal="file")
        return {}

    def settled(case: Case) -> Mapping[str, Any]:
        close_all(case)
        write_off(case)
        return {}

    def over(case: Case) -> Mapping[str, Any]:
        close_all(case)
        return {}

    ready = dict.fromkeys(("file", "handle", "pass_on", "no_problem", "return"), proposed)
    return Walk(
        LEAD,
        lambda: make_case(office, make_upheld(office)),
        makers(office),
        {**ready, "assign": named, "archive": settled, "filed reopen": over},
    )


def close_all(case: Case) -> None:
    Proceeding.objects.filter(case=case).update(closed_at=timezone.now())


def write_off(case: Case) -> None:
    """Everything of the case is demanded and written off."""
    for item in Item.objects.filter(case=case.number):
        for source, target in ((Stage.CONFIRMED, Stage.DEMANDED), (Stage.DEMANDED, Stage.WRITTEN_OFF)):
            balance = Balance.objects.filter(item=item, stage=source, amount__gt=0).first()
            if balance:
                book([Leg(item, source, target, balance.amount)], reason="hopeless", subject="test", by=None)


# --- A penalty ----------------------------------------------------------------------------------------


def penalty() -> Walk:
    office = make_office()

    def begin() -> Proceeding:
        return at.filed(make_case(office, make_upheld(office)), office)

    def one(proceeding: Proceeding) -> Violation:
        found = proceeding.violations.filter(withdrawn_at=None).first()
        return found or at.charged(proceeding, office)

    def about(proceeding: Proceeding) -> Mapping[str, Any]:
        return {"violation": str(one(proceeding).pk)}

    def charge(proceeding: Proceeding) -> Mapping[str, Any]:
        day = timezone.localdate() - timedelta(30)
        return {"violation_type": "V38.3", "acted_from": day, "acted_until": day}

    def conduct(proceeding: Proceeding) -> Mapping[str, Any]:
        return {**charge(proceeding), "violation_type": "V39.7"}

    def fine(proceeding: Proceeding) -> Mapping[str, Any]:
        return {**about(proceeding), "grade": "ordinary", "multiple": Decimal("1.50")}

    def report(proceeding: Proceeding) -> Mapping[str, Any]:
        PENALTY.make(proceeding, "propose_fine", by=office.first, **fine(proceeding))
        return {}

    def ask_for_hearing(proceeding: Proceeding) -> Mapping[str, Any]:
        PenaltyLimit.objects.filter(code="hearing_organisation").update(value=1)
        return {}

    def nothing(proceeding: Proceeding) -> Mapping[str, Any]:
        proceeding.violations.update(withdrawn_at=timezone.now())
        return {}

    def at_police(proceeding: Proceeding) -> Mapping[str, Any]:
        Proceeding.objects.create(
            case=proceeding.case, kind="criminal", number=f"{proceeding.case}-X1", state="sent", opened_by=office.first
        )
        return {}

    def returned(proceeding: Proceeding) -> Mapping[str, Any]:
        proceeding.case.proceedings.filter(kind="criminal").update(state="returned")
        return {}

    def lapsed(proceeding: Proceeding) -> Mapping[str, Any]:
        run_out(proceeding.clock)
        return {}

    def ordered(proceeding: Proceeding) -> Mapping[str, Any]:
        return {**about(proceeding), "correct_by": timezone.localdate() + timedelta(5)}

    def refused(proceeding: Proceeding) -> Mapping[str, Any]:
        told = about(proceeding)
        proceeding.violations.update(correct_by=timezone.localdate() - timedelta(1))
        return told

    def confiscated(proceeding: Proceeding) -> Mapping[str, Any]:
        return {"violation": str(at.charged(proceeding, office, "V44").pk)}

    def heard(proceeding: Proceeding) -> Mapping[str, Any]:
        today = timezone.localdate()
        Penalty.objects.filter(pk=proceeding.pk).update(hearing_told_on=today, hearing_on=today)
        return {}

    def set_hearing(proceeding: Proceeding) -> Mapping[str, Any]:
        return {"hearing_at": timezone.now() + timedelta(40), "presider": office.legal.username}

    ready = {
        **dict.fromkeys(("assess", "weigh", "propose_suspension", "take_back"), about),
        "order_correction": ordered, "note_refusal": refused, "propose_confiscation": confiscated,
        "hold_hearing": heard, "archive": beyond_challenge,
        "charge": charge, "charge_conduct": conduct, "propose_fine": fine, "report": report,
        "propose_suspension": lambda proceeding: {**about(proceeding), "months": 6},
        "request_hearing": ask_for_hearing, "call_hearing": set_hearing, "lapse": lapsed, "decide_none": nothing,
        "refer": at_police, "rejoin": returned, **execution(office),
    }  # fmt: skip
    return Walk(PENALTY, begin, makers(office), ready)


def beyond_challenge(proceeding: Proceeding) -> Mapping[str, Any]:
    for clock in (proceeding.penalty.reconsideration_clock, proceeding.penalty.suit_clock):
        if clock:
            run_out(clock, 20)
    return {}


def execution(office: Office) -> dict[str, Any]:
    """What the moves after the decision ask for, of both kinds of penalty."""

    def overdue(proceeding: Proceeding) -> Mapping[str, Any]:
        run_out(proceeding.penalty.payment_clock, 10)
        return {}

    def final(proceeding: Proceeding) -> Mapping[str, Any]:
        beyond_challenge(proceeding)
        return overdue(proceeding)

    def reminded(proceeding: Proceeding) -> Mapping[str, Any]:
        PENALTY_OR_SUMMARY[proceeding.kind].make(
            proceeding, "deliver_reminder", by=office.first, on=timezone.localdate(), method="direct",
            received_by="Zhao",
        )  # fmt: skip
        run_out(Penalty.objects.get(pk=proceeding.pk).reminder_clock)
        return {}

    def challenged(proceeding: Proceeding) -> Mapping[str, Any]:
        assert Challenge.objects.filter(penalty__proceeding=proceeding, until=None).exists()
        return {}

    def lowered(proceeding: Proceeding) -> Mapping[str, Any]:
        return {**challenged(proceeding), "new_fine": proceeding.penalty.fine / 2}

    def in_force(proceeding: Proceeding) -> Mapping[str, Any]:
        Challenge.objects.filter(penalty__proceeding=proceeding).delete()
        punishing.keep(proceeding, served_on=timezone.localdate(), changed_fine=None)
        return {}

    def published(proceeding: Proceeding) -> Mapping[str, Any]:
        withdraw = timing.start(proceeding, "P09", since=timezone.now(), duty=Duty.INVESTIGATE)
        punishing.keep(proceeding, publication_clock=withdraw)
        return {}

    def unpublished(proceeding: Proceeding) -> Mapping[str, Any]:
        timing.end(punishing.of(proceeding).publication_clock)
        return paid(proceeding)

    def put_off(proceeding: Proceeding) -> Mapping[str, Any]:
        return {"parts": 2, "first_on": timezone.localdate() + timedelta(10)}

    def asked(proceeding: Proceeding) -> Mapping[str, Any]:
        late = "_overdue" if proceeding.state == "overdue" else ""
        PENALTY_OR_SUMMARY[proceeding.kind].make(
            proceeding, f"ask_deferral{late}", by=office.first, statement="no money", **put_off(proceeding)
        )
        return {}

    def paid(proceeding: Proceeding) -> Mapping[str, Any]:
        for item in Item.objects.filter(reference__endswith=proceeding.number):
            standing = Balance.objects.filter(item=item, stage=Stage.DEMANDED, amount__gt=0).first()
            if standing:
                leg = Leg(item, Stage.DEMANDED, Stage.CASH, standing.amount)
                book([leg], reason="paid", subject="test", by=office.booker, voucher=f"V-{item.pk}")
        return {}

    known = ("revoked", "served", "delivered", "overdue", "reminded", "paid", "enforcement")
    return {
        "note_overdue": overdue,
        **dict.fromkeys(BOOKINGS, overdue), "remind": final, "enforce": reminded,
        "uphold": challenged, "uphold_no_penalty": unpunished, "revoke": challenged, "change": lowered,
        **dict.fromkeys(("challenge", "challenge_no_penalty"), in_force),
        "settle": paid, "close": unpublished, "record": unpublished,
        **{f"unpublish_{state}": published for state in known},
        **dict.fromkeys(("ask_deferral", "ask_deferral_overdue"), put_off),
        **dict.fromkeys(("grant_deferral", "refuse_deferral", "refuse_deferral_overdue"), asked),
    }  # fmt: skip


def unpunished(proceeding: Proceeding) -> Mapping[str, Any]:
    """The last decision was not to punish."""
    make_document("no_penalty_decision", place=proceeding.case.place_id, about=proceeding.number)
    return {}


# --- On the spot --------------------------------------------------------------------------------------


def summary() -> Walk:
    """A fine small enough for the spot, in a place whose range begins low enough."""
    office = make_office()
    ViolationType.objects.filter(code="V39.5").update(least=100)

    def begin() -> Proceeding:
        case = at.verified(make_case(office, make_upheld(office)), office)
        return open_proceeding(case, "summary", by=office.first, record="fees were not published")

    def fined(proceeding: Proceeding) -> Mapping[str, Any]:
        return {"violation_type": "V39.5", "spot_fine": Decimal("1000.00")}

    who = {**makers(office), "to decide": office.second, "to decide_on_lines": office.second}
    ready = {"decide": fined, "decide_on_lines": fined, **execution(office)}
    return Walk(SUMMARY, begin, who, ready)


PENALTY_OR_SUMMARY = {"penalty": PENALTY, "summary": SUMMARY}
