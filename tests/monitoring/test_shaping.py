"""From an answer to findings: words, sums, and no matter in which order the rows come."""

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from supervision.monitoring import wording
from supervision.monitoring.shaping import Shaped, shape
from tests.builders import make_institution
from tests.monitoring.small import make_rule

SQL = "SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.item FROM charge AS c"
RULE = make_rule(SQL, because="{item}", certainty="high")


def shaped(*rows: Mapping[str, object]) -> Shaped:
    kinds = {"at_stake": pa.int64(), "of_fund_ratio": pa.int64(), "of_eligible": pa.int64()}
    names = dict.fromkeys(name for row in rows for name in row)
    empty = {"institution": "H1", "claim": "c", "item": "T1"}
    table = {
        name: pa.array([row.get(name, empty.get(name)) for row in rows], kinds.get(name))
        for name in {**dict.fromkeys(empty), **names}
    }
    return shape(RULE, "2026-01", pa.table(table))


def only(*rows: Mapping[str, object]) -> dict[str, object]:
    (finding,) = shaped(*rows).findings.to_pylist()
    return dict(finding)


@pytest.mark.parametrize(
    ("value", "kind", "en", "zh"),
    [
        (123456, "yuan", "1,234.56", "1,234.56"),
        (0, "yuan", "0.00", "0.00"),
        (-5, "yuan", "-0.05", "-0.05"),
        (30_000, "qty", "3", "3"),
        (25_000, "qty", "2.5", "2.5"),
        (12_500_000, "price", "12.50", "12.50"),
        (123_456, "price", "0.123456", "0.123456"),
        (dt.date(2026, 3, 5), None, "5 Mar 2026", "2026年3月5日"),
        (dt.datetime.fromisoformat("2026-03-05T14:05:09"), None, "5 Mar 2026, 14:05", "2026年3月5日 14:05"),
        (True, None, "yes", "是"),
        (None, "yuan", "not stated", "未载明"),
        ("J18", None, "J18", "J18"),
    ],
)
def test_a_value_is_said_in_each_tongue_in_its_way(value: wording.Value, kind: str | None, en: str, zh: str) -> None:
    assert (wording.word(value, kind, "en"), wording.word(value, kind, "zh")) == (en, zh)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["qty", "price", "yuan"]))
def test_a_figure_says_exactly_the_number_that_was_counted(value: int, kind: str) -> None:
    said = Decimal(wording.figure(value, kind, grouped=True).replace(",", ""))
    assert said == Decimal(value).scaleb(-wording.SCALES[kind])


@pytest.mark.django_db
def test_sentences_call_institutions_by_their_names_and_evidence_by_their_codes() -> None:
    sql = "SELECT c.institution, c.claim, c.amount AS at_stake, c.institution AS sold_by FROM charge AS c"
    rule = make_rule(sql, because="{institution}: {sold_by}", more='[columns]\nsold_by = "institution"')
    make_institution("H1", name_zh="甲院", name_en="North")
    make_institution("H2", name_zh="乙院", name_en="")
    rows = {"institution": ["H1"] * 3, "claim": ["a", "b", "c"], "sold_by": ["H2", "H3", None]}
    answer = pa.table({name: pa.array(column, pa.string()) for name, column in rows.items()})
    with CaptureQueriesContext(connection) as asked:
        found = shape(rule, "2026-01", answer)
    assert len(asked) == 1
    assert [(one["because_en"], one["because_zh"]) for one in found.findings.to_pylist()] == [
        ("North (H1): 乙院 (H2)", "甲院（H1）: 乙院（H2）"),
        ("North (H1): H3", "甲院（H1）: H3"),
        ("North (H1): not stated", "甲院（H1）: 未载明"),
    ]
    assert found.lines["evidence"][0].as_py() == '{"sold_by": "H2"}'


def test_the_fund_is_put_at_its_share_of_what_was_eligible_half_up() -> None:
    line = {"charge": "c:1", "at_stake": 1001, "of_fund_ratio": 5000, "of_eligible": 2000}
    assert (only(line)["fund_at_stake"], only(line)["fund_method"]) == (501, "share")
    assert only({**line, "of_eligible": 500})["fund_at_stake"] == 250


def test_a_line_paid_by_the_disease_group_costs_the_fund_nothing() -> None:
    line = {
        "charge": "c:1",
        "at_stake": 1000,
        "of_fund_ratio": 5000,
        "of_eligible": 2000,
        "of_pay_method": "drg",
    }
    assert (only(line)["fund_at_stake"], only(line)["fund_method"]) == (0, "group")


def test_of_a_whole_claim_the_stake_is_what_the_fund_paid() -> None:
    assert (only({"charge": None, "at_stake": 900, "of_fund_ratio": 5000})["fund_at_stake"]) == 900


def test_a_finding_is_as_sure_as_its_least_sure_accused_line_and_never_surer_than_its_page() -> None:
    rows = [
        {"charge": f"c:{n}", "finding": "f", "at_stake": 1, "certainty": word}
        for n, word in enumerate(["certain", "low", None])
    ]
    involved = {"charge": "c:9", "finding": "f", "at_stake": 0, "certainty": "lead", "role": "involved"}
    assert only(*rows, involved)["certainty"] == 3
    assert only(rows[0])["certainty"] == 4


def test_involved_lines_put_nothing_at_stake() -> None:
    rows = [
        {"charge": "c:1", "finding": "f", "at_stake": 7},
        {"charge": "c:2", "finding": "f", "at_stake": 5, "role": "involved"},
    ]
    assert only(*rows)["at_stake"] == 7


def test_a_finding_about_a_person_and_a_period_is_another_one_each_month() -> None:
    assert only({"claim": None, "charge": None, "subject": "D1", "finding": "D1", "at_stake": 0})["key"] == "D1:2026-01"


def test_no_rows_are_no_findings() -> None:
    empty = pa.table({name: pa.array([], pa.string()) for name in ("institution", "claim", "charge", "item")})
    assert shape(RULE, "2026-01", empty).findings.num_rows == 0


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(chance: random.Random) -> None:
    rows: list[dict[str, object]] = [
        {
            "charge": f"c:{n % 5}",
            "finding": f"f{n % 3}",
            "at_stake": n,
            "item": f"T{n}",
            "role": "involved" if n % 4 == 0 else "accused",
        }
        for n in range(12)
    ]
    expected = shaped(*rows)
    mixed = shaped(*chance.sample(rows, len(rows)))
    assert mixed.findings.to_pylist() == expected.findings.to_pylist()
    assert mixed.lines.to_pylist() == expected.lines.to_pylist()
