"""Loading folders of lists: once, wholly or not at all, with history kept and conflicts shown."""

import csv
import datetime as dt
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from supervision.knowledge import loading
from supervision.knowledge.lists import LISTS
from supervision.knowledge.models import KnowledgeBatch, Point, Range
from supervision.monitoring import rulebook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


BED = "point,item,name,place,since,until,basis,source,verified\n"


def folder(path: Path, **lists: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in lists.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def beds(*lines: str) -> str:
    return BED + "".join(f"{line},price list,NHSA annex,verified\n" for line in lines)


def test_a_folder_is_loaded_with_the_basis_and_source_of_every_point(tmp_path: Path) -> None:
    batch = loading.load(folder(tmp_path / "a", bed=beds("B1,0011,ward bed,330000,2026-01-01,2026-06-30")))
    (point,) = Point.objects.all()
    assert (point.list_id, point.key, point.values) == ("bed", "0011", {"item": "0011", "name": "ward bed"})
    assert point.valid == DateRange(dt.date(2026, 1, 1), dt.date(2026, 7, 1))
    assert (point.place, point.basis, point.source, point.batch) == ("330000", "price list", "NHSA annex", batch)
    assert loading.version() == batch.number


def test_the_same_folder_again_changes_nothing(tmp_path: Path) -> None:
    given = folder(tmp_path / "a", bed=beds("B1,0011,ward bed,,,"), code_list="list,prefix,source\nx,Q96-Q99,annex\n")
    assert loading.load(given) == loading.load(given)
    assert (KnowledgeBatch.objects.count(), Point.objects.count(), Range.objects.count()) == (1, 1, 1)


def test_what_is_no_longer_there_is_ended_and_kept_and_the_rest_stays(tmp_path: Path) -> None:
    given = folder(tmp_path / "a", bed=beds("B1,0011,ward bed,,,", "B2,0012,other bed,,,"))
    first = loading.load(given)
    second = loading.load(folder(given, bed=beds("B1,0011,ward bed,,,", "B3,0013,new bed,,,")))
    told = {point.point: (point.batch, point.ended_by) for point in Point.objects.all()}
    assert told == {"B1": (first, None), "B2": (first, second), "B3": (second, None)}
    assert {row["point"] for row in rows("k_bed", first.number)} == {"B1", "B2"}
    assert {row["point"] for row in rows("k_bed", second.number)} == {"B1", "B3"}


def test_a_folder_may_return_to_what_it_said_before(tmp_path: Path) -> None:
    one, other = beds("B1,0011,ward bed,,,"), beds("B1,0011,renamed bed,,,")
    for text in (one, other, one):
        loading.load(folder(tmp_path / "a", bed=text))
    assert KnowledgeBatch.objects.count() == 3
    assert Point.objects.get(ended_by=None).values["name"] == "ward bed"


def test_another_folder_adds_and_ends_nothing(tmp_path: Path) -> None:
    loading.load(folder(tmp_path / "nation", bed=beds("B1,0011,ward bed,,,")))
    loading.load(folder(tmp_path / "province", bed=beds("P1,0019,local bed,330000,,")))
    assert Point.objects.filter(ended_by=None).count() == 2


def refusal(given: Path) -> list[str]:
    with pytest.raises(loading.LoadRefused) as refused:
        loading.load(given)
    return [str(problem) for problem in refused.value.problems]


def test_two_points_of_one_key_on_one_day_are_shown_with_file_and_row(tmp_path: Path) -> None:
    twice = beds("B1,0011,ward bed,,,2026-06-30", "B2,0012,other,,,", "B3,0011,ward bed,,2026-06-30,")
    assert refusal(folder(tmp_path / "a", bed=twice)) == ["bed.csv:4: 0011: overlaps point B1 of bed.csv, row 2"]
    assert Point.objects.count() == 0


def test_points_that_follow_each_other_or_hold_elsewhere_do_not_overlap(tmp_path: Path) -> None:
    lines = ("B1,0011,bed,,,2026-06-30", "B2,0011,bed,,2026-07-01,", "B3,0011,bed,330000,,")
    assert loading.load(folder(tmp_path / "a", bed=beds(*lines))).points == 3


def test_a_conflict_with_what_another_folder_brought_is_shown(tmp_path: Path) -> None:
    loading.load(folder(tmp_path / "nation", bed=beds("B1,0011,ward bed,,,")))
    said = refusal(folder(tmp_path / "other", bed=beds("P1,0011,ward bed,,2026-01-01,")))
    assert said == ["bed.csv:2: 0011: overlaps point B1 of nation, row 0"]
    assert (Point.objects.count(), KnowledgeBatch.objects.count()) == (1, 1)


def test_the_database_refuses_an_overlap_too(tmp_path: Path) -> None:
    loading.load(folder(tmp_path / "a", bed=beds("B1,0011,ward bed,,,")))
    point = Point.objects.get()
    point.pk = None
    with pytest.raises(IntegrityError, match="one_point_a_day"), transaction.atomic():
        point.save()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (beds("B1,,ward bed,,,"), "bed.csv:2: item: '' is no text"),
        (beds(",0011,ward bed,,,"), "every point has a number and a source"),
        (beds("B1,0011,ward bed,330106,,"), "330106 is neither 000000 nor a province"),
        (beds("B1,0011,ward bed,,2026-02-30,"), "day is out of range"),
        (beds("B1,0011,ward bed,,2026-03-01,2026-02-01"), "ends before it begins"),
        (beds("B1,0011,ward bed,,"), "has more or fewer cells"),
        ("point,item\n", "bed.csv:1: lacks the columns place, since"),
    ],
)
def test_a_row_that_cannot_be_used_refuses_the_folder(tmp_path: Path, text: str, says: str) -> None:
    assert any(says in problem for problem in refusal(folder(tmp_path / "a", bed=text)))


def test_a_file_that_is_no_list_or_no_text_refuses_the_folder(tmp_path: Path) -> None:
    given = folder(tmp_path / "a", beds="x\n")
    (given / "bed.csv").write_bytes("point,项目".encode("gbk"))
    assert refusal(given) == ["bed.csv:0: is not in UTF-8", "beds.csv:0: no list has this name"]
    assert refusal(folder(tmp_path / "empty")) == ["empty:0: no list lies here"]


def test_prices_and_quantities_are_whole_units(tmp_path: Path) -> None:
    head = "point,item,name,level,cap,place,since,until,basis,source,verified\n"
    loading.load(folder(tmp_path / "a", price_cap=head + "C1,0021,scan,2,220.123456,,,,b,s,v\n"))
    assert Point.objects.get().values["cap"] == 220_123_456
    for wrong in ("220.1234567", "-1", "NaN", "x"):
        bad = folder(tmp_path / "b", price_cap=head + f"C1,0022,scan,2,{wrong},,,,b,s,v\n")
        assert "cap:" in refusal(bad)[0]


def rows(name: str, version: int, codes: tuple[str, ...] = ()) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(loading.relations(version, codes) / f"{name}.parquet").to_pylist()
    return found


def test_prefixes_and_ranges_are_spelt_out_over_the_codes_seen(tmp_path: Path) -> None:
    text = "list,prefix,source\nlung,J12-J18,annex\nlung,A15,annex\nsex,Q96-Q99,annex\n"
    batch = loading.load(folder(tmp_path / "a", code_list=text))
    seen = ("A15.000", "A16.000", "J11.900", "J12.000", "J18.900x002", "J19.000", "Q96.900", "Q99.900", "R00")
    spelt = {(row["list"], row["code"]) for row in rows("code_list", batch.number, seen)}
    assert spelt == {
        *(("lung", code) for code in ("J12", "J12.000", "J18.900x002", "A15", "A15.000")),
        *(("sex", code) for code in ("Q96", "Q96.900", "Q99.900")),
    }


def test_a_version_is_laid_out_once_and_never_changed(tmp_path: Path) -> None:
    batch = loading.load(folder(tmp_path / "a", bed=beds("B1,0011,ward bed,,,")))
    first = loading.relations(batch.number, ["J18.900"])
    made = (first / "k_bed.parquet").stat().st_mtime_ns
    assert loading.relations(batch.number, ["J18.900"]) == first
    assert (first / "k_bed.parquet").stat().st_mtime_ns == made
    assert loading.relations(batch.number, ["J18.900", "J20.900"]) != first
    assert {file.stem for file in first.iterdir()} == {"code_list", *(f"k_{name}" for name in LISTS)}
    assert not [left for left in first.parent.iterdir() if left.name.startswith(".making")]


def test_the_command_answers_in_one_object(tmp_path: Path) -> None:
    given = folder(tmp_path / "a", bed=beds("B1,0011,ward bed,,,"))
    out = StringIO()
    call_command("load_knowledge", str(given), "--json", stdout=out)
    assert json.loads(out.getvalue()) | {"version": 0} == {
        "loaded": True, "version": 0, "folder": "a", "points": 1, "added": 1, "ended": 0,
    }  # fmt: skip
    out = StringIO()
    with pytest.raises(CommandError, match="0011: overlaps"):
        call_command(
            "load_knowledge", str(folder(given, bed=beds("B1,0011,a,,,", "B2,0011,b,,,"))), "--json", stdout=out
        )
    assert json.loads(out.getvalue())["problems"][0]["row"] == 3


def test_the_shipped_lists_load_and_each_line_names_its_source() -> None:
    batch = loading.load(loading.SHIPPED)
    assert batch.points > 3_000
    for file in loading.SHIPPED.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            assert all(line["source"] for line in csv.DictReader(lines)), file.name
    invented = Point.objects.exclude(place="000000")
    assert all(point.source.endswith("invented for the simulated prefecture") for point in invented)
    assert {point.place for point in invented} == {"990000", "990200"}
    # Every code list that a point or a page names is shipped, and no other.
    naming = ("list", "operations", "illnesses", "departments")
    named = {point.values[key] for point in Point.objects.all() for key in naming if point.values.get(key)}
    pages = "".join(page.read_text("utf-8") for page in rulebook.library().glob("*.sql"))
    named.update(re.findall(r"\.list = '(\w+)'", pages))
    assert named == set(Range.objects.values_list("list", flat=True))
