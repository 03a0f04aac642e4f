"""Hostile pages: both walls, and that the second holds alone when the first is switched off."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from claims import warehouse
from claims.models import Snapshot
from supervision import environment
from supervision.monitoring import confined, dialect, node, rulebook, standing
from supervision.monitoring.confined import Confined, Job, Page
from supervision.monitoring.desk import Desk
from supervision.monitoring.header import PageRefused
from tests.laboratory.pages import CODE, PAGE

HEAD = "SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.item FROM charge AS c"
DEEP = 3000
STOLEN = Path("/") / "tmp" / "stolen.csv"
# What a page must not do: its query, and whether the engine itself could be asked it at all.
HOSTILE = {
    "a text file": "SELECT * FROM read_csv('/etc/passwd')",
    "a text file, whole": "SELECT * FROM read_text('/etc/passwd')",
    "a binary file": "SELECT * FROM read_blob('/etc/passwd')",
    "parquet files": "SELECT * FROM read_parquet('/tmp/*.parquet')",
    "a folder": "SELECT * FROM glob('/etc/*')",
    "a file as a table": 'SELECT * FROM "/etc/passwd"',
    "a parquet file as a table": "SELECT * FROM 'x.parquet'",
    "a file of the net": "SELECT * FROM 'https://example.org/x.parquet'",
    "a file as a schema": 'SELECT * FROM "/etc"."passwd"',
    "a file under the name of a step": (
        'SELECT c.claim FROM charge AS c WHERE c.claim IN (WITH "/etc/passwd" AS (SELECT 1 AS y) SELECT y FROM '
        '"/etc/passwd") AND EXISTS (SELECT 1 FROM "/etc/passwd")'
    ),
    "a table read above the place where it is made": (
        "WITH a AS (SELECT * FROM sqlite_master), sqlite_master AS (SELECT 1 AS y) SELECT * FROM a"
    ),
    "writing": "COPY (SELECT 1) TO '/tmp/stolen.csv'",
    "writing, after a query": f"{HEAD}; COPY (SELECT 1) TO '/tmp/stolen.csv'",
    "writing, behind a comment": f"{HEAD} /* */ ; /* */ COPY (SELECT 1) TO '/tmp/stolen.csv'",
    "another database": "ATTACH '/tmp/other.db'",
    "PostgreSQL": "ATTACH 'dbname=fund' AS pg (TYPE postgres)",
    "a pragma": "PRAGMA database_list",
    "a pragma as a table": "SELECT * FROM pragma_database_list()",
    "a setting": "SET memory_limit = '100GB'",
    "a setting taken back": "RESET enable_external_access",
    "an extension": "INSTALL httpfs",
    "an extension, loaded": "LOAD httpfs",
    "the environment": "SELECT getenv('HOME') AS y FROM charge AS c",
    "settings": "SELECT * FROM duckdb_settings()",
    "one setting": "SELECT current_setting('temp_directory') AS y FROM charge AS c",
    "secrets": "SELECT * FROM duckdb_secrets()",
    "system tables": "SELECT * FROM sqlite_master",
    "the schema": "SELECT * FROM information_schema.tables",
    "the catalogue": "SELECT * FROM pg_catalog.pg_class",
    "what the engine knows beside the relations": "SELECT * FROM known",
    "a relation of another rule": "SELECT * FROM scan",
    "text that becomes a query": "SELECT * FROM query('SELECT 1')",
    "text that becomes a table": "SELECT * FROM query_table('charge')",
    "Python's own variables": "SELECT * FROM job",
    "a function for a table": "SELECT * FROM range(1000)",
    "a recursion": "WITH RECURSIVE t AS (SELECT 1 AS a UNION ALL SELECT t.a + 1 FROM t) SELECT t.a FROM t",
    "a change": "DELETE FROM charge",
    "a table of its own": "CREATE TABLE x AS SELECT 1",
    "a view": "CREATE VIEW x AS SELECT 1",
    "a macro": "CREATE MACRO f(a) AS a",
    "a plan": "EXPLAIN ANALYZE SELECT 1",
    "a call": "CALL pragma_version()",
    "an export": "EXPORT DATABASE '/tmp/x'",
    "letters that look alike": "SELECT c.claim FROM ch\u0430rge AS c",
    "a name that ends the statement": HEAD.replace("c.item", 'c.item AS "x FROM said; COPY said TO 1 --"'),
    "nothing": "",
}
# What would only take long or much: refused at once, without being parsed for ever.
BOMBS = {
    "brackets": f"{HEAD} WHERE {'(' * DEEP}1{')' * DEEP} = 1",
    "brackets behind a text": f"{HEAD} WHERE '{')' * 400}' = '' AND {'(' * DEEP}1{')' * DEEP} = 1",
    "selects": f"{HEAD} WHERE 1 = {'(SELECT ' * 900}1{')' * 900}",
    "NOT": f"{HEAD} WHERE {'NOT ' * DEEP}true",
    "minus": f"{HEAD} WHERE {'- ' * DEEP}1 = 1",
    "plus": f"{HEAD} WHERE {' + '.join(['1'] * DEEP)} = 1",
    "AND": f"{HEAD} WHERE {' AND '.join(['1=1'] * DEEP)}",
    "CASE": f"{HEAD} WHERE {'CASE WHEN true THEN ' * 500}1{' END' * 500} = 1",
    "unions": " UNION ALL ".join([HEAD] * 200),
    "a literal": f"{HEAD} WHERE c.claim = '{'x' * 10_000}'",
    "a number": f"{HEAD} WHERE c.amount = {'9' * 10_000}",
    "megabytes": f"{HEAD} WHERE c.claim = '{'x' * 5_000_000}'",
    "macros": f"{HEAD} WHERE {'share(' * 12}1{', 1, 1)' * 12} = 1",
    "macros side by side": f"{HEAD} WHERE {'share(share(share(c.amount, c.amount, c.amount), 1, 1), 1, 1) + ' * 100} 1 = 1",
}
HEADERS = {
    "tables within tables": "x = " + "[" * DEEP + "]" * DEEP,
    "tables within tables, inline": "x = " + "{a = " * DEEP + "1" + "}" * DEEP,
    "names within names": ".".join(["a"] * DEEP) + " = 1",
    "tables by name": "[" + ".".join(["a"] * DEEP) + "]",
    "a number": f"back = {'9' * 20_000}",
    "a word": "x" * 55_000 + " = 1",
    "dots": "a." * 25_000 + "a = 1",
    "blanks": "x = [" + " " * 50_000 + "1]",
    "megabytes": f'x = "{"y" * 5_000_000}"',
    "a number that is no parameter": "[parameters.most]\nvalue = [[1]]\nsource = 'x'",
    "a number beyond a BIGINT": f"[parameters.most]\nvalue = {10**30}\nsource = 'x'",
    "parameters in millions of ways": "".join(
        f"[parameters.p{n}]\nvalue = 1\nsource = 'x'\n"
        + "".join(f"[[parameters.p{n}.other]]\nvalue = {v}\nsource = 'x'\n" for v in range(2, 12))
        for n in range(10)
    ),
}


def page(query: str, header: str = "") -> str:
    text = PAGE[: PAGE.index("*/\n") + 3] + query
    return text.replace('[parameters.most]\nvalue  = 10000  # fen\nsource = "a starting value"\n', header)


# --- The first wall -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_refused_when_it_is_read(what: str) -> None:
    with pytest.raises(PageRefused):
        rulebook.read(CODE, page(HOSTILE[what]))


@pytest.mark.parametrize("what", BOMBS)
def test_a_page_that_would_only_take_long_to_read_is_refused_at_once(what: str) -> None:
    began = time.process_time()
    with pytest.raises(PageRefused):
        rulebook.read(CODE, page(BOMBS[what]))
    assert time.process_time() - began < 3


@pytest.mark.parametrize("what", HEADERS)
def test_a_header_that_would_only_take_long_to_read_is_refused_at_once(what: str) -> None:
    began = time.process_time()
    uses = " WHERE " + " AND ".join(f"c.amount > $p{n}" for n in range(10)) if "millions" in what else ""
    with pytest.raises(PageRefused):
        rulebook.read(CODE, page(HEAD + uses, HEADERS[what]))
    assert time.process_time() - began < 3


def test_comments_do_not_reach_the_engines() -> None:
    tree = dialect.parse("SELECT c.claim /* */ AS claim -- */ ; COPY x TO y\nFROM charge AS c /* ; DROP */")
    for said in (dialect.node(tree, {}), dialect.desk(tree, {})):
        assert "COPY" not in said
        assert "DROP" not in said


# --- The second wall, alone ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walls")


@pytest.fixture
def cell(folder: Path) -> Iterator[warehouse.Connection]:
    """A confined engine that may read one file of two; the first wall is not there."""
    for name in ("mine", "theirs"):
        with warehouse.connect(memory_mb=100, threads=1) as con:
            con.execute(
                f"COPY (SELECT 'H1' AS institution, 'a' AS claim, 'a1' AS charge, range AS amount, 'x' AS item "
                f"FROM range(1000)) TO '{folder / name}.parquet'"
            )
    with warehouse.connect(memory_mb=200, threads=1) as con:
        con.execute(f"CREATE VIEW charge AS FROM read_parquet(['{folder / 'mine'}.parquet'])")
        confined.confine(con, [str(folder / "mine.parquet")], Job([], "answers", memory_mb=200))
        yield con


def ask(con: warehouse.Connection, query: str, seconds: float = 5) -> list[Any]:
    """What the child does with a query, the house list left out."""
    confined.looked_at(con, query, {"charge"})
    with confined.in_time(con, seconds):
        return con.execute(f"CREATE OR REPLACE TEMP TABLE said AS {query}").fetchall()


@pytest.mark.parametrize("what", HOSTILE)
def test_the_second_wall_alone_refuses_a_hostile_query(cell: warehouse.Connection, what: str, folder: Path) -> None:
    with pytest.raises((Confined, warehouse.EngineError)):
        ask(cell, HOSTILE[what])
    assert not STOLEN.exists()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        'SELECT * FROM "/etc/passwd"',
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('{theirs}')",
        "SELECT * FROM '{theirs}'",
        "COPY charge TO '{mine}'",
        "COPY charge TO '/tmp/stolen.csv'",
        "ATTACH '/tmp/other.db'",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "SET allowed_paths = ['/etc/passwd']",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM job",
    ],
)
def test_the_engine_s_own_settings_hold_without_any_look_at_the_query(
    cell: warehouse.Connection, query: str, folder: Path
) -> None:
    job = {"a variable": "that is no table"}
    assert job
    with pytest.raises(warehouse.EngineError):
        cell.execute(query.format(mine=folder / "mine.parquet", theirs=folder / "theirs.parquet"))
    assert cell.execute("SELECT count(*) FROM charge").fetchall() == [(1000,)]


def test_what_is_no_attack_passes(cell: warehouse.Connection) -> None:
    query = "SELECT c.claim, sum(c.amount) OVER (PARTITION BY c.claim) AS y FROM charge AS c WHERE c.amount > 10"
    ask(cell, query)
    assert cell.execute("SELECT count(*) FROM said").fetchall() == [(989,)]


def test_every_page_of_the_library_calls_only_what_the_second_wall_knows(cell: warehouse.Connection) -> None:
    for rule in rulebook.rulebook().values():
        confined.looked_at(cell, dialect.node(rule.tree, rule.values), rule.relations)


def test_a_query_that_takes_for_ever_is_interrupted(cell: warehouse.Connection) -> None:
    began = time.monotonic()
    with pytest.raises(warehouse.EngineError, match="INTERRUPT"):
        ask(cell, "SELECT sum(a.amount * b.amount % 7 + c.amount) FROM charge AS a CROSS JOIN charge AS b "
                  "CROSS JOIN charge AS c CROSS JOIN charge AS d", seconds=1)  # fmt: skip
    assert time.monotonic() - began < 20


def test_a_recursion_that_never_ends_is_interrupted_when_nothing_has_refused_it(cell: warehouse.Connection) -> None:
    query = "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT count(*) FROM t"
    with confined.in_time(cell, 1), pytest.raises(warehouse.EngineError):
        cell.execute(query).fetchall()


def test_a_query_that_eats_memory_ends_with_an_error(cell: warehouse.Connection) -> None:
    with pytest.raises(warehouse.EngineError):
        ask(cell, "SELECT a.claim || b.claim AS x, count(*) AS n FROM charge AS a CROSS JOIN charge AS b CROSS JOIN "
                  "charge AS c GROUP BY a.claim || b.claim, a.amount, b.amount, c.amount", seconds=10)  # fmt: skip


# --- The process --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_in_its_own_process_answers_as_the_node_does(claims: Snapshot) -> None:
    rule = standing.stored(CODE, PAGE)
    here = node.answers(rule, "2026-01", snapshot=claims, knowledge_version=0)
    there = confined.answers(rule, "2026-01", snapshot=claims, knowledge_version=0)
    assert there.num_rows == 2
    assert there.equals(here)


def test_a_page_that_takes_for_ever_is_killed_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "GRACE", 0)
    began = time.monotonic()
    with pytest.raises(Confined):
        confined.apart(Job([Page(CODE, PAGE)], "examples"), allowed=0.2)
    assert time.monotonic() - began < 5


def test_the_process_knows_no_store_and_no_secret() -> None:
    """What it is started with names no address, password or key of the installation."""
    told: list[dict[str, str]] = []

    class Started(Exception):
        pass

    def started(*_command: object, env: dict[str, str], **_facts: object) -> None:
        told.append(env)
        raise Started

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", started)
        with pytest.raises(Started):
            confined.apart(Job([], "examples"), allowed=1)
    database = settings.DATABASES["default"]
    held = (settings.SECRET_KEY, database["PASSWORD"], database["HOST"], settings.REDIS_URL)
    secrets = {str(one) for one in held if one}
    assert len(secrets) >= 2
    assert not any(secret in value for secret in secrets for value in told[0].values())
    assert str(settings.FUND_HOME) not in told[0]["FUND_HOME"]


def test_a_process_that_wants_too_much_memory_is_stopped(tmp_path: Path) -> None:
    """The kernel's limit, for what the engine does not count."""
    code = (
        "import pickle, sys, django; django.setup(); from supervision.monitoring import confined as c; "
        "c.BESIDE_MB = 300; c.hold(c.Job([], 'x', memory_mb=1)); bytearray(4 << 30)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    assert "MemoryError" in ended.stderr


def test_what_one_asks_is_killed_with_whom_it_asks() -> None:
    """No process is left when the parent has its answer."""
    before = children()
    assert [one["node"] for one in confined.verdicts(standing.stored(CODE, PAGE))] == [[]]
    assert children() == before


def children() -> int:
    return sum("supervision.monitoring.alone" in line for line in commands())


def commands() -> Iterator[str]:
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield place.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue


# --- The desk -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH '/tmp/other.db' AS x",
        "PRAGMA database_list",
        "DELETE FROM charge",
        "CREATE TABLE x (a)",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_table_info('charge')",
        "SELECT 1; SELECT 2",
        "VACUUM INTO '/tmp/stolen.db'",
        "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT count(*) FROM t",
        "SELECT randomblob(1000000000)",
        "SELECT zeroblob(1000000000)",
        "SELECT printf('%.*c', 100000000, 'x')",
    ],
)
def test_sqlite_does_nothing_but_read_the_relations(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises((sqlite3.Error, sqlite3.Warning)):
        asked_at_the_desk(query)


def test_sqlite_is_stopped_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        asked_at_the_desk("SELECT count(*) FROM charge AS a, charge AS b, charge AS c, charge AS d", rows=2000)
    assert time.monotonic() - began < 10


def asked_at_the_desk(query: str, rows: int = 1) -> None:
    """A query as the desk asks a page's, the house list left out."""
    desk = Desk()
    desk.hand_over({"charge": [{"claim": f"{number}", "amount": number} for number in range(rows)]})
    desk._asking, desk._until = True, time.monotonic() + 0.5
    desk._con.execute(query).fetchall()


def test_the_process_takes_nothing_from_the_file_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an installation keeps the address of the database's owner, for one."""
    given: dict[str, str] = {}

    def begun(_command: object, *, env: dict[str, str], **_facts: object) -> None:
        given.update(env)
        raise Confined("begun")

    monkeypatch.setattr(subprocess, "Popen", begun)
    with pytest.raises(Confined, match="begun"):
        confined.apart(Job(pages=[], what="examples"), allowed=1)
    (tmp_path / ".env").write_text("DATABASE_OWNER_URL=postgres://owner:secret@db/fund\n")
    monkeypatch.setattr(os, "environ", given)
    environment.load(tmp_path / ".env")
    assert "DATABASE_OWNER_URL" not in given
    del given["CONFINED"]
    environment.load(tmp_path / ".env")
    assert "DATABASE_OWNER_URL" in given
