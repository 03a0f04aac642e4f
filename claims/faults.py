"""What is readable but wrong in fact: the page that finds it, and each fault in words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext, gettext_noop

FOLDER = Path(__file__).parent / "derived"

FAULTS = {
    "discharged_before_admitted": gettext_noop("discharged before admitted"),
    "born_after_admitted": gettext_noop("born after the begin of the encounter"),
    "born_too_long_ago": gettext_noop("born more than 130 years before the encounter"),
    "settled_before_begun": gettext_noop("settled before the encounter began"),
    "eligible_above_total": gettext_noop("the amount within the fund's scope is above the total"),
    "paid_above_total": gettext_noop("the fund paid more than the total"),
    "parts_above_total": gettext_noop("fund, account and cash together are above the total"),
    "main_diagnosis_missing": gettext_noop("a stay without a main diagnosis"),
    "main_diagnosis_doubled": gettext_noop("more than one main diagnosis"),
    "retired_code": gettext_noop("the diagnosis code was no longer valid on the day"),
    "operation_outside_stay": gettext_noop("an operation before admission or after discharge"),
    "reversal_unmatched": gettext_noop("a reversal that finds nothing to reverse"),
    "reversal_uneven": gettext_noop("a reversal whose amount does not fit what it reverses"),
}


@dataclass(frozen=True)
class Derived:
    """A page of claims/derived/: a header in TOML in the opening comment, then one query."""

    title: str
    title_zh: str
    about: str
    basis: str
    examples: Mapping[str, Mapping[str, str]]
    sql: str


@lru_cache
def page(name: str) -> Derived:
    text = (FOLDER / f"{name}.sql").read_text("utf-8")
    header, _end, sql = text.removeprefix("/*").partition("*/")
    return Derived(**tomllib.loads(header), sql=sql.strip())


def fault_text(code: str) -> str:
    return gettext(FAULTS[code])
