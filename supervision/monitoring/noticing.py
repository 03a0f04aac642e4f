"""A finding that people made on the spot, laid among those of rules so that it is heard, owned and booked like them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from institutions.models import Institution

from . import owning, turns
from .models import Finding, FindingLine, FindingQuerySet

__all__ = ["Finding", "Line", "notice"]

NOTHING = Decimal("0.00")
FEN = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """A charge of a settled claim, in yuan: what of it is in question, the whole, what the fund paid of the first."""

    claim: str
    charge: str
    suspected: Decimal
    charged: Decimal
    fund: Decimal
    evidence: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def notice(
    rule: str, key: str, *, institution: Institution, month: str, claim: str, member: str, insured_area: str,
    lines: Sequence[Line], because_zh: str, because_en: str,
) -> Finding:  # fmt: skip
    """Keep what people found under a code of their own; no run has found it, so none withdraws it or finds it again.

    The lines are shared out with the findings of rules that name them: each fen has one owner.
    """
    turns.alone()  # no step may settle who owns these charges meanwhile
    said = json.dumps([[one.charge, f"{one.suspected}"] for one in lines])
    finding = Finding.objects.create(
        rule=rule, key=key, month=month, institution=institution, claim=claim, member=member,
        insured_area=insured_area, certainty=Finding.Certainty.CERTAIN, severity=4,
        at_stake=sum((one.suspected for one in lines), NOTHING),
        fund_at_stake=sum((one.fund for one in lines), NOTHING), fund_method="share", because_zh=because_zh,
        because_en=because_en, page_hash="", knowledge_version=0, found_at=timezone.now(),
        content=UUID(hashlib.sha256(f"{key}{said}".encode()).hexdigest()[:32]),
    )  # fmt: skip
    FindingLine.objects.bulk_create(
        FindingLine(
            finding=finding, claim=one.claim, charge=one.charge, at_stake=one.suspected,
            amount=int(one.charged / FEN), evidence=dict(one.evidence),
        )
        for one in lines
    )  # fmt: skip
    mine = Finding.objects.filter(pk=finding.pk)
    assert isinstance(mine, FindingQuerySet)
    owning.unsettle(mine)
    owning.settle_between_runs()
    finding.refresh_from_db()
    return finding
