"""The members: ages and sexes of a real population, where they live, their chronic illnesses, who dies."""

from dataclasses import dataclass

import numpy as np

from .catalogue import illnesses, of_setting
from .places import COUNTIES, HOME_COUNTIES, POPULATION, PREFECTURE
from .relations import NONE, Columns, Flags, Numbers, Shares, Words, numbered
from .seasons import DAY, Month

# Share of the population by age in steps of five years, 0-4 to 95-99, and of women among them.
PYRAMID = np.array([4.2, 5.6, 6.1, 5.4, 5.2, 5.9, 8.2, 8.0, 7.2, 6.9, 8.3, 8.2, 6.0, 5.3, 4.1, 2.6, 1.6, 0.8, 0.3, 0.1])
WOMEN = np.array([47, 46.5, 46, 46, 46.5, 47.5, 48.5, 49, 49, 49, 49.5, 49.5, 50, 50.5, 51.5, 53, 55, 59, 64, 70]) / 100
LASTING = ("chronic", "dialysis", "chemo")


@dataclass(frozen=True)
class People:
    """A block of members; a row is a member."""

    first: int  # the number of the first of them
    sex: Numbers
    born: Numbers
    county: Numbers
    insured: Numbers  # county whose insurance they hold: a few are the neighbours'
    employed: Flags
    lasting: Flags  # [member, lasting illness] who has which
    pregnant: Numbers  # day of birth expected, NONE
    died_at: Numbers  # moment of death, NONE for those who live on
    minute_known: Flags  # whether the register knows more than the day
    home: Numbers  # 1/1000, which of the institutions nearby they go to

    def __len__(self) -> int:
        return len(self.sex)

    def age(self, day: int) -> Numbers:
        """Years on a day, good enough to draw illnesses by."""
        return np.maximum(0, ((day - self.born) / 365.2425).astype(np.int64))

    @property
    def died_on(self) -> Numbers:
        return np.where(self.died_at == NONE, NONE, self.died_at // DAY)

    @property
    def codes(self) -> Words:
        return member_codes(self.first + np.arange(len(self)))


def member_codes(numbers: Numbers) -> Words:
    return numbered(10**8 + numbers, "9901")


def lasting_illnesses() -> list[int]:
    return of_setting(*LASTING)


def born_and_bred(first: int, count: int, months: list[Month], random: np.random.Generator) -> People:
    """Members drawn from the population, with what will befall them in the months."""
    start, after = months[0].first, months[-1].after
    step = random.choice(len(PYRAMID), count, p=PYRAMID / PYRAMID.sum())
    sex = 1 + (random.random(count) < WOMEN[step]).astype(np.int64)
    born = start - (step * 5 * 365.2425 + random.random(count) * 5 * 365.2425).astype(np.int64) - 1
    age = (start - born) / 365.2425
    county = random.choice(HOME_COUNTIES, count, p=POPULATION)
    away = random.random(count) < 0.01
    died_at = _deaths(age, start, after, random)
    return People(
        first=first,
        sex=sex,
        born=born,
        county=county,
        insured=np.where(away, len(COUNTIES) - 1, county),
        employed=(age > 22) & (random.random(count) < 0.42),
        lasting=_afflicted(sex, age, random),
        pregnant=_expecting(sex, age, died_at, start, after, random),
        died_at=died_at,
        minute_known=random.random(count) < 0.5,
        home=random.integers(0, 1_000, count),
    )


def _afflicted(sex: Numbers, age: Shares, random: np.random.Generator) -> Flags:
    """Who has which lasting illness: nobody below its first age, most from its second age on."""
    columns = []
    for number in lasting_illnesses():
        illness = illnesses()[number]
        share = np.clip((age - illness.from_age) / (illness.to_age - illness.from_age), 0, 1) * illness.weight / 100
        open_to = (illness.sex == 0) | (sex == illness.sex)
        columns.append((random.random(len(age)) < share) & open_to)
    return np.stack(columns, axis=1)


def _expecting(
    sex: Numbers, age: Shares, died_at: Numbers, start: int, after: int, random: np.random.Generator
) -> Numbers:
    chance = 0.075 * (after + 280 - start) / 365  # births a year among women of an age to give birth
    some = (sex == 2) & (age > 21) & (age < 40) & (died_at == NONE) & (random.random(len(age)) < chance)
    due = random.integers(start, after + 280, len(age))
    return np.where(some, due, NONE)


def _deaths(age: Shares, start: int, after: int, random: np.random.Generator) -> Numbers:
    yearly = np.minimum(0.5, 0.0002 * np.exp(age * 0.078))
    dies = random.random(len(age)) < yearly * (after - start) / 365
    minute = random.integers(start, after, len(age)) * DAY + random.integers(8 * 60, 23 * 60, len(age)) * 60
    return np.where(dies, minute, NONE)


def filings(people: People, since: int) -> Columns:
    """Who is insured in the neighbouring prefecture lives here, as was filed long ago."""
    away = np.flatnonzero(people.insured == len(COUNTIES) - 1)
    return {
        "member": people.codes.take(away),
        "insured_area": Words.same(COUNTIES[-1][0], len(away)),
        "kind": Words.same("long_term", len(away)),
        "place": Words.same(PREFECTURE, len(away)),
        "since": np.full(len(away), since),
        "until": np.full(len(away), NONE),
    }


def register(people: People) -> Columns:
    return {
        "member": people.codes,
        "sex": people.sex,
        "born": people.born,
        "insured_area": Words.of([code for code, _, _ in COUNTIES], people.insured),
        "died_on": people.died_on,
        "died_at": np.where(people.minute_known, people.died_at, NONE),
    }
