"""What each encounter is billed: its baskets spelt out into fee lines, priced, a few of them taken back."""

from dataclasses import dataclass

import numpy as np

from .catalogue import baskets, common, goods, illnesses
from .encounters import CHRONIC, INPATIENT, OUTPATIENT, PHARMACY, Encounters
from .people import People, lasting_illnesses
from .places import Places
from .relations import NONE, Flags, Numbers
from .seasons import DAY, HOUR

MINUTE = 60
TAKEN_BACK = 0.005  # share of lines reversed in normal life
RETURNABLE = ("03", "04", "09")  # categories: examinations, tests, drugs
SCANNED = (OUTPATIENT, CHRONIC, PHARMACY)
FEN = 100_000_000  # quantity (1/10000) x price (10^-6 yuan) to fen


@dataclass(frozen=True)
class Lines:
    """A row is a fee line; encounters are rows of their month."""

    encounter: Numbers
    number: Numbers
    reverses: Numbers
    done_at: Numbers
    item: Numbers
    quantity: Numbers
    price: Numbers
    amount: Numbers
    eligible: Numbers
    days: Numbers


def to_fen(quantity: Numbers, price: Numbers) -> Numbers:
    """Quantity x price, half up to a fen; a reversal is the mirror of its line."""
    return np.sign(quantity) * ((np.abs(quantity) * price + FEN // 2) // FEN)


def share_of(amount: Numbers, share: Numbers) -> Numbers:
    return np.sign(amount) * ((np.abs(amount) * share + 5_000) // 10_000)


def pairs(people: People, some: Encounters) -> tuple[Numbers, Numbers]:
    """Which baskets an encounter fills: its illness's, its kind's, and those of the other refills."""
    setting = np.array([illness.setting for illness in illnesses()])[some.illness]
    commons = {
        "+visit": (setting == "visit") | (setting == "chronic") & (some.kind == CHRONIC),
        "+emergency": setting == "emergency",
        "+antenatal": setting == "antenatal",
        "+stay": some.kind == INPATIENT,
        "+icu": some.intensive > 0,
    }
    found = [(np.arange(len(some)), some.illness), _other_refills(people, some, setting == "chronic")]
    for name, fills in commons.items():
        rows = np.flatnonzero(fills)
        found.append((rows, np.full(len(rows), common(name))))
    encounter = np.concatenate([rows for rows, _ in found])
    order = np.argsort(encounter, kind="stable")
    return encounter[order], np.concatenate([basket for _, basket in found])[order]


def _other_refills(people: People, some: Encounters, refill: Flags) -> tuple[Numbers, Numbers]:
    refills = np.flatnonzero(refill)
    numbers = np.array(lasting_illnesses())
    chronic = np.array([illnesses()[number].setting == "chronic" for number in numbers])
    row, column = np.nonzero(people.lasting[some.member[refills]] & chronic)
    keep = numbers[column] != some.illness[refills[row]]
    return refills[row[keep]], numbers[column[keep]]


def spell_out(people: People, places: Places, some: Encounters, random: np.random.Generator) -> Lines:
    """All lines of the encounters, in their order; numbers begin at 1 in each encounter."""
    book, held = baskets(), goods()
    encounter, basket = pairs(people, some)
    encounter, entry = _expand(encounter, book.first[basket], book.size[basket])
    keep = random.random(len(entry)) * 10_000 < book.chance[entry]
    keep &= (some.kind[encounter] != PHARMACY) | ~held.is_service[book.item[entry]]
    encounter, entry = _once(some, encounter[keep], entry[keep])
    encounter, entry, offset = _by_day(some, encounter, entry)
    return _priced(places, some, encounter, entry, offset, random)


def _once(some: Encounters, encounter: Numbers, entry: Numbers) -> tuple[Numbers, Numbers]:
    """In a visit, what two illnesses ask for is billed once."""
    wanted = encounter * len(goods().keys) + baskets().item[entry]
    own = -1 - np.arange(len(entry))
    _, first = np.unique(np.where(some.kind[encounter] == INPATIENT, own, wanted), return_index=True)
    rows = np.sort(first)
    return encounter[rows], entry[rows]


def _by_day(some: Encounters, encounter: Numbers, entry: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each entry on each of its days, counted from the day of admission."""
    book, stay = baskets(), some.bed_days[encounter]
    start = np.select([book.start[entry] == -1, book.start[entry] == -2], [stay // 2, stay - 1], book.start[entry])
    count = np.clip(-((start - stay) // book.step[entry]), 0, book.most[entry])
    turn, offset = _expand(np.arange(len(entry)), np.zeros(len(entry), np.int64), count)
    encounter, entry = encounter[turn], entry[turn]
    offset = start[turn] + offset * book.step[entry]
    intensive = offset < some.intensive[encounter]
    ward = book.ward[entry]
    # Intensive care has beds and monitors of its own, so those of the ward rest meanwhile.
    keep = np.where(ward == 0, ~(book.hourly[entry] & intensive), (ward == 2) == intensive)
    return encounter[keep], entry[keep], offset[keep]


def _expand(owner: Numbers, first: Numbers, size: Numbers) -> tuple[Numbers, Numbers]:
    """For each owner the numbers first .. first + size - 1, on end."""
    ends = np.cumsum(size)
    total = int(ends[-1]) if len(ends) else 0
    place = np.repeat(np.arange(len(owner)), size)
    return owner[place], np.arange(total) - (ends - size - first)[place]


def _priced(
    places: Places,
    some: Encounters,
    encounter: Numbers,
    entry: Numbers,
    offset: Numbers,
    random: np.random.Generator,
) -> Lines:
    book, held = baskets(), goods()
    item, place = book.item[entry], some.place[encounter]
    done_at = _moments(some, encounter, offset, random)
    quantity = book.quantity[entry]
    present = _hours(some, encounter, offset) * 10_000
    quantity = np.where(book.hourly[entry], np.minimum(quantity, present), quantity)
    price = held.price[item, places.level[place]]
    own = (price * places.price_level[place] // 10_000 + 5_000) // 10_000 * 10_000
    price = np.where(held.is_service[item], own, price)
    amount = to_fen(quantity, price)
    number = np.arange(len(entry)) - np.searchsorted(encounter, encounter) + 1
    lines = Lines(
        encounter=encounter,
        number=number,
        reverses=np.full(len(entry), NONE),
        done_at=done_at,
        item=item,
        quantity=quantity,
        price=price,
        amount=amount,
        eligible=share_of(amount, held.share[item]),
        days=book.days[entry],
    )
    return _with_reversals(some, lines, random)


def _moments(some: Encounters, encounter: Numbers, offset: Numbers, random: np.random.Generator) -> Numbers:
    """Within two hours of a visit's begin; in a stay after admission on its first day, then six to ten."""
    admitted = some.admitted[encounter]
    stay = some.kind[encounter] == INPATIENT
    room = np.where(stay, DAY - MINUTE - admitted % DAY, 110 * MINUTE)
    first = admitted + (random.random(len(encounter)) * room).astype(np.int64)
    later = (admitted // DAY + offset) * DAY + random.integers(6 * HOUR, 22 * HOUR, len(encounter))
    return np.where(offset == 0, first, later) // MINUTE * MINUTE


def _hours(some: Encounters, encounter: Numbers, offset: Numbers) -> Numbers:
    """Whole hours of the day that lie within the stay."""
    return np.where(offset == 0, (DAY - some.admitted[encounter] % DAY) // HOUR, 24)


def _with_reversals(some: Encounters, lines: Lines, random: np.random.Generator) -> Lines:
    """A few drugs and tests are taken back, whole or in part: a negative line that names its line."""
    held = goods()
    open_to = np.array([name in RETURNABLE for name in held.categories.to_pylist()])[held.category]
    scanned = np.isin(some.kind, SCANNED)[lines.encounter] & held.is_drug[lines.item]
    row = np.flatnonzero(open_to[lines.item] & ~scanned & (random.random(len(lines.number)) < TAKEN_BACK))
    if not len(row):
        return lines
    part = (lines.quantity[row] >= 20_000) & (random.random(len(row)) < 0.5)
    quantity = -np.where(part, lines.quantity[row] // 20_000 * 10_000, lines.quantity[row])
    amount = to_fen(quantity, lines.price[row])
    encounter = lines.encounter[row]
    size = np.bincount(lines.encounter, minlength=len(some))
    number = size[encounter] + np.arange(len(row)) - np.searchsorted(encounter, encounter) + 1
    back = Lines(
        encounter=encounter,
        number=number,
        reverses=lines.number[row],
        done_at=lines.done_at[row] + MINUTE,
        item=lines.item[row],
        quantity=quantity,
        price=lines.price[row],
        amount=amount,
        eligible=share_of(amount, held.share[lines.item[row]]),
        days=lines.days[row],
    )
    return Lines(**{name: np.concatenate([column, vars(back)[name]]) for name, column in vars(lines).items()})


def scanned_lines(some: Encounters, lines: Lines) -> tuple[Numbers, Numbers]:
    """Each pack of a drug to take home is read once: the line of each reading, and its turn in the line."""
    held = goods()
    packs = np.where(
        held.is_drug[lines.item] & np.isin(some.kind, SCANNED)[lines.encounter] & (lines.quantity > 0),
        lines.quantity // 10_000,
        0,
    )
    return _expand(np.arange(len(packs)), np.zeros(len(packs), np.int64), packs)
