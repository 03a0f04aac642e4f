"""Weighs the violations of a penalty: the base by another method, who refuses, factors, fine, suspension, confiscation.

Each choice is a move of the officers and stays in the history; what follows from it is reckoned at once.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.moves import Made, refuse_unless

from . import crediting, fining, referring, violating
from .models import Factor, Grade, Proceeding, Violation, ViolationType, WeighedFactor

Basis = ViolationType.Basis


def assess(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """sets the base by another method, with its reason"""
    violation, method = violating.chosen(proceeding, made), str(made.facts["loss_method"])
    refuse_unless(violation.type.basis in (Basis.LOSS, Basis.FRAUD), _("This fine does not follow from an amount."))
    refuse_unless(method in Violation.Method.values, _("Choose how the loss was found."))
    refuse_unless(
        not violating.fined_elsewhere(violation), _("Another norm with a higher fine counts for these lines.")
    )
    base = made.facts["base"]
    refuse_unless(base >= 0 and base == fining.fen(base), _("An amount has no fractions of a fen."))
    violation.method, violation.base, violation.base_reason = method, base, made.note
    violating.reckon(violation)


def note_refusal(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down that the party refuses to correct what it was ordered to"""
    violation = violating.chosen(proceeding, made)
    ordered = violation.correct_by
    refuse_unless(ordered is not None, _("It was not ordered to be corrected: who was not asked cannot refuse."))
    assert ordered is not None
    refuse_unless(
        ordered < timezone.localdate(), _("The party has until %(day)s to correct it.") % {"day": ordered.isoformat()}
    )
    violation.refuses = True
    violation.save()


def weigh_factor(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lets a factor count, explained"""
    violation = violating.chosen(proceeding, made)
    factor = Factor.objects.filter(code=made.facts["factor"], valid__contains=timezone.localdate()).first()
    refuse_unless(factor is not None, _("There is no such factor."))
    assert factor is not None
    refuse_unless(not violation.factors.filter(factor=factor).exists(), _("This factor counts already."))
    crediting.refuse_what_is_not_on_record(factor, proceeding.case.institution)
    WeighedFactor.objects.create(
        violation=violation, factor=factor, explanation=made.facts["explanation"].strip(), by=made.by
    )
    violation.grade = ""  # it is weighed anew
    violation.save()


def propose_fine(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """chooses grade and multiple; outside the band of the grade for a reason alone"""
    violation, grade = violating.chosen(proceeding, made), str(made.facts["grade"])
    refuse_unless(grade in Grade.values, _("Choose the grade."))
    refuse_unless(
        violation.refuses or not violation.type.only_if_refusing or grade == Grade.NONE,
        _("%(code)s is fined only where the party refuses to correct.") % {"code": violation.type.code},
    )
    weighing = fining.weigh(
        violation.type, Grade(grade), made.facts["multiple"], place=proceeding.case.place_id, on=timezone.localdate(),
        factors=[row.factor for row in violation.factors.select_related("factor")],
        judged=referring.fined_by_court(proceeding.case),
    )  # fmt: skip
    refuse_unless(not weighing.outside or bool(made.note), _("That lies outside the band of its grade. Say why."))
    violation.grade, violation.outside, violation.reason = grade, weighing.outside, made.note
    if violation.type.basis == Basis.FIXED:
        violation.base, violation.multiple = weighing.chosen, fining.ONCE
    else:
        violation.multiple = weighing.chosen
    violating.reckon(violation)


def propose_suspension(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """proposes how long services or settlement are suspended"""
    violation, months = violating.chosen(proceeding, made), made.facts["months"]
    kind = violation.type
    refuse_unless(kind.months_least is not None, _("%(code)s knows no suspension.") % {"code": kind.code})
    assert kind.months_least is not None
    assert kind.months_most is not None
    refuse_unless(
        kind.months_least <= months <= kind.months_most,
        _("From %(least)d to %(most)d months.") % {"least": kind.months_least, "most": kind.months_most},
    )
    violation.months = months
    violation.save()


def propose_confiscation(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """says how much illegal income is confiscated, and how it was found"""
    violation, amount = violating.chosen(proceeding, made), made.facts["amount"]
    refuse_unless(violation.type.confiscates, _("%(code)s knows no confiscation.") % {"code": violation.type.code})
    refuse_unless(amount >= 0 and amount == fining.fen(amount), _("An amount has no fractions of a fen."))
    violation.confiscated, violation.confiscation_reason = amount, made.note
    violation.save()
