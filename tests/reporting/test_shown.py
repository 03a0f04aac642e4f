from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from reporting.templatetags import shown


@pytest.fixture
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("8765.43", "¥8,765.43"),
        ("9999.99", "¥9,999.99"),
        ("10000", "1.00 万元"),
        ("123450", "12.35 万元"),  # half up
        ("99994999.99", "9,999.50 万元"),
        ("99999949.99", "9,999.99 万元"),
        ("99999950", "1.00 亿元"),
        ("321000000", "3.21 亿元"),
        ("-123450", "−12.35 万元"),
        ("0", "¥0.00"),
    ],
)
def test_amounts_in_chinese_are_said_in_wan_and_yi(chinese: None, amount: str, said: str) -> None:
    assert shown.yuan_text(Decimal(amount)) == said


def test_amounts_in_english_have_all_their_digits() -> None:
    with override("en"):
        assert shown.yuan_text(Decimal("123456789.5")) == "¥123,456,789.50"


def test_the_exact_amount_stands_in_the_title(chinese: None) -> None:
    assert shown.yuan(Decimal("123456.78")) == '<span class="amount" title="¥123,456.78">12.35 万元</span>'


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_said_is_never_further_off_than_half_of_its_last_digit(amount: Decimal) -> None:
    with override("zh-hans"):
        number, _, unit = shown.yuan_text(amount).replace("−", "-").replace("¥", "").replace(",", "").partition(" ")
    size = {"万元": 10**4, "亿元": 10**8, "": 1}[unit]
    assert abs(Decimal(number) * size - amount) <= Decimal(size) / 200


def test_days_and_moments_follow_the_tongue_and_beijing_time() -> None:
    late = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    with override("zh-hans"):
        assert shown.day(date(2026, 11, 21)) == '<time datetime="2026-11-21">2026年11月21日</time>'
        assert "2026年11月21日 02:05" in str(shown.moment(late))
        assert shown.month("2026-03") == "2026年3月"
    with override("en"):
        assert "21 Nov 2026, 02:05" in str(shown.moment(late))
        assert "21 Nov 2026" in str(shown.day(late))
        assert shown.month("2026-03") == "Mar 2026"


@pytest.mark.parametrize("filter_", [shown.yuan_text, shown.day, shown.moment, shown.month, shown.count, shown.percent])
def test_nothing_is_a_dash(filter_) -> None:  # type: ignore[no-untyped-def]
    assert filter_(None) == "–"


def test_counts_and_shares() -> None:
    assert shown.count(1234567) == "1,234,567"
    assert shown.percent(0.12345) == "12.3%"
    assert shown.percent(Decimal("-0.5")) == "−50.0%"
