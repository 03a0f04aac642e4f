"""A person's payment qualification (the brief's state machine 21): registered, held back by points, taken in again."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.points import holding, ruling, standing
from credit.points.models import Disqualification, Qualification, ServiceCommitment, Standing
from credit.points.models.rules import Threshold
from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases.facts import Kind, ask
from supervision.moves import Made, Move, Workflow, refuse_unless

HANDLING = Department.Party.HANDLING
QUALIFIED = frozenset({Standing.REGISTERED, Standing.DECLINED, Standing.NORMAL, Standing.RESTORED})
SIGNED_ON = ask("commitment_signed_on", Kind.DAY, gettext_lazy("Day on which the person signed the commitment"))

INTERVIEWER = ask("interviewer", Kind.LINE, gettext_lazy("Who held the interview"))
INTERVIEWED_ON = ask("interviewed_on", Kind.DAY, gettext_lazy("Day of the interview"))


def held(row: Qualification) -> list[Disqualification]:
    """What holds today or is to hold from a later day on."""
    today = timezone.localdate()
    rows = Disqualification.objects.standing().filter(practitioner=row.practitioner_id)
    return [one for one in rows if one.last_day is None or one.last_day >= today]


def barred_until(row: Qualification) -> dt.date:
    """The last day without a new registration; before all days where nothing was terminated."""
    return max((one.barred_until for one in held(row) if one.barred_until), default=dt.date.min)


def terminated(row: Qualification, by: Account) -> None:
    """A termination stands, and its time without a new registration is not over."""
    refuse_unless(barred_until(row) >= timezone.localdate(), _("No termination stands."))


def suspended(row: Qualification, by: Account) -> None:
    """A suspension stands and no termination."""
    kinds = {one.kind for one in held(row)}
    refuse_unless(kinds == {Threshold.Kind.SUSPENDED}, _("No suspension stands."))


def time_is_over(row: Qualification, by: Account) -> None:
    """The time without a new registration is over."""
    last = barred_until(row)
    over = dt.date.min < last < timezone.localdate()
    refuse_unless(over, _("The time without a new registration is not over."))


def nothing_held(row: Qualification, by: Account) -> None:
    """Nothing is held back any more."""
    refuse_unless(not held(row), _("Something is still held back."))


def commits(row: Qualification, made: Made[Qualification]) -> None:
    """keeps the service commitment"""
    signed_on, today = made.facts["commitment_signed_on"], timezone.localdate()
    refuse_unless(signed_on <= today, _("That day has not come yet."))
    assert made.by.institution is not None
    ServiceCommitment.objects.create(
        qualification=row, institution=made.by.institution, text=ruling.commitment(signed_on), signed_on=signed_on,
        entered_by=made.by,
    )  # fmt: skip


def committed(row: Qualification, by: Account) -> None:
    """The person has made the service commitment."""
    refuse_unless(row.commitments.exists(), _("The person has made no service commitment."))


def lets_back(row: Qualification, made: Made[Qualification]) -> None:
    """ends a termination whose time is over"""
    holding.let_back(row.practitioner, because=_("registered again"), by=made.by)


def asks_for_an_interview(row: Qualification, by: Account) -> None:
    """this year's points ask for an interview by the institution"""
    refuse_unless(standing.standing(row.practitioner).interview, _("This year's points ask for no interview."))


def interviewed(row: Qualification, made: Made[Qualification]) -> None:
    """keeps who held it and on which day"""
    refuse_unless(made.facts["interviewed_on"] <= timezone.localdate(), _("That day has not come yet."))


MOVES: dict[str, Move[Qualification]] = {
    "interview": Move(
        frozenset({Standing.NORMAL}), Standing.NORMAL, Duty.STAFF, gettext_lazy("Enter that the interview was held"),
        conditions=(asks_for_an_interview,), asks=(INTERVIEWER, INTERVIEWED_ON), needs_note=True,
        effects=(interviewed,),
    ),
    "take_in": Move(
        frozenset({Standing.REGISTERED}), Standing.NORMAL, Duty.CREDIT, gettext_lazy("Take the registration in"),
        party=HANDLING, conditions=(committed,), effects=(lets_back,),
    ),
    "decline": Move(
        frozenset({Standing.REGISTERED}), Standing.DECLINED, Duty.CREDIT, gettext_lazy("Do not take it in"),
        party=HANDLING, needs_note=True,
    ),
    "file_again": Move(
        frozenset({Standing.DECLINED, Standing.ELIGIBLE_AGAIN}), Standing.REGISTERED, Duty.STAFF,
        gettext_lazy("Register again"), asks=(SIGNED_ON,), effects=(commits,),
    ),
    "terminate": Move(
        QUALIFIED | {Standing.SUSPENDED, Standing.ELIGIBLE_AGAIN}, Standing.TERMINATED, Duty.CREDIT,
        gettext_lazy("Terminated by points"), by_itself=True, conditions=(terminated,),
    ),
    "suspend": Move(
        QUALIFIED | {Standing.TERMINATED, Standing.ELIGIBLE_AGAIN}, Standing.SUSPENDED, Duty.CREDIT,
        gettext_lazy("Suspended by points"), by_itself=True, conditions=(suspended,),
    ),
    "become_eligible": Move(
        frozenset({Standing.TERMINATED}), Standing.ELIGIBLE_AGAIN, Duty.CREDIT,
        gettext_lazy("May be registered again"), by_itself=True, conditions=(time_is_over,),
    ),
    "restore": Move(
        frozenset({Standing.SUSPENDED, Standing.TERMINATED, Standing.ELIGIBLE_AGAIN}), Standing.RESTORED, Duty.CREDIT,
        gettext_lazy("Nothing is held back any more"), by_itself=True, conditions=(nothing_held,),
    ),
}  # fmt: skip

QUALIFICATION: Workflow[Qualification] = Workflow(
    name="qualification", words=gettext_lazy("A payment qualification"), states=Standing, act=Act.POINTS, moves=MOVES,
    first=Standing.REGISTERED, module=__name__,
)  # fmt: skip
