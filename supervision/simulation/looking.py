"""The institution to look at first: the one of which most parts of the platform have something to tell."""

from collections import Counter
from collections.abc import Iterable

from credit.commitments.models import Commitment
from credit.models import Evaluation
from credit.points.models import ScoreRecord
from institutions.models import Agreement
from supervision.cases.models import Case
from supervision.complaints.models import Complaint
from supervision.hearing.models import Hearing
from supervision.inspections.models import Inspection
from supervision.ledger.models import Item
from supervision.major.models import Interview
from supervision.monitoring.models import Finding
from supervision.payments.models import MonthlySettlement, Prepayment
from supervision.selfchecks.models import Report

TOLD_OF = (
    Finding, Hearing, Case, Item, Complaint, Inspection, Report, Commitment, Evaluation, MonthlySettlement, Prepayment,
    Interview, Agreement,
)  # fmt: skip


def fullest() -> str:
    """Its code; among equals the one with the first code. Empty where nothing was told of anybody."""
    kinds: Counter[str] = Counter()
    for model in TOLD_OF:
        rows: Iterable[str | None] = model._default_manager.order_by().values_list("institution", flat=True).distinct()
        kinds.update(code for code in rows if code)
    scored = ScoreRecord.objects.order_by().values_list("institution", flat=True).distinct()
    kinds.update(code for code in scored if code)
    return min(kinds, key=lambda code: (-kinds[code], code), default="")
