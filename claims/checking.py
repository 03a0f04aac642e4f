"""What may stand in a column, as SQL: the value in our type, and what is wrong with it.

A source's rows pass three projections: the text of each column (`t_<word>`), its value in our type (`<word>`), and
the row's faults. The first question, whether anything is wrong at all, is cheap; only rows where something is are
asked what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.profiles import Origin, Shape, Word
from supervision import invisible

LARGEST_YUAN = 10**9
LARGEST_QUANTITY = 10**7
DECIMALS = {"yuan": 2, "price": 6, "quantity": 4}
LARGEST = {"yuan": LARGEST_YUAN * 100, "price": LARGEST_YUAN * 10**6, "quantity": LARGEST_QUANTITY * 10**4}
STORED = {
    "yuan": "BIGINT", "price": "BIGINT", "quantity": "BIGINT", "count": "BIGINT", "flag": "BOOLEAN", "day": "DATE",
    "moment": "TIMESTAMP", "key": "VARCHAR", "text": "VARCHAR", "code": "VARCHAR", "area": "VARCHAR",
}  # fmt: skip
DAY = r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
MIDNIGHT = r"([ T]00?:00(:00(\.0{1,6})?)?)?"
MOMENT = DAY + r"([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.0{1,6})?)?)?"
DIGITS = r"[0-9]+(\.[0-9]+)?"
NUMBER = "[+-]?" + DIGITS
WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")

Faults = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """One column of ours out of a source, in SQL."""

    word: Word
    text: str  # over the source's columns
    value: str  # over t_<word>
    faults: Faults  # (code, condition) over t_<word> and <word>
    quick: str  # whether any of them holds

    def each(self) -> Iterable[tuple[str, str, str, str]]:
        """(column, code, condition, text) of each fault."""
        for code, condition in self.faults:
            yield self.word.name, code, condition, f"CAST(t_{self.word.name} AS VARCHAR)"


def quoted(name: str) -> str:
    return '"' + name.lower().replace('"', '""') + '"'


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def cells(shape: Shape, types: Mapping[str, str], *, padded: bool, strange: bool) -> list[Cell]:
    """Every word of the shape's table; `types` are the DuckDB types of the source's columns by lower-case name."""
    return [_cell(shape, word, types, padded=padded, strange=strange) for word in shape.table.words.values()]


def _cell(shape: Shape, word: Word, types: Mapping[str, str], *, padded: bool, strange: bool) -> Cell:
    origin = shape.origins.get(word.name)
    if origin is None or not {column.lower() for column in origin.columns} <= set(types):
        return Cell(word, "NULL", f"CAST(NULL AS {STORED[word.type]})", (), "false")
    text, native = _text(origin, types, padded=padded)
    value, faults, quick = _typed(word, native, strange=strange)
    if shape.required(word):
        faults = (("required", f"t_{word.name} IS NULL"), *faults)
        quick = f"t_{word.name} IS NULL OR {quick}"
    return Cell(word, text, value, faults, quick)


def _text(origin: Origin, types: Mapping[str, str], *, padded: bool) -> tuple[str, str]:
    """A column's text, and its type where it came with one of its own."""
    if origin.value is not None:
        return literal(origin.value), "VARCHAR"
    if origin.sql:
        return f"CAST(({origin.sql}) AS VARCHAR)", "VARCHAR"
    column, native = quoted(origin.column), types[origin.column.lower()]
    if origin.map is not None:
        return _mapped(f"CAST({column} AS VARCHAR)", origin.map), "VARCHAR"
    if padded and native == "VARCHAR":
        return f"nullif(trim({column}, ' \t\u3000\u00a0'), '')", native
    return column, native


def _mapped(text: str, codes: Mapping[str, str]) -> str:
    """A value through a map of codes; 'X*' stands for all codes that begin so, exact codes first."""
    exact = [f"WHEN {text} = {literal(key)} THEN {literal(to)}" for key, to in codes.items() if not key.endswith("*")]
    begins = [
        f"WHEN starts_with({text}, {literal(key[:-1])}) THEN {literal(to)}"
        for key, to in sorted(codes.items(), key=lambda pair: -len(pair[0]))
        if key.endswith("*")
    ]
    return f"CASE {' '.join(exact + begins)} ELSE {text} END"


def _typed(word: Word, native: str, *, strange: bool) -> tuple[str, Faults, str]:
    """(value, faults, quick) of a word over its text."""
    text = f"t_{word.name}"
    if native != "VARCHAR":
        special = _native(word, native)
        if special:
            return special
        text = f"CAST({text} AS VARCHAR)"
    match word.type:
        case "yuan" | "price" | "quantity":
            return _number(word, text)
        case "count":
            return _count(word, text)
        case "flag":
            faults: Faults = (("unknown_value", f"upper({text}) NOT IN ('Y', 'N')"),)
            return f"upper({text}) = 'Y'", faults, f"{text} NOT IN ('Y', 'N', 'y', 'n')"
        case "day":
            return _date(word, text, f"TRY_CAST(left({text}, 10) AS DATE)", DAY + MIDNIGHT)
        case "moment":
            return _date(word, text, f"TRY_CAST({text} AS TIMESTAMP)", MOMENT)
        case _:
            faults = tuple(_letters(word, text, strange=strange))
            return text, faults, " OR ".join(f"({condition})" for _code, condition in faults) or "false"


def _letters(word: Word, text: str, *, strange: bool) -> Iterable[tuple[str, str]]:
    if word.type == "code":
        yield "unknown_value", f"{text} NOT IN ({', '.join(map(literal, word.values))})"
        return
    if word.type == "area":
        yield "not_an_area", f"NOT regexp_full_match({text}, '[0-9]{{6}}')"
        return
    if word.type == "key":
        yield "not_a_key", f"contains({text}, ':')"
    yield "too_long", f"strlen({text}) > {word.max} AND length({text}) > {word.max}"
    if strange:
        yield "control_character", f"regexp_matches({text}, '{invisible.IN_DUCKDB}')"


def _number(word: Word, text: str) -> tuple[str, Faults, str]:
    places = DECIMALS[word.type]
    ok = f"regexp_full_match({text}, '[+-]?[0-9]{{1,12}}(\\.[0-9]{{1,{places}}}0{{0,6}})?')"
    number = f"regexp_full_match({text}, '{NUMBER}')"
    large = f"coalesce(abs(TRY_CAST({text} AS DOUBLE)), 1e308) > {_natural(word)}"
    faults = (
        ("not_a_number", f"NOT {number}"),
        ("too_large", f"{number} AND {large}"),
        ("too_precise", f"{number} AND NOT {large} AND {word.name} IS NULL"),
        *_sign(word),
    )
    quick = f"({text} IS NOT NULL AND {word.name} IS NULL) OR {_range(word)}"
    return f"CASE WHEN {ok} THEN {_scaled(text, places)} END", faults, quick


def _scaled(number: str, places: int) -> str:
    """A number as whole units. Within our limits it has at most 16 digits, so rounding the double is exact."""
    return f"TRY_CAST(round(TRY_CAST({number} AS DOUBLE) * {10**places}.0) AS BIGINT)"


def _natural(word: Word) -> int:
    return LARGEST[word.type] // int(10 ** DECIMALS[word.type])


def _sign(word: Word) -> Faults:
    return (("negative", f"{word.name} < 0"),) if word.type == "price" else ()


def _range(word: Word) -> str:
    low = 0 if word.type == "price" else -LARGEST[word.type]
    return f"{word.name} NOT BETWEEN {low} AND {LARGEST[word.type]}"


def _count(word: Word, text: str) -> tuple[str, Faults, str]:
    value = (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,6}}(\\.0+)?') "
        f"THEN CAST(TRY_CAST({text} AS DOUBLE) AS BIGINT) END"
    )
    faults = (
        ("negative", f"regexp_full_match({text}, '-{DIGITS}')"),
        ("too_large", f"regexp_full_match({text}, '[0-9]{{7,}}(\\.0+)?')"),
        ("not_a_number", f"{word.name} IS NULL AND NOT regexp_full_match({text}, '-{DIGITS}|[0-9]{{7,}}(\\.0+)?')"),
    )
    return value, faults, f"({text} IS NOT NULL AND {word.name} IS NULL)"


def _date(word: Word, text: str, cast: str, form: str) -> tuple[str, Faults, str]:
    faults = _date_faults(word)
    quick = f"(t_{word.name} IS NOT NULL AND {word.name} IS NULL) OR {faults[1][1]}"
    return f"CASE WHEN regexp_full_match({text}, '{form}') THEN {cast} END", faults, quick


def _date_faults(word: Word) -> Faults:
    stored = STORED[word.type]
    return (
        ("not_a_date", f"t_{word.name} IS NOT NULL AND {word.name} IS NULL"),
        ("implausible_date", f"{word.name} NOT BETWEEN {stored} '1800-01-01' AND {stored} '2099-12-31'"),
    )


def _native(word: Word, native: str) -> tuple[str, Faults, str] | None:
    """A column that comes with a type of its own, as Parquet has them."""
    text = f"t_{word.name}"
    whole, floating = native in WHOLE, native in ("DOUBLE", "FLOAT")
    if word.type in DECIMALS and (whole or floating or native.startswith("DECIMAL")):
        value, faults = _native_number(word, native, floating=floating)
        return value, faults, " OR ".join(f"({condition})" for _code, condition in faults)
    if word.type in ("day", "moment") and native.startswith(("DATE", "TIMESTAMP")):
        value = f"TRY_CAST({text} AS {STORED[word.type]})"
        if word.type == "moment" and native != "DATE":
            value = f"date_trunc('second', {value})"
        faults = _date_faults(word)
        return value, faults, f"(({faults[0][1]}) OR ({faults[1][1]}))"
    if word.type == "flag" and native == "BOOLEAN":
        return text, (), "false"
    if word.type == "count" and whole:
        faults = (("negative", f"{text} < 0"), ("too_large", f"{text} > 999999"))
        return f"TRY_CAST({text} AS BIGINT)", faults, f"{text} NOT BETWEEN 0 AND 999999"
    return None


def _native_number(word: Word, native: str, *, floating: bool) -> tuple[str, Faults]:
    text, places, largest = f"t_{word.name}", DECIMALS[word.type], LARGEST[word.type]
    if floating:
        scaled = f"{text} * {10**places}.0"
        fits = f"isfinite({text}) AND abs({scaled}) <= {largest}"
        value = f"CASE WHEN {fits} THEN CAST(round({scaled}) AS BIGINT) END"
        return value, (
            ("not_a_number", f"NOT isfinite({text})"),
            ("too_large", f"isfinite({text}) AND abs({scaled}) > {largest}"),
            # A binary fraction is a rounded decimal: what lies this near to one is taken for it.
            ("too_precise", f"abs({scaled} - {word.name}) > greatest(1e-4, abs({scaled}) * 1e-12)"),
            *_sign(word),
        )
    faults = (("too_large", f"{text} IS NOT NULL AND ({word.name} IS NULL OR {_range(word)})"), *_sign(word))
    if native.startswith("DECIMAL"):
        faults += (("too_precise", f"TRY_CAST({text} AS DECIMAL(38,{places})) <> {text}"),)
    return _scaled(text, places), faults


def fault_list(faults: Iterable[tuple[str, str, str, str]]) -> str:
    """SQL of a row's faults as a list, from (column, code, condition, text) each."""
    each = ", ".join(
        f"CASE WHEN coalesce({condition}, false) THEN {{'column': {literal(column)}, 'code': {literal(code)}, "
        f"'value': left({text}, 200)}} END"
        for column, code, condition, text in faults
    )
    return f"list_filter([{each}], lambda fault: fault IS NOT NULL)"
