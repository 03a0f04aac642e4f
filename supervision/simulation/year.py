"""What is told of the year, when and of whom: drawn from a seed, each story begun on its own working day."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count

from institutions.models import Account, Institution
from reporting import demonstration
from supervision.assistance import demonstration as assistance
from supervision.cases.demonstration import Cast, handled, heard
from supervision.cases.demonstration.before import came_before
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story, tell
from supervision.complaints import demonstration as complaints
from supervision.complaints.demonstration.cast import Desk
from supervision.complaints.demonstration.handled import archived, archived_settled, archived_unaccepted
from supervision.complaints.demonstration.kept import Kept
from supervision.complaints.demonstration.stories import GRIEVANCE, NAMED, one
from supervision.complaints.demonstration.stories import stories as reported
from supervision.inspections import demonstration as inspections
from supervision.payments import demonstration as payments
from supervision.refusal import Refused

from . import graded, inspected, settled

WORKING_DAYS = 250  # of a year
REGULARLY = 25  # working days after which the neighbour asks again

# What becomes of a finding that is heard, how often in a hundred, and after how many working days at most.
PATHS: tuple[tuple[list[heard.Step], int, int], ...] = (
    (heard.REFUSED, 34, 24), (heard.UPHELD, 16, 22), (heard.WITHDRAWN, 20, 22), (heard.RELEASED, 20, 8),
    (heard.TO_ACCEPTED, 10, 16),
)  # fmt: skip
TRACKS: tuple[tuple[str, Callable[[Any, Cast], Story], int], ...] = (
    ("重复收费", handled.settled, 90), ("分解住院", handled.returned_by_the_police, 90),
    ("虚构理疗项目", handled.with_the_police, 60), ("超标准收费", handled.by_the_agreement, 60),
)  # fmt: skip
REPORTED: tuple[tuple[str, dict[str, Any], Any], ...] = (
    ("检查没有做，费用清单上有两次。", {}, archived), ("慢病备案三个月没有办好。", GRIEVANCE | NAMED, archived_settled),
    ("药店把保健品刷成了药品。", NAMED, archived), ("停车场收费太高。", {}, archived_unaccepted),
    ("住院押金和医保结算对不上。", GRIEVANCE | NAMED, archived_settled),
    ("理疗只做了十分钟，收了一小时的钱。", {}, archived),
)  # fmt: skip
COMPLAINT_TAKES = 75  # working days until what was told above is put away


@dataclass(frozen=True)
class Scale:
    """How much of each is told, beside what the demonstration tells."""

    members: int
    hearings: int
    cases: int
    reports: int
    flights: int
    daily: int
    evaluations: int
    requests: int


SCALES = {
    "full": Scale(12_000, hearings=90, cases=20, reports=28, flights=8, daily=8, evaluations=18, requests=4),
    "small": Scale(3_000, hearings=12, cases=3, reports=4, flights=2, daily=2, evaluations=4, requests=1),
}


@dataclass
class Told:
    """What is left of the telling: receipts of reporters, and stories that a refusal ended before their end."""

    kept: list[Kept] = field(default_factory=list)
    left_off: list[str] = field(default_factory=list)


def tell_year(seed: int, scale: Scale) -> Told:
    """The year up to yesterday, day by day, in the order of days; the same seed tells the same on the same day."""
    desk, told = complaints.assemble(), Told()
    cast, chosen = desk.cases, random.Random(seed)  # noqa: S311 - the same seed tells the same year
    came_before(WORKING_DAYS)
    own = heard.varied(heard.findings().filter(institution=cast.institution))
    stories = [
        *demonstration.beside(cast, but=(payments, inspections)), *reported(desk, told.kept), *handled.cases(cast, own),
        *heard.hearings(cast, own), *settled.stories(cast), *inspected.stories(cast, chosen, scale),
        *graded.stories(cast, chosen, scale), *more_hearings(cast, chosen, scale), *more_cases(cast, chosen, scale),
        *more_reports(desk, told.kept, chosen, scale), *more_requests(cast, scale),
    ]  # fmt: skip
    tell([(ago, guarded(story, told)) for ago, story in stories], demonstration.nights())
    return told


def guarded(story: Story, told: Told) -> Story:
    """The story; a move that is refused ends it, as it would end for people, and is told."""
    try:
        yield from story
    except Refused as refusal:
        told.left_off.append(f"{getattr(story, '__qualname__', '')}: {refusal}")


def begin(chosen: random.Random, takes: int) -> int:
    """A day of the year, in working days ago, early enough that what takes so long comes to its end."""
    return chosen.randint(takes, WORKING_DAYS - 2)


def accused(cast: Cast, least: int) -> list[Institution]:
    """The other institutions with so many findings that can be heard, those with most of them first."""
    rows = heard.findings().exclude(institution=cast.institution).order_by()
    counted = rows.values("institution").annotate(number=Count("pk")).filter(number__gte=least)
    keys = [row["institution"] for row in counted.order_by("-number", "institution")]
    found = Institution.objects.in_bulk(keys)
    return [found[key] for key in keys]


def at(place: Institution, cast: Cast) -> Cast:
    """The same posts, and another institution that answers."""
    hospital: Account = acting_for(place)
    hospital.institution = place
    return replace(cast, hospital=hospital)


def candidates(places: Iterable[Institution]) -> dict[str, heard.Candidates]:
    """The findings of each institution, one after the other: all its stories take from the same."""
    return {place.pk: heard.varied(heard.findings().filter(institution=place)) for place in places}


def more_hearings(cast: Cast, chosen: random.Random, scale: Scale) -> Iterator[tuple[int, Story]]:
    """Of other institutions, spread over the year; what becomes of them by the weights of PATHS."""
    places = accused(cast, 3)
    if not places:
        return
    waiting = candidates(places)
    for turn in range(scale.hearings):
        place = places[turn % len(places)]
        path, _weight, takes = chosen.choices(PATHS, [weight for _path, weight, _takes in PATHS])[0]
        yield begin(chosen, takes), heard.heard(1, path, waiting[place.pk], at(place, cast))


def more_cases(cast: Cast, chosen: random.Random, scale: Scale) -> Iterator[tuple[int, Story]]:
    """On every track in turn, each against another institution as long as there are any."""
    places = accused(cast, 4)
    if not places:
        return
    waiting = candidates(places)
    for turn in range(scale.cases):
        place = places[turn % len(places)]
        what, story, takes = TRACKS[turn % len(TRACKS)]
        title = f"{place.name_zh}{what}"
        yield begin(chosen, takes), handled.one_case(title, story, waiting[place.pk], at(place, cast))


def more_reports(desk: Desk, kept: list[Kept], chosen: random.Random, scale: Scale) -> Iterator[tuple[int, Story]]:
    for turn in range(scale.reports):
        facts, more, handling = REPORTED[turn % len(REPORTED)]
        yield begin(chosen, COMPLAINT_TAKES), one(desk, kept, facts, dict(more), handling, chosen.randint(0, 40))


def more_requests(cast: Cast, scale: Scale) -> Iterator[tuple[int, Story]]:
    for turn in range(scale.requests):
        yield WORKING_DAYS - 10 - turn * REGULARLY, assistance.asked_next_door(cast)
