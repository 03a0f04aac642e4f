"""The violations of a penalty, as its officers record them: each choice is a move, and stays in the history."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.hearing.models import HearingLine
from supervision.moves import Made, refuse_unless

from . import crediting, fining
from .models import Factor, Proceeding, Violation, ViolationLine, ViolationType

Basis = ViolationType.Basis
FELL = ("ended", "revoked", "withdrawn", "no_penalty", "none_served")  # states of a penalty that fines nothing


def standing(proceeding: Proceeding) -> list[Violation]:
    """The violations of a penalty that were not taken back."""
    rows = proceeding.violations.filter(withdrawn_at=None)
    return list(rows.select_related("type", "type_then").prefetch_related("lines", "factors__factor"))


def total(proceeding: Proceeding) -> Decimal:
    return sum((violation.fine for violation in standing(proceeding)), Decimal("0.00"))


def confiscated(proceeding: Proceeding) -> Decimal:
    """The illegal income that is taken away, of all violations."""
    return sum((violation.confiscated for violation in standing(proceeding)), Decimal("0.00"))


def months(proceeding: Proceeding) -> int:
    return sum(violation.months for violation in standing(proceeding))


def refundable(proceeding: Proceeding) -> list[HearingLine]:
    """The lines that go back to the fund, each once, however many violations it belongs to."""
    rows = ViolationLine.objects.filter(
        violation__proceeding=proceeding, violation__withdrawn_at=None, violation__type__refund=True
    ).select_related("line")
    return list({row.line_id: row.line for row in rows}.values())


def heard_lines(proceeding: Proceeding) -> Iterable[HearingLine]:
    """The confirmed lines among the facts of the case."""
    rows = HearingLine.objects.filter(hearing__in_case__case=proceeding.case, confirmed__gt=0)
    return rows.select_related("hearing__finding").order_by("pk")


# --- Recording --------------------------------------------------------------------------------------


def charge(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """records a violation with its lines; of several norms for one act the one with the higher fine counts"""
    violation = record(proceeding, made)
    put_all(violation, made.facts["lines"], fined=violation.type.fined)
    reckon(violation)


def charge_conduct(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """records a violation that is about no amount"""
    violation = record(proceeding, made)
    refuse_unless(
        violation.type.basis in (Basis.NONE, Basis.FIXED),
        _("Say which lines this is about: the fine follows from them."),
    )
    refuse_the_punished(violation)


def record(proceeding: Proceeding, made: Made[Proceeding]) -> Violation:
    facts, today = made.facts, timezone.localdate()
    first, last = facts["acted_from"], facts["acted_until"]
    refuse_unless(first <= last <= today, _("The days of the act are not in order."))
    norms = fining.norms(facts["violation_type"], acted_on=last, decided_on=today)
    refuse_unless(
        norms.applies.subject in (ViolationType.Subject.ANY, proceeding.case.respondent)
        or (norms.applies.subject == ViolationType.Subject.HEAD and proceeding.case.respondent == "person"),
        _("%(code)s is no violation of this kind of respondent.") % {"code": norms.applies.code},
    )
    refuse_the_lapsed(proceeding, last, facts["limitation"], today)
    return Violation.objects.create(
        proceeding=proceeding, type=norms.applies, type_then=norms.then, acted_from=first, acted_until=last,
        limitation=facts["limitation"], limitation_reason=facts["limitation_reason"].strip(), found_by=made.by,
    )  # fmt: skip


def refuse_the_lapsed(proceeding: Proceeding, acted_until: date, limitation: str, today: date) -> None:
    """The limitation that the officer has chosen must not have run out when the lead was found (art. 36)."""
    refuse_unless(limitation in Violation.Limitation.values, _("Choose the limitation."))
    code = "limitation_years_long" if limitation == Violation.Limitation.FIVE else "limitation_years"
    years = int(fining.limit(code, proceeding.case.place_id, today).value)
    found = timezone.localdate(proceeding.case.opened_at)
    refuse_unless(
        (found.year - years, found.month, found.day) <= (acted_until.year, acted_until.month, acted_until.day),
        _("The limitation of %(years)d years had run out when the lead was found.") % {"years": years},
    )


def refuse_the_punished(violation: Violation) -> None:
    """No second fine for the same conduct of the same party on the same days, in whichever case (art. 29)."""
    case = violation.proceeding.case
    before = Violation.objects.filter(
        type__code=violation.type.code, withdrawn_at=None, lines=None, fine__gt=0, proceeding__case__person=case.person,
        proceeding__case__institution=case.institution, acted_from__lte=violation.acted_until,
        acted_until__gte=violation.acted_from,
    )  # fmt: skip
    fined = before.exclude(proceeding=violation.proceeding).select_related("proceeding")
    other = fined.exclude(proceeding__penalty__changed_fine=0).exclude(proceeding__state__in=FELL).first()
    refuse_unless(
        other is None,
        _("%(code)s of these days is fined already, in %(other)s.")
        % {"code": violation.type.code, "other": other.proceeding if other else ""},
    )


def put_all(violation: Violation, numbers: Iterable[str], *, fined: bool) -> None:
    """Make heard lines of the case the acts of the violation, each of them or none."""
    wanted = {int(number) for number in numbers}
    lines = [line for line in heard_lines(violation.proceeding) if line.pk in wanted]
    refuse_unless(len(lines) == len(wanted), _("Only confirmed lines of this case can be charged."))
    for line in lines:
        put(violation, line, fined=fined)


def put(violation: Violation, line: HearingLine, *, fined: bool) -> None:
    """Make the line one of the violation's acts. It carries one fine, over all cases."""
    before = ViolationLine.objects.filter(line=line, fined=True).select_related("violation__type").first()
    other = before.violation if before else None
    refuse_unless(
        other is None or other.proceeding_id == violation.proceeding_id,
        _("Line %(line)s carries a fine already, in %(other)s.")
        % {"line": line, "other": other.proceeding if other else ""},
    )
    if before and other and fined:
        fined = fining.higher((other.type, violation.type), line.fund_confirmed) == violation.type
        if fined:
            ViolationLine.objects.filter(pk=before.pk).update(fined=False)
            reckon_anew(other)
    try:
        with transaction.atomic():
            ViolationLine.objects.create(violation=violation, line=line, fined=fined)
    except IntegrityError:
        refuse_unless(False, _("Line %(line)s carries a fine already.") % {"line": line})


def reckon(violation: Violation) -> None:
    """The base from the lines that carry this fine, and the fine anew."""
    if violation.type.basis in (Basis.LOSS, Basis.FRAUD) and violation.method == Violation.Method.LINE_RATIO:
        rows = violation.lines.filter(fined=True).select_related("line")
        violation.base = fining.loss(row.line for row in rows)
    elif violation.type.basis == Basis.FIXED and fined_elsewhere(violation):
        violation.base = Decimal(0)
    violation.fine = fining.fen(Decimal(violation.base * violation.multiple))
    violation.save()


def reckon_anew(violation: Violation) -> None:
    """Its lines have changed: the base is that of the lines again, and the fine is to be weighed once more."""
    violation.method, violation.base_reason, violation.grade = Violation.Method.LINE_RATIO, "", ""
    reckon(violation)


def fined_elsewhere(violation: Violation) -> bool:
    """Whether all its acts carry the fine of another norm."""
    return violation.lines.exists() and not violation.lines.filter(fined=True).exists()


def chosen(proceeding: Proceeding, made: Made[Proceeding]) -> Violation:
    """The violation that a move is about."""
    row = (
        proceeding.violations.filter(pk=int(made.facts["violation"]), withdrawn_at=None).select_related("type").first()
    )
    refuse_unless(row is not None, _("There is no such violation here."))
    assert row is not None
    return row


# --- Taking back ------------------------------------------------------------------------------------


def withdraw(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes a violation back; its lines are free for another"""
    set_free([chosen(proceeding, made)], withdrawn=True)


def withdraw_all(proceeding: Proceeding) -> None:
    """Take every violation back; its lines are free for another."""
    left = standing(proceeding)
    if left:
        set_free(left, withdrawn=True)


def free_all(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """frees the lines: nothing is fined here"""
    set_free(standing(proceeding), withdrawn=False)


def set_free(violations: Sequence[Violation], *, withdrawn: bool) -> None:
    fined = ViolationLine.objects.filter(violation__in=violations, fined=True).select_related("line")
    freed = list(fined)
    ViolationLine.objects.filter(violation__in=violations).update(fined=False)
    if withdrawn:
        keys = [violation.pk for violation in violations]
        Violation.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())
        fall_back(violations[0].proceeding, [row.line for row in freed])


def fall_back(proceeding: Proceeding, lines: Iterable[HearingLine]) -> None:
    """What the higher norm no longer fines, the highest that still stands does."""
    for line in lines:
        rows = ViolationLine.objects.filter(
            line=line, violation__proceeding=proceeding, violation__withdrawn_at=None
        ).select_related("violation__type")
        left = {row.violation.type: row for row in rows if row.violation.type.fined}
        if left:
            next_ = left[fining.higher(left, line.fund_confirmed)]
            ViolationLine.objects.filter(pk=next_.pk).update(fined=True)
            reckon_anew(next_.violation)


# --- What pages offer -------------------------------------------------------------------------------


def types_offered(proceeding: Proceeding) -> list[tuple[str, str]]:
    respondent = proceeding.case.respondent
    subjects = {respondent, ViolationType.Subject.ANY} | ({"head"} if respondent == "person" else set())
    rows = ViolationType.objects.filter(valid__contains=timezone.localdate(), subject__in=subjects)
    return [(row.code, str(row)) for row in rows]


def lines_offered(proceeding: Proceeding) -> list[tuple[str, str]]:
    elsewhere = ViolationLine.objects.filter(fined=True).exclude(violation__proceeding=proceeding)
    fined = set(elsewhere.values_list("line", flat=True))
    return [(str(line.pk), offered(line)) for line in heard_lines(proceeding) if line.pk not in fined]


def offered(line: HearingLine) -> str:
    """A line by its number and rule, with what was confirmed and what the fund lost by it."""
    said = {
        "line": line,
        "rule": line.hearing.rule,
        "charge": f"{line.confirmed:,}",
        "loss": f"{line.fund_confirmed:,}",
    }
    return _("%(line)s · %(rule)s · confirmed ¥%(charge)s, of it lost by the fund ¥%(loss)s") % said


def violations_offered(proceeding: Proceeding) -> list[tuple[str, str]]:
    return [(str(row.pk), f"{row.type} · ¥{row.fine:,}") for row in standing(proceeding)]


def factors_offered(proceeding: Proceeding) -> list[tuple[str, str]]:
    """Those of today; of credit's only what a record speaks for."""
    rows = Factor.objects.filter(valid__contains=timezone.localdate())
    silent = set(crediting.OF_CREDIT) - crediting.on_record(proceeding.case.institution)
    return [(row.code, f"{row} ({row.get_effect_display()})") for row in rows if row.code not in silent]
