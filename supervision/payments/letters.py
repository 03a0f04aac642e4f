"""The letters of a settlement: approved, taken back and paid, in the agency's name, served electronically."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from institutions.offices import office_of
from supervision.cases.letters import written
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Service
from supervision.ledger.grouping import fund_name
from supervision.moves import Effect, Made, MoveRefused

from . import declaring
from .areas import pooling_area
from .models import MonthlySettlement, SettlementLine, SettlementPayment

CHINESE, ENGLISH = "zh-hans", "en"
FIGURE = pgettext_lazy("of a letter", "Figure")
# As they enter the sum, with their sign.
FIGURES = (
    ("out_of_scope", "−"), ("refused", "−"), ("adjustments", "+"), ("deposit", "−"), ("prepaid_offset", "−"),
    ("offset", "−"),
)  # fmt: skip


def sends(kind: str) -> Effect[MonthlySettlement]:
    """The move issues a letter of this kind, which the institution reads under its documents from then on."""

    def sending(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
        send(kind, settlement, made)

    sending.__doc__ = f"issues {kind} and serves it electronically"
    return sending


def send(kind: str, settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> Document:
    """Issue the letter with figures and records as they stand, and serve it."""
    institution, area = settlement.institution, pooling_area(settlement.place)
    facts = {
        "party": institution.name_zh, "party_en": institution.name_en, "place_en": area.name_en,
        "settlement": settlement.number, "deadline": settlement.due_on, "reason": made.note,
        "payable": settlement.payable, "withheld": settlement.withheld or None, "deposit": settlement.deposit or None,
        **payment_of(settlement), **in_both(settlement),
    }  # fmt: skip
    told = {name: text for name, fact in facts.items() if (text := written(fact))}
    try:
        letter = issue(
            kind, place=area.pk, place_name=area.name_zh, about=settlement.number, facts=told, by=made.by,
            address=settlement.get_absolute_url(), office=office_of(made.by),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing
    method = Service.Method.ELECTRONIC
    serving.serve(letter, to=institution.name_zh, method=method, by=made.by, institution=institution.pk)
    return letter


def payment_of(settlement: MonthlySettlement) -> dict[str, object]:
    """Sum, day and voucher of the month's payment; for a month that came to nothing there is none."""
    paid = settlement.payments.filter(what=SettlementPayment.What.MONTH).first()
    return {"paid": paid.amount, "paid_on": paid.day, "voucher": paid.voucher} if paid else {}


def in_both(settlement: MonthlySettlement) -> dict[str, str]:
    """What reads otherwise in Chinese and in English: month, fund, tables, and what holds the money."""
    facts = {}
    for tongue, end in ((CHINESE, ""), (ENGLISH, "_en")):
        with translation.override(tongue):
            facts[f"month{end}"] = month_in(settlement.month, tongue)
            facts[f"fund{end}"] = fund_name(settlement.fund)
            facts[f"lines{end}"] = table(*figures(settlement))
            facts[f"records{end}"] = table(*records(settlement)) if settlement.lines.exists() else ""
            facts[f"held_by{end}"] = ", ".join(
                f"{measure.get_kind_display()} {measure.because}" for measure in declaring.holds(settlement)
            )
    return facts


def month_in(month: str, tongue: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    return f"{first.year}年{first.month}月" if tongue == CHINESE else f"{first:%B %Y}"


def figures(settlement: MonthlySettlement) -> Iterator[Sequence[object]]:
    """How payable comes about, a figure a line, in yuan."""
    yield FIGURE, _("Yuan")
    claims = ngettext("%(n)s claim", "%(n)s claims", settlement.claims) % {"n": f"{settlement.claims:,}"}
    yield f"{_('Declared')} ({claims})", money(settlement.declared)
    for name, sign in FIGURES:
        if amount := getattr(settlement, name):
            yield f"{sign} {SettlementLine.Figure(name).label}", money(amount)
    yield f"= {_('Payable')}", money(settlement.payable)


def records(settlement: MonthlySettlement) -> Iterator[Sequence[object]]:
    """Each line of each figure with the record that it comes from."""
    yield FIGURE, _("Yuan"), _("Record")
    for line in settlement.lines.select_related("item", "measure", "prepayment", "earlier", "rate"):
        yield SettlementLine.Figure(line.figure).label, money(line.amount), record_of(line)


def record_of(line: SettlementLine) -> str:
    if line.item:
        return line.item.title
    if line.measure:
        return f"{line.measure.get_kind_display()} {line.measure.because}"
    if line.rate:
        return line.rate.name
    return str(line.earlier or line.prepayment or "")


def money(amount: object) -> str:
    return f"{amount:,.2f}"


def table(*lines: Sequence[object]) -> str:
    """Lines of a table; what stands in a cell never begins another."""
    return "\n".join(" | ".join(" ".join(str(cell).replace("|", "／").split()) for cell in line) for line in lines)
