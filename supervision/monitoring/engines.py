"""The three scales of a rule: a desk (SQLite), a node (DuckDB), a cluster (Spark). A page says the same on each.

An engine is handed relations and asked rules. What is handed over again takes the place of what was there.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

import pyarrow as pa
from django.conf import settings

from claims import warehouse
from claims.models import Snapshot

from . import node, schema
from .desk import Desk
from .rulebook import Rule
from .schema import Tables

Row = Mapping[str, object]


class Engine(Protocol):
    """What answers pages."""

    def hand_over(self, rows: Tables) -> None:
        """These are the rows of the relations named."""

    def answer(self, rule: Rule) -> Sequence[Row]:
        """What the rule says about them: the columns of an answer, then its evidence."""


class Node:
    """DuckDB over relations in memory; a run lays out the warehouse's files instead."""

    def __init__(self) -> None:
        self.con = warehouse.connect(memory_mb=500, threads=1)

    def hand_over(self, rows: Tables) -> None:
        for relation, some in rows.items():
            self.con.register("rows", schema.table(relation, some))
            self.con.execute(f"CREATE OR REPLACE TABLE {relation} AS FROM rows")
            if relation in ("stay", "visit"):
                self.con.execute(f"CREATE OR REPLACE VIEW any_{relation} AS FROM {relation}")

    def answer(self, rule: Rule) -> list[Row]:
        self.con.execute(node.CLAIMS)
        found: list[Row] = node.answer(self.con, rule).to_pylist()
        return found


@cache
def engine(scale: str) -> Engine:
    """The one of this process, by the scale's name; opening it takes longer than most answers."""
    if scale == "cluster":
        from .cluster import Cluster  # noqa: PLC0415 - pyspark is there only where it is wanted

        return Cluster()
    return Desk() if scale == "desk" else Node()


def answers(rule: Rule, month: str, *, snapshot: Snapshot | None, knowledge_version: int) -> pa.Table:
    """What a rule says about a month of the warehouse, by the engine of this installation's runs."""
    asked = node.answers
    if settings.MONITOR_ENGINE == "cluster":
        from . import cluster  # noqa: PLC0415 - pyspark is there only where it is wanted

        asked = cluster.answers
    return asked(rule, month, snapshot=snapshot, knowledge_version=knowledge_version)


def needed(rule: Rule) -> frozenset[str]:
    """The relations that a rule reads, and those that say whose a claim is."""
    return rule.relations | {"stay", "visit", "charge"}
