"""What of a chart is drawn, and what its table holds."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from supervision.charts import DRAWN, Bar, Chart


@pytest.mark.parametrize(("across", "drawn"), [(True, DRAWN), (False, DRAWN + 5)])
def test_of_many_bars_on_their_side_the_first_are_drawn_and_the_table_holds_all(across: bool, drawn: int) -> None:
    bars = [Bar(f"rule {n}", [n]) for n in range(DRAWN + 5)]
    chart = Chart("by-rule", "By rule", "Rule", ["Findings"], "count", bars, across)
    assert chart.data["labels"] == [bar.label for bar in bars[:drawn]]
    assert chart.data["values"] == [[float(n) for n in range(drawn)]]
    with translation.override("en"):
        page = render_to_string("_chart.html", {"chart": chart})
    assert page.count('<th scope="row">') == DRAWN + 5
    assert (f"The first {DRAWN} of {DRAWN + 5} are drawn" in page) is across
