from collections import defaultdict
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.netting import Line, net

START = datetime(2026, 1, 1)


def a_line(
    charge: str,
    quantity: int,
    *,
    day: float = 0,
    item: str = "i",
    reverses: str | None = None,
    amount: int | None = None,
) -> Line:
    """Quantities in whole units at 1 yuan each."""
    fen = quantity * 100 if amount is None else amount
    return Line(charge, item, quantity * 10000, 10**6, fen, START + timedelta(days=day), reverses)


def left(*lines: Line) -> dict[str, int]:
    return {charge: quantity // 10000 for charge, (quantity, _amount) in net(lines).left.items()}


def test_a_negative_line_first_reduces_the_line_it_names() -> None:
    assert left(a_line("a", 3), a_line("b", 3, day=1), a_line("r", -2, day=2, reverses="a")) == {"a": 1, "b": 3}


def test_other_negative_lines_reduce_the_last_one_in_first() -> None:
    assert left(a_line("a", 3), a_line("b", 3, day=1), a_line("r", -4, day=2)) == {"a": 2}


def test_lines_that_are_named_are_reduced_before_any_other() -> None:
    loose, named = a_line("r", -3, day=1), a_line("s", -3, day=5, reverses="b")
    assert left(a_line("a", 3), a_line("b", 3), loose, named) == {}


def test_only_the_same_item_and_price_is_reduced() -> None:
    assert left(a_line("a", 3, item="j"), a_line("r", -3, day=1)) == {"a": 3}


def test_what_comes_later_cannot_be_taken_back_before() -> None:
    assert left(a_line("a", 3, day=2), a_line("r", -3, day=1)) == {"a": 3}
    assert left(a_line("a", 3, day=1), a_line("r", -3, day=1)) == {}


def test_ninety_days_are_the_longest() -> None:
    assert left(a_line("a", 3), a_line("r", -3, day=90)) == {}
    assert left(a_line("a", 3), a_line("r", -3, day=91)) == {"a": 3}
    assert left(a_line("a", 3), a_line("r", -3, day=400, reverses="a")) == {}


def test_a_remainder_is_noted_with_its_quantity() -> None:
    answer = net([a_line("a", 1), a_line("r", -3, day=1)])
    assert (answer.left, answer.unmatched) == ({}, {"r": 20000})
    assert net([a_line("a", 1), a_line("r", -3, day=1, reverses="a")]).unmatched == {"r": 20000}


def test_an_amount_that_the_quantity_does_not_explain_is_noted() -> None:
    answer = net([a_line("a", 2), a_line("r", -1, day=1, reverses="a", amount=-150)])
    assert answer.left == {"a": (10000, 50)}
    assert answer.uneven == {"a": -50}
    assert net([a_line("a", 2), a_line("r", -1, day=1, amount=-101)]).uneven == {}


def naive(lines: list[Line]) -> tuple[dict[str, int], dict[str, int]]:
    """The same in the plainest words: whole units, one after the other."""
    units = {line.charge: line.quantity // 10000 for line in lines if line.quantity > 0}
    time = {line.charge: line.done_at for line in lines}
    owed: dict[str, int] = {}
    for line in sorted(lines, key=lambda line: (line.done_at, line.charge)):
        if line.quantity < 0 and line.reverses:
            for _unit in range(-line.quantity // 10000):
                if units.get(line.reverses, 0) > 0:
                    units[line.reverses] -= 1
                else:
                    owed[line.charge] = owed.get(line.charge, 0) + 1
    groups = defaultdict(list)
    for line in lines:
        groups[line.alike].append(line)
    for group in groups.values():
        for line in sorted(group, key=lambda line: (line.done_at, line.charge)):
            if line.quantity >= 0 or line.reverses:
                continue
            for _unit in range(-line.quantity // 10000):
                open_ = [one for one in group if one.quantity > 0 and units[one.charge] > 0 and one.done_at <= line.done_at
                         and (line.done_at.date() - one.done_at.date()).days <= 90]  # fmt: skip
                if open_:
                    units[max(open_, key=lambda one: (time[one.charge], one.charge)).charge] -= 1
                else:
                    owed[line.charge] = owed.get(line.charge, 0) + 1
    return {charge: count for charge, count in units.items() if count}, owed


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    for number in range(draw(st.integers(1, 12))):
        positive = [line.charge for line in lines if line.quantity > 0]
        quantity = draw(st.integers(-4, 5).filter(bool))
        named = quantity < 0 and positive and draw(st.booleans())
        lines.append(
            a_line(f"{number:02}", quantity, day=draw(st.sampled_from([0, 0.5, 1, 2, 60, 91, 150])),
                   item=draw(st.sampled_from("ij")), reverses=draw(st.sampled_from(positive)) if named else None)
        )  # fmt: skip
    return lines


@given(histories())
def test_netting_equals_its_naive_twin(lines: list[Line]) -> None:
    answer = net(lines)
    units, owed = naive(lines)
    assert {charge: quantity // 10000 for charge, (quantity, _amount) in answer.left.items()} == units
    assert {charge: quantity // 10000 for charge, quantity in answer.unmatched.items()} == owed


@given(histories(), st.randoms())
def test_the_order_in_which_lines_arrive_does_not_matter(lines: list[Line], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert net(shuffled).left == net(lines).left


@given(histories())
def test_no_quantity_and_no_fen_are_lost(lines: list[Line]) -> None:
    answer = net(lines)
    assert sum(line.quantity for line in lines) == sum(q for q, _ in answer.left.values()) - sum(
        answer.unmatched.values()
    )
    assert sum(line.amount for line in lines) == sum(a for _, a in answer.left.values()) - sum(
        quantity // 100 for quantity in answer.unmatched.values()
    )


@given(st.integers(1, 10**11), st.integers(1, 50), st.integers(1, 50))
def test_shares_of_an_amount_add_up_to_the_fen(fen: int, first: int, second: int) -> None:
    lines = [a_line("a", first, amount=first), a_line("b", second, day=1, amount=second),
             a_line("r", -(first + second), day=2, amount=-fen)]  # fmt: skip
    answer = net(lines)
    gap = first + second - fen
    assert abs(sum(answer.uneven.values()) - gap) <= 4  # each line may keep two fen that are nobody's
