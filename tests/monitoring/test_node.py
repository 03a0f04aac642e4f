"""The node: a page over a published version of the warehouse."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from pytest_django import Settings

from claims.models import SeenCode, Snapshot
from institutions.models import Division
from supervision.knowledge import loading
from supervision.monitoring import examples, node, rulebook
from supervision.monitoring.rulebook import Rule
from tests.claims.building import publish

pytestmark = pytest.mark.django_db

TABLET = "ZD02AAF0202010105046"
Row = Mapping[str, object]


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    for code, level in (("000000", 0), ("990000", 1), ("990100", 2), ("990200", 2)):
        Division.objects.get_or_create(code=code, defaults={"name_zh": code, "level": level})
    loading.load(loading.SHIPPED)


def claim(name: str, month: str = "2026-03", **line: object) -> dict[str, list[Row]]:
    """A visit with one line; amounts in the units of the warehouse."""
    shared = {"claim": name, "institution": "H1", "month": month, "sound": True, **{
        key: value for key, value in line.items() if key in ("member", "sound", "sex")}}  # fmt: skip
    begun = dt.date.fromisoformat(f"{month}-05")
    charge = examples.complete("charge", name, {}) | {"charge": f"{name}:1", "day": begun} | line | shared
    visit = examples.complete("visit", name, {}) | {"day": begun, "fund_ratio": 6_500} | shared
    return {"charge": [charge], "visit": [visit]}


def published(folder: Path, *claims: Mapping[str, list[Row]], **tables: Sequence[Row]) -> Snapshot:
    rows: dict[str, Sequence[Row]] = dict(tables)
    for one in claims:
        for name, more in one.items():
            rows[name] = [*rows.get(name, []), *more]
    return publish(folder, rows)


def said(rule: str | Rule, snapshot: Snapshot | None, month: str = "2026-03") -> list[dict[str, object]]:
    page = rulebook.rulebook()[rule] if isinstance(rule, str) else rule
    answer = node.answers(page, month, snapshot=snapshot, knowledge_version=loading.version())
    found: list[dict[str, object]] = answer.to_pylist()
    return found


def test_an_answer_says_what_the_runner_must_know_of_the_claim_and_the_line(tmp_path: Path) -> None:
    man = claim("H1:a", item=TABLET, sex="1", amount=3_600, eligible=3_000, quantity=20_000, member="m1")
    (row,) = said("drug_sex_restricted", published(tmp_path, man))
    assert (row["institution"], row["claim"], row["charge"], row["at_stake"]) == ("H1", "H1:a", "H1:a:1", 3_600)
    assert (row["role"], row["certainty"], row["finding"], row["subject"]) == ("accused", "certain", "H1:a:1", None)
    assert (row["of_member"], row["of_insured_area"], row["of_fund_ratio"]) == ("m1", "990100", 6_500)
    assert (row["of_quantity"], row["of_amount"], row["of_eligible"]) == (20_000, 3_600, 3_000)
    assert (row["name"], row["sex_words"]) == ("妇科千金片", "male")


def test_only_the_judged_month_is_judged(tmp_path: Path) -> None:
    snapshot = published(tmp_path, claim("H1:a", item=TABLET), claim("H1:b", "2026-04", item=TABLET))
    assert [row["claim"] for row in said("drug_sex_restricted", snapshot, "2026-04")] == ["H1:b"]
    assert said("drug_sex_restricted", snapshot, "2026-05") == []
    assert said("drug_sex_restricted", None) == []


def test_a_claim_that_contradicts_itself_is_left_to_the_rule_that_says_so(tmp_path: Path) -> None:
    fault = {"claim": "H1:a", "institution": "H1", "member": "m1", "fault": "born_after_admitted", "field": "born",
             "value": "2026-04-01", "other": "2026-03-05", "month": "2026-03"}  # fmt: skip
    snapshot = published(tmp_path, claim("H1:a", item=TABLET, sound=False, member="m1"), fault=[fault])
    assert said("drug_sex_restricted", snapshot) == []
    (row,) = said("claim_data_invalid", snapshot)
    assert (row["claim"], row["charge"], row["at_stake"], row["of_member"]) == ("H1:a", None, 0, "m1")
    assert row["of_amount"] == 10_000


def test_prefix_lists_are_spelt_out_over_the_codes_of_the_warehouse(tmp_path: Path) -> None:
    SeenCode.objects.bulk_create(SeenCode(code=code) for code in ("Q56.001", "N76.000"))
    diagnosis = [{"claim": "H1:a", "institution": "H1", "code": "Q56.001", "month": "2026-03", "sound": True}]
    snapshot = published(tmp_path, claim("H1:a", item=TABLET), claim("H1:b", item=TABLET), diagnosis=diagnosis)
    assert [row["claim"] for row in said("drug_sex_restricted", snapshot)] == ["H1:b"]


@pytest.mark.parametrize("earlier_settled_in", ["2025-12", "2026-02", "2026-03", "2026-04", "2026-06"])
def test_two_stays_are_one_finding_of_the_later_one_s_month_whichever_is_settled_first(
    tmp_path: Path, earlier_settled_in: str
) -> None:
    stay = {"member": "m1", "illness": "J18.900", "category": "J18", "department": "A03", "sound": True, "transferred": False,
            "newborn": False, "province": "990000", "area": "990100", "paid": 350_000, "total": 500_000, "eligible": 400_000}  # fmt: skip
    earlier = (
        stay
        | {"claim": "H1:a", "institution": "H1", "month": earlier_settled_in}
        | lain(dt.date(2026, 2, 20), dt.date(2026, 2, 26))
    )
    later = (
        stay
        | {"claim": "H2:b", "institution": "H2", "month": "2026-03"}
        | lain(dt.date(2026, 3, 2), dt.date(2026, 3, 9))
    )
    snapshot = published(tmp_path, stay=[earlier, later])
    rows = said("adm_readmit_split", snapshot)
    assert [(row["role"], row["claim"], row["at_stake"]) for row in rows] == [
        ("accused", "H2:b", 350_000),
        ("involved", "H1:a", 0),
    ]
    assert (rows[0]["of_amount"], rows[0]["of_eligible"], rows[0]["of_member"]) == (500_000, 400_000, "m1")
    elsewhere = {"2025-12", "2026-02", "2026-04", "2026-05", "2026-06"}
    assert [said("adm_readmit_split", snapshot, month) for month in elsewhere] == [[]] * 5


def lain(begun: dt.date, ended: dt.date) -> dict[str, object]:
    noon = dt.time(12)
    return {
        "admitted_on": begun, "discharged_on": ended, "admitted": dt.datetime.combine(begun, noon),
        "discharged": dt.datetime.combine(ended, noon), "settled_at": dt.datetime.combine(ended, noon),
    }  # fmt: skip


def test_a_row_may_lower_the_certainty_of_its_page_and_never_raise_it(tmp_path: Path) -> None:
    snapshot = published(tmp_path, claim("H1:a", item=TABLET), claim("H1:b", item=TABLET, kind="pharmacy"))
    page = rulebook.rulebook()["drug_sex_restricted"]
    low = rulebook.read(page.code, page.text.replace('certainty  = "certain"', 'certainty  = "high"'))
    assert [row["certainty"] for row in said(low, snapshot)] == ["high", "remind"]


def test_the_same_claims_give_the_same_answer_in_whatever_order_they_came(tmp_path: Path) -> None:
    claims = [claim(f"H1:{name}", item=TABLET) for name in "abcdef"]
    forward = said("drug_sex_restricted", published(tmp_path / "a", *claims))
    Snapshot.objects.all().delete()
    assert forward == said("drug_sex_restricted", published(tmp_path / "b", *claims[::-1]))[-6:]


def test_a_parameter_holds_as_it_does_in_the_claim_s_place_and_on_its_day(tmp_path: Path) -> None:
    page = rulebook.rulebook()["drug_child_only"]
    local = """
[[parameters.child_below.other]]
value = 14
place = "990100"
since = 2026-03-05
"""
    base = 'starting value; a local catalogue may say 14"\nsince  = 2026-04-01\n'
    assert base in page.text
    rule = rulebook.read(page.code, page.text.replace(base, base + local))
    granules = "ZA01BAX0377010100093"
    here = claim("H1:a", item=granules, age=15)
    before = claim("H1:b", item=granules, age=15)
    before = {name: [{**row, "day": dt.date(2026, 3, 4)} for row in rows] for name, rows in before.items()}
    there = claim("H2:c", item=granules, age=15)
    there = {name: [{**row, "area": "990200"} for row in rows] for name, rows in there.items()}
    grown = claim("H2:d", item=granules, age=18)
    grown = {name: [{**row, "area": "990200"} for row in rows] for name, rows in grown.items()}
    snapshot = published(tmp_path, here, before, there, grown)
    assert [row["claim"] for row in said(rule, snapshot)] == ["H1:a", "H2:d"]
    assert [row["claim"] for row in said(page, snapshot)] == ["H2:d"]


def test_every_page_runs_over_an_empty_warehouse() -> None:
    for rule in rulebook.rulebook().values():
        version = loading.version()
        assert node.answers(rule, "2026-03", snapshot=None, knowledge_version=version).num_rows == 0
