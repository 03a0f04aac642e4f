"""The pages' SQL: what is refused, and that both engines reckon alike."""

import datetime as dt
import sqlite3
from contextlib import closing
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims import warehouse
from supervision.monitoring import dialect

REFUSED = {
    "Year": "SELECT year(c.day) AS y FROM charge AS c",
    "Like": "SELECT c.item AS y FROM charge AS c WHERE c.item LIKE 'X%'",
    "StartsWith": "SELECT c.item AS y FROM charge AS c WHERE starts_with(c.item, 'X')",
    "Interval": "SELECT c.day + INTERVAL 1 DAY AS y FROM charge AS c",
    "Median": "SELECT median(c.days) AS y FROM charge AS c",
    "ArgMax": "SELECT arg_max(c.item, c.days) AS y FROM charge AS c",
    "Lateral": "SELECT x.y AS y FROM charge AS c, LATERAL (SELECT c.days AS y) AS x",
    "TimestampTrunc": "SELECT date_trunc('month', c.done_at) AS y FROM charge AS c",
    "Div": "SELECT c.amount / c.quantity AS y FROM charge AS c",
}
WORDS = {
    "counts days or seconds": "SELECT date_diff('hour', c.done_at, c.done_at) AS y FROM charge AS c",
    "SEMI JOIN": "SELECT c.item AS y FROM charge AS c SEMI JOIN stay AS s ON s.claim = c.claim",
    "RIGHT JOIN": "SELECT c.item AS y FROM charge AS c RIGHT JOIN stay AS s ON s.claim = c.claim",
    "ASOF JOIN": "SELECT c.item AS y FROM charge AS c ASOF JOIN stay AS s ON s.admitted <= c.done_at",
    "no macro of ours": "SELECT soundex_of(c.item) AS y FROM charge AS c",
    "type DOUBLE": "SELECT CAST(c.amount AS DOUBLE) AS y FROM charge AS c",
    "one SELECT": "DELETE FROM charge",
}
FEN = st.integers(0, 10**11)
QUANTITY = st.integers(1, 10**11)
MOMENT = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2040, 1, 1)).map(lambda at: at.replace(microsecond=0))


@pytest.mark.parametrize(("name", "text"), [*REFUSED.items(), *WORDS.items()])
def test_what_engines_understand_differently_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(dialect.SqlRefused, match=name):
        dialect.parse(text)


def test_what_is_no_sql_is_refused() -> None:
    with pytest.raises(dialect.SqlRefused):
        dialect.parse("SELECT c.item AS AS y FROM (")


@cache
def node() -> warehouse.Connection:
    return warehouse.connect(memory_mb=100, threads=1)


def both(expression: str, **values: object) -> tuple[object, object]:
    """What the node and the desk make of an expression over one row."""
    tree = dialect.parse(f"SELECT {expression} AS y FROM given AS g")
    kinds = {int: "BIGINT", dt.date: "DATE", dt.datetime: "TIMESTAMP"}
    row = ", ".join(f"CAST(? AS {kinds[type(value)]}) AS {name}" for name, value in values.items())
    node().execute(f"CREATE OR REPLACE TABLE given AS SELECT {row}", list(values.values()))
    (one,) = node().execute(dialect.node(tree, {})).fetchall()[0]
    with closing(sqlite3.connect(":memory:")) as desk:
        desk.execute(f"CREATE TABLE given ({', '.join(values)})")
        stored = [dialect.stored(value) for value in values.values()]
        desk.execute(f"INSERT INTO given VALUES ({', '.join('?' * len(stored))})", stored)
        (other,) = desk.execute(dialect.desk(tree, {})).fetchone()
    return dialect.stored(one), other


@given(amount=FEN, part=QUANTITY, whole=QUANTITY)
@example(amount=10**11, part=10**11 - 1, whole=10**11)
@example(amount=100, part=1, whole=3)
def test_a_share_never_overflows_nor_exceeds_the_amount(amount: int, part: int, whole: int) -> None:
    one, other = both("share(g.amount, g.part, g.whole)", amount=amount, part=part, whole=whole)
    assert one == other
    assert isinstance(one, int)
    assert 0 <= one <= amount
    if whole <= 10**9:
        assert one == (amount if part >= whole else amount * part // whole)


@given(fen=FEN, quantity=st.integers(1, 10**11))
@example(fen=10**11, quantity=1)
def test_price_times_quantity_goes_to_fen_half_up_once(fen: int, quantity: int) -> None:
    price = min(fen * 10**8 // quantity, 10**15)
    one, other = both("worth(g.price, g.quantity)", price=price, quantity=quantity)
    assert one == other == (price * quantity + 5 * 10**7) // 10**8


@given(one=MOMENT, other=MOMENT)
@example(one=dt.datetime(2026, 3, 5, 23, 59, 59), other=dt.datetime(2026, 3, 6))
@example(one=dt.datetime(2026, 3, 5, 10), other=dt.datetime(2026, 3, 5, 11))
def test_hours_and_days_are_the_same_on_both_engines(one: dt.datetime, other: dt.datetime) -> None:
    begin, end = sorted((one, other))
    seconds = int((end - begin).total_seconds())
    assert both("hours(g.a, g.b)", a=begin, b=end) == (seconds // 3600,) * 2
    assert both("hours_up(g.a, g.b)", a=begin, b=end) == (-(-seconds // 3600),) * 2
    days = (end.date() - begin.date()).days
    assert both("date_diff('day', g.a, g.b)", a=begin.date(), b=end.date()) == (days,) * 2
    assert both("date_diff('second', midnight(days_after(g.a, 1)), g.b)", a=begin.date(), b=end)[0] == (
        int((end - dt.datetime.combine(begin.date() + dt.timedelta(1), dt.time())).total_seconds())
    )
    day, stored = both("days_after(g.a, 40)", a=begin.date())
    assert day == stored == dialect.stored(begin.date() + dt.timedelta(40))


def test_macros_take_expressions_and_each_other() -> None:
    assert both("share(g.a + g.b, least(g.a, g.b) - 1, hours(g.c, g.d) * 2)", a=7, b=4, c=at(8), d=at(12)) == (4, 4)


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, 5, hour)


def test_charges_joined_on_a_list_are_read_for_its_items_only() -> None:
    tree = dialect.parse(
        "SELECT c.claim AS claim FROM charge AS c JOIN k_pair AS k ON k.other = c.item "
        "LEFT JOIN history AS m ON m.item = k.item JOIN history AS h ON h.member = c.member AND k.item = h.item"
    )
    said = dialect.node(tree, {})
    assert "(SELECT * FROM charge WHERE item IN (SELECT other FROM k_pair)) AS c" in said
    assert "(SELECT * FROM history WHERE item IN (SELECT item FROM k_pair)) AS h" in said
    assert "LEFT JOIN history AS m" in said


def test_a_parameter_becomes_a_literal() -> None:
    tree = dialect.parse("SELECT c.claim AS claim FROM charge AS c WHERE c.days > $most AND c.kind <> $kind")
    assert dialect.parameters(tree) == {"most", "kind"}
    assert "c.days > 3 AND c.kind <> 'pharmacy'" in dialect.node(tree, {"most": 3, "kind": "pharmacy"})
