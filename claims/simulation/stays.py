"""Stays in hospital over all months: acute illness, births, courses of chemotherapy, last illnesses."""

import numpy as np

from .catalogue import illness_numbers, illnesses, of_setting
from .encounters import INPATIENT, Draw, Encounters, at, go_to, together
from .people import People, lasting_illnesses
from .places import Places
from .relations import NONE, Flags, Numbers
from .seasons import DAY, HOUR, Month

# Monthly chance of an acute stay by age in steps of ten years.
MONTHLY = np.array([0.008, 0.003, 0.003, 0.004, 0.006, 0.010, 0.018, 0.026, 0.034, 0.036, 0.036])
# Days before an acute stay follows another, so that courses of 30 days and readmissions of 15 stay apart.
REST = 36
# Hearts and lungs that truly worsen again within two weeks: no rule can know, so this share of acute stays is
# accused of split admission. It is the only accusation outside truth.csv.
WORSENS = 0.004
WORSENING = ("HEART_FAILURE", "LUNG_ACUTE", "PNEUMONIA")
CYCLE = 21


def stays(people: People, places: Places, months: list[Month], random: np.random.Generator) -> Encounters:
    """All stays of a block, apart from each other, ended within the months and before death."""
    after = months[-1].after
    free = np.full(len(people), months[0].first)
    found = []
    for month in months:
        for kind in (_births, _courses, _last, _acute):
            some = kind(people, places, month, random)
            begun, ended = some.admitted // DAY, some.discharged // DAY
            fits = (begun >= free[some.member]) & (ended < after) & _alive(people, some)
            if kind is not _courses:  # their cycles keep apart by themselves
                _, first = np.unique(some.member, return_index=True)
                fits &= np.isin(np.arange(len(some)), first)
            some = some.take(fits)
            free[some.member] = some.discharged // DAY + (REST if kind is _acute else 1)
            found.append(some)
        again = _worsened(found[-1], random)
        again = again.take((again.discharged // DAY < after) & _alive(people, again))
        free[again.member] = again.discharged // DAY + REST
        found.append(again)
    whole = together(found)
    return whole.take(np.lexsort((whole.admitted, whole.member)))


def _alive(people: People, some: Encounters) -> Flags:
    died = people.died_at[some.member]
    return np.asarray((died == NONE) | (some.discharged <= died))


def _stay(
    member: Numbers,
    illness: Numbers,
    day: Numbers,
    people: People,
    places: Places,
    random: np.random.Generator,
) -> Encounters:
    mean = np.array([i.days for i in illnesses()])[illness]
    spread = np.array([i.spread for i in illnesses()])[illness]
    bed_days = np.maximum(1, np.rint(mean + random.standard_normal(len(member)) * spread).astype(np.int64))
    grave = random.random(len(member)) < 0.06
    return Encounters(
        member=member,
        illness=illness,
        kind=np.full(len(member), INPATIENT),
        place=go_to(places, people, member, illness, random, beds=True),
        admitted=at(day, 8, 20, random),
        discharged=at(day + bed_days, 8, 16, random),
        bed_days=bed_days,
        intensive=np.where(grave & (bed_days > 4), random.integers(1, 4, len(member)), 0),
        course=np.full(len(member), NONE),
    )


def _in_course(people: People) -> Flags:
    """Whether a member is on dialysis or chemotherapy."""
    ill = [n for n, number in enumerate(lasting_illnesses()) if illnesses()[number].setting != "chronic"]
    return np.asarray(people.lasting[:, ill].any(axis=1))


def _replace(some: Encounters, **columns: Numbers) -> Encounters:
    return Encounters(**(vars(some) | columns))


def _acute(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    draw = Draw(of_setting("stay"), month)
    age = people.age(month.first)
    cell = draw.cell(people.sex, age)
    busy = _in_course(people) | (people.pregnant != NONE)
    chance = MONTHLY[np.minimum(age // 10, 10)] * draw.volume[cell] * draw.open[cell] * ~busy
    member = np.flatnonzero(random.random(len(people)) < chance)
    day = random.integers(month.first, month.after, len(member))
    return _stay(member, draw.illness(cell[member], random), day, people, places, random)


def _births(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    member = np.flatnonzero((people.pregnant >= month.first) & (people.pregnant < month.after))
    numbers = illness_numbers()
    illness = np.where(random.random(len(member)) < 0.62, numbers["DELIVERY"], numbers["CAESAREAN"])
    some = _stay(member, illness, people.pregnant[member], people, places, random)
    return _replace(some, intensive=np.zeros(len(some), np.int64))


def _courses(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    ill = [n for n, number in enumerate(lasting_illnesses()) if illnesses()[number].setting == "chemo"]
    patient = np.asarray(people.lasting[:, ill].any(axis=1))
    day = np.arange(month.first, month.after)
    member, place = np.nonzero(patient[:, None] & (day[None, :] % CYCLE == people.home[:, None] % CYCLE))
    illness = np.full(len(member), illness_numbers()["CHEMOTHERAPY"])
    some = _stay(member, illness, day[place], people, places, random)
    number = 10**8 + people.first + member
    return _replace(some, course=number, intensive=np.zeros(len(some), np.int64))


def _last(people: People, places: Places, month: Month, random: np.random.Generator) -> Encounters:
    """A last illness in hospital for half of those who die in the month."""
    day = people.died_on
    dies = (day >= month.first) & (day < month.after) & ~_in_course(people)
    member = np.flatnonzero(dies & (random.random(len(people)) < 0.5))
    illness = np.full(len(member), illness_numbers()["DYING"])
    some = _stay(member, illness, day[member], people, places, random)
    return _replace(some, admitted=some.admitted - some.bed_days * DAY, discharged=people.died_at[member] - HOUR // 4)


def _worsened(acute: Encounters, random: np.random.Generator) -> Encounters:
    """The same illness at the same hospital, four to fourteen days after going home."""
    some = acute.take(np.isin(acute.illness, [illness_numbers()[key] for key in WORSENING]))
    some = some.take(random.random(len(some)) < WORSENS * len(acute) / max(1, len(some)))
    day = some.discharged // DAY + random.integers(4, 14, len(some))
    return _replace(some, admitted=at(day, 8, 20, random), discharged=at(day + some.bed_days, 8, 16, random))
