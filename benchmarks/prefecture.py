"""What the desk's bench stands on: a small prefecture taken in, the lists filled up, and its claims dealt out."""

import datetime as dt
from pathlib import Path

from django.db import connection
from django.db.models import Count

from claims.models import RecentClaim
from institutions.models import Institution
from supervision.knowledge import loading
from supervision.knowledge.models import Point
from supervision.monitoring import standing

from . import histories
from .intake import manage
from .review import MONTHS, PLANTS, POINTS, SMALL
from .sheet import Sheet, watch

# Points of the lists by item, said again of items that nobody orders: the desk holds them all the same.
MORE = """
INSERT INTO knowledge_point ({columns}, key, values)
SELECT {columns}, key || '~' || n, jsonb_set(values, '{{item}}', to_jsonb((values ->> 'item') || '~' || n))
FROM knowledge_point CROSS JOIN generate_series(1, %s) AS n
WHERE ended_by_id IS NULL AND values ? 'item' AND key = values ->> 'item'"""


def lay_out(sheet: Sheet, home: Path, members: int) -> None:
    """Simulate, take in, fill up and deal out what is not there yet."""
    if not Institution.objects.exists():
        data, begun = home / "data", dt.date.today().replace(day=1)  # noqa: DTZ011 - the months of this place
        for _month in range(MONTHS - 1):
            begun = (begun - dt.timedelta(days=1)).replace(day=1)
        sized = ("--members", str(SMALL), "--months", str(MONTHS), "--start", f"{begun:%Y-%m}", "--plants", str(PLANTS))
        manage("simulate", "--out", str(data), "--seed", "1", "--format", "parquet", *sized)
        manage("intake", str(data))
    _fill_lists()
    if RecentClaim.objects.filter(member=histories.MEMBER.format(members - 1)).first() is None:
        with watch() as dealing:
            for done in histories.lay_out(members):
                print(f"\r  {done:,} members have their history", end="", flush=True)
        print()
        sheet.add("history dealt out", dealing.seconds, "s")
    _tell(sheet, members)


def _fill_lists() -> None:
    points = Point.objects.in_force()
    by_item = points.extra(where=["values ->> 'item' = key"]).count()
    missing = POINTS - points.count()
    if missing <= 0:
        return
    columns = ", ".join(
        f'"{field.column}"' for field in Point._meta.concrete_fields if field.column not in ("id", "key", "values")
    )
    with connection.cursor() as cursor:
        cursor.execute(MORE.format(columns=columns), [missing // by_item + 1])


def _tell(sheet: Sheet, members: int) -> None:
    rules = [rule for rule in standing.in_force().values() if rule.runs]
    sheet.add("rules asked in review", sum("review" in rule.moments for rule in rules), "rules")
    sheet.add("knowledge points in force", Point.objects.in_force().count(), "points", POINTS)
    sheet.add("version of the lists", loading.version(), "")
    sheet.add("members with a year of history", members, "members")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), pg_total_relation_size('claims_recentclaim') FROM claims_recentclaim")
        claims, size = cursor.fetchone()
    some = RecentClaim.objects.filter(member__lt=histories.MEMBER.format(10_000)).values("member")
    counts = sorted(one["claims"] * histories.LINES for one in some.annotate(claims=Count("claim")))
    sheet.add("claims of theirs, packed", claims, "claims")
    sheet.add("the same on disk, with its index", size / 2**30, "GiB")
    sheet.add("lines of a member, half have at most", counts[len(counts) // 2], "lines")
    sheet.add("lines of a member, 99 of 100 have at most", counts[len(counts) * 99 // 100], "lines")
