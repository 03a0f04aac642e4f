"""How somebody becomes a social supervisor, stays one and ceases to be one (the brief's state machine 36)."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.clocks import limits, running
from supervision.clocks.calendar import months_after
from supervision.clocks.models import Clock, Unit
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .models import SocialSupervisor, State

TERM, PUBLICITY, TASK = "supervisor_term", "supervisor_publicity", "supervisor_task"
AUTHORITY = Department.Party.AUTHORITY


def start(supervisor: SocialSupervisor, code: str, *, since: datetime, duty: Duty = Duty.COMPLAINTS) -> Clock:
    """A clock of the library; its title names the number, never the person."""
    places = limits.places_of(supervisor.division_id)
    limit = limits.limit(code, places, timezone.localdate(since))
    return running.start(
        code, subject=str(supervisor), title_zh=f"{limit.name_zh}（{supervisor}）",
        title_en=f"{limit.name_en} ({supervisor})", address=supervisor.get_absolute_url(), places=places, since=since,
        duty=duty,
    )  # fmt: skip


# --- What moves ask for besides state and duty ------------------------------------------------------


def long_enough_public(supervisor: SocialSupervisor, by: Account) -> None:
    """The time in which anybody may object is over."""
    refuse_unless(
        supervisor.clock is not None and supervisor.clock.has_run_out,
        _("The time in which anybody may object is not over yet."),
    )


def no_other_term(supervisor: SocialSupervisor, by: Account) -> None:
    """The same person is not in office already in this division."""
    others = SocialSupervisor.objects.in_office().exclude(pk=supervisor.pk)
    there = others.filter(division=supervisor.division_id, person=supervisor.person, standing=supervisor.standing)
    refuse_unless(not there.exists(), _("This person is in office already."))


def term_is_over(supervisor: SocialSupervisor, by: Account) -> None:
    """The last day of the term has passed."""
    refuse_unless(
        supervisor.until is not None and supervisor.until < timezone.localdate(), _("The term is not over yet.")
    )


# --- What moves do ----------------------------------------------------------------------------------


def make_public(supervisor: SocialSupervisor, made: Made[SocialSupervisor]) -> None:
    """starts supervisor_publicity"""
    supervisor.clock = start(supervisor, PUBLICITY, since=timezone.now())


def appoint(supervisor: SocialSupervisor, made: Made[SocialSupervisor]) -> None:
    """starts the term, as long as supervisor_term says"""
    end(supervisor, made)
    supervisor.since = timezone.localdate()
    supervisor.until = last_day(supervisor, supervisor.since)


def renew(supervisor: SocialSupervisor, made: Made[SocialSupervisor]) -> None:
    """adds a term to the one that runs"""
    assert supervisor.until is not None
    supervisor.until = last_day(supervisor, supervisor.until + timedelta(days=1))


def last_day(supervisor: SocialSupervisor, first: date) -> date:
    """Of a term that begins on this day. No clock counts it: whether its last day is worked does not matter."""
    term = limits.limit(TERM, limits.places_of(supervisor.division_id), first)
    if term.unit == Unit.DAYS:
        return first + timedelta(days=term.amount - 1)
    months = term.amount * (12 if term.unit == Unit.YEARS else 1)
    return months_after(first, months) - timedelta(days=1)


def end(supervisor: SocialSupervisor, made: Made[SocialSupervisor]) -> None:
    """ends the clock"""
    running.meet_if_going(supervisor.clock)
    supervisor.clock = None


def leave(supervisor: SocialSupervisor, made: Made[SocialSupervisor]) -> None:
    """ends the term today"""
    assert supervisor.since is not None
    supervisor.until = max(supervisor.since, timezone.localdate())


ANOTHER = by_another_than("nominated_by")
S = State
CANDIDATE = frozenset({S.NOMINATED, S.SELECTED, S.PUBLICISED})

SUPERVISOR: Workflow[SocialSupervisor] = Workflow(
    name="social_supervisor",
    words=gettext_lazy("A social supervisor"),
    states=State,
    act=Act.EXPOSURE,
    first=S.NOMINATED,
    module="supervision/complaints/supervisors/workflow.py",
    moves={
        "select": Move(
            frozenset({S.NOMINATED}), S.SELECTED, Duty.DECIDE, gettext_lazy("Select"), party=AUTHORITY,
            conditions=(ANOTHER,), needs_note=True,
        ),
        "publicise": Move(
            frozenset({S.SELECTED}), S.PUBLICISED, Duty.COMPLAINTS, gettext_lazy("Make the selection public"),
            effects=(make_public,),
        ),
        "appoint": Move(
            frozenset({S.PUBLICISED}), S.APPOINTED, Duty.DECIDE, gettext_lazy("Appoint"), party=AUTHORITY,
            conditions=(ANOTHER, long_enough_public, no_other_term), effects=(appoint,),
        ),
        "refuse": Move(
            CANDIDATE, S.EXITED, Duty.DECIDE, gettext_lazy("Do not appoint"), effects=(end,), needs_note=True,
        ),
        "renew": Move(
            frozenset({S.APPOINTED}), S.APPOINTED, Duty.DECIDE, gettext_lazy("Renew for another term"),
            party=AUTHORITY, conditions=(ANOTHER,), effects=(renew,), needs_note=True,
        ),
        "exit": Move(
            frozenset({S.APPOINTED}), S.EXITED, Duty.DECIDE, gettext_lazy("End the appointment"), party=AUTHORITY,
            effects=(leave,), needs_note=True,
        ),
        "lapse": Move(
            frozenset({S.APPOINTED}), S.LAPSED, Duty.COMPLAINTS, gettext_lazy("Let the term end"),
            conditions=(term_is_over,), by_itself=True,
        ),
    },
)  # fmt: skip
