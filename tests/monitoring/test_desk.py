"""The desk: SQLite in memory, for one encounter at a time."""

import datetime as dt
import sqlite3

import pytest

from supervision.monitoring import desk, dialect, examples, gating
from supervision.monitoring.desk import Desk, NotWhole
from supervision.monitoring.rulebook import Rule, rulebook
from tests.monitoring.small import EVERY_CHARGE, dear, make_rule

TABLET = "ZD02AAF0202010105046"
LISTED = f"{EVERY_CHARGE} JOIN k_sex_drug AS k ON k.item = c.item WHERE in_force(k, c)"


def line(name: str, **values: object) -> dict[str, object]:
    return {**examples.complete("charge", name, {}), "charge": name, "claim": name, **values}


def listed(item: str = TABLET) -> dict[str, list[dict[str, object]]]:
    return {"k_sex_drug": [{**examples.complete("k_sex_drug", "p", {}), "item": item}]}


@pytest.fixture
def engine() -> Desk:
    return Desk()


@pytest.fixture
def statements(engine: Desk) -> list[str]:
    """What SQLite runs."""
    found: list[str] = []
    engine._con.set_trace_callback(found.append)
    return found


def test_an_encounter_is_judged_and_forgotten(engine: Desk) -> None:
    with engine.review({"charge": [line("a", amount=20_000), line("b", amount=100)]}) as reviewed:
        (row,) = reviewed.answer(dear())
    assert (row["charge"], row["at_stake"], row["role"], row["certainty"], row["finding"]) == (
        "a",
        20_000,
        "accused",
        "certain",
        "a",
    )
    assert engine.answer(dear()) == []


def test_an_encounter_is_forgotten_even_where_judging_it_failed(engine: Desk) -> None:
    with pytest.raises(ZeroDivisionError), engine.review({"charge": [line("a", amount=20_000)]}):
        raise ZeroDivisionError
    assert engine.answer(dear()) == []


def test_what_was_handed_over_in_part_is_not_there_at_all(engine: Desk) -> None:
    with pytest.raises(sqlite3.Error):
        engine.hand_over({"charge": [line("a", amount=20_000), line("b", amount=object())]})
    assert engine.answer(dear()) == []


def test_evidence_has_the_types_that_the_page_means(engine: Desk) -> None:
    page = make_rule(f"{EVERY_CHARGE}".replace("c.item", "c.day, c.done_at, c.newborn, midnight(c.day) AS begun"))
    with engine.review({"charge": [line("a", newborn=True)]}):
        (row,) = engine.answer(page)
    day = dt.date(2026, 3, 5)
    noon, midnight = (dt.datetime.combine(day, dt.time(hour)) for hour in (12, 0))
    assert (row["day"], row["done_at"], row["newborn"], row["begun"]) == (day, noon, True, midnight)


def test_a_page_is_written_for_the_desk_once(engine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def write(*about: object) -> str:
        written.append("")
        return real(*about)  # type: ignore[arg-type]

    real = dialect.desk
    monkeypatch.setattr(dialect, "desk", write)
    for _ in range(3):
        engine.answer(dear())
    engine.answer(dear(limit=7))
    assert len(written) == 2


def test_a_rule_whose_list_holds_no_current_item_is_not_run(engine: Desk, statements: list[str]) -> None:
    page = make_rule(LISTED)
    engine.know(listed())
    for item, runs in (("other", False), (TABLET, True)):
        with engine.review({"charge": [line("a", item=item)]}):
            statements.clear()
            assert bool(engine.answer(page)) is runs
            assert bool(statements) is runs


@pytest.mark.parametrize(
    ("sql", "closed"),
    [
        (LISTED, True),
        ("SELECT c.claim AS claim FROM charge AS c LEFT JOIN k_sex_drug AS k ON k.item = c.item", False),
        ("SELECT count(*) AS claim FROM charge AS c JOIN k_sex_drug AS k ON k.item = c.item", False),
        (f"WITH w AS ({LISTED}) SELECT w.claim AS claim FROM w AS w", True),
        (f"WITH w AS ({LISTED}) SELECT c.claim AS claim FROM charge AS c LEFT JOIN w AS w ON w.claim = c.claim", False),
        (f"WITH w AS ({LISTED}) SELECT w.claim AS claim FROM w AS w UNION ALL SELECT c.claim FROM charge AS c", False),
        ("SELECT c.claim AS claim FROM charge AS c WHERE EXISTS (SELECT 1 FROM k_sex_drug AS k WHERE k.item = c.item)", True),
        ("SELECT c.claim AS claim FROM charge AS c WHERE NOT EXISTS (SELECT 1 FROM k_sex_drug AS k WHERE k.item = c.item)", False),
        ("SELECT c.claim AS claim FROM charge AS c JOIN k_sex_drug AS k ON k.item = c.item OR c.days > 3", False),
        ("SELECT h.claim AS claim FROM history AS h JOIN k_sex_drug AS k ON k.item = h.item WHERE h.judged", True),
        ("SELECT h.claim AS claim FROM history AS h JOIN k_sex_drug AS k ON k.item = h.item WHERE NOT h.judged", False),
        ("SELECT h.claim AS claim FROM history AS h JOIN k_sex_drug AS k ON k.item = h.item", False),
        ("SELECT s.claim AS claim FROM stay AS s JOIN stay_history AS h ON h.member = s.member", True),
        ("SELECT c.claim AS claim FROM charge AS c LEFT JOIN stay AS s ON s.claim = c.claim", False),
        ("SELECT c.claim AS claim FROM charge AS c WHERE NOT EXISTS (SELECT 1 FROM stay AS s WHERE s.claim = c.claim)", False),
    ],
)  # fmt: skip
def test_only_what_cannot_answer_is_passed_over(sql: str, closed: bool) -> None:
    assert gating.is_open(gating.gates(dialect.parse(sql)), lambda _meeting: False) is not closed


def test_an_amount_that_is_no_whole_number_is_refused(engine: Desk) -> None:
    product = make_rule(EVERY_CHARGE.replace("c.amount AS", "c.amount * 1000000000000000000 AS"))
    with engine.review({"charge": [line("a", amount=20_000)]}), pytest.raises(NotWhole, match="at_stake"):
        engine.answer(product)
    unknown = make_rule(EVERY_CHARGE.replace("c.amount AS", "c.price AS"))
    with engine.review({"charge": [line("a", price=None)]}), pytest.raises(NotWhole, match="unknown"):
        engine.answer(unknown)


@pytest.mark.parametrize(
    "hostile",
    [
        "DELETE FROM charge",
        "INSERT INTO charge (claim) VALUES ('x')",
        "CREATE TABLE more (x)",
        "ATTACH '/tmp/other.db' AS other",
        "PRAGMA query_only",
        "SELECT load_extension('x')",
        "SELECT randomblob(1000000000)",
        "SELECT sql FROM sqlite_master",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_a_page_can_do_nothing_but_read(engine: Desk, monkeypatch: pytest.MonkeyPatch, hostile: str) -> None:
    monkeypatch.setattr(dialect, "desk", lambda *_about: hostile)
    with engine.review({"charge": [line("a", amount=20_000)]}):
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
            engine.answer(dear())
        monkeypatch.undo()
        assert engine.answer(dear(limit=1))


def test_a_page_that_takes_too_long_is_stopped(engine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "LONGEST", 0.0)
    pairs = " ".join(f"CROSS JOIN charge AS c{number}" for number in range(6))
    page = make_rule(f"{EVERY_CHARGE} {pairs}")
    rows = {"charge": [line(f"a{number}") for number in range(40)]}
    with engine.review(rows), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        engine.answer(page)


def test_a_parameter_holds_as_it_does_in_the_claim_s_place_and_on_its_day(engine: Desk) -> None:
    more = """
[parameters.most]
value = 100
source = "test"
since = 2026-01-01
[[parameters.most.other]]
value = 300
place = "990200"
since = 2026-03-01
"""
    rule = make_rule(f"{EVERY_CHARGE} WHERE c.amount > $most", more=more)
    assert [said(engine, rule, area, day) for area, day in (("990100", 5), ("990200", 5))] == [["a"], []]


def said(engine: Desk, rule: Rule, area: str, day: int) -> list[object]:
    visit = {**examples.complete("visit", "v", {}), "claim": "a", "area": area, "day": dt.date(2026, 3, day)}
    with engine.review({"charge": [line("a", amount=200)], "visit": [visit]}):
        return [row["charge"] for row in engine.answer(rule)]


def test_every_page_is_ready_for_the_desk(engine: Desk) -> None:
    with engine.review({"charge": [line("a")]}):
        for rule in rulebook().values():
            assert engine.answer(rule) == [] or not any(gating.gates(rule.tree))
