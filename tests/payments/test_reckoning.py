"""The sum of a settlement: nobody is paid less than nothing, and every fen is in one place."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from supervision.payments.reckoning import Part, Wanted, reckon, share

fen = st.decimals(min_value=0, max_value=100_000, places=2, allow_nan=False)
either_way = st.decimals(min_value=-100_000, max_value=100_000, places=2, allow_nan=False)


def parts(figure: str, *amounts: str) -> list[Part]:
    return [Part(figure, Decimal(amount)) for amount in amounts]


def test_payable_is_what_the_formula_says() -> None:
    found = reckon(
        Wanted(
            Decimal("1000.00"), out_of_scope=parts("out_of_scope", "100.00"), adjustments=parts("adjustments", "50.00"),
            refused=parts("refused", "30.00"), deposit=lambda base: [Part("deposit", share(base, Decimal("0.05")))],
            prepaid=parts("prepaid_offset", "200.00"), offset=parts("offset", "10.00"),
        )
    )  # fmt: skip
    assert found.figure("deposit") == Decimal("43.50")  # of 1000 - 100 - 30
    assert found.left == Decimal("666.50")


def test_what_a_month_cannot_bear_is_left_for_the_next() -> None:
    found = reckon(
        Wanted(Decimal("100.00"), refused=parts("refused", "60.00"), offset=parts("offset", "30.00", "70.00"))
    )
    assert [line.amount for line in found.lines] == [Decimal("60.00"), Decimal("30.00"), Decimal("10.00")]
    assert found.left == 0


def test_half_a_fen_is_rounded_up() -> None:
    assert share(Decimal("0.10"), Decimal("0.05")) == Decimal("0.01")


@given(
    fen,
    st.lists(fen, max_size=3),
    st.lists(either_way, max_size=3),
    st.lists(fen, max_size=3),
    st.lists(fen, max_size=3),
)
def test_the_figures_always_add_up_and_never_go_below_zero(
    declared: Decimal, out: list[Decimal], adjusted: list[Decimal], refused: list[Decimal], offset: list[Decimal]
) -> None:
    found = reckon(
        Wanted(
            declared, [Part("out_of_scope", one) for one in out], [Part("adjustments", one) for one in adjusted],
            [Part("refused", one) for one in refused], lambda base: [Part("deposit", share(base, Decimal("0.05")))],
            [], [Part("offset", one) for one in offset],
        )
    )  # fmt: skip
    taken = sum(found.figure(name) for name in ("out_of_scope", "refused", "deposit", "offset"))
    assert found.left == declared - taken + found.figure("adjustments")
    assert found.left >= 0
    assert all(line.amount > 0 for line in found.lines if line.figure != "adjustments")
