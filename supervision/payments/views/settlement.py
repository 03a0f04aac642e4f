"""One settlement: every figure with its lines, what else knows it, who decided, and the moves that its state allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from claims import warehouse
from institutions.access import desk_page, institution_page, signed_in
from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.grouping import fund_name
from supervision.payments import declaring, gathering, reconciling
from supervision.payments.models import MonthlySettlement, SettlementLine
from supervision.payments.models.settlements import DISBURSED
from supervision.payments.workflow import SETTLEMENT, paying

PEOPLE = ("preparer__territory", "approver__territory", "payer__territory", "assessor__territory")
AT_ONCE = 50


@dataclass(frozen=True)
class Figure:
    """A figure as it enters the sum: with its sign, its lines, and the page of its claims where it has them."""

    name: str
    words: str | Promise
    sign: str
    amount: Decimal
    lines: list[SettlementLine]


SIGNS = {"adjustments": "+"}
ORDER = ("out_of_scope", "refused", "adjustments", "deposit", "prepaid_offset", "offset")


def figures(settlement: MonthlySettlement) -> Iterator[Figure]:
    """What is taken off and added, in the order in which it is reckoned."""
    lines = list(settlement.lines.select_related("item", "measure", "prepayment", "earlier", "rate"))
    for name in ORDER:
        words = SettlementLine.Figure(name).label
        yield Figure(
            name,
            words,
            SIGNS.get(name, "−"),
            getattr(settlement, name),
            [line for line in lines if line.figure == name],
        )


def found(account: Account, number: str) -> MonthlySettlement:
    rows = MonthlySettlement.objects.visible_to(account)
    beside = ("institution", "place__parent", "snapshot", "clock__limit", "answer_clock__limit", "appraised", *PEOPLE)
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def settlement(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: MonthlySettlement, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        **told(subject, account), "offers": offers(SETTLEMENT, subject, account, refused),
        "form": next(iter(refused.values()), None), "holds": declaring.holds(subject),
        "institutions": {subject.institution_id: subject.institution},
        "clocks": list(Clock.objects.visible_to(account).filter(subject=subject.number).going()),
        "compared": reconciling.compared(subject) if subject.state in DISBURSED and subject.snapshot_id else [],
    }  # fmt: skip
    return render(request, "payments/settlement.html", context)


def told(subject: MonthlySettlement, account: Account) -> dict[str, object]:
    """What both sides see."""
    return {
        "settlement": subject, "fund": fund_name(subject.fund), "figures": list(figures(subject)),
        "events": list(subject.events.select_related("by__territory")),
        "documents": list(Document.objects.visible_to(account).filter(about=subject.number).order_by("pk")),
        "payments": list(subject.payments.select_related("by__territory")),
        "formula": _(
            "payable = declared − out of scope − refused by review + adjustments − deposit − prepaid and set off − "
            "recovered by set-off"
        ),
    }  # fmt: skip


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(
        request, SETTLEMENT, subject, lambda refused: shown(request, found(account, number), refused),
        with_code=paying(SETTLEMENT),
    )  # fmt: skip


@desk_page
@require_GET
def claims(request: HttpRequest, number: str) -> HttpResponse:
    """The encounters that make up what was declared, at the version that it was reckoned from."""
    return claims_of(request, number, "payments/claims.html")


@institution_page
@require_GET
def own_claims(request: HttpRequest, number: str) -> HttpResponse:
    """The same, for the institution itself."""
    return claims_of(request, number, "payments/own_claims.html")


def claims_of(request: HttpRequest, number: str, template: str) -> HttpResponse:
    account = signed_in(request)
    subject, after = found(account, number), request.GET.get("after", "").replace("\0", "")[:120]
    rows = warehouse.settled_claims(subject.snapshot, gathering.asked(subject), after=after, most=AT_ONCE + 1)
    more, rows = len(rows) > AT_ONCE, rows[:AT_ONCE]
    record(Act.READ, account, f"{subject} claims")
    context = {"settlement": subject, "rows": rows, "after": rows[-1]["claim"] if more else "", "first": not after}
    return render(request, template, context)
