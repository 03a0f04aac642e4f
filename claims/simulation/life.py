"""The normal life of a block of members, month by month, as the tables of the template."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .bills import Lines, scanned_lines, spell_out
from .catalogue import PAYMENT_CLASSES, goods, illnesses, payment_class
from .encounters import INPATIENT, KINDS, Encounters, together
from .people import People, lasting_illnesses
from .places import COUNTIES, Places
from .relations import NONE, Column, Columns, Numbers, Words, numbered, numerals
from .seasons import DAY, Month
from .settling import settled_at, split, sums
from .stays import stays
from .visits import month_visits

# ICD-9-CM-3 of the operations that stand in baskets.
OPERATIONS = {
    "STENT": ("36.0700", "冠状动脉药物洗脱支架置入术"),
    "APPENDECTOMY": ("47.0900", "阑尾切除术"),
    "GALLBLADDER": ("51.2300", "腹腔镜下胆囊切除术"),
    "FEMUR_FIXATION": ("79.3500", "股骨骨折切开复位内固定术"),
    "RADIUS_PLASTER": ("79.0200", "桡骨骨折闭合复位术"),
    "CATARACT": ("13.4100", "白内障超声乳化抽吸术"),
    "CAESAREAN": ("74.1000", "子宫下段横切口剖宫产术"),
    "PROSTATE_TURP": ("60.2900", "经尿道前列腺切除术"),
    "GASTRECTOMY_RADICAL": ("43.9900", "胃癌根治术"),
    "ANGIOGRAPHY": ("88.5500", "单根导管的冠状动脉造影术"),
}
DISEASE_GROUPS = 0.35  # share of stays at the larger hospitals that are paid by disease group
PER_BLOCK = 10**6  # claims of a block and month are numbered below this
PER_BLOCK_SCANS = 10**7


def live(
    people: People,
    places: Places,
    months: list[Month],
    block: int,
    chance: Callable[..., np.random.Generator],
) -> Iterator[tuple[str, Columns]]:
    """The tables of each month: visits of the month, and the stays that end in it."""
    every = stays(people, places, months, chance(0))
    ended = every.discharged // DAY
    for turn, month in enumerate(months):
        random = chance(1, turn)
        seen = month_visits(people, places, month, every, random)
        some = together([every.take((ended >= month.first) & (ended < month.after)), seen])
        lines = spell_out(people, places, some, random)
        some, lines = _billed(some, lines)
        base = month.tag * 10**9 + block * PER_BLOCK
        numbers = numerals(base + np.arange(len(some)))
        yield f"claims-{month}", _claims(people, places, some, lines, numbers, random)
        yield f"lines-{month}", _lines(places, some, lines, numbers, _doctor(people, places, some))
        yield f"diagnoses-{month}", _diagnoses(people, places, some, numbers)
        yield f"operations-{month}", _operations(places, some, lines, numbers)
        first = month.tag * 10**12 + block * PER_BLOCK_SCANS
        yield f"scans-{month}", _scans(people, places, some, lines, numbers, first)


def _billed(some: Encounters, lines: Lines) -> tuple[Encounters, Lines]:
    """Without the encounters for which nothing was billed."""
    billed = np.bincount(lines.encounter, minlength=len(some)) > 0
    place = np.cumsum(billed) - 1
    return some.take(billed), Lines(**(vars(lines) | {"encounter": place[lines.encounter]}))


def _department(places: Places, some: Encounters) -> Numbers:
    numbers = np.array([places.departments.index(illness.department) for illness in illnesses()])
    return numbers[some.illness]


def _doctor(people: People, places: Places, some: Encounters) -> Numbers:
    """The same doctor of the department for the same member, as a rule."""
    department = _department(places, some)
    count = places.doctors[some.place, department]
    return places.first_doctor[some.place, department] + (people.home[some.member] + some.illness) % count


def _claims(
    people: People,
    places: Places,
    some: Encounters,
    lines: Lines,
    numbers: pa.Array,
    random: np.random.Generator,
) -> Columns:
    total, eligible = sums(some, lines)
    no, yes = np.zeros(len(some), np.int64), np.ones(len(some), np.int64)
    grouped = (some.kind == INPATIENT) & (places.level[some.place] >= 2) & (some.course == NONE)
    grouped &= random.random(len(some)) < DISEASE_GROUPS
    course = numbered(np.where(some.course == NONE, 0, some.course), "HL")
    return {
        "claim_no": Words(numbers, np.arange(len(some))),
        "institution": Words(places.codes, some.place),
        "member": people.codes.take(some.member),
        "kind": Words.of(KINDS, some.kind),
        "sex": people.sex[some.member],
        "born": people.born[some.member],
        "insured_area": Words.of([code for code, _, _ in COUNTIES], people.insured[some.member]),
        "insurance": Words.of(["390", "310"], people.employed[some.member].astype(np.int64)),
        "admitted": some.admitted,
        "discharged": some.discharged,
        "settled_at": settled_at(some, random),
        "department": Words.of(places.departments, _department(places, some)),
        "practitioner": Words(places.doctor_codes, _doctor(people, places, some)),
        "course": Words(course.values, np.where(some.course == NONE, -1, course.index)),
        "transferred": no,
        "newborn": no,
        "pay_method": Words.of(["item", "dip"], np.where(grouped, yes, no)),
        "disease_group": Words.of([f"DIP-{i.code[:5]}" for i in illnesses()], np.where(grouped, some.illness, -1)),
        "total": total,
        "eligible": eligible,
        **split(people, places, some, total, eligible),
    }


def _lines(places: Places, some: Encounters, lines: Lines, numbers: pa.Array, doctor: Numbers) -> Columns:
    held, place = goods(), some.place[lines.encounter]
    no = np.zeros(len(place), np.int64)
    return {
        "claim_no": Words(numbers, lines.encounter),
        "institution": Words(places.codes, place),
        "line_no": lines.number,
        "reverses": lines.reverses,
        "done_at": lines.done_at,
        "item": Words(held.codes, lines.item),
        "item_name": Words(held.names, lines.item),
        "category": Words(held.categories, held.category[lines.item]),
        "quantity": lines.quantity,
        "price": lines.price,
        "amount": lines.amount,
        "eligible": lines.eligible,
        "days": lines.days,
        "approved": no,
        "special": no,
        "reason": Words.of([""], no - 1),
        "department": Words.of(places.departments, _department(places, some)[lines.encounter]),
        "practitioner": Words(places.doctor_codes, doctor[lines.encounter]),
        "prescription": prescriptions(numbers, np.where(held.is_drug[lines.item], lines.encounter, -1)),
        "taken_home": no,
        "payment_class": Words.of(PAYMENT_CLASSES, payment_class(held.share[lines.item])),
    }


def prescriptions(numbers: pa.Array, claim: Numbers) -> Words:
    """The drugs of one encounter stand on one prescription."""
    return Words(pc.binary_join_element_wise("R", numbers, ""), claim)


def _diagnoses(people: People, places: Places, some: Encounters, numbers: pa.Array) -> Columns:
    """The main diagnosis first, then up to two of the member's lasting illnesses where they matter too."""
    lasting = np.array(lasting_illnesses())
    refill = np.array([illness.setting == "chronic" for illness in illnesses()])[some.illness]
    others = people.lasting[some.member] & ((some.kind == INPATIENT) | refill)[:, None]
    others &= lasting[None, :] != some.illness[:, None]
    turn = np.cumsum(others, axis=1)
    row, column = np.nonzero(others & ((turn <= 2) | refill[:, None]))
    encounter = np.concatenate([np.arange(len(some)), row])
    illness = np.concatenate([some.illness, lasting[column]])
    number = np.concatenate([np.ones(len(some), np.int64), turn[row, column] + 1])
    return {
        "claim_no": Words(numbers, encounter),
        "institution": Words(places.codes, some.place[encounter]),
        "number": number,
        "code": Words.of([i.code for i in illnesses()], illness),
        "name": Words.of([i.name for i in illnesses()], illness),
        "main": (number == 1).astype(np.int64),
    }


def _operations(places: Places, some: Encounters, lines: Lines, numbers: pa.Array) -> Columns:
    items = np.array([goods().keys[key] for key in OPERATIONS])
    row = np.flatnonzero(np.isin(lines.item, items) & (lines.quantity > 0))
    encounter, kind = lines.encounter[row], np.searchsorted(np.sort(items), lines.item[row])
    kind = np.argsort(items)[kind]
    number = np.arange(len(row)) - np.searchsorted(encounter, encounter) + 1
    columns: dict[str, Column] = {
        "claim_no": Words(numbers, encounter),
        "institution": Words(places.codes, some.place[encounter]),
        "number": number,
        "code": Words.of([code for code, _ in OPERATIONS.values()], kind),
        "name": Words.of([name for _, name in OPERATIONS.values()], kind),
        "done_on": lines.done_at[row] // DAY,
        "main": (number == 1).astype(np.int64),
    }
    return columns


def _scans(people: People, places: Places, some: Encounters, lines: Lines, numbers: pa.Array, first: int) -> Columns:
    """One sale a pack, each with a code of its own."""
    row, _ = scanned_lines(some, lines)
    encounter = lines.encounter[row]
    reading = first + np.arange(len(row))
    return {
        "scan_no": numbered(reading),
        "code": numbered(reading, "8110"),
        "event": Words.same("sale", len(row)),
        "institution": Words(places.codes, some.place[encounter]),
        "claim_no": Words(numbers, encounter),
        "line_no": lines.number[row],
        "member": people.codes.take(some.member[encounter]),
        "item": Words(goods().codes, lines.item[row]),
        "done_at": lines.done_at[row],
        "loose": np.zeros(len(row), np.int64),
    }
