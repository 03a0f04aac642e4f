"""The invented prefecture: its divisions, its designated institutions and who works there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from .catalogue import illnesses
from .relations import Columns, Numbers, Words
from .seasons import Month

PROVINCE, PREFECTURE, NEIGHBOUR = "990000", "990100", "990200"
COUNTIES = [  # the last one belongs to the neighbouring prefecture
    ("990101", "澜岸区", "Lan'an District"),
    ("990102", "松汀区", "Songting District"),
    ("990103", "青屿区", "Qingyu District"),
    ("990104", "白鹭县", "Bailu County"),
    ("990105", "远岫县", "Yuanxiu County"),
    ("990106", "枫野市", "Fengye"),
    ("990201", "石帆区", "Shifan District"),
]
HOME_COUNTIES = 6
POPULATION = (0.27, 0.22, 0.15, 0.14, 0.12, 0.10)
DIVISIONS = [
    (PROVINCE, "示例省", "Example Province", 1, "000000"),
    (PREFECTURE, "云泽市", "Yunze", 2, PROVINCE),
    (NEIGHBOUR, "望屿市", "Wangyu", 2, PROVINCE),
    *((code, zh, en, 3, code[:4] + "00") for code, zh, en in COUNTIES),
]

CLINIC, CENTRE, COUNTY, CITY, PHARMACY = range(5)  # the tiers that members choose from


class Sort(NamedTuple):
    """A sort of institution: its share of all, the least in a county, doctors a department, its names."""

    kind: str
    level: int
    tier: int
    share: float
    least: int
    beds: int
    doctors: int
    name: str
    name_en: str


SORTS = (
    Sort("clinic", 0, CLINIC, 0.18, 2, 0, 1, "{place}{word}诊所", "{place} {word} Clinic"),
    Sort("hospital", 1, CENTRE, 0.22, 2, 60, 2, "{place}{word}卫生院", "{place} {word} Health Centre"),
    Sort("hospital", 2, COUNTY, 0.14, 1, 420, 5, "{place}{word}医院", "{place} {word} Hospital"),
    Sort("hospital", 3, CITY, 0.06, 0, 1500, 9, "云泽市{word}医院", "Yunze {word} Hospital"),
    Sort("pharmacy", 0, PHARMACY, 0.40, 3, 0, 2, "{place}{word}大药房", "{place} {word} Pharmacy"),
)
OWN = SORTS[COUNTY]  # what an institution is like that belongs to a plant
WORDS = (
    ("仁和", "Renhe"), ("康宁", "Kangning"), ("济民", "Jimin"), ("同安", "Tong'an"), ("百草", "Baicao"),
    ("松鹤", "Songhe"), ("惠泽", "Huize"), ("杏林", "Xinglin"), ("永康", "Yongkang"), ("德润", "Derun"),
    ("平安里", "Ping'anli"), ("东桥", "Dongqiao"), ("西渡", "Xidu"), ("北辰", "Beichen"), ("南塘", "Nantang"),
)  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚英"
TITLES = ("住院医师", "主治医师", "副主任医师", "主任医师")


@dataclass(frozen=True)
class Places:
    """Institutions in the order of their tier and county, with the practitioners of each department."""

    institutions: list[dict[str, str | int]]
    practitioners: list[dict[str, str]]
    departments: list[str]
    codes: pa.Array
    level: Numbers
    county: Numbers
    start: Numbers  # [tier, county] -> the first institution
    count: Numbers  # [tier, county] -> how many there are
    first_doctor: Numbers  # [institution, department]
    doctors: Numbers  # [institution, department] -> how many
    doctor_codes: pa.Array
    price_level: Numbers  # [institution] of its charges for services, 1/10000 of the regional price
    open: int  # from this number on institutions belong to plants: members of normal life do not go there

    def of_kind(self, kind: str, level: int | None = None) -> list[int]:
        """The institutions of a kind, here and there over the counties."""
        return [
            number
            for number, institution in enumerate(self.institutions[: self.open])
            if institution["kind"] == kind and level in (None, institution["level"])
        ]

    def with_own(self, count: int) -> "Places":
        """With so many county hospitals more, of one doctor each, where only plants are treated."""
        more = [_own(number) for number in range(count)]
        doctors = [_own_doctor(number, str(one["code"])) for number, one in enumerate(more)]
        first = np.arange(count)[:, None] + len(self.practitioners) + np.zeros((1, len(self.departments)), np.int64)
        return replace(
            self,
            institutions=[*self.institutions, *more],
            practitioners=[*self.practitioners, *doctors],
            codes=pa.array([*self.codes.to_pylist(), *(str(one["code"]) for one in more)]),
            level=np.concatenate([self.level, np.full(count, OWN.level)]),
            county=np.concatenate([self.county, np.zeros(count, np.int64)]),
            first_doctor=np.concatenate([self.first_doctor, first]),
            doctors=np.concatenate([self.doctors, np.ones_like(first)]),
            doctor_codes=pa.array([*self.doctor_codes.to_pylist(), *(one["code"] for one in doctors)]),
            price_level=np.concatenate([self.price_level, np.full(count, 10_000)]),
        )


def settle(members: int, random: np.random.Generator) -> Places:
    """Between 60 and 200 institutions, by the number of members."""
    wanted = min(200, 60 + members // 8_000)
    institutions = [
        found for sort in SORTS for county in range(HOME_COUNTIES) for found in _found(sort, county, wanted)
    ]
    tiers = np.array([institution["tier"] for institution in institutions])
    county = np.array([institution["county"] for institution in institutions])
    order = np.lexsort((county, tiers))
    institutions = [institutions[number] for number in order]
    tiers, county = tiers[order], county[order]
    departments = sorted({illness.department for illness in illnesses()})
    practitioners, first, count = _employ(institutions, departments, random)
    cells = np.bincount(tiers * HOME_COUNTIES + county, minlength=5 * HOME_COUNTIES)
    start = (np.cumsum(cells) - cells).reshape(5, HOME_COUNTIES)
    count_there = cells.reshape(5, HOME_COUNTIES)
    # The city's hospitals serve every county.
    start[CITY], count_there[CITY] = start[CITY, 0], count_there[CITY].sum()
    return Places(
        institutions=institutions,
        practitioners=practitioners,
        departments=departments,
        codes=pa.array([str(institution["code"]) for institution in institutions]),
        level=np.array([institution["level"] for institution in institutions]),
        county=county,
        start=start,
        count=count_there,
        first_doctor=first,
        doctors=count,
        doctor_codes=pa.array([practitioner["code"] for practitioner in practitioners]),
        price_level=random.choice([10_000, 10_000, 9_700, 9_400], len(institutions)).astype(np.int64),
        open=len(institutions),
    )


def _found(sort: Sort, county: int, wanted: int) -> list[dict[str, str | int]]:
    code, place, place_en = COUNTIES[county]
    count = max(sort.least, round(wanted * sort.share * POPULATION[county]))
    if sort.tier == CITY:  # all of them stand in the two districts of the city
        count = max(2, round(wanted * sort.share / 2)) if county < 2 else 0
    shift = county * (sort.tier == CITY)
    return [
        {
            "code": f"{sort.kind[0].upper()}{code}{sort.level}{number + 1:04}",
            "name": sort.name.format(place=place, word=_word(number, 0, shift)),
            "name_en": sort.name_en.format(place=place_en, word=_word(number, 1, shift)),
            "kind": sort.kind,
            "level": sort.level,
            "division": code,
            "beds": sort.beds,
            "specialty": "",
            "tier": sort.tier,
            "county": county,
            "doctors": sort.doctors,
        }
        for number in range(count)
    ]


def _own(number: int) -> dict[str, str | int]:
    """An institution of a plant's own."""
    code, place, place_en = COUNTIES[0]
    return {
        "code": f"H{code}{OWN.level}9{number:03}",
        "name": f"{place}试验第{number + 1}医院",
        "name_en": f"{place_en} Test Hospital {number + 1}",
        "kind": OWN.kind,
        "level": OWN.level,
        "division": code,
        "beds": OWN.beds,
        "specialty": "",
        "tier": OWN.tier,
        "county": 0,
        "doctors": 1,
    }


def _own_doctor(number: int, institution: str) -> dict[str, str]:
    return {
        "code": f"D{COUNTIES[0][0]}9{number:05}",
        "name": SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)],
        "kind": "physician",
        "title": TITLES[1],
        "institution": institution,
        "department": "",
    }


def _word(number: int, language: int, shift: int) -> str:
    turn, place = divmod(number, len(WORDS))
    word = WORDS[(place + 7 * shift) % len(WORDS)][language]
    return word if not turn else f"{word}{'第' if language == 0 else ' No. '}{turn + 1}"


def _employ(
    institutions: list[dict[str, str | int]], departments: list[str], random: np.random.Generator
) -> tuple[list[dict[str, str]], Numbers, Numbers]:
    practitioners: list[dict[str, str]] = []
    first = np.zeros((len(institutions), len(departments)), np.int64)
    count = np.zeros_like(first)
    for number, institution in enumerate(institutions):
        drugstore = institution["kind"] == "pharmacy"
        for place, department in enumerate([departments[0]] if drugstore else departments):
            first[number, place] = len(practitioners)
            count[number, place] = institution["doctors"]
            for _ in range(int(institution["doctors"])):
                practitioners.append(_practitioner(len(practitioners), institution, department, random))
        if drugstore:
            first[number], count[number] = first[number, 0], count[number, 0]
    return practitioners, first, count


def _practitioner(
    number: int, institution: dict[str, str | int], department: str, random: np.random.Generator
) -> dict[str, str]:
    drugstore = institution["kind"] == "pharmacy"
    surname, *given = random.integers(0, 1_000, 3)
    return {
        "code": f"{'Y' if drugstore else 'D'}{institution['division']}{number + 1:06}",
        "name": SURNAMES[surname % len(SURNAMES)] + "".join(GIVEN[letter % len(GIVEN)] for letter in given),
        "kind": "pharmacist" if drugstore else "physician",
        "title": "药师" if drugstore else TITLES[int(random.integers(0, len(TITLES)))],
        "institution": str(institution["code"]),
        "department": "" if drugstore else department,
    }


def registers(places: Places, start: Month) -> dict[str, Columns]:
    """The divisions, institutions and practitioners as tables."""
    since = start.later(-60).first
    columns = ("code", "name", "name_en", "level", "parent")
    return {
        "divisions": _table([dict(zip(columns, row, strict=True)) for row in DIVISIONS]),
        "institutions": _table(places.institutions),
        "practitioners": _table(places.practitioners) | {"since": np.full(len(places.practitioners), since)},
    }


def _table(rows: Sequence[Mapping[str, object]]) -> dict[str, Numbers | Words]:
    columns: dict[str, Numbers | Words] = {}
    for name in rows[0]:
        cells = [row[name] for row in rows]
        if isinstance(cells[0], int):
            columns[name] = np.array(cells, dtype=np.int64)
        else:
            words = np.array([number if cell != "" else -1 for number, cell in enumerate(cells)])
            columns[name] = Words.of([str(cell) for cell in cells], words)
    return columns
