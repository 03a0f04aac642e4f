"""Published sheets into lines of our lists: what is used, what is said twice, and why the rest cannot be used."""

import datetime as dt
import gzip
from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils import translation

from supervision.knowledge import importing, sheets
from supervision.knowledge.layouts import layouts, rule_types
from supervision.knowledge.lists import LISTS
from tests.builders import make_point
from tests.knowledge.sheets import Row, as_csv, as_workbook, bed, index, national, packed

pytestmark = pytest.mark.django_db
A, B = "XA01AAA001A001010100001", "XA01AAA001A001010100002"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def read(place: str = "000000", **files: bytes) -> importing.Import:
    named = {name.replace("__", "."): content for name, content in files.items()}
    return importing.read([one for name, content in named.items() for one in sheets.opened(name, content)], place=place)


def told(found: importing.Import) -> set[tuple[object, ...]]:
    return {(line.list, line.key, line.point, line.since, line.until) for line in found.lines}


def outcomes(found: importing.Import) -> Counter[str]:
    return Counter(unit.reason or ("said" if unit.said else "used") for unit in found.units)


def points(*rows: Row) -> bytes:
    return as_csv(rows)


def test_a_national_point_is_a_line_a_code_with_number_basis_and_announcement() -> None:
    row = national("KP-1", f"{A}|{B}", published_at="2026-04-21", announcement_url="https://www.nhsa.gov.cn/a.html")
    found = read(all__csv=points(row))
    assert told(found) == {("drug_insurance", code, "KP-1", dt.date(2026, 4, 21), None) for code in (A, B)}
    (line, _other) = found.lines
    assert line.values == {"item": A, "name": "某药", "fund": "work_injury", "wording": "限工伤保险"}
    assert (line.basis, line.national_rule) == ("药品限工伤保险：限工伤保险", "GZ10000101001000")
    assert (line.published_in, line.announcement) == ("batch_03", "https://www.nhsa.gov.cn/a.html")
    assert "第三批.xlsx" in line.source


def test_a_sheet_comes_packed_in_gb18030_or_as_a_workbook_and_says_the_same() -> None:
    row = national("KP-1", A)
    plain = told(read(all__csv=points(row)))
    assert told(read(all__csv__gz=packed([row]))) == plain
    assert told(read(all__csv=points(row).decode().encode("gb18030"))) == plain
    assert told(read(all__xlsx=as_workbook(Sheet1=[row]))) == plain


def test_a_superseding_point_ends_the_earlier_one_the_day_before_it_begins() -> None:
    earlier, later = national("KP-1", f"{A}|{B}"), national("KP-2", A, supersedes="KP-1", published_at="2026-01-28")
    day = dt.date(2026, 1, 28)
    found = read(all__csv=points(earlier, later))
    assert told(found) == {
        ("drug_insurance", A, "KP-1", None, day - dt.timedelta(1)),
        ("drug_insurance", B, "KP-1", None, day - dt.timedelta(1)),
        ("drug_insurance", A, "KP-2", day, None),
    }
    assert found.endings == {"KP-1": day}


def test_codes_of_an_annex_take_their_limit_from_the_sheet_of_names() -> None:
    names = {"药品通用名": "某片", "药品说明": "用于前列腺增生。", "限定类型": "限定性别对象", "限定对象": "男"}
    codes = [
        {"药品通用名": "某片", "序号": str(n), "药品代码": c, "限定类型": "限定性别对象"} for n, c in ((1, A), (2, B))
    ]
    stray = {**codes[0], "药品通用名": "他片", "药品代码": A.replace("A001", "A009")}
    found = read(b01_drug_sex__csv=as_csv([names]), b01_drug_sex_codes__csv__gz=packed([*codes, stray]))
    assert {(line.list, line.key, line.values["sex"]) for line in found.lines} == {
        ("sex_drug", A, "1"),
        ("sex_drug", B, "1"),
    }
    (reject,) = found.rejects
    assert (reject.file, reject.row, reject.reason) == ("b01_drug_sex_codes.csv.gz", 4, "limit_not_readable")
    assert outcomes(read(b01_drug_sex__csv=as_csv([names]))) == {"no_code": 1}


def test_the_national_point_counts_and_the_annex_gives_its_limit() -> None:
    row = national("KP-9", "001|002".replace("001", "001103000010000").replace("002", "001109000010000"),
                   rule_class="医疗服务项目重复收费", item_name="急诊监护费×普通病房床位费", constraint="含床位", gz_code="GZ1")  # fmt: skip
    pair = {"序号": "1", "频度": "单日", "主项名称": "急诊监护费", "主项编码": "001103000010000",
            "从项名称": "普通病房床位费", "从项编码": "001109000010000", "备注": "含床位"}  # fmt: skip
    alone = read(all__csv=points(row))
    assert [(one.reason, one.detail) for one in alone.rejects] == [("limit_not_readable", "span")]
    found = read(all__csv=points(row), b07__csv=as_csv([pair]))
    (line,) = found.lines
    assert (line.point, line.values["span"], line.values["excusable"]) == ("KP-9", "day", True)
    assert outcomes(found) == {"used": 1, "said": 1}
    assert "GZ10000102012000-0002" in line.verified


def test_a_limit_is_taken_from_what_is_in_force_only_for_the_same_wording() -> None:
    make_point(A, list_id="indication", point="IND-1", values={
        "item": A, "name": "某药", "list": "indication_1", "wording": "限痛风", "more_evidence": False, "reviewed": True,
    })  # fmt: skip
    row = national("KP-3", f"{A}|{B}", rule_class="药品限适应症", constraint="限痛风。")
    found = read(all__csv=points(row))
    assert {(line.key, line.values["list"]) for line in found.lines} == {(A, "indication_1"), (B, "indication_1")}
    other = read(all__csv=points({**row, "constraint": "限痛风急性期。"}))
    assert outcomes(other) == {"limit_not_readable": 2}
    assert [(one.reason, one.detail, one.points) for one in other.rejects] == [("limit_not_readable", "list", 2)]


def test_two_rows_of_one_rank_that_contradict_each_other_accuse_nobody() -> None:
    rows = [
        national(
            f"KP-{n}", "003310040300000", rule_class="手术项目未按规定折价收费", item_name="修补术", constraint=group
        )
        for n, group in (("1", "直肠肛门手术组"), ("2", "经腹直肠手术组"))
    ]
    found = read(all__csv=points(*rows))
    assert (found.lines, outcomes(found)) == ([], {"contradiction": 2})
    assert {(one.row, one.detail) for one in found.rejects} == {(2, "KP-2"), (3, "KP-1")}


@pytest.mark.parametrize(
    ("facts", "reason", "column"),
    [
        ({"med_codes": ""}, "no_code", "med_codes"),
        ({"med_codes": "无"}, "not_a_code", "med_codes"),
        ({"rule_class": "超互联网医院药品支付范围"}, "no_list", "rule_class"),
        ({"rule_class": "药品区分性别使用", "constraint": "适用于感冒"}, "limit_not_readable", "constraint"),
        ({"published_at": "去年"}, "faulty", "published_at"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_place_column_and_reason(
    facts: dict[str, str], reason: str, column: str
) -> None:
    found = read(all__csv=points(national("KP-1", A), {**national("KP-2", B), **facts}))
    (reject,) = found.rejects
    assert (reject.file, reject.row, reject.column, reject.reason) == ("all.csv", 3, column, reason)
    assert len(found.lines) == 1


def test_the_merged_index_is_read_by_family_and_a_guessed_limit_is_refused() -> None:
    def entry(family: str, category: str, codes: list[str], **cond: object) -> dict[str, object]:
        return {
            "family": family,
            "categories": [category],
            "cond": cond,
            "basis": "限男性",
            "codes": codes,
            "refs": ["r"],
        }

    found = read(index__json=index(
        {
            "甲": [entry("gender_limited", "药品区分性别使用", [A], limit_sex="男")],
            "乙": [entry("gender_limited", "药品区分性别使用", [B], limit_sex="男", sex_inferred=True)],
            "38.5702阴茎静脉曲张结扎术": [entry("gender_limited", "手术操作编码与性别不符", [], limit_sex="男")],
        },
        [{"a": "监护费", "b": "床位费", "window": "单日", "refs": ["p"]}],
    ))  # fmt: skip
    assert {(line.list, line.key) for line in found.lines} == {("sex_drug", A), ("sex_oprn", "38.5702")}
    assert outcomes(found) == {"used": 2, "limit_inferred": 1, "no_code": 1}
    assert importing.families(found.units) == {"gender_limited": 3, "mutual_exclusive": 1}


def test_our_own_form_names_the_list_by_file_or_sheet() -> None:
    wrong = bed("B2", "0012", place="330106")
    found = read(bed__csv=as_csv([bed("B1", "0011"), wrong]))
    assert told(found) == {("bed", "0011", "B1", None, None)}
    assert [(one.row, one.reason) for one in found.rejects] == [(3, "faulty")]
    assert told(read(lists__xlsx=as_workbook(bed=[bed("B1", "0011")]))) == {("bed", "0011", "B1", None, None)}


def test_a_local_batch_holds_in_its_territory_and_nowhere_else() -> None:
    rows = [bed("B1", "0011"), bed("B2", "0012", place="990200"), bed("B3", "0013", place="000000")]
    found = read(place="990100", bed__csv=as_csv(rows))
    assert [(line.point, line.place) for line in found.lines] == [("B1", "990100")]
    assert [(one.row, one.column, one.reason) for one in found.rejects] == [
        (3, "place", "elsewhere"),
        (4, "place", "elsewhere"),
    ]


def test_what_no_layout_knows_is_left_aside_and_said() -> None:
    found = read(readme__csv=b"a,b\n1,2\n", all__csv=points(national("KP-1", A)))
    assert (found.left_aside, len(found.lines)) == (["readme.csv"], 1)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b'a,b\n"open', b"a,a\n1,2\n", b"\x1f\x8bnothing", b"PK\x03\x04nothing"]
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(sheets.SheetRefused):
        sheets.opened("x.csv", content)


def test_a_file_that_unpacks_to_far_more_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 1000)
    with pytest.raises(sheets.SheetRefused, match="bomb"):
        sheets.opened("x.csv.gz", packed([national("KP-1", A * 100)]))


def test_every_layout_and_rule_type_leads_into_a_list_that_is_there() -> None:
    assert {target.list for kind in rule_types().values() for target in kind.into} <= set(LISTS)
    named = {kind for layout in layouts().values() for kind in (*layout.types.values(), *layout.patterns.values())}
    assert named <= set(rule_types())


def test_a_packed_file_whose_inside_is_damaged_is_refused() -> None:
    packed = bytearray(gzip.compress(b"point,item\n" * 100, mtime=0))
    packed[10:20] = b"\xff" * 10
    with pytest.raises(sheets.SheetRefused, match="not_readable"):
        sheets.opened("price_cap.csv.gz", bytes(packed))


def test_many_small_cells_are_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 100)
    one = as_csv([bed(f"B-{number}", A) for number in range(6)])
    assert len(sheets.of_batch([("bed.csv", one)])) == 1
    with pytest.raises(sheets.SheetRefused, match="too_big"):
        sheets.of_batch([("bed.csv", one), ("bed.csv", one)])
    with pytest.raises(sheets.SheetRefused, match="too_big"):
        sheets.opened("bed.csv", b"a,b\n" + b",\n" * 100)


def test_words_longer_than_can_be_kept_are_refused_with_their_row() -> None:
    found = read(bed__csv=as_csv([bed("B" * 121, A), bed("B-2", B, verified="sure " * 50), bed("B-3", A[:-1] + "3")]))
    assert [line.point for line in found.lines] == ["B-3"]
    assert [(one.row, one.reason, one.detail.split(":")[0]) for one in found.rejects] == [
        (2, "faulty", "point"), (3, "faulty", "verified"),
    ]  # fmt: skip
    with pytest.raises(sheets.SheetRefused, match="not_text"):
        sheets.opened("index.json", index({"a\0b": []}))
