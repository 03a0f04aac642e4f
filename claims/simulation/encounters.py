"""An encounter of a member with an institution, before anything is billed, and how both are drawn."""

from dataclasses import dataclass, fields

import numpy as np

from .catalogue import illnesses
from .people import People
from .places import CENTRE, CITY, CLINIC, COUNTY, Places
from .relations import NONE, Flags, Numbers, Shares
from .seasons import CURVES, DAY, Month

INPATIENT, OUTPATIENT, EMERGENCY, CHRONIC, DAY_SURGERY, PHARMACY, HOME_BED = range(7)
KINDS = ["inpatient", "outpatient", "emergency", "chronic", "day_surgery", "pharmacy", "home_bed"]
KIND_OF = {
    "visit": OUTPATIENT, "antenatal": OUTPATIENT, "emergency": EMERGENCY, "chronic": CHRONIC,
    "dialysis": CHRONIC, "day_surgery": DAY_SURGERY, "home_bed": HOME_BED, "pharmacy": PHARMACY,
}  # fmt: skip
OLDEST = 100


@dataclass(frozen=True)
class Encounters:
    """A row is an encounter; members are rows of their block."""

    member: Numbers
    illness: Numbers
    kind: Numbers
    place: Numbers
    admitted: Numbers
    discharged: Numbers  # NONE for visits
    bed_days: Numbers  # 1 for visits
    intensive: Numbers  # days in intensive care
    course: Numbers  # number of a planned course, NONE

    def __len__(self) -> int:
        return len(self.member)

    @property
    def ended(self) -> Numbers:
        return np.where(self.discharged == NONE, self.admitted, self.discharged)

    def take(self, rows: Numbers | Flags) -> "Encounters":
        return Encounters(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def together(parts: list[Encounters]) -> Encounters:
    return Encounters(
        **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Encounters)}
    )


def visits(member: Numbers, illness: Numbers, kind: Numbers | int, place: Numbers, begun: Numbers) -> Encounters:
    length = len(member)
    return Encounters(
        member=member,
        illness=illness,
        kind=np.broadcast_to(kind, length),
        place=place,
        admitted=begun,
        discharged=np.full(length, NONE),
        bed_days=np.ones(length, np.int64),
        intensive=np.zeros(length, np.int64),
        course=np.full(length, NONE),
    )


class Draw:
    """Draws illnesses of some kinds for members by sex, age and season."""

    def __init__(self, numbers: list[int], month: Month) -> None:
        self.numbers = np.array(numbers)
        plain = np.array([[_weights(number, sex) for number in numbers] for sex in (1, 2)]).transpose(2, 0, 1)
        season = np.array([CURVES[illnesses()[number].season][month.month - 1] for number in numbers])
        weights = (plain * season).reshape(2 * (OLDEST + 1), -1)
        self.volume = weights.sum(axis=1) / np.maximum(plain.reshape(weights.shape).sum(axis=1), 1e-9)
        whole = weights.sum(axis=1, keepdims=True)
        steps = np.cumsum(weights, axis=1) / np.maximum(whole, 1e-9)
        self.open = whole[:, 0] > 0
        self.steps = (np.minimum(steps, 1 - 1e-12) + np.arange(len(steps))[:, None]).ravel()

    @staticmethod
    def cell(sex: Numbers, age: Numbers) -> Numbers:
        return np.minimum(age, OLDEST) * 2 + sex - 1

    def illness(self, cell: Numbers, random: np.random.Generator) -> Numbers:
        drawn = np.searchsorted(self.steps, cell + random.random(len(cell)) * (1 - 1e-9), side="right")
        place: Numbers = np.minimum(drawn - cell * len(self.numbers), len(self.numbers) - 1)
        return np.asarray(self.numbers[place], np.int64)


def _weights(number: int, sex: int) -> Shares:
    illness = illnesses()[number]
    ages = np.arange(OLDEST + 1)
    # The last year of an age is left out, so that no birthday inside the months takes anyone past it.
    fits = (ages >= illness.from_age) & ((ages < illness.to_age) | (illness.to_age >= OLDEST))
    return np.where(fits, illness.weight * (illness.sex in (0, sex)), 0.0)


def go_to(
    places: Places,
    people: People,
    member: Numbers,
    illness: Numbers,
    random: np.random.Generator,
    *,
    beds: bool,
) -> Numbers:
    """The institution a member goes to with an illness: near by if light, in the city if grave."""
    tables = np.array([[i.community, i.county, i.city] for i in illnesses()])
    steps = np.cumsum(tables / np.maximum(tables.sum(axis=1, keepdims=True), 1e-9), axis=1)[illness]
    drawn = random.random(len(member))
    tier = np.where(drawn < steps[:, 0], CENTRE, np.where(drawn < steps[:, 1], COUNTY, CITY))
    if not beds:
        tier = np.where((tier == CENTRE) & (people.home[member] % 5 < 2), CLINIC, tier)
    usual = random.random(len(member)) < 0.7
    habit = np.where(usual, people.home[member], random.integers(0, 1_000, len(member)))
    return near(places, people, member, tier, habit)


def near(places: Places, people: People, member: Numbers, tier: Numbers | int, habit: Numbers) -> Numbers:
    """One of the institutions of a tier in the member's county; the same habit leads to the same one."""
    county = people.county[member]
    place: Numbers = places.start[tier, county] + habit * places.count[tier, county] // 1_000
    return place


def at(day: Numbers, first_hour: float, last_hour: float, random: np.random.Generator) -> Numbers:
    """A minute between two hours of each day, as a moment."""
    return day * DAY + random.integers(int(first_hour * 60), int(last_hour * 60), len(day)) * 60
