"""The same pages by Spark on this machine's cores, over the same files of the warehouse."""

import os
import time

from claims import warehouse
from supervision.knowledge import loading
from supervision.monitoring.rulebook import rulebook

from .intake import rows
from .sheet import Sheet, peak_memory_mb, watch

# As much of this machine as the node takes, and no more pieces than its cores can keep busy.
SIZE = {
    "spark.driver.memory": f"{max(1, warehouse.memory_share() >> 10)}g",
    "spark.sql.shuffle.partitions": str(4 * (os.cpu_count() or 1)),
}


def measure(sheet: Sheet, many: int, minutes: int) -> None:
    """Every page over the latest months, once: Spark's answers are completed and fetched as a run fetches them.

    It is asked about as many months as the minutes suffice for, and of the last of them about as many pages.
    """
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
    months, pages = warehouse.months(snapshot)[-many:], rulebook()
    charges = {month: rows("charge", [month]) for month in months}
    sheet.add(f"charges of {', '.join(months)}", sum(charges.values()), "charges")
    total, judged, number, until = 0.0, 0, 0, time.monotonic() + 60 * minutes
    asked = ((month, code) for month in months for code in pages)  # in the order of a run, as the node is measured
    for month, code in asked:
        with watch() as once:
            found = cluster.answers(pages[code], month, snapshot=snapshot, knowledge_version=version).num_rows
        total, judged, number = total + once.seconds, judged + charges[month], number + 1
        sheet.add(f"{code} in Spark, {month}, {found:,} rows", charges[month] / once.seconds, "charges/s")
        if time.monotonic() > until:
            break
    sheet.add(f"Spark local, {number} pages over a month", total, "s")
    sheet.add("Spark local, these together", judged / total, "charge-rules/s")
    sheet.add("Spark local, largest process of Python", peak_memory_mb(), "MB")
    spark.stop()
