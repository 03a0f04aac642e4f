"""The ways of the measures beside a penalty: by the agreement, before the courts, with other departments."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from institutions.measures import impose
from institutions.models import Account, Duty, Measure
from supervision.cases import recovering, timing
from supervision.cases.models import Case, DamagesRate, Proceeding, Remittance
from supervision.cases.workflows import WORKFLOWS
from supervision.ledger.booking import Leg, book, reverse
from supervision.ledger.models import RETURNED, Balance, Entry, Item, Stage
from tests.builders import make_division
from tests.cases import handled
from tests.cases.handled import begin, make_agreement, make_department, make_insurer
from tests.cases.handled import make_case as make_handled
from tests.cases.office import run_out
from tests.documents.building import make_document
from tests.walks.walking import Ready, Walk


def makers(office: handled.Office) -> dict[str, Account]:
    return {
        str(Duty.INVESTIGATE): office.officer, str(Duty.DECIDE): office.head, str(Duty.BOOK): office.booker,
        f"{Duty.INVESTIGATE} handling": office.agent, f"{Duty.DECIDE} handling": office.agency_head,
    }  # fmt: skip


def gone_by(proceeding: Proceeding) -> Mapping[str, Any]:
    run_out(proceeding.clock)
    return {}


def measure(
    kind: str, *, by: str = "officer", ready: Mapping[str, Ready] | None = None, **facts: Any
) -> Callable[[], Walk]:
    """A walk of a proceeding that is opened in a case of ¥100.00 confirmed."""

    def way() -> Walk:
        office = handled.make_office()

        def opened() -> Proceeding:
            case = make_handled(office, "100.00")
            return begin(case, kind, getattr(office, by), **{name: told(case) for name, told in facts.items()})

        return Walk(WORKFLOWS[kind], opened, makers(office), ready or {})  # type: ignore[index]

    return way


# --- The agreement ------------------------------------------------------------------------------------


def with_agreement(proceeding: Proceeding) -> Mapping[str, Any]:
    institution = proceeding.case.institution
    assert institution is not None
    if not institution.agreements.exists():
        make_agreement(institution)
    DamagesRate.objects.get_or_create(
        insurer=make_insurer(), rate=Decimal("0.3000"), source="agreement of 2026", valid=DateRange("2020-01-01", None)
    )
    return {"measures": ["M1", "M4"]}


def damages_paid(proceeding: Proceeding) -> Mapping[str, Any]:
    bring_back(Item.objects.filter(reference__startswith="damages"))
    return {}


def held_back(proceeding: Proceeding) -> Mapping[str, Any]:
    """Payment was suspended by its decision."""
    assert proceeding.case.institution is not None
    impose(Measure.Kind.PAYMENT, proceeding.case.institution, because=str(proceeding))
    return {}


def all_paid(proceeding: Proceeding) -> Mapping[str, Any]:
    bring_back(Item.objects.filter(case=proceeding.case.number))
    return {}


def bring_back(items: Any) -> None:
    for item in items:
        standing = Balance.objects.filter(item=item, stage=Stage.DEMANDED, amount__gt=0).first()
        if standing:
            leg = Leg(item, Stage.DEMANDED, Stage.CASH, standing.amount)
            book([leg], reason="paid", subject="test", by=None, voucher=f"V-{item.pk}")


def suspending(proceeding: Proceeding) -> Mapping[str, Any]:
    return {**with_agreement(proceeding), "measures": ["M4"]}


breach = measure(
    "breach", by="agent",
    ready={
        "notify": suspending, "decide": suspending, "go_on": gone_by, "close": damages_paid, "lift": held_back,
        "lift_early": held_back, "lift_late": held_back,
    },
)  # fmt: skip


def missed(proceeding: Proceeding) -> Mapping[str, Any]:
    """The first instalment was due, and has not come."""
    for plan in recovering.plans(proceeding):
        plan.instalments.update(due_on=timezone.localdate() - timedelta(days=3))
    return {}


def by_order(proceeding: Proceeding) -> Mapping[str, Any]:
    """The bureau has ordered it."""
    if not recovering.ordered(proceeding):
        make_document("refund_order", about=str(proceeding))
    return {}


def beyond_challenge(proceeding: Proceeding) -> Mapping[str, Any]:
    """Its order was served long ago, and nothing was paid."""
    by_order(proceeding)
    long_ago = timezone.now() - timedelta(days=400)
    for code in ("P10", "P10_suit", "enforcement_reminder"):
        timing.start(proceeding, code, since=long_ago)
    if proceeding.clock:
        run_out(proceeding.clock)
    else:
        missed(proceeding)
    return {}


def reminded(proceeding: Proceeding) -> Mapping[str, Any]:
    by_order(proceeding)
    make_document("reminder", about=str(proceeding))
    return {}


def returned_by_the_bank(proceeding: Proceeding) -> Mapping[str, Any]:
    """What was demanded had come back, and has gone again."""
    paid = Entry.objects.filter(postings__item__case=proceeding.case.number, postings__stage__in=RETURNED)
    for entry in paid.filter(reverses=None, reversed_by=None).distinct():
        reverse(entry, reason="the bank returned it", by=None)
    for item in Item.objects.filter(case=proceeding.case.number):  # of a recovery that was dropped before
        confirmed = Balance.objects.filter(item=item, stage=Stage.CONFIRMED, amount__gt=0).first()
        if confirmed:
            book([Leg(item, Stage.CONFIRMED, Stage.DEMANDED, confirmed.amount)], reason="demanded", subject="", by=None)
    return {}


def passed_on_too_much(proceeding: Proceeding) -> Mapping[str, Any]:
    Remittance.objects.create(
        proceeding=proceeding, pooling_area=make_division("990100"), fund="310", amount=Decimal("500.00"),
        voucher="ZZ", on=timezone.localdate(),
    )  # fmt: skip
    return {}


recovery = measure(
    "recovery",
    ready={
        "settle": all_paid, "overdue": gone_by, "instalment overdue": missed, "remind": beyond_challenge,
        "enforce": beyond_challenge, "serve": by_order, "serve_reminder": reminded, "close": all_paid,
        "call_back": passed_on_too_much, "demand_again": returned_by_the_bank,
    },
)  # fmt: skip
suspension = measure("suspension", grounds=lambda case: "false bills")
interview = measure("interview")
rectification = measure("rectification", ready={"ordered fail": gone_by, "executing fail": gone_by})


# --- The courts and other departments -----------------------------------------------------------------


def second_signs(proceeding: Proceeding) -> Mapping[str, Any]:
    return {"second_officer": "second"}


criminal = measure("criminal", ready={"report": second_signs})
discipline = measure(
    "discipline", to_name=lambda case: "discipline inspection", report=lambda case: "a duty was neglected",
    basis=lambda case: "notice 13 of 2021",
)  # fmt: skip


def partner(case: Case) -> str:
    return str(make_department("industry").pk)


def elsewhere(proceeding: Proceeding) -> Mapping[str, Any]:
    other = Case.objects.exclude(pk=proceeding.case_id).first()
    assert other is not None
    return {"reused_in": other.number}


def transfer() -> Walk:
    office = handled.make_office()

    def opened() -> Proceeding:
        make_handled(office)
        return begin(make_handled(office), "transfer", office.officer, to=partner(Case()), part="check the licences")

    return Walk(WORKFLOWS["transfer"], opened, makers(office), {"reuse": elsewhere})  # type: ignore[index]
