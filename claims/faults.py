"""What is readable but wrong in fact: the page that finds it. The rule claim_data_invalid says it in words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "derived"


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
