"""Who is drawn for the daily inspections: the worse the grade, the likelier, and anybody can draw the same again."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from credit import drawing
from credit.models import Draw
from institutions import standing
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.credit.office import CreditDesk, make_desk

WEIGHTS = st.dictionaries(st.text("HP0123456789", min_size=1, max_size=12), st.sampled_from(["0", "0.50", "1", "2"]))


@given(WEIGHTS, st.text(max_size=8))
def test_the_order_of_the_list_does_not_matter_and_what_weighs_nothing_is_not_drawn(
    told: dict[str, str], seed: str
) -> None:
    weights = {code: Decimal(said) for code, said in told.items()}
    order = drawing.ranked(weights, seed)
    assert order == drawing.ranked(dict(reversed(weights.items())), seed)
    assert set(order) == {code for code, weight in weights.items() if weight}


@given(st.text(max_size=8), st.sampled_from(["0.50", "1", "1.50"]))
def test_who_weighs_more_never_comes_later(seed: str, weight: str) -> None:
    others = {f"H{number}": Decimal(1) for number in range(9)}
    lighter = drawing.ranked({**others, "P": Decimal(weight)}, seed).index("P")
    assert drawing.ranked({**others, "P": Decimal(weight) * 2}, seed).index("P") <= lighter


def test_twice_the_weight_is_first_twice_as_often() -> None:
    weights = {"A": Decimal("0.50"), "D": Decimal(2)}
    first = [drawing.ranked(weights, str(seed))[0] for seed in range(2000)]
    assert 0.77 < first.count("D") / 2000 < 0.83  # four fifths


@pytest.fixture
def desk(db: None) -> CreditDesk:
    return make_desk()


def test_a_draw_keeps_seed_weights_and_why(desk: CreditDesk, client: Client) -> None:
    poor, unknown = make_institution("H99010100007"), make_institution("H99010100008")
    standing.set_grade(poor, "D", since=timezone.localdate())
    client.force_login(desk.keeper)
    answer = client.post("/desk/credit/draws/", {"size": 2, "reason": "daily"}, headers={"accept-language": "en"})
    made = Draw.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    weights = dict(made.lines.values_list("institution", "weight"))
    assert (weights[poor.pk], weights[unknown.pk]) == (Decimal("2.00"), Decimal("1.00"))
    assert made.lines.filter(drawn=True).count() == 2
    page = client.get(made.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    for words in (made.seed, "grade D", "no grade", "gives the same"):
        assert words in page


def test_who_may_not_draws_nothing(desk: CreditDesk) -> None:
    for by in (desk.hospital, desk.chief):
        with pytest.raises(MoveRefused, match="do not hold the duty"):
            drawing.draw_sample(1, "daily", by=by)
    with pytest.raises(MoveRefused, match="between one and all"):
        drawing.draw_sample(9, "daily", by=desk.keeper)
