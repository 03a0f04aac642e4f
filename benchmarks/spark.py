"""The same pages by Spark on this machine's cores, over the same files of the warehouse."""

import os

from claims import warehouse
from supervision.knowledge import loading
from supervision.monitoring.rulebook import rulebook

from .sheet import Sheet, peak_memory_mb, watch

# As much of this machine as the node takes, and no more pieces than its cores can keep busy.
SIZE = {
    "spark.driver.memory": f"{max(1, warehouse.memory_share() >> 10)}g",
    "spark.sql.shuffle.partitions": str(4 * (os.cpu_count() or 1)),
}


def measure(sheet: Sheet, charges: int) -> None:
    """Every page over every month, once: Spark's answers are completed and fetched as a run fetches them."""
    try:
        from supervision.monitoring import cluster  # noqa: PLC0415 - pyspark is there only where it is wanted
    except ImportError:
        print("  Spark is not installed: make spark")
        return
    snapshot, version = warehouse.published(), loading.version()
    assert snapshot is not None
    with watch() as starting:
        spark = cluster.session(**SIZE)
    sheet.add("Spark started", starting.seconds, "s")
    months, pages = warehouse.months(snapshot), rulebook()
    seconds, answered = dict.fromkeys(pages, 0.0), dict.fromkeys(pages, 0)
    for month in months:  # in the order of a run, as the node is measured
        for code, rule in pages.items():
            with watch() as once:
                found = cluster.answers(rule, month, snapshot=snapshot, knowledge_version=version).num_rows
            seconds[code], answered[code] = seconds[code] + once.seconds, answered[code] + found
    for code in pages:
        sheet.add(f"{code} in Spark, {answered[code]:,} rows", charges / seconds[code], "charges/s")
    total = sum(seconds.values())
    sheet.add("Spark local, all rules together", total, "s")
    sheet.add("Spark local, all rules together", charges * len(pages) / total, "charge-rules/s")
    sheet.add("Spark local, largest process of Python", peak_memory_mb(), "MB")
    spark.stop()
