"""Grades, bands, factors and norms: what a fine may be."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from supervision.cases import fining
from supervision.cases.loading import load_shipped
from supervision.cases.models import Band, Factor, Grade, PenaltyLimit, ViolationType
from supervision.moves import MoveRefused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def kind(code: str) -> ViolationType:
    return ViolationType.objects.get(code=code)


def weigh(code: str, grade: Grade, chosen: str, *factors: str, place: str = "990101") -> fining.Weighing:
    rows = [Factor.objects.get(code=factor) for factor in factors]
    return fining.weigh(kind(code), grade, Decimal(chosen), place=place, on=TODAY, factors=rows)


@pytest.mark.parametrize(
    ("code", "basis", "least", "most"),
    [
        ("V37", "fraud", "2", "5"), ("V38.1", "loss", "1", "2"), ("V38.7", "loss", "1", "2"), ("V39.7", "fixed", "10000", "50000"),
        ("V40.1", "fraud", "2", "5"), ("V41.2", "fraud", "2", "5"),
    ],
)  # fmt: skip
def test_the_ranges_of_the_regulation_are_there(code: str, basis: str, least: str, most: str) -> None:
    row = kind(code)
    assert (row.basis, row.least, row.most) == (basis, Decimal(least), Decimal(most))
    assert row.source
    assert row.verified == "verified"


def test_who_only_lends_a_card_is_not_fined() -> None:
    with pytest.raises(MoveRefused, match="no fine"):
        weigh("V41.1", Grade.ORDINARY, "1")


def test_loading_again_changes_nothing_and_keeps_what_was_set_here() -> None:
    PenaltyLimit.objects.filter(code="hearing_person").update(value=3000)
    before = {model: model.objects.count() for model in (ViolationType, Band, Factor, PenaltyLimit)}
    load_shipped()
    assert {model: model.objects.count() for model in before} == before
    assert fining.limit("hearing_person", "990101", TODAY).value == 3000


@pytest.mark.parametrize(
    ("chosen", "outside"), [("1.30", False), ("1.50", False), ("1.70", False), ("1.29", True), ("1.71", True)]
)
def test_outside_the_band_of_its_grade_is_noticed(chosen: str, outside: bool) -> None:
    assert weigh("V38.3", Grade.ORDINARY, chosen).outside is outside


def test_a_provinces_own_band_goes_before() -> None:
    Band.objects.create(
        place="990000", least=1, most=2, grade="ordinary", low=1, high="1.2", source="benchmark", verified="setting",
        valid=DateRange(date(2026, 1, 1), None),
    )  # fmt: skip
    assert weigh("V38.3", Grade.ORDINARY, "1.50").outside
    assert not weigh("V38.3", Grade.ORDINARY, "1.50", place="110101").outside


def test_guangdongs_threshold_holds_in_guangdong() -> None:
    assert fining.limit("hearing_organisation", "440103", TODAY).place == "440000"
    assert fining.limit("hearing_organisation", "330102", TODAY).verified == "setting"


@pytest.mark.parametrize(
    ("grade", "chosen", "factors", "why"),
    [
        (Grade.ORDINARY, "0.99", [], "Below the range"),
        (Grade.ORDINARY, "2.01", [], "ends at"),
        (Grade.MITIGATED, "0.50", [], "Below the range"),
        (Grade.MITIGATED, "0.50", ["repeated"], "Below the range"),
        (Grade.MITIGATED, "1.00", ["merit"], "Below the range"),
        (Grade.LIGHTER, "1.10", [], "Lighter needs"),
        (Grade.HEAVIER, "1.90", ["merit"], "Heavier needs"),
        (Grade.NONE, "0", [], "No penalty needs"),
        (Grade.NONE, "0.10", ["no_fault"], "No penalty needs"),
    ],
)
def test_what_the_law_or_its_factors_do_not_allow_is_refused(
    grade: Grade, chosen: str, factors: list[str], why: str
) -> None:
    with pytest.raises(MoveRefused, match=why):
        weigh("V38.3", grade, chosen, *factors)


def test_a_factor_of_the_law_allows_what_nothing_else_does() -> None:
    assert weigh("V38.3", Grade.MITIGATED, "0.50", "merit").chosen == Decimal("0.50")
    assert weigh("V38.3", Grade.NONE, "0", "no_fault").chosen == 0
    assert not weigh("V38.3", Grade.LIGHTER, "1.10", "merit").outside


@pytest.mark.parametrize(
    ("grade", "chosen", "factors", "why"),
    [
        (Grade.ORDINARY, "1.50", ["harm_removed"], "asks for a lighter"),
        (Grade.HEAVIER, "2.00", ["harm_removed", "repeated"], "asks for a lighter"),
        (Grade.ORDINARY, "1.50", ["minor_corrected"], "rules out a penalty"),
        (Grade.MITIGATED, "0.50", ["harm_removed", "minor_corrected"], "rules out a penalty"),
    ],
)
def test_what_the_law_orders_to_be_lighter_or_left_out_is(
    grade: Grade, chosen: str, factors: list[str], why: str
) -> None:
    with pytest.raises(MoveRefused, match=why):
        weigh("V38.3", grade, chosen, *factors)


def test_what_may_be_left_out_may_also_be_ordinary() -> None:
    assert weigh("V38.3", Grade.ORDINARY, "1.50", "first_slight_corrected").grade == Grade.ORDINARY


def later(code: str, **changed: object) -> ViolationType:
    """From 2026-07-01 on the type reads otherwise."""
    row = kind(code)
    ViolationType.objects.filter(pk=row.pk).update(valid=DateRange(row.valid.lower, date(2026, 7, 1)))
    values = {
        field.name: getattr(row, field.name) for field in ViolationType._meta.concrete_fields if not field.primary_key
    }
    values |= {"valid": DateRange(date(2026, 7, 1), None), **changed}
    return ViolationType.objects.create(**values)


def test_the_milder_of_then_and_now_applies() -> None:
    then, now = kind("V38.3"), later("V38.3", most=Decimal("1.5"))
    norms = fining.norms("V38.3", acted_on=date(2026, 3, 1), decided_on=TODAY)
    assert (norms.then, norms.now, norms.applies) == (then, now, now)


def test_a_stricter_law_does_not_reach_back() -> None:
    then = kind("V38.3")
    later("V38.3", least=Decimal(2), most=Decimal(5))
    assert fining.norms("V38.3", acted_on=date(2026, 3, 1), decided_on=TODAY).applies == then


def test_what_was_no_violation_on_the_day_is_none() -> None:
    with pytest.raises(MoveRefused, match="2026-03-01"):
        fining.norms("V39.8", acted_on=date(2026, 3, 1), decided_on=TODAY)


def test_of_two_norms_the_one_with_the_higher_fine_counts() -> None:
    assert fining.higher([kind("V38.3"), kind("V40.3")], Decimal(1000)).code == "V40.3"
    assert fining.higher([kind("V38.3"), kind("V39.7")], Decimal(1000)).code == "V39.7"  # up to 50,000


@given(base=st.decimals(0, 10**9, places=2), multiple=st.decimals(0, 5, places=2))
def test_a_fine_is_base_times_multiple_to_the_fen(base: Decimal, multiple: Decimal) -> None:
    fine = fining.fen(base * multiple)
    assert abs(fine - base * multiple) <= Decimal("0.005")
    assert fine == fine.quantize(Decimal("0.01"))
