"""The cluster: a page over a month of claims, run by Spark on the same files of the warehouse, to the same answer.

SPARK_MASTER names the cluster; without, Spark runs in this process on this machine's cores. SPARK_WAREHOUSE is where
the cluster sees the warehouse's files, if that is not the folder that this machine sees.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from django.conf import settings
from pyspark.sql import DataFrame, SparkSession

from claims import warehouse
from claims.models import Snapshot
from supervision.knowledge import loading

from . import dialect, node, schema
from .rulebook import ANSWER, Rule
from .schema import Tables
from .writing import Cluster as Words

# What the answers depend on. Civil time has no zone; UTC is the one in which no hour is missing.
MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
# Spark in this process: no pages of its own, nothing that listens to others.
LOCAL = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.structuredLogging.enabled": "false"}
TYPES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}
WHOLE = ("tinyint", "smallint", "int", "decimal")
KEY = ["finding", "charge", "claim", "subject"]


@cache
def session(**further: str) -> SparkSession:
    """The one session of this process."""
    builder = SparkSession.builder.appName("fund-supervision").master(settings.SPARK_MASTER)
    alone = settings.SPARK_MASTER.startswith("local")
    for name, value in {**MEANING, **QUIET, **(LOCAL if alone else {}), **further}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    logging.getLogger("py4j").setLevel(logging.WARNING)
    return spark


class Cluster:
    """Spark over relations in its memory, or over the warehouse's files."""

    def __init__(self, spark: SparkSession | None = None) -> None:
        self.spark = spark or session()

    def hand_over(self, rows: Tables) -> None:
        for relation, some in rows.items():
            self.name(relation, self.spark.createDataFrame(schema.table(relation, some)))
            if relation in ("stay", "visit"):
                self.name(f"any_{relation}", self.spark.table(relation))

    def answer(self, rule: Rule) -> list[Mapping[str, object]]:
        self.know_claims()
        found: list[Mapping[str, object]] = self.table(rule).to_pylist()
        return found

    def attach(self, rule: Rule, month: str, snapshot: Snapshot | None) -> None:
        """The judged month with what surrounds it, as a run's page reads them."""
        wanted = rule.relations | {"charge"}
        for name, part in warehouse.parts(month, rule.back, rule.ahead).items():
            if name in wanted:
                rows = self.stored(snapshot, part.table, part.months)
                rows = rows.where("sound") if part.sound else rows
                self.name(name, rows.selectExpr("*", f"month = '{month}' AS judged") if part.judged else rows)
        for register, key in warehouse.REGISTERS.items():
            if register in wanted:
                self.name(register, latest(self.stored(snapshot, register, None), key))

    def consult(self, rule: Rule, folder: Path) -> None:
        """The lists that the page joins on; they are small, and the driver hands them out."""
        for name in filter(schema.is_knowledge, rule.relations):
            self.name(name, self.spark.createDataFrame(pq.read_table(folder / f"{name}.parquet")))

    def stored(self, snapshot: Snapshot | None, table: str, months: Sequence[str] | None) -> DataFrame:
        """A table of the warehouse at the snapshot's version."""
        kinds = ", ".join(f"`{column.name}` {TYPES.get(column.type, column.type)}" for column in shape(table).columns)
        files = [seen(file) for file in warehouse.files(snapshot, table, months)]
        if not files:
            return self.spark.createDataFrame([], kinds)
        reader = self.spark.read.schema(kinds).option("basePath", seen(f"{warehouse.root()}/{table}"))
        return reader.parquet(*files).select(*shape(table).names)

    def know_claims(self) -> None:
        self.name("known", self.sql(node.KNOWN))

    def table(self, rule: Rule) -> pa.Table:
        """Run the page, and complete what it answers, in the node's columns, types and order."""
        variants = rule.variants()
        answer = [self._said(rule, values, number) for number, values in enumerate(variants)]
        if len(variants) > 1:
            answer = [self._right(rule, said, values) for said, values in zip(answer, variants, strict=True)]
        # An answer is few rows beside what it was found in: they come here, and go out again to be completed.
        self.name("answer", self.spark.createDataFrame(pa.concat_tables(answer)))
        return typed(self.sql(node.completed(rule)).toArrow())

    def name(self, name: str, rows: DataFrame) -> None:
        rows.createOrReplaceTempView(name)

    def sql(self, text: str) -> DataFrame:
        """A statement of the node's, in Spark's words."""
        return self.spark.sql(sqlglot.transpile(text, read="duckdb", write=Words)[0])

    def _said(self, rule: Rule, values: Mapping[str, object], number: int) -> pa.Table:
        """The page's own answer with these values, in the columns that every answer has, then its evidence."""
        said = self.spark.sql(dialect.cluster(rule.tree, values))
        kinds = dict(said.dtypes)
        answered = [
            f"CAST({f'`{name}`' if name in rule.answered else 'NULL'} AS {kind}) AS `{name}`"
            for name, kind in ((name, "BIGINT" if name in node.BIGINTS else "STRING") for name in ANSWER)
        ]
        evidence = [
            f"CAST(`{name}` AS BIGINT) AS `{name}`" if kinds[name].startswith(WHOLE) else f"`{name}`"
            for name in rule.evidence
        ]
        chosen = said.selectExpr(*answered, *evidence, f"CAST({number} AS INT) AS variant", "true AS fresh")
        return typed(chosen.toArrow())

    def _right(self, rule: Rule, said: pa.Table, values: Mapping[str, object]) -> pa.Table:
        """Of what was found with these values, the findings of places and days where they hold."""
        self.name("answer", self.spark.createDataFrame(said))
        places = self.sql(node.PLACES).collect()
        wrong = {key for key, province, area, day in places if rule.values_at(province, area, day) != values}
        return said.filter(pa.array([key(row) not in wrong for row in said.select(KEY).to_pylist()], pa.bool_()))


def answers(rule: Rule, month: str, *, snapshot: Snapshot | None, knowledge_version: int) -> pa.Table:
    """What a rule says about a month: the same rows as the node's."""
    cluster = engine(warehouse.root(), snapshot, month)
    cluster.attach(rule, month, snapshot)
    cluster.consult(rule, loading.relations(knowledge_version, node.seen_codes()))
    return cluster.table(rule)


@lru_cache(maxsize=1)
def engine(root: str, snapshot: Snapshot | None, month: str) -> Cluster:
    """The cluster with the month's claims: rule after rule asks whose a claim is."""
    cluster = Cluster()
    cluster.spark.catalog.clearCache()
    for table in ("stay", "visit"):
        cluster.name(f"any_{table}", cluster.stored(snapshot, table, [month]))
    cluster.know_claims()
    cluster.spark.catalog.cacheTable("known")
    return cluster


def shape(table: str) -> warehouse.Table:
    return warehouse.TABLES[table]


def seen(file: str) -> str:
    """A file of the warehouse as the cluster sees it."""
    return settings.SPARK_WAREHOUSE + file.removeprefix(warehouse.root()) if settings.SPARK_WAREHOUSE else file


def latest(register: DataFrame, key: str) -> DataFrame:
    """Every batch may name a row of a register anew; the latest batch counts."""
    numbered = register.selectExpr("*", f"row_number() OVER (PARTITION BY {key} ORDER BY batch DESC) AS place")
    return numbered.where("place = 1").drop("place")


def key(row: Mapping[str, object]) -> object:
    """What a row is kept under: the first of these that it says."""
    return next((row[name] for name in KEY if row[name] is not None), None)


def typed(found: pa.Table) -> pa.Table:
    """In the node's types: Spark says that some columns cannot be unknown, and has two kinds of text."""
    kinds = {pa.large_string(): pa.string()}
    fields: list[Any] = [pa.field(field.name, kinds.get(field.type, field.type)) for field in found.schema]
    return found.cast(pa.schema(fields))
