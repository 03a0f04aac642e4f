"""Begins evaluations, and what moves of evaluations do besides changing the state."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions import standing
from institutions.models import Account, Department, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.moves import THE_SITE, BeyondReach, Made, MoveRefused, refuse_unless

from . import gathering, graded, letters, recording, timing
from .grading import Grade
from .models import UNDER_WAY, CreditEvent, Evaluation, Indicator, State

IN_ONE_GO = 200  # evaluations that one press of a button begins


def records_of(evaluation: Evaluation) -> list[tuple[str, str]]:
    """The records that the evaluation counts, to choose from."""
    return [
        (str(row["key"]), f"{Indicator(row['indicator']).label} {row['record']} ({row['points']})")
        for row in evaluation.reckoned
    ]


WRONG = ask(
    "wrong_records", Asked.CHOICES, gettext_lazy("Records that are wrong and count no more"), choices=records_of
)


# --- Beginning ----------------------------------------------------------------------------------------


@transaction.atomic
def begin_evaluation(institution: Institution, *, by: Account) -> Evaluation:
    """The year's evaluation of one institution; one at a time is under way."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    as_it_is = Institution.objects.visible_to(by).filter(pk=institution.pk).first()
    if as_it_is is None:
        raise BeyondReach(_("There is nothing here by that number."))
    today = timezone.localdate()
    count = Evaluation.objects.filter(institution=institution, cycle=today.year).count()
    number = f"XY-{institution.pk}-{today.year}-{count + 1}"
    try:
        with transaction.atomic():
            evaluation = Evaluation.objects.create(
                number=number, institution=institution, cycle=today.year, state=State.COLLECTING,
                before=as_it_is.grade,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("An evaluation of this institution is under way already.")) from None
    evaluation.events.create(move="begin", after=evaluation.state, by=by)
    record(Act.CREDIT, by, number, move="begin")
    return evaluation


def begin_many(institutions: QuerySet[Institution], *, by: Account) -> int:
    """Begun and worked out for those that have no evaluation this year, so many in one go."""
    from .workflow import EVALUATION  # noqa: PLC0415 - the table names this module's effects

    year = timezone.localdate().year
    rows = institutions.exclude(pk__in=Evaluation.objects.filter(cycle=year).values("institution")).order_by("pk")
    idle = rows.exclude(pk__in=Evaluation.objects.filter(state__in=UNDER_WAY).values("institution"))
    done = 0
    for institution in idle[:IN_ONE_GO]:
        EVALUATION.make(begin_evaluation(institution, by=by), "compute", by=by)
        done += 1
    return done


# --- Working out --------------------------------------------------------------------------------------


def compute(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """gathers what is on record up to today and works the grade out"""
    gathering.gather(evaluation.institution)
    work_out(evaluation)
    evaluation.computer = made.by


def work_out(evaluation: Evaluation) -> None:
    today = timezone.localdate()
    evaluation.scheme = graded.scheme_of(evaluation.institution, today)
    found = graded.grade(evaluation.institution, at=today)
    evaluation.as_of, evaluation.cycle = today, today.year
    evaluation.letter, evaluation.points, evaluation.why_not = found.letter, found.points, found.why_not
    evaluation.reckoned = written(found)


def written(found: Grade) -> list[dict[str, Any]]:
    """Every point with its record, as it is kept."""
    return [
        {
            "key": point.fact.key, "indicator": point.fact.indicator,
            "record_kind": point.fact.record_kind, "record": point.fact.record, "points": f"{point.points:.2f}",
            "happened_on": point.fact.happened_on.isoformat(), "known_on": point.fact.known_on.isoformat(),
            "amount": f"{point.fact.amount:.2f}", "at_best": point.at_best, "repairable": point.repairable,
            "last_day": point.last_day.isoformat() if point.last_day else "",
        }
        for point in found.from_records
    ]  # fmt: skip


# --- Shown, objected to, reviewed ---------------------------------------------------------------------


def publicise(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """shows it to the institution, which may object for a time, and issues credit_shown"""
    evaluation.approver, evaluation.publicised_on = made.by, timezone.localdate()
    evaluation.clock = clock = timing.start(
        timing.OBJECTION, evaluation.institution, subject=evaluation.number, duty=Duty.SIGN, owed_by_it=True,
        address=own_address(),
    )  # fmt: skip
    evaluation.object_until = timezone.localdate(clock.due_at)
    letters.show_evaluation(evaluation, by=made.by)


def own_address() -> str:
    return "/institution/credit/"


def object_to(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """freezes it, and starts the time in which the objection is to be reviewed"""
    evaluation.objector, evaluation.objection = made.by, made.note
    timing.meet(evaluation.clock)
    evaluation.clock = timing.start(
        timing.REVIEW, evaluation.institution, subject=evaluation.number, duty=Duty.CREDIT,
        address=evaluation.get_absolute_url(),
    )  # fmt: skip


def correct(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """takes the wrong records out by a further row each, works the grade out anew, and issues credit_answer"""
    shown = {row["key"] for row in evaluation.reckoned}
    wrong = {int(key) for key in made.facts["wrong_records"]}
    refuse_unless(wrong <= shown, _("That record is not among those that were counted."))
    for event in CreditEvent.objects.filter(pk__in=wrong, institution=evaluation.institution):
        recording.correct(event, because=evaluation.number, by=made.by)
    work_out(evaluation)
    reviewed(evaluation, made)


def reviewed(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """keeps who reviewed the objection and the answer to it, and issues credit_answer"""
    evaluation.reviewer, evaluation.answer = made.by, made.note
    timing.meet(evaluation.clock)
    evaluation.clock = None
    letters.answer_objection(evaluation, corrected=made.name == "correct", by=made.by)


# --- In force -----------------------------------------------------------------------------------------


def take_effect(evaluation: Evaluation, made: Made[Evaluation]) -> None:
    """replaces the evaluation that was in force, and writes the institution's grade"""
    from .workflow import EVALUATION  # noqa: PLC0415 - the table names this effect

    for earlier in Evaluation.objects.filter(institution=evaluation.institution_id, state=State.EFFECTIVE):
        EVALUATION.make(earlier, "supersede", by=THE_SITE, note=evaluation.number)
    timing.meet(evaluation.clock)
    evaluation.effective_on = timezone.localdate()
    standing.set_grade(evaluation.institution, evaluation.letter, since=evaluation.effective_on)


def take_effect_all() -> int:
    """Those whose time to object is over, and those whose objection was reviewed. Again changes nothing."""
    from .workflow import EVALUATION  # noqa: PLC0415 - the table names this module's effects

    rows = Evaluation.objects.filter(state__in=[State.PUBLICISED, State.CORRECTED, State.UPHELD]).order_by("pk")
    done = 0
    for evaluation in rows:
        if evaluation.state == State.PUBLICISED and not timing.is_over(evaluation.object_until):
            continue
        try:
            EVALUATION.make(evaluation, "take_effect", by=THE_SITE)
        except MoveRefused:
            continue  # somebody has objected meanwhile
        done += 1
    return done
