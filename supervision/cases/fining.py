"""Works out a fine: base times multiple, the grade of discretion, and both explained in words.

The norm is chosen by the day of the act and by today: where the law has become milder since, the milder one counts
(Law on Administrative Penalty, art. 37). Of several norms that one act violates, the one with the higher fine counts
(art. 29).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.hearing.models import HearingLine, Loss
from supervision.moves import refuse_unless

from .models import Band, Factor, Grade, PenaltyLimit, Violation, ViolationType

FEN = Decimal("0.01")
ONCE = Decimal(1)


def fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True)
class Norms:
    """The type as it stood on the day of the act and as it stands now; the milder of the two applies."""

    then: ViolationType
    now: ViolationType | None

    @property
    def applies(self) -> ViolationType:
        if self.now is None:
            return self.then
        return min((self.then, self.now), key=severity)


def severity(kind: ViolationType) -> tuple[bool, Decimal, Decimal, int]:
    """By which two texts of a type are compared: whether it fines, how much at most and at least, how long it stops."""
    return (
        kind.fined and not kind.only_if_refusing,
        kind.most or Decimal(0),
        kind.least or Decimal(0),
        kind.months_most or 0,
    )


def norms(code: str, *, acted_on: date, decided_on: date) -> Norms:
    """What the law said on the last day of the act, and what it says now."""
    texts = ViolationType.objects.filter(code=code)
    then = texts.filter(valid__contains=acted_on).first()
    refuse_unless(then is not None, _("On %(day)s there was no violation %(code)s.") % {"day": acted_on, "code": code})
    assert then is not None
    return Norms(then, texts.filter(valid__contains=decided_on).first())


def higher(kinds: Iterable[ViolationType], base: Decimal) -> ViolationType:
    """Of the norms that one act violates, the one with the higher fine (art. 29)."""
    return max(kinds, key=lambda kind: (highest(kind, base), kind.code))


def highest(kind: ViolationType, base: Decimal) -> Decimal:
    if not kind.fined or kind.most is None:
        return Decimal(0)
    return kind.most if kind.basis == ViolationType.Basis.FIXED else fen(kind.most * base)


def loss(lines: Iterable[HearingLine]) -> Decimal:
    """What the fund lost with these lines, as it was confirmed of each."""
    return sum((line.fund_confirmed for line in lines), Decimal("0.00"))


def band(kind: ViolationType, grade: str, place: str, on: date) -> Band | None:
    """The part of the type's range that a grade has: by the narrowest place that has bands of its own."""
    if kind.least is None or kind.most is None:
        return None
    rows = Band.objects.filter(
        least=kind.least, most=kind.most, grade=grade, place__in=places_of(place), valid__contains=on
    )
    return narrowest(rows)


def limit(code: str, place: str, on: date) -> PenaltyLimit:
    """A number of the procedure as it holds in a place on a day, the narrowest place first."""
    rows = PenaltyLimit.objects.filter(code=code, place__in=places_of(place), valid__contains=on)
    holds = narrowest(rows)
    refuse_unless(holds is not None, _("There is no limit %(code)s on %(day)s.") % {"code": code, "day": on})
    assert holds is not None
    return holds


@dataclass(frozen=True)
class Weighing:
    """A multiple, or a sum where the type gives a range in yuan, as it was chosen; and where it lies."""

    kind: ViolationType
    grade: Grade
    chosen: Decimal
    band: Band | None

    @property
    def outside(self) -> bool:
        """Whether it lies outside the band of its grade: then it needs a reason and a collective discussion."""
        if self.grade in (Grade.NONE, Grade.MITIGATED):
            return False
        return self.band is None or not self.band.low <= self.chosen <= self.band.high


def weigh(
    kind: ViolationType, grade: Grade, chosen: Decimal, *, place: str, on: date, factors: Sequence[Factor],
    judged: bool = False,
) -> Weighing:  # fmt: skip
    """Check a choice against the law's range and the factors, or MoveRefused; after a criminal fine there is none."""
    refuse_unless(kind.fined, _("%(code)s knows no fine.") % {"code": kind.code})
    assert kind.least is not None
    assert kind.most is not None
    effects = {factor.effect for factor in factors}
    refuse_unless(chosen <= kind.most, _("The range ends at %(most)s.") % {"most": kind.most})
    refuse_unless(not judged or grade == Grade.NONE, _("A court has fined this act: there is no second fine."))
    if grade == Grade.NONE:
        refuse_unless(
            chosen == 0 and (judged or bool(effects & {Factor.Effect.NONE, Factor.Effect.MAY_BE_NONE})),
            _("No penalty needs a factor that the law names for it, and no fine."),
        )
    elif grade == Grade.MITIGATED:
        refuse_unless(
            0 < chosen < kind.least and Factor.Effect.LIGHTER in effects,
            _("Below the range only as mitigated, for a factor that the law names."),
        )
    else:
        refuse_unless(chosen >= kind.least, _("Below the range only as mitigated, for a factor that the law names."))
        refuse_unless(
            grade != Grade.LIGHTER or Factor.Effect.LIGHTER in effects or Factor.Effect.MAY_BE_NONE in effects,
            _("Lighter needs a factor that the law names for it."),
        )
        refuse_unless(
            grade != Grade.HEAVIER or Factor.Effect.HEAVIER in effects, _("Heavier needs a factor that speaks for it.")
        )
    refuse_the_harsher(grade, effects)
    return Weighing(kind, grade, chosen, band(kind, grade, place, on))


def refuse_the_harsher(grade: Grade, effects: set[str]) -> None:
    """Where the law says that a penalty shall be left out, or shall be lighter, nobody chooses more (arts. 32, 33)."""
    refuse_unless(
        Factor.Effect.NONE not in effects or grade == Grade.NONE,
        _("A factor that counts here rules out a penalty."),
    )
    refuse_unless(
        Factor.Effect.LIGHTER not in effects or grade in (Grade.NONE, Grade.LIGHTER, Grade.MITIGATED),
        _("A factor that counts here asks for a lighter or mitigated penalty."),
    )


def method_words(violation: Violation) -> str:
    """How the base was found: the way the violation says, or of each of its lines as the hearing confirmed it."""
    if violation.method != Violation.Method.LINE_RATIO:
        return violation.get_method_display()
    used = set(violation.lines.filter(fined=True).values_list("line__fund_method", flat=True))
    return ", ".join(str(way.label) for way in Loss if way in used) or violation.get_method_display()


def explain(violation: Violation, language: str) -> str:
    """How the fine came about, in one sentence a reader can check with a pencil."""
    with translation.override(language):
        kind, fixed = violation.type, violation.type.basis == ViolationType.Basis.FIXED
        factors = "; ".join(f"{row.factor}: {row.explanation}" for row in violation.factors.select_related("factor"))
        said = {
            "basis": kind.cited, "grade": Grade(violation.grade).label,
            "fine": f"{violation.fine:,}", "base": f"{violation.base:,}", "multiple": violation.multiple,
            "least": kind.least, "most": kind.most,
            "method": method_words(violation), "factors": factors or _("none"), "reason": violation.reason,
        }  # fmt: skip
        if fixed:
            words = _("%(basis)s: ¥%(fine)s within ¥%(least)s to ¥%(most)s, %(grade)s; factors: %(factors)s.") % said
        else:
            words = (
                _(
                    "%(basis)s: ¥%(base)s (%(method)s) × %(multiple)s = ¥%(fine)s,"
                    " %(grade)s within %(least)s to %(most)s; factors: %(factors)s."
                )
                % said
            )
        return words + (" " + _("Outside the band of its grade: %(reason)s") % said if violation.outside else "")
