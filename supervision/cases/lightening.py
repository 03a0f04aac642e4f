"""What a party has reported itself is taken more lightly when damages are reckoned, as rows say, and visibly."""

from decimal import Decimal

from django.db.models import Q

from supervision.hearing.models import HearingLine
from supervision.ledger.models import SelfCorrected

from . import owed
from .models import Breach, Case, Lightened, Proceeding

HEARD = "hearing line "


def lines_of(case: Case) -> list[SelfCorrected]:
    """The self-corrected lines in the charges that were heard before they came into the case."""
    references = owed.refunds(case).filter(reference__startswith=HEARD).values_list("reference", flat=True)
    heard = HearingLine.objects.filter(pk__in=[int(one.removeprefix(HEARD)) for one in references])
    found = SelfCorrected.objects.touching(list(heard.values_list("claim", "charge")))
    return list(found.filter(institution=case.institution_id).order_by("pk"))


def lighten(proceeding: Proceeding, breach: Breach) -> Decimal:
    """Keep what was reported and how much of it counts; what another breach has taken is not taken again."""
    breach.lightened.all().delete()
    others = Lightened.objects.exclude(breach=breach)
    standing = Q(breach__proceeding__closed_at=None) | Q(breach__executed_at__isnull=False)
    taken = set(others.filter(standing).values_list("line", flat=True))
    rows = [
        Lightened(breach=breach, line=one, amount=one.fund, factor=one.factor, reason=one.reason)
        for one in lines_of(proceeding.case) if one.pk not in taken
    ]  # fmt: skip
    Lightened.objects.bulk_create(rows)
    return sum((one.amount * one.factor for one in rows), owed.NOTHING)


def told(breach: Breach) -> str:
    """For the letter, in Chinese: how much was reported, by which factor it counts, and why."""
    sums: dict[tuple[Decimal, str], Decimal] = {}
    for one in breach.lightened.all():
        sums[one.factor, one.reason] = sums.get((one.factor, one.reason), owed.NOTHING) + one.amount
    return "；".join(
        f"自查自纠主动退回{amount:,}元，计算违约金时按系数{factor.normalize():f}计（{reason}）"
        for (factor, reason), amount in sums.items()
    )
