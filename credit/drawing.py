"""Draws institutions for the daily inspections: the worse the grade, the likelier; by a seed that is kept.

Each institution gets a number between nought and one out of the seed and its code, and the logarithm of that number
divided by its weight; the greatest are drawn. So a weight of two is drawn about twice as often as one, and nobody's
place depends on the order in which institutions are listed.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import standing
from institutions.models import Account, Department, Duty, GradeFactor, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import refuse_unless

from .models import Draw, DrawLine

EXACTLY = Context(prec=28)
SPREAD = 2**64
MOST = 5000  # institutions that one draw is made among: its lines are all kept


def ranked(weights: Mapping[str, Decimal], seed: str) -> list[str]:
    """The codes in the order in which they are drawn; what weighs nothing is not among them."""
    keys = {code: key(seed, code, weight) for code, weight in weights.items() if weight > 0}
    return sorted(keys, key=lambda code: (-keys[code], code))


def key(seed: str, code: str, weight: Decimal) -> Decimal:
    """The same for the same seed, code and weight, on every machine."""
    digest = hashlib.sha256(f"{seed}:{code}".encode()).digest()
    number = Decimal(int.from_bytes(digest[:8]) + 1)
    return EXACTLY.divide(EXACTLY.ln(EXACTLY.divide(number, Decimal(SPREAD + 1))), weight)


def weights_of(institutions: Iterable[Institution]) -> dict[str, Decimal]:
    """By the factor of each one's grade; one where there is no grade or nobody has set a factor."""
    return {one.pk: standing.factor(one, GradeFactor.What.INSPECTION) for one in institutions}


@transaction.atomic
def draw_sample(size: int, reason: str, *, by: Account) -> Draw:
    """Draw so many of the account's territory, and keep the seed and everybody's weight."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    rows = list(Institution.objects.visible_to(by).order_by("pk")[: MOST + 1])
    refuse_unless(len(rows) <= MOST, _("Draw in a smaller territory: among %(most)d at most.") % {"most": MOST})
    weights = weights_of(rows)
    refuse_unless(1 <= size <= len(rows), _("Draw between one and all %(all)d of them.") % {"all": len(rows)})
    made = Draw.objects.create(
        number=next_number(by), place_id=str(by.territory_id), reason=reason.strip(), size=size,
        seed=secrets.token_hex(16), drawn_by=by,
    )  # fmt: skip
    keep(made, rows, weights)
    record(Act.CREDIT, by, made.number, move="draw", seed=made.seed, size=size)
    return made


def next_number(by: Account) -> str:
    year = timezone.localdate().year
    count = Draw.objects.filter(place=by.territory_id, drawn_at__year=year).count()
    return f"CQ-{by.territory_id}-{year}-{count + 1}"


def keep(draw: Draw, rows: Iterable[Institution], weights: Mapping[str, Decimal]) -> None:
    order = ranked(weights, draw.seed)
    last = [code for code in sorted(weights) if weights[code] <= 0]
    ranks = {code: rank for rank, code in enumerate([*order, *last], 1)}
    chosen = set(order[: draw.size])
    DrawLine.objects.bulk_create(
        DrawLine(
            draw=draw, institution=one, grade=standing.grade_on(one, timezone.localdate()), weight=weights[one.pk],
            rank=ranks[one.pk], drawn=one.pk in chosen,
        )
        for one in rows
    )  # fmt: skip


def drawn_again(draw: Draw) -> bool:
    """Whether the kept seed and weights draw what was kept."""
    weights = dict(draw.lines.values_list("institution", "weight"))
    kept = set(draw.lines.filter(drawn=True).values_list("institution", flat=True))
    return kept == set(ranked(weights, draw.seed)[: draw.size])
