"""Where a person stands on a day: worked out from records, repairs and registrations, for any day that has passed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from institutions.models import Practitioner

from . import reckoning, ruling
from .models import QualificationEvent, Repair, ScoreRecord, Threshold
from .models.rules import NATION
from .reckoning import Scored, Span


@dataclass(frozen=True)
class History:
    """All that counts of one person."""

    scored: list[Scored] = field(default_factory=list)
    repaired: list[dt.date] = field(default_factory=list)
    returned: list[dt.date] = field(default_factory=list)  # days on which a terminated person was taken in again
    places: dict[dt.date, str] = field(default_factory=dict)  # where the heaviest record of a day was scored


@dataclass(frozen=True)
class Stood:
    """What held of a person on a day, with the records that it rests on."""

    on: dt.date
    points: int
    kind: str  # suspended, terminated, or nothing
    interview: bool
    spans: tuple[Span, ...]
    records: tuple[str, ...]

    @property
    def normal(self) -> bool:
        return not self.kind

    @property
    def words(self) -> str:
        return str(Threshold.Kind(self.kind).label) if self.kind else ""


def standing(practitioner: Practitioner, *, on: dt.date | None = None) -> Stood:
    """On this day, today if none is said; whatever was withdrawn since counts on no day."""
    day, history = on or timezone.localdate(), history_of(practitioner)
    held = spans(history)
    place = history.places[max(history.places)] if history.places else NATION
    points = reckoning.total(history.scored, history.repaired, day)
    counted = [one.number for one in history.scored if one.on.year == day.year and one.on <= day]
    return Stood(
        day, points, reckoning.kind_on(held, history.returned, day),
        reckoning.to_interview(points, ruling.steps(place, day)),
        tuple(span for span in held if span.since <= day), tuple(counted),
    )  # fmt: skip


def spans(history: History) -> list[Span]:
    """The days held back. The thresholds are those of the day on which the points came, where they were scored."""
    found = (
        reckoning.span_of(day, history.scored, history.repaired, ruling.steps(place, day))
        for day, place in sorted(history.places.items())
    )
    return [span for span in found if span is not None]


def history_of(practitioner: Practitioner) -> History:
    return histories([practitioner.pk])[practitioner.pk]


def histories(codes: Sequence[str]) -> dict[str, History]:
    """Of several people at once, with as many questions as for one."""
    found: dict[str, History] = defaultdict(History)
    rows = ScoreRecord.objects.counted().filter(practitioner__in=codes).select_related("responsibility")
    for row in rows.order_by("points", "number"):  # the heaviest of a day comes last
        assert row.effective_on is not None
        one = Scored(row.act, row.points, row.effective_on, row.responsibility.main, row.number)
        found[row.practitioner_id].scored.append(one)
        found[row.practitioner_id].places[row.effective_on] = row.place_id
    repairs = Repair.objects.filter(record__in=rows.order_by()).exclude(granted_on=None)
    for code, granted_on in repairs.values_list("record__practitioner", "granted_on"):
        assert granted_on is not None
        found[code].repaired.append(granted_on)
    events = QualificationEvent.objects.filter(qualification__practitioner__in=codes, move="take_in")
    for code, at in events.values_list("qualification__practitioner", "at"):
        found[code].returned.append(timezone.localdate(at))
    return found
