"""The double-random draw: institutions by weight and inspectors for each, by one seed, kept with all candidates.

Each institution gets a number between nought and one out of the seed and its code, and the logarithm of it divided by
its weight; the greatest are drawn. So of two the one of twice the weight is drawn first twice as often, and nobody's
place depends on the order of the list. For each drawn institution the inspectors who have no interest in it are ranked
in the same way, by the seed and both codes, all with the weight one; who steps aside is followed by the next.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, refuse_unless

from . import ruling, weighing
from .models import Candidate, Conflict, Draw, Inspection, Inspector, Number, Pairing, PlanLine
from .models.inspections import BEFORE_THE_VISIT

EXACTLY = Context(prec=28)
SPREAD = 2**64
MOST = 5000  # institutions that one draw is made among: its candidates are all kept
WHOLE = 10_000
NUMBERING = 7_310_032  # draws are numbered one after the other
ONE = Decimal(1)


def ranked(weights: Mapping[str, Decimal], seed: str) -> list[str]:
    """The codes in the order in which they are drawn; what weighs nothing is not among them."""
    keys = {code: key(seed, code, weight) for code, weight in weights.items() if weight > 0}
    return sorted(keys, key=lambda code: (-keys[code], code))


def key(seed: str, code: str, weight: Decimal) -> Decimal:
    """The same for the same seed, code and weight, on every machine."""
    digest = hashlib.sha256(f"{seed}:{code}".encode()).digest()
    number = Decimal(int.from_bytes(digest[:8]) + 1)
    return EXACTLY.divide(EXACTLY.ln(EXACTLY.divide(number, Decimal(SPREAD + 1))), weight)


def ranked_for(institution: str, inspectors: Iterable[str], seed: str) -> list[str]:
    """The certificates in the order in which inspectors are drawn for one institution."""
    return ranked(dict.fromkeys(inspectors, ONE), f"{seed}:{institution}")


# --- Drawing ---------------------------------------------------------------------------------------------


def permitted(by: Account) -> Division:
    """Who draws: an officer of the department of a territory."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    assert by.territory is not None
    return by.territory


def candidates(place: Division, kind: str = "") -> list[Institution]:
    """The directory of objects: the institutions of the territory."""
    rows = Institution.objects.filter(division__code__startswith=place.prefix)
    found = list((rows.filter(kind=kind) if kind else rows).order_by("pk")[: MOST + 1])
    refuse_unless(bool(found), _("There is no such institution in the territory."))
    refuse_unless(len(found) <= MOST, _("Draw in a smaller territory: among %(most)d at most.") % {"most": MOST})
    return found


def size_of(line: PlanLine, of: int) -> int:
    """How many a line draws of so many: its number, or its share rounded up; never more than there are."""
    wanted = line.how_many or int((Decimal(of) * (line.share or 0) / WHOLE).to_integral_value(ROUND_CEILING))
    return min(max(wanted, 1), of)


def draw(
    place: Division, rows: Sequence[Institution], size: int, *, mode: str, reason: str, line: PlanLine | None,
    weighted: bool = True, by: Account,
) -> Draw:  # fmt: skip
    """Draw among these, and keep seed, candidates and ranks. Part of what its caller does in one transaction.

    Not weighted, where the object is known and only its inspectors are drawn.
    """
    one_at_a_time(NUMBERING)
    officers = ruling.number(Number.Code.OFFICERS, place.pk).value
    made = Draw.objects.create(
        number=next_number(place), place=place, line=line, mode=mode, reason=reason, size=size, officers=officers,
        seed=secrets.token_hex(16), drawn_by=by,
    )  # fmt: skip
    weights = weighing.weights_of(rows) if weighted else {one.pk: weighing.PLAIN for one in rows}
    order = ranked({code: one.value for code, one in weights.items()}, made.seed)
    refuse_unless(len(order) >= size, _("Not so many of them can be drawn: the others weigh nothing."))
    last = [code for code in sorted(weights) if weights[code].value <= 0]
    ranks = {code: rank for rank, code in enumerate([*order, *last], 1)}
    Candidate.objects.bulk_create(
        Candidate(
            draw=made, institution=one, grade=weights[one.pk].grade, grade_factor=weights[one.pk].grade_factor,
            at_risk=weights[one.pk].at_risk, risk_factor=weights[one.pk].risk_factor, weight=weights[one.pk].value,
            rank=ranks[one.pk], drawn=ranks[one.pk] <= size,
        )
        for one in rows
    )  # fmt: skip
    for institution in order[:size]:
        pair(made, institution)
    return made


def next_number(place: Division) -> str:
    start = f"CQ-{place.pk}-{timezone.localdate().year}-"
    return f"{start}{Draw.objects.filter(number__startswith=start).count() + 1}"


def pair(made: Draw, institution: str) -> None:
    """Rank the inspectors of the place for one institution; those with an interest in it are kept, without a rank."""
    listed = Inspector.objects.filter(place__code__startswith=made.place.prefix).serving(timezone.localdate())
    inspectors = {one.certificate: one for one in listed.filter(account__is_active=True)}
    kept_away = {
        one.inspector_id: one.reason
        for one in Conflict.objects.filter(institution=institution, inspector__isnull=False, ended_on=None)
    }
    free = [certificate for certificate, one in inspectors.items() if one.pk not in kept_away]
    refuse_unless(
        len(free) >= made.officers,
        _("There are not %(least)d inspectors without an interest in %(institution)s.")
        % {"least": made.officers, "institution": institution},
    )
    ranks = {certificate: rank for rank, certificate in enumerate(ranked_for(institution, free, made.seed), 1)}
    Pairing.objects.bulk_create(
        Pairing(
            draw=made, institution_id=institution, inspector=one, rank=ranks.get(certificate),
            standing=standing_of(ranks.get(certificate), made.officers), reason=kept_away.get(one.pk, ""),
        )
        for certificate, one in inspectors.items()
    )  # fmt: skip


def standing_of(rank: int | None, officers: int) -> Pairing.Standing:
    if rank is None:
        return Pairing.Standing.CONFLICT
    return Pairing.Standing.DRAWN if rank <= officers else Pairing.Standing.SPARE


# --- What is drawn next, again, and shown ------------------------------------------------------------------


def step_aside(made: Draw, institution: str, inspector: Inspector, reason: str) -> Inspector:
    """A drawn inspector steps aside; by the same seed the next in rank is drawn. Part of its caller's transaction."""
    rows = Pairing.objects.select_for_update(of=("self",)).filter(draw=made, institution=institution)
    left = rows.filter(inspector=inspector, standing=Pairing.Standing.DRAWN).first()
    refuse_unless(left is not None, _("This inspector was not drawn for it."))
    assert left is not None
    following = rows.filter(standing=Pairing.Standing.SPARE).order_by("rank").select_related("inspector").first()
    refuse_unless(following is not None, _("There is nobody left who could be drawn."))
    assert following is not None
    left.standing, left.reason = Pairing.Standing.RECUSED, reason[:200]
    left.save(update_fields=["standing", "reason"])
    following.standing = Pairing.Standing.DRAWN
    following.save(update_fields=["standing"])
    return following.inspector


@dataclass(frozen=True)
class Row:
    """One line of a draw as it is replayed: an institution by its weight, or an inspector for one."""

    rank: int
    institution: str
    inspector: str
    weight: Decimal
    drawn: bool

    def __str__(self) -> str:
        who = f"{self.institution} {self.inspector}".strip()
        return f"{self.rank:>5}  {self.weight:>10.4f}  {'*' if self.drawn else ' '}  {who}"


def kept(made: Draw) -> list[Row]:
    """What was kept: every candidate, then for each drawn institution every inspector without an interest in it."""
    objects = [Row(one.rank, one.institution_id, "", one.weight, one.drawn) for one in made.candidates.order_by("rank")]
    pairs = made.pairings.exclude(rank=None).select_related("inspector").order_by("institution", "rank")
    drawn = Pairing.Standing.DRAWN
    return [
        *objects,
        *(
            Row(one.rank or 0, one.institution_id, one.inspector.certificate, ONE, one.standing == drawn)
            for one in pairs
        ),
    ]


def replayed(made: Draw) -> list[Row]:
    """What the kept seed draws among the kept candidates by the kept weights; who stepped aside is passed over."""
    weights = dict(made.candidates.values_list("institution", "weight"))
    order = ranked(weights, made.seed)
    last = [code for code in sorted(weights) if weights[code] <= 0]
    rows = [Row(rank, code, "", weights[code], rank <= made.size) for rank, code in enumerate([*order, *last], 1)]
    for institution in sorted(order[: made.size]):
        pairs = made.pairings.filter(institution=institution).exclude(rank=None).select_related("inspector")
        aside = {one.inspector.certificate for one in pairs if one.standing == Pairing.Standing.RECUSED}
        turn = ranked_for(institution, [one.inspector.certificate for one in pairs], made.seed)
        chosen = [code for code in turn if code not in aside][: made.officers]
        rows += [Row(rank, institution, code, ONE, code in chosen) for rank, code in enumerate(turn, 1)]
    return rows


def drawn_again(made: Draw) -> bool:
    """Whether the kept seed and weights draw what was kept."""
    return kept(made) == replayed(made)


@transaction.atomic
def publish_draw(made: Draw, *, by: Account) -> Draw:
    """Show list, procedure, seed and result to everybody, once no visit is to come that it would announce."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    locked = Draw.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if by.territory is None or not locked.place_id.startswith(by.territory.prefix):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.published_on is None, _("It is published already."))
    refuse_unless(by.pk != locked.drawn_by_id, _("This needs a second person: you have decided on it already."))
    waiting = Inspection.objects.filter(draw=locked, state__in=BEFORE_THE_VISIT).exists()
    refuse_unless(not waiting, _("A visit that it names is still to come: published now, it would announce it."))
    locked.published_on, locked.publisher = timezone.localdate(), by
    locked.save(update_fields=["published_on", "publisher"])
    record(Act.CASE, by, locked.number, move="publish_draw")
    return locked
