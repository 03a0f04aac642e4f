"""Visits of one month: acute illness, refills, dialysis, care before birth, day surgery, pharmacies."""

import numpy as np

from .catalogue import illness_numbers, illnesses, of_setting
from .encounters import (
    CHRONIC,
    DAY_SURGERY,
    HOME_BED,
    KIND_OF,
    OUTPATIENT,
    PHARMACY,
    Draw,
    Encounters,
    at,
    go_to,
    near,
    together,
    visits,
)
from .people import People, lasting_illnesses
from .places import COUNTY, Places
from .places import PHARMACY as PHARMACIES
from .relations import NONE, Flags, Numbers
from .seasons import DAY, Month, day_of

OUTPATIENT_RATE, PHARMACY_RATE = 0.42, 0.22  # a member and month
KEEPS_REFILL = 0.86
AT_PHARMACY = 0.3  # refills fetched at a pharmacy instead


def month_visits(
    people: People, places: Places, month: Month, stays: Encounters, random: np.random.Generator
) -> Encounters:
    """At most one visit a member and day, none while in hospital and none on the day of death or later."""
    every = together(
        [
            kind(people, places, month, random)
            for kind in (_dialysis, _refills, _antenatal, _acute, _day_surgery, _home_beds, _pharmacies)
        ]
    )
    day = every.admitted // DAY
    _, first = np.unique(every.member * 100_000 + day, return_index=True)
    every, day = every.take(first), day[first]
    died_on = people.died_on[every.member]
    alive = (died_on == NONE) | (day < died_on)
    return every.take(alive & ~_in_hospital(every, day, stays))


def _in_hospital(some: Encounters, day: Numbers, stays: Encounters) -> Flags:
    """Whether the member's last stay begun by that day lasts until then; stays come sorted and apart."""
    key = stays.member * 100_000 + stays.admitted // DAY
    last = np.searchsorted(key, some.member * 100_000 + day, side="right") - 1
    if not len(stays):
        return np.zeros(len(some), bool)
    same = stays.member[last] == some.member
    return np.asarray((last >= 0) & same & (stays.discharged[last] // DAY >= day))


def _days(count: int, month: Month, random: np.random.Generator) -> Numbers:
    """Days of the month, Sundays and holidays half as likely."""
    weights = np.where(month.rest_days(), 0.45, 1.0)
    return month.first + random.choice(len(weights), count, p=weights / weights.sum())


def _acute(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    draw = Draw(of_setting("visit", "emergency"), month)
    cell = draw.cell(people.sex, people.age(month.first))
    often = 0.6 + np.minimum(1.2, np.maximum(people.age(month.first) - 30, 0) / 45)
    count = random.poisson(OUTPATIENT_RATE * often * draw.volume[cell] * draw.open[cell])
    member = np.repeat(np.arange(len(people)), np.minimum(count, 4))
    illness = draw.illness(cell[member], random)
    kind = np.array([KIND_OF.get(i.setting, OUTPATIENT) for i in illnesses()])[illness]
    place = go_to(places, people, member, illness, random, beds=False)
    return visits(member, illness, kind, place, at(_days(len(member), month, random), 8, 17.5, random))


def _refills(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    """One visit a month for all chronic illnesses together; the first of them is the main one."""
    chronic = [n for n, number in enumerate(lasting_illnesses()) if illnesses()[number].setting == "chronic"]
    ill = people.lasting[:, chronic]
    member = np.flatnonzero(ill.any(axis=1) & (random.random(len(people)) < KEEPS_REFILL))
    illness = np.array(lasting_illnesses())[chronic][np.argmax(ill[member], axis=1)]
    drugstore = random.random(len(member)) < AT_PHARMACY
    place = np.where(
        drugstore,
        near(places, people, member, PHARMACIES, people.home[member]),
        go_to(places, people, member, illness, random, beds=False),
    )
    usual = month.first + people.home[member] % 26 + random.integers(0, 3, len(member))
    begun = at(np.minimum(usual, month.after - 1), 8, 17.5, random)
    return visits(member, illness, np.where(drugstore, PHARMACY, CHRONIC), place, begun)


def _dialysis(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    """Three sessions a week, Sundays off, holidays or not."""
    column = [illnesses()[number].setting for number in lasting_illnesses()].index("dialysis")
    patients = np.flatnonzero(people.lasting[:, column])
    days = np.arange(month.first, month.after)
    weekday = np.array([day_of(int(day)).weekday() for day in days])
    session = (weekday < 6) & (weekday % 2 == people.home[patients, None] % 2)
    row, day = np.nonzero(session)
    member = patients[row]
    place = near(places, people, member, COUNTY, people.home[member])
    illness = np.full(len(member), illness_numbers()["KIDNEY_FAILURE"])
    return visits(member, illness, CHRONIC, place, at(days[day], 7, 14, random))


def _antenatal(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    left = people.pregnant - month.after
    due = (people.pregnant != NONE) & (left > 0) & (left < 220)
    member = np.flatnonzero(due & (random.random(len(people)) < 0.85))
    illness = np.full(len(member), illness_numbers()["PREGNANCY"])
    place = near(places, people, member, COUNTY, people.home[member])
    return visits(member, illness, OUTPATIENT, place, at(_days(len(member), month, random), 8, 17, random))


def _drawn(
    setting: str, rate: float, people: People, month: Month, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    draw = Draw(of_setting(setting), month)
    cell = draw.cell(people.sex, people.age(month.first))
    member = np.flatnonzero(random.random(len(people)) < rate * draw.volume[cell] * draw.open[cell])
    return member, draw.illness(cell[member], random)


def _day_surgery(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    member, illness = _drawn("day_surgery", 0.002, people, month, random)
    place = go_to(places, people, member, illness, random, beds=True)
    begun = at(_days(len(member), month, random), 8, 12, random)
    return visits(member, illness, DAY_SURGERY, place, begun)


def _home_beds(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    member, illness = _drawn("home_bed", 0.01, people, month, random)
    place = go_to(places, people, member, illness, random, beds=True)
    return visits(member, illness, HOME_BED, place, at(_days(len(member), month, random), 9, 16, random))


def _pharmacies(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    member, illness = _drawn("pharmacy", PHARMACY_RATE, people, month, random)
    place = near(places, people, member, PHARMACIES, random.integers(0, 1_000, len(member)))
    begun = at(_days(len(member), month, random), 9, 21, random)
    return visits(member, illness, PHARMACY, place, begun)
