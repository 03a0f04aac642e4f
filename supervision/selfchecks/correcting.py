"""Lays reported lines down below, where hearings leave them out and damages take them more lightly, or heavier."""

from collections.abc import Sequence

from supervision.ledger.models import Item, SelfCorrected

from . import ruling
from .models import Leniency, Report, ReportedLine


def lay_down(report: Report, lines: Sequence[ReportedLine]) -> None:
    """Each line once, with the factor that holds today."""
    items = {item.reference: item for item in Item.objects.filter(reference__in=[line.reference for line in lines])}
    rule = ruling.number(Leniency.Code.DAMAGES, report.place_id)
    SelfCorrected.objects.bulk_create(
        SelfCorrected(
            item=items.get(line.reference), institution=report.institution, record=report.number, claim=line.claim,
            charge=line.charge, amount=line.amount, fund=line.lost, factor=rule.value, reason=told(rule),
        )
        for line in lines
    )  # fmt: skip


def weigh_heavier(report: Report) -> None:
    """The report was false or perfunctory: its lines lose what was light."""
    rule = ruling.number(Leniency.Code.FALSE, report.place_id)
    SelfCorrected.objects.filter(record=report.number).update(factor=rule.value, reason=told(rule))


def told(rule: Leniency) -> str:
    return f"{rule.name_zh}：{rule.source}"
