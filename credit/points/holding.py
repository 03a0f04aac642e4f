"""Makes points act: the days held back are written down, the rules are told, and the qualification takes its state."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from institutions.models import Account, Practitioner
from supervision.knowledge import registering
from supervision.knowledge.models import KnowledgeBatch
from supervision.knowledge.reading import Line
from supervision.moves import THE_SITE, MoveRefused

from . import reckoning, standing
from .models import Disqualification, Qualification, ScoreRecord, Standing
from .models.rules import NATION
from .reckoning import Span

LIST = "qualification"  # as the rules read it
BASIS = "《关于建立定点医药机构相关人员医保支付资格管理制度的指导意见》（医保发〔2024〕23号）"


def qualification_of(practitioner: Practitioner) -> Qualification:
    """The person's row. Who was registered before this site kept any is taken as normal, until points say otherwise."""
    return Qualification.objects.get_or_create(practitioner=practitioner, defaults={"state": Standing.NORMAL})[0]


def settle(practitioner: Practitioner, *, because: str, by: Account | None) -> None:
    """What is held is brought to what the person's rows say, in register, rules and state. Twice changes nothing."""
    Practitioner.objects.select_for_update(of=("self",)).get(pk=practitioner.pk)  # one at a time
    history = standing.history_of(practitioner)
    wanted = {(span.kind, span.since): span for span in standing.spans(history)}
    there = {
        (one.kind, one.since): one for one in Disqualification.objects.standing().filter(practitioner=practitioner)
    }
    changed = [annul(hold, because) for key, hold in there.items() if key not in wanted or not says(hold, wanted[key])]
    kept = set(there) - {(one.kind, one.since) for one in changed}
    changed += [begin(practitioner, span) for key, span in wanted.items() if key not in kept]
    tell(changed, by=by)
    keep_points(practitioner, history)
    take_state(qualification_of(practitioner))


def says(hold: Disqualification, span: Span) -> bool:
    """Whether the row says what is worked out today."""
    return (hold.until, hold.barred_until, hold.points) == (span.until, span.barred_until, span.points)


def begin(practitioner: Practitioner, span: Span) -> Disqualification:
    return Disqualification.objects.create(
        practitioner=practitioner, kind=span.kind, record=ScoreRecord.objects.get(number=span.number),
        points=span.points, since=span.since, until=span.until, barred_until=span.barred_until,
    )  # fmt: skip


def annul(hold: Disqualification, because: str) -> Disqualification:
    """It never held: what it rested on was withdrawn, or says something else by now."""
    return lift(hold, on=hold.since, because=because)


def lift(hold: Disqualification, *, on: dt.date, because: str) -> Disqualification:
    hold.lifted_on, hold.lifted_because = max(on, hold.since), because[:200]
    hold.save(update_fields=["lifted_on", "lifted_because"])
    return hold


def let_back(practitioner: Practitioner, *, because: str, by: Account) -> None:
    """A person whose time is over is taken in again: the termination holds no more from this day on."""
    ended = Disqualification.objects.in_force().filter(practitioner=practitioner, kind=reckoning.TERMINATED)
    tell([lift(one, on=timezone.localdate(), because=because) for one in ended], by=by)


def keep_points(practitioner: Practitioner, history: standing.History) -> None:
    """This year's sum stands beside the qualification, for lists."""
    today = timezone.localdate()
    points = reckoning.total(history.scored, history.repaired, today)
    row = qualification_of(practitioner)
    Qualification.objects.filter(pk=row.pk).update(points=points, points_year=today.year)


def take_state(row: Qualification) -> None:
    """The site makes the move that what is held asks for, if any."""
    from .workflows.qualification import QUALIFICATION  # noqa: PLC0415 - its moves come back here

    for move in ("terminate", "suspend", "become_eligible", "restore"):
        try:
            QUALIFICATION.make(row, move, by=THE_SITE)
        except MoveRefused:
            continue
        return


def tell(holds: Sequence[Disqualification], *, by: Account | None) -> KnowledgeBatch | None:
    """The rules know of these days from now on, everywhere; nothing where they know it already."""
    wanted = {name_of(one): line(one) for one in holds if one.counts}
    because = ", ".join(sorted({str(one.record) for one in holds}))
    names = [name_of(one) for one in holds]
    return registering.make_known(LIST, wanted, names, because=because, place=NATION, by=by)


def name_of(hold: Disqualification) -> str:
    return f"hold {hold.pk}"


def line(hold: Disqualification) -> Line:
    """A hold as the rules read it."""
    number = name_of(hold)
    values = {
        "number": number, "practitioner": hold.practitioner_id, "standing": hold.kind, "because": hold.record.number,
    }  # fmt: skip
    return Line(
        LIST, number, number, values, NATION, hold.since, hold.last_day, BASIS, f"points of practitioners, {number}",
        "decided by two, open to appeal", "", 0,
    )  # fmt: skip
