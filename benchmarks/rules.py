"""What each rule costs beside a bare scan, and what a whole run costs with its findings stored."""

import time

from claims import warehouse
from supervision.knowledge import loading
from supervision.monitoring import node
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import rulebook

from .intake import manage
from .sheet import Sheet, peak_memory_mb, watch

GOAL_CHARGE_RULES = 26_000_000  # charges times rules a second: 100 rules over 20 million in 75 s
GOAL_SHARE = 0.25  # of a bare scan, on average


def bare_scan() -> float:
    """max() of every column of charge, best of three: the least that reading them all can cost."""
    con = warehouse.connect()
    files = warehouse.files(warehouse.published(), "charge")
    columns = warehouse.TABLES["charge"].names
    asked = ", ".join(f'max("{name}")' for name in columns)
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        con.execute(f"SELECT {asked} FROM read_parquet(?, hive_partitioning = true)", [files]).fetchall()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def measure(sheet: Sheet, charges: int) -> None:
    """Every rule over every month, once; then the whole run as a regulator starts it."""
    snapshot, version = warehouse.published(), loading.version()
    assert snapshot is not None
    scan = bare_scan()
    sheet.add("bare scan of charge, best of three", scan, "s")
    months, pages = warehouse.months(snapshot), rulebook()
    seconds, answered = dict.fromkeys(pages, 0.0), dict.fromkeys(pages, 0)
    laying_out = 0.0
    for month in months:  # in the order of a run: a month's rules one after the other
        with watch() as once:
            node.judge(node.engine(warehouse.root(), snapshot), month)
        laying_out += once.seconds
        for code, rule in pages.items():
            with watch() as once:
                found = node.answers(rule, month, snapshot=snapshot, knowledge_version=version).num_rows
            seconds[code], answered[code] = seconds[code] + once.seconds, answered[code] + found
    for code in pages:
        sheet.add(f"{code}, {answered[code]:,} rows", charges / seconds[code], "charges/s")
        sheet.add(f"{code}, of a bare scan", seconds[code] / scan, "")
    rules, total = len(pages), laying_out + sum(seconds.values())
    sheet.add("months laid out in the engine's memory", laying_out, "s")
    sheet.add("rules answered, all together", total, "s")
    sheet.add("rules answered", charges * rules / total, "charge-rules/s", GOAL_CHARGE_RULES)
    sheet.add("a rule on average, of a bare scan", total / rules / scan, "", GOAL_SHARE, more_is_better=False)
    sheet.add("rows answered", sum(answered.values()), "rows")
    sheet.add("largest resident size", peak_memory_mb(), "MB")
    with watch() as running:
        manage("monitor")
    sheet.add("monitor, whole command, findings stored", running.seconds, "s")
    sheet.add("monitor", charges * rules / running.seconds, "charge-rules/s")
    sheet.add("findings stored", Finding.objects.count(), "findings")
