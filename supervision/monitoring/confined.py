"""Runs pages that were written on the site: in a process of their own that can do nothing else, and can be killed.

The house list (dialect.py) has refused by then what a page may not say. This is the second wall, and holds alone:
the process gets no address or key of any store; its engine reads the files named and nothing besides, takes one
SELECT over the relations laid out, keeps its settings, memory and room on disk; and it is interrupted in time,
or killed from outside.
"""

import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.utils.translation import gettext as _

from claims import warehouse
from claims.models import Snapshot
from supervision.knowledge import loading

from . import dialect, engines, examples, node, schema
from .rulebook import Example, Rule, read

MEMORY_MB = 1024  # of the engine
DISK_MB = 4096  # that it may spill
BESIDE_MB = 2560  # of the process, for Python and what it holds in its own hands
MOST_ROWS = 2_000_000  # of an answer
SECONDS = 600  # for one page over one month
FOR_EXAMPLES = 20  # seconds, for all of a page's
GRACE = 10  # seconds between the interruption from inside and the end from outside
# What a child may know of its surroundings: nothing that opens a store.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "TZ", "TMPDIR", "VIRTUAL_ENV")
CATALOGUE = "SELECT view_name FROM duckdb_views() UNION SELECT table_name FROM duckdb_tables()"
FUNCTIONS = frozenset(
    [
        "+",
        "-",
        "*",
        "//",
        "%",
        "||",
        "sum",
        "min",
        "max",
        "count",
        "count_star",
        "lag",
        "row_number",
        "greatest",
        "least",
        "coalesce",
        "date_diff",
        "row",
    ]
)


class Confined(Exception):
    """The page was stopped: it took too long, wanted too much, or asked for what is none of its business."""


@dataclass(frozen=True)
class Page:
    """What a child is told of a rule."""

    code: str
    text: str


@dataclass(frozen=True)
class Seen:
    """Whose claims a page is shown: those at these institutions, and those of members insured where codes begin so."""

    institutions: Sequence[str]
    prefix: str


@dataclass(frozen=True)
class Job:
    """One piece of work for a child. It answers what `run` returns, pickled."""

    pages: Sequence[Page]
    what: str  # "examples" or "answers"
    month: str = ""
    snapshot: int | None = None
    tables: Mapping[str, int] = field(default_factory=dict)
    knowledge: str = ""  # the folder in which the lists of the version lie
    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    seen: Seen | None = None  # None: all claims


def answers(rule: Rule, month: str, *, snapshot: Snapshot | None, knowledge_version: int) -> pa.Table:
    """What a stored page says about a month: as node.answers, but confined."""
    (found,) = of_pages([rule], month, snapshot=snapshot, knowledge_version=knowledge_version)
    return found


def of_pages(
    rules: Sequence[Rule], month: str, *, snapshot: Snapshot | None, knowledge_version: int, seconds: float = SECONDS,
    seen: Seen | None = None,
) -> list[pa.Table]:  # fmt: skip
    """What each of these pages says about a month, or about what is seen of it, in one process."""
    job = Job(
        pages=[Page(rule.code, rule.text) for rule in rules],
        what="answers",
        month=month,
        snapshot=snapshot.pk if snapshot else None,
        tables=dict(snapshot.tables) if snapshot else {},
        knowledge=str(loading.relations(knowledge_version, node.seen_codes())),
        seconds=seconds,
        seen=seen,
    )
    found = apart(job, allowed=seconds * len(rules))
    return [pa.ipc.open_stream(stream).read_all() for stream in found]


def verdicts(rule: Rule, of: Sequence[Page] = ()) -> list[dict[str, Any]]:
    """Of each example of the page, and of each page of `of`: whether both engines say what it expects.

    {"title", "title_zh", "of": 0 for its own or the number of the other page, "node": [what is wrong], "desk": [...]}
    """
    job = Job(pages=[Page(rule.code, rule.text), *of], what="examples", seconds=FOR_EXAMPLES)
    found: list[dict[str, Any]] = apart(job, allowed=FOR_EXAMPLES)
    return found


def apart(job: Job, *, allowed: float) -> Any:
    """Have a child do the job, or raise Confined with the reason it could not."""
    with tempfile.TemporaryDirectory(prefix="confined-") as folder:
        answer = Path(folder) / "answer"
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        environment |= {
            "CONFINED": "1",  # nothing from the file of settings either
            "FUND_HOME": folder,  # where it may spill; nothing of the installation lies there
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
            "REDIS_URL": "redis://127.0.0.1:1",
            "SECRET_KEY": "of no use to a confined page",
            "WAREHOUSE": warehouse.root(),
            "DJANGO_SETTINGS_MODULE": "supervision.settings",
            "DEBUG": "0",
            "SITE_URL": "http://127.0.0.1",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "supervision.monitoring.alone", str(answer)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as child:
            try:
                _out, told = child.communicate(pickle.dumps(job), timeout=allowed + GRACE)
            except subprocess.TimeoutExpired:
                raise Confined(
                    _("It took longer than %(seconds)d seconds and was stopped.") % {"seconds": allowed}
                ) from None
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
        if child.returncode == 0 and answer.exists():
            kind, found = pickle.loads(answer.read_bytes())  # noqa: S301 - written by our own code, the page is only SQL
            if kind == "done":
                return found
            raise Confined(str(found))
        ended = told.decode("utf-8", "replace").strip().splitlines()
        raise Confined(
            _("It wanted more than it may have and was stopped.") + (f" ({ended[-1][:200]})" if ended else "")
        )


# --- Inside the child ---------------------------------------------------------------------------------


def main(answer: str) -> None:
    """Do the job that comes through the standard input, within the limits of the process."""
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    hold(job)
    try:
        found: tuple[str, Any] = ("done", WORK[job.what](job))
    except Exception as problem:  # whatever it was, the parent is told in words
        found = ("refused", in_words(problem, job))
    Path(answer).write_bytes(pickle.dumps(found))


def hold(job: Job) -> None:
    """The kernel's own limits, for what the engine does not count."""
    most = (job.memory_mb + BESIDE_MB) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    seconds = int(job.seconds * max(1, len(job.pages)) * (os.cpu_count() or 1)) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def in_words(problem: Exception, job: Job) -> str:
    if isinstance(problem, Confined):
        return str(problem)
    if "INTERRUPT" in str(problem).upper():
        return _("It took longer than %(seconds)d seconds and was stopped.") % {"seconds": job.seconds}
    if warehouse.is_exhausted(problem) or isinstance(problem, MemoryError):
        return _("It needs more memory than a page may have and was stopped.")
    return f"{type(problem).__name__}: {str(problem)[:500]}"


def ask(job: Job) -> list[bytes]:
    """The answers of the pages, each as an Arrow stream."""
    found = []
    for page in job.pages:
        rule = read(page.code, page.text)
        con = warehouse.connect(memory_mb=job.memory_mb)
        snapshot = Snapshot(version=job.snapshot, tables=dict(job.tables)) if job.snapshot else None
        for table in ("stay", "visit"):
            warehouse.view(con, f"any_{table}", snapshot, table, [job.month])
        months = warehouse.months_around(job.month, rule.back, rule.ahead)
        wanted = rule.relations | {"charge"}
        warehouse.attach(con, snapshot, month=job.month, back=rule.back, ahead=rule.ahead, only=wanted)
        if job.seen is not None:
            narrow(con, snapshot, job.seen, months, {*(wanted & set(schema.CLAIMS)), "any_stay", "any_visit"})
        con.execute(node.CLAIMS)
        node.lay_out(con, rule, Path(job.knowledge))
        read_from = rule.relations | {"charge", "stay", "visit"}
        confine(con, files(snapshot, read_from, months), job)
        with in_time(con, job.seconds):
            for values in rule.variants():
                looked_at(con, dialect.node(rule.tree, values), rule.relations)
            answer = node.answer(con, rule)
        if answer.num_rows > MOST_ROWS:
            raise Confined(_("It accuses more than %(most)s lines of one month.") % {"most": f"{MOST_ROWS:,}"})
        found.append(streamed(answer))
        con.close()
    return found


def narrow(
    con: warehouse.Connection, snapshot: Snapshot | None, seen: Seen, months: Sequence[str], relations: Collection[str]
) -> None:
    """Leave of these relations the claims that are seen; of registers of members, the members of these claims.

    A page may say whatever it read, under any institution's name: what its asker may not see, it does not get.
    """
    con.execute(
        "CREATE TEMP TABLE institutions_seen AS SELECT unnest($1::VARCHAR[]) AS code", [list(seen.institutions)]
    )
    for table in ("stay", "visit"):
        warehouse.view(con, f"around_{table}", snapshot, table, months)
    con.execute(
        "CREATE TEMP TABLE claims_seen AS SELECT claim, member FROM ("
        "SELECT claim, member, institution, insured_area FROM around_stay UNION ALL "
        "SELECT claim, member, institution, insured_area FROM around_visit) "
        "WHERE institution IN (SELECT code FROM institutions_seen) OR starts_with(insured_area, $1)",
        [seen.prefix],
    )
    for name in sorted(relations):
        con.execute(f"ALTER VIEW {name} RENAME TO unseen_{name}")
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM unseen_{name} {shown_of(name.removeprefix('any_'))}")


def shown_of(relation: str) -> str:
    """Which rows of a relation an asker who does not see every claim gets; registers of institutions are public."""
    columns = schema.types(relation)
    if relation in warehouse.REGISTERS:
        return "WHERE member IN (SELECT member FROM claims_seen)" if "member" in columns else ""
    of_claims = " OR claim IN (SELECT claim FROM claims_seen)" if "claim" in columns else ""
    return f"WHERE institution IN (SELECT code FROM institutions_seen){of_claims}"


def files(snapshot: Snapshot | None, relations: Iterable[str], months: Sequence[str]) -> list[str]:
    """The files in which these relations lie."""
    tables = {schema.table_of(name) for name in relations}
    return [
        file
        for table in sorted(tables & set(warehouse.TABLES))
        for file in warehouse.files(snapshot, table, months if warehouse.TABLES[table].partitioned else None)
    ]


def confine(con: warehouse.Connection, readable: Sequence[str], job: Job) -> None:
    """From here on the engine reads these files, and nothing else; nobody can change that again."""
    named = ", ".join("'" + file.replace("'", "''") + "'" for file in readable)
    for setting in (
        f"allowed_paths = [{named}]",
        f"memory_limit = '{job.memory_mb}MB'",
        f"max_temp_directory_size = '{DISK_MB}MB'",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        con.execute(f"SET {setting}")


def looked_at(con: warehouse.Connection, query: str, relations: Iterable[str]) -> None:
    """The engine's own parser must find one SELECT, over these relations, that calls what pages call."""
    (told,) = con.execute("SELECT json_serialize_sql(?)", [query]).fetchall()[0]
    parsed = json.loads(told)
    if parsed["error"] or len(parsed["statements"]) != 1:
        raise Confined(_("It is not one SELECT: %(what)s") % {"what": parsed.get("error_message", "")[:200]})
    made = set(names_made(parsed))
    # What the engine knows under such a name could be read where the page's own is not made yet.
    if clash := made & {name for (name,) in con.execute(CATALOGUE).fetchall()}:
        raise Confined(_("It makes what stands there already: %(what)s") % {"what": ", ".join(sorted(clash))})
    for part in parts(parsed):
        kind = part.get("type")
        if (alias := part.get("alias")) and not dialect.NAME.fullmatch(alias):
            raise Confined(_("A name has other signs than letters, digits and _."))
        if kind == "TABLE_FUNCTION":
            raise Confined(_("It calls a function for a table."))
        if kind == "BASE_TABLE":
            table = (part["catalog_name"], part["schema_name"], part["table_name"])
            if table[:2] != ("", "") or table[2] not in made | set(relations):
                raise Confined(_("It reads what is no relation: %(what)s") % {"what": ".".join(table).strip(".")})
        if kind == "RECURSIVE_CTE_NODE":
            raise Confined(_("It is recursive."))
        if (name := part.get("function_name")) and name not in FUNCTIONS:
            raise Confined(_("It calls %(what)s, which no page does.") % {"what": name})


def names_made(parsed: Mapping[str, Any]) -> Iterable[str]:
    for part in parts(parsed):
        for made in (part.get("cte_map") or {}).get("map", ()):
            yield made["key"]


def parts(tree: object) -> Iterable[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


class in_time:  # noqa: N801 - reads as a sentence: with in_time(con, 20)
    """Interrupt the engine when its time is up."""

    def __init__(self, con: warehouse.Connection, seconds: float) -> None:
        self.timer = threading.Timer(seconds, con.interrupt)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_exception: object) -> None:
        self.timer.cancel()


def streamed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def try_examples(job: Job) -> list[dict[str, Any]]:
    """The page asked for its own examples, and for those of the pages beside it."""
    rule, *others = [read(page.code, page.text) for page in job.pages]
    engine = engines.engine("node")
    assert isinstance(engine, engines.Node)
    con = engine.con
    confine(con, [], job)
    found = []
    with in_time(con, job.seconds):
        for number, page in enumerate([rule, *others]):
            for one in page.examples:
                asked = rule if number == 0 else examples.with_given(rule, page)
                found.append(
                    {
                        "of": number,
                        "title": one.title,
                        "title_zh": one.title_zh,
                        "node": told(examples.on_node, asked, one),
                        "desk": told(examples.on_desk, asked, one),
                    }
                )
    return found


def told(on_engine: Callable[[Rule, Example], examples.Verdict], rule: Rule, example: Example) -> list[str]:
    """What is wrong with an example; an engine that fails over it is one of the things that may be."""
    try:
        return on_engine(rule, example).wrong()
    except Exception as problem:
        if "INTERRUPT" in str(problem).upper():
            raise
        return [f"{type(problem).__name__}: {str(problem)[:300]}"]


WORK: Mapping[str, Callable[[Job], Any]] = {"answers": ask, "examples": try_examples}
