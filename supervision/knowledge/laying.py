"""Lays a version of the knowledge out as the relations rules join on, in Parquet files that are never changed."""

import datetime as dt
import hashlib
import json
import shutil
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db.models import Q, QuerySet

from institutions.models import Division

from .lists import LISTS, Shape
from .models import KnowledgeBatch, Point, Range
from .resolving import EVERYWHERE, FIRST, LAST, Held, resolve

DAY = dt.timedelta(days=1)
ARROW = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "BOOLEAN": pa.bool_(), "DATE": pa.date32()}


def relations(version: int, codes: Sequence[str] = ()) -> Path:
    """The folder of k_<list>.parquet and code_list.parquet; prefixes are spelt out over the codes given."""
    children = places()
    batches = KnowledgeBatch.objects.filter(number__lte=version).order_by("number").values_list("number", "digest")
    facts = json.dumps([list(batches), sorted(codes), children], sort_keys=True)
    home = Path(settings.FUND_HOME) / "knowledge"
    folder = home / f"{version}-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"
    if folder.exists():
        return folder
    home.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=home, prefix=".making-"))
    _write(making, version, codes, children)
    try:
        making.rename(folder)
    except OSError:  # somebody else laid out the same meanwhile
        shutil.rmtree(making)
    return folder


def places() -> dict[str, list[str]]:
    """The provinces, and the pooling areas of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in Division.objects.filter(level__in=(1, 2)).order_by("code").values_list("code", flat=True):
        found[EVERYWHERE if code.endswith("0000") else f"{code[:2]}0000"].append(code)
    return dict(found)


def at(version: int) -> Q:
    """What counted when this was the newest batch."""
    return Q(batch__lte=version) & (Q(ended_by=None) | Q(ended_by__gt=version))


def _write(folder: Path, version: int, codes: Sequence[str], children: Mapping[str, Sequence[str]]) -> None:
    named: set[str] = set()
    for shape in LISTS.values():
        rows = held(shape, Point.objects.filter(at(version), list=shape.name), children)
        named |= {str(row["list"]) for row in rows if "list" in row}
        schema = pa.schema([(name, ARROW[kind]) for name, kind in shape.types().items()])
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"k_{shape.name}.parquet")
    spelt = spelt_out(Range.objects.filter(at(version)), sorted(codes), named)
    columns = {"list": [name for name, _code in spelt], "code": [code for _name, code in spelt]}
    schema = pa.schema([("list", pa.string()), ("code", pa.string())])
    pq.write_table(pa.table(columns, schema), folder / "code_list.parquet")


def held(shape: Shape, points: QuerySet[Point], children: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    """A list as a relation: at most one row for a key, place and day."""
    keys: dict[str, list[Held]] = defaultdict(list)
    for point in points.order_by("key", "place", "valid", "pk"):
        until = point.valid.upper and point.valid.upper - DAY
        keys[point.key].append(Held(point.point, point.values, point.place, point.valid.lower or FIRST, until or LAST))
    return [
        {"point": one.point, **one.values, "place": one.place, "since": one.since, "until": one.until}
        for points_of_key in keys.values()
        for one in resolve(shape, points_of_key, children)
    ]


def spelt_out(ranges: Iterable[Range], codes: Sequence[str], named: Iterable[str]) -> list[tuple[str, str]]:
    """Each code list with its codes; 'a+b' is both."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in ranges:
        found[one.list] |= {one.low, *codes[bisect_left(codes, one.low) : bisect_left(codes, one.high)]}
    for name in named:
        if "+" in name:
            found[name] = set().union(*(found.get(part, set()) for part in name.split("+")))
    return sorted((name, code) for name, spelt in found.items() for code in spelt)
