"""The clocks of cases and proceedings: started and met by their moves."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.clocks import limits, running
from supervision.clocks.models import Clock
from supervision.moves import Effect, Made, refuse_unless

from .models import Case, Proceeding


def case_of(about: Case | Proceeding) -> Case:
    return about if isinstance(about, Case) else about.case


def places(about: Case | Proceeding) -> Sequence[str]:
    """The divisions whose limits may hold, the narrowest first."""
    return limits.places_of(case_of(about).place_id)


def happened(made: Made[Proceeding]) -> datetime:
    """When what the move records happened: the day told with it, or now. Never in the future."""
    now, day = timezone.now(), made.facts.get("on")
    if day is None or day == timezone.localdate():
        return now
    refuse_unless(day <= timezone.localdate(), _("That day has not come yet."))
    return timezone.make_aware(datetime.combine(day, time(12)))


def start(
    about: Case | Proceeding, code: str, *, since: datetime, duty: str = "", institution: str = "",
    holder: Account | None = None,
) -> Clock:  # fmt: skip
    """A clock of this case or proceeding, by the limit that holds in the case's place."""
    where, title = places(about), case_of(about).title
    limit = limits.limit(code, where, timezone.localdate(since))
    return running.start(
        code, subject=str(about), title_zh=f"{limit.name_zh}（{title}）"[:200],
        title_en=f"{limit.name_en} ({title})"[:200], address=about.get_absolute_url(),
        places=where, since=since, institution=institution, duty=duty, holder=holder,
    )  # fmt: skip


def starts(code: str, duty: Duty | None = Duty.INVESTIGATE) -> Effect[Proceeding]:
    """The step that begins now must be done by then; without a duty the institution owes it."""

    def starting(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        meets(proceeding, made)
        proceeding.clock = start(
            proceeding, code, since=happened(made), duty=duty or "",
            institution="" if duty else proceeding.case.institution_id or "",
        )  # fmt: skip

    starting.__doc__ = f"starts {code}"
    return starting


def watches(code: str) -> Effect[Proceeding]:
    """Others must have done it by then; who sent it to them keeps an eye on it."""

    def watching(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        meets(proceeding, made)
        proceeding.clock = start(
            proceeding, code, since=happened(made), duty=Duty.INVESTIGATE, holder=proceeding.handler
        )

    watching.__doc__ = f"starts {code}, watched by who prepared it"
    return watching


def meets(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """ends the clock"""
    if proceeding.clock is not None and proceeding.clock.ended_at is None:
        running.meet(proceeding.clock, at=max(happened(made), proceeding.clock.since))
    proceeding.clock = None


def end(clock: Clock | None, at: datetime | None = None) -> None:
    """What the clock asked for is done, in time or late. One that has ended already stays as it is."""
    if clock is not None and clock.ended_at is None:
        running.meet(clock, at=max(at or timezone.now(), clock.since))


def ran_out(clock: Clock | None) -> bool:
    return clock is not None and clock.has_run_out


def drop(clock: Clock | None) -> None:
    """What the clock asked for is not needed any more."""
    if clock is not None and clock.ended_at is None:
        running.stop(clock)
