"""What the desk said before a claim was settled, a run says afterwards, given the facts that were known then."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from claims import intake, warehouse
from claims.models import Snapshot
from supervision.knowledge import loading
from supervision.monitoring import engines, node, schema, standing
from supervision.monitoring.rulebook import CERTAINTIES, Rule
from supervision.monitoring.schema import JUDGED
from supervision.review import messages, reviewing
from supervision.review.asking import answering, library, reading
from tests.review.messages import sent
from tests.review.prefecture import Claim, Lot, lots

MONTHS = ("2026-01", "2026-02")
Said = Mapping[str, tuple[str, int]]  # finding: certainty and fen


@dataclass
class Asked:
    """A claim as the desk was asked about it: what it said, and which version of the warehouse there was."""

    claim: Claim
    judged: reading.Judged
    snapshot: Snapshot | None
    said: dict[str, Said] = field(default_factory=dict)


def asked_about(claim: Claim) -> Asked:
    message = messages.read(sent(claim.asking()))
    place = reviewing._place(message, claim.header["institution"])
    (judged,) = reading.judged(message, place, now=claim.settled_at)
    with library.lent() as mine:
        remarks = answering.remarks(mine, judged, "review")
    said: dict[str, dict[str, tuple[str, int]]] = {}
    for one in remarks:
        said.setdefault(one.rule.code, {})[one.key] = (one.certainty, one.at_stake)
    return Asked(claim, judged, warehouse.published(), dict(said))


@pytest.fixture
def prefecture(tmp_path: Path, settings: Settings, db: None) -> list[Lot]:
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    loading.load(loading.SHIPPED)
    return lots(tmp_path / "files", members=60, months=len(MONTHS), count=5)


def taken(some: list[Lot]) -> Iterator[Asked]:
    """Each lot's claims asked about, then taken in. The first lot is the past."""
    for number, lot in enumerate(some):
        if number:
            yield from map(asked_about, lot.claims)
        batch = intake.take_in(intake.make([lot.folder], profile="template"))
        assert (batch.status, batch.rows_rejected) == ("loaded", 0)


def rules() -> dict[str, Rule]:
    found = standing.in_force().values()
    return {rule.code: rule for rule in found if rule.runs and {"review", "audit"} <= {*rule.moments}}


def later(months: Sequence[str]) -> dict[str, dict[str, dict[str, tuple[str, int]]]]:
    """What a run says of everything, by claim and rule."""
    found: dict[str, dict[str, dict[str, tuple[str, int]]]] = {}
    for rule in rules().values():
        for month in months:
            answer = node.answers(rule, month, snapshot=warehouse.published(), knowledge_version=loading.version())
            for claim, said in accused(answer.to_pylist()).items():
                found.setdefault(claim, {})[rule.code] = said
    return found


def accused(answer: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, tuple[str, int]]]:
    """By claim and finding: the least certainty of its lines, and what is at stake of them together."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for row in answer:
        if row["role"] == "accused":
            mine = found.setdefault(str(row["claim"]), {})
            sure, fen = mine.get(row["finding"], (row["certainty"], 0))
            least = min(sure, row["certainty"], key=CERTAINTIES.index)
            mine[row["finding"]] = (least, fen + row["at_stake"])
    return found


# --- The facts known then -------------------------------------------------------------------------------------


class FactsThen:
    """The node over what was known when a claim was asked about: the message, and the warehouse as it was."""

    def __init__(self) -> None:
        self.node = engines.Node()
        folder = loading.relations(loading.version(), node.seen_codes())
        self.node.hand_over({name: library.rows(folder / f"{name}.parquet") for name in schema.knowledge()})

    def say(self, one: Asked, rule: Rule) -> Said:
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in schema.CLAIMS}
        rows |= {name: [dict(row) for row in some] for name, some in one.judged.tables.items()}
        month = one.claim.header["settled_at"][:7]
        with warehouse.connect(memory_mb=500, threads=1) as con:
            for name, history in schema.HISTORIES.items():
                if history in rule.relations:
                    past = warehouse.selected(one.snapshot, name, warehouse.months_around(month, rule.back))
                    rows[history] += self._of(con, f"{past} WHERE sound AND member = '{one.judged.member}'")
            for register in rule.relations & warehouse.REGISTERS.keys():
                whole = warehouse.selected(one.snapshot, register, None)
                rows[register] = self._of(con, f"SELECT * FROM ({whole}) {warehouse.latest(register)}")
        self.node.hand_over({name: rows[name] for name in engines.needed(rule) if name in rows})
        return accused(self.node.answer(rule)).get(one.claim.key, {})

    @staticmethod
    def _of(con: warehouse.Connection, query: str) -> list[dict[str, object]]:
        rows = con.sql(query).to_arrow_table().to_pylist()
        return [{**row, "judged": False} for row in rows]


def test_the_desk_said_what_a_run_says_of_the_facts_known_then(prefecture: list[Lot]) -> None:
    asked = {one.claim.key: one for one in taken(prefecture)}
    afterwards, then = later(MONTHS), FactsThen()
    agreed: Counter[str] = Counter()
    explained: Counter[str] = Counter()
    for key, one in asked.items():
        for code, rule in rules().items():
            at_desk, by_run = one.said.get(code, {}), afterwards.get(key, {}).get(code, {})
            if code == "claim_data_invalid":  # a message cannot say all that a claim may contradict
                agreed[code] += len(at_desk)
                assert at_desk.items() <= by_run.items(), key
            elif at_desk == by_run:
                agreed[code] += len(at_desk)
            else:  # what came later made the difference, and nothing else
                explained[code] += 1
                assert at_desk == then.say(one, rule), (key, code)
    looking_back = {code for code, rule in rules().items() if any(need.relation in JUDGED for need in rule.reads)}
    assert len(asked) > 1000
    assert agreed.total() > explained.total() > 0
    assert len(+agreed) > 30
    assert len(+agreed & Counter(looking_back)) > 8  # where nobody looks back it is easy to agree
