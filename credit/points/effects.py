"""What moves of records do besides changing the state."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks import limits, running
from supervision.clocks.models import Clock
from supervision.moves import THE_SITE, Made, refuse_unless

from . import holding, letters, ruling
from .models import Repair, ScoreRecord, State

NOTICE, APPEAL, ANSWER, REPAIR = "points_notice", "points_appeal", "points_answer", "points_repair"  # limits


def fewer(record: ScoreRecord) -> list[tuple[str, str]]:
    return [(str(points), str(points)) for points in range(1, record.points)]


def activities(record: ScoreRecord) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in ruling.activities(record.place_id, timezone.localdate())]


WORDS = ask("points_appeal_words", Asked.WORDS, gettext_lazy("Why the points are not right"))
ANSWERED = ask("points_answer_words", Asked.WORDS, gettext_lazy("Answer to the appeal"))
LEFT = ask("points_left", Asked.CHOICE, gettext_lazy("Points that are left"), choices=fewer)
ACTIVITY = ask("repair_activity", Asked.CHOICE, gettext_lazy("Way of repair"), choices=activities)
DONE = ask("repair_done", Asked.WORDS, gettext_lazy("What the person did, when and where"))


# --- Clocks -----------------------------------------------------------------------------------------


def start(record: ScoreRecord, code: str, *, duty: Duty, institution: str = "", since: datetime | None = None) -> Clock:
    since, places = since or timezone.now(), limits.places_of(record.place_id)
    limit = limits.limit(code, places, timezone.localdate(since))
    return running.start(
        code, subject=record.number, title_zh=f"{limit.name_zh}（{record.number}）"[:200],
        title_en=f"{limit.name_en} ({record.number})"[:200],
        address=letters.own_address(record) if institution else record.get_absolute_url(), places=places, since=since,
        institution=institution, duty=duty,
    )  # fmt: skip


def end_clock(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """ends the clock"""
    if record.clock is not None and record.clock.ended_at is None:
        running.meet(record.clock)
    record.clock = None


def drop_clock(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """drops the clock"""
    if record.clock is not None and record.clock.ended_at is None:
        running.stop(record.clock)
    record.clock = None


# --- Telling and appealing --------------------------------------------------------------------------


def notify(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """issues points_notice to the institution, and starts points_appeal"""
    end_clock(record, made)
    record.approver, record.notified_on = made.by, timezone.localdate()
    record.clock = start(record, APPEAL, duty=Duty.STAFF, institution=record.institution_id)
    letters.send("points_notice", record, by=made.by, deadline=timezone.localdate(record.clock.due_at))


def appeal(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps the appeal, and starts points_answer"""
    end_clock(record, made)
    record.appeal = str(made.facts[WORDS])
    record.clock = start(record, ANSWER, duty=Duty.DECIDE)


def answer(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps the answer"""
    end_clock(record, made)
    record.decider, record.answer = made.by, str(made.facts.get(ANSWERED) or made.note)


def reduce(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """lessens the points"""
    left = str(made.facts[LEFT])
    refuse_unless(
        left in {value for value, _words in fewer(record)}, _("Say how many points are left: fewer than now.")
    )
    record.points = int(left)


def withdraw(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps who withdrew it and why, and tells an institution that had been told"""
    drop_clock(record, made)
    record.answer = made.note
    if record.notified_on is not None:
        letters.send("points_withdrawn", record, by=acting(record, made), reason=letters.why(made))


def answer_and_withdraw(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps the answer, and tells the institution that it was withdrawn"""
    answer(record, made)
    letters.send("points_withdrawn", record, by=made.by, reason=record.answer)


def acting(record: ScoreRecord, made: Made[ScoreRecord]) -> Account | None:
    """In whose name a letter goes out: who makes the move, or, where it comes by itself, who approved the points."""
    return record.approver if made.by is THE_SITE else made.by


# --- Effect, repair, end ----------------------------------------------------------------------------


def take_effect(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """counts from today on, issues points_decision and brings about what follows from the person's sum"""
    drop_clock(record, made)
    record.effective_on = timezone.localdate()
    counts_from_now(record, State.EFFECTIVE, made)
    letters.send("points_decision", record, by=acting(record, made), **letters.what_follows(record))


def counts_from_now(record: ScoreRecord, state: State, made: Made[ScoreRecord]) -> None:
    """The person's sum is settled with the row as it will stand; the move itself saves it once more."""
    record.state = state
    record.save()
    holding.settle(record.practitioner, because=record.number, by=acting(record, made))


def counts_no_more(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """counts on no day any more; what rested on it alone is annulled"""
    if record.effective_on is not None:
        counts_from_now(record, State.WITHDRAWN, made)


def ask_repair(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps the application, and starts points_repair"""
    today = timezone.localdate()
    known = {one.code: one for one in ruling.activities(record.place_id, today)}
    activity = known.get(str(made.facts[ACTIVITY]))
    refuse_unless(activity is not None, _("There is no such choice."))
    values: dict[str, Any] = {"activity": activity, "told": made.facts[DONE], "asked_by": made.by, "asked_on": today}
    Repair.objects.create(record=record, **values)
    record.clock = start(record, REPAIR, duty=Duty.CREDIT)


def grant_repair(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """one point less counts from today on"""
    end_clock(record, made)
    open_repairs(record).update(granted_on=timezone.localdate(), decided_by=made.by)
    holding.settle(record.practitioner, because=record.number, by=made.by)


def refuse_repair(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """keeps that it was refused"""
    end_clock(record, made)
    open_repairs(record).update(refused_on=timezone.localdate(), decided_by=made.by)


def open_repairs(record: ScoreRecord) -> Any:
    return record.repairs.filter(granted_on=None, refused_on=None)


def clear(record: ScoreRecord, made: Made[ScoreRecord]) -> None:
    """refuses what was applied for and not decided in its year"""
    drop_clock(record, made)
    open_repairs(record).update(refused_on=timezone.localdate())
