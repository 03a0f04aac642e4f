"""Enterprises are rated in three tiers, from facts and rows alone."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.models import Enterprise, EnterpriseFact, Matter
from credit.rating import Found, Threshold, rate, rated

DAY = dt.date(2026, 3, 1)
THRESHOLDS = [
    Threshold("tax", 1, Decimal(50_000)), Threshold("tax", 2, Decimal(500_000)), Threshold("tax", 3, Decimal(2_500_000)),
    Threshold("bribery", 3, Decimal(0), aggravated=True),
]  # fmt: skip
FOUND = st.builds(
    Found, st.sampled_from(Matter.values), st.text(max_size=3),
    st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), st.decimals(0, 5_000_000, places=2), st.booleans(),
    st.integers(0, 3), st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("matter", "amount", "aggravated", "tier"),
    [
        ("bribery", "499999.99", False, 0), ("bribery", "500000", False, 2), ("bribery", "1000000", False, 3),
        ("bribery", "1", True, 3), ("tax", "49999.99", False, 0), ("tax", "50000", False, 1),
        ("tax", "500000", False, 2), ("tax", "2500000", False, 3), ("bidding", "0", True, 3),
    ],
)  # fmt: skip
def test_the_shipped_thresholds_give_the_tiers_of_the_notice(
    matter: str, amount: str, aggravated: bool, tier: int
) -> None:
    enterprise = Enterprise.objects.create(code="91990100MA0000000X", name_zh="杜撰制药")
    EnterpriseFact.objects.create(
        enterprise=enterprise, matter=matter, record="PJ-1", happened_on=DAY, known_on=DAY, amount=amount,
        aggravated=aggravated,
    )  # fmt: skip
    assert rated(enterprise, at=DAY).tier == tier
    assert rated(enterprise, at=DAY - dt.timedelta(1)).tier == 0


@pytest.mark.django_db
def test_the_measures_are_those_of_matter_and_tier() -> None:
    enterprise = Enterprise.objects.create(code="91990100MA0000000X", name_zh="杜撰制药")
    facts = {"enterprise": enterprise, "happened_on": DAY, "known_on": DAY}
    EnterpriseFact.objects.create(matter="tax", record="PJ-1", amount=60_000, **facts)
    assert rated(enterprise, at=DAY).measures == {1, 5, 6}
    EnterpriseFact.objects.create(matter="promise", record="PJ-2", found_tier=2, **facts)
    assert rated(enterprise, at=DAY).measures == {1, 2, 3, 5, 6}


@given(history=st.lists(FOUND, max_size=8), further=FOUND)
def test_a_further_fact_never_improves_a_rating_and_order_does_not_matter(history: list[Found], further: Found) -> None:
    before = rate(history, THRESHOLDS, {}, DAY).tier
    assert rate([*history, further], THRESHOLDS, {}, DAY).tier >= before
    assert rate(list(reversed(history)), THRESHOLDS, {}, DAY).tier == before
