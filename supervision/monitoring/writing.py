"""How the desk and the cluster write a page: SQLite over whole numbers, and Spark SQL."""

import datetime as dt

from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.dialects.sqlite import SQLite
from sqlglot.generator import Generator

EPOCH = dt.date(1970, 1, 1)


def _difference(writer: Generator, part: exp.DateDiff) -> str:
    return f"({writer.sql(part, 'this')} - {writer.sql(part, 'expression')})"


def _day(writer: Generator, part: exp.Cast) -> str:
    if part.is_type("date") and isinstance(part.this, exp.Literal):
        return str((dt.date.fromisoformat(part.this.name) - EPOCH).days)
    return str(writer.cast_sql(part))


def _extreme(word: str, writer: Generator, part: exp.Func) -> str:
    """SQLite's min() and max() of several know nothing where one is unknown; the others leave that one out."""
    given = [part.this, *part.expressions]
    known = next((one for one in given if isinstance(one, exp.Literal)), None)
    instead = [[known] if known else given[at + 1 :] + given[:at] for at in range(len(given))]
    said = [
        writer.sql(one if isinstance(one, exp.Literal) else exp.Coalesce(this=one.copy(), expressions=others))
        for one, others in zip(given, instead, strict=True)
    ]
    return f"{word}({', '.join(said)})"


class Desk(SQLite):
    """SQLite over whole numbers; sqlglot's own // and date_diff for SQLite are wrong."""

    class Generator(SQLite.Generator):  # type: ignore[misc,valid-type]
        TRANSFORMS = {
            **SQLite.Generator.TRANSFORMS,
            exp.DateDiff: _difference,
            exp.Cast: _day,
            exp.IntDiv: lambda writer, part: f"({writer.sql(part, 'this')} / {writer.sql(part, 'expression')})",
            exp.Greatest: lambda writer, part: _extreme("MAX", writer, part),
            exp.Least: lambda writer, part: _extreme("MIN", writer, part),
        }


def _elapsed(writer: Generator, part: exp.DateDiff) -> str:
    later, earlier = writer.sql(part, "this"), writer.sql(part, "expression")
    if part.text("unit").upper() == "DAY":
        return f"CAST(DATEDIFF({later}, {earlier}) AS BIGINT)"
    return f"TIMESTAMPDIFF(SECOND, {earlier}, {later})"


def _long(writer: Generator, part: exp.Literal) -> str:
    """A whole number as a BIGINT, so that what is reckoned with it is one too."""
    text = str(writer.literal_sql(part))
    return text if part.is_string or not text.isdigit() or _counts_rows(part) else f"{text}L"


def _counts_rows(part: exp.Expr) -> bool:
    """Whether it says how far a window looks: Spark wants these numbers short."""
    above = part.parent
    while above and not isinstance(above, exp.Lag | exp.WindowSpec | exp.Select):
        part, above = above, above.parent
    return isinstance(above, exp.WindowSpec) or (isinstance(above, exp.Lag) and part.arg_key == "offset")


class Cluster(Spark):
    """Spark SQL, with civil time in TIMESTAMP_NTZ."""

    class Generator(Spark.Generator):  # type: ignore[misc,valid-type]
        TRANSFORMS = {
            **Spark.Generator.TRANSFORMS,
            exp.DateDiff: _elapsed,
            exp.IntDiv: lambda writer, part: f"({writer.sql(part, 'this')} DIV {writer.sql(part, 'expression')})",
            exp.Literal: _long,
        }
        TYPE_MAPPING = {**Spark.Generator.TYPE_MAPPING, exp.DType.TIMESTAMP: "TIMESTAMP_NTZ"}
