"""The dashboard's figures as charts that open to their lists."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.figures import Findings, Month, Total
from reporting.templatetags.shown import month as month_words
from supervision.charts import Bar, Chart


def of(months: Sequence[Month], found: Findings) -> dict[str, Chart]:
    """The charts by the name their place on the page has."""
    claims = [Bar(month_words(month.month), [month.claims]) for month in months]
    paid = [Bar(month_words(month.month), [month.total, month.paid]) for month in months]
    return {
        "claims": Chart("claims-by-month", _("Claims by month"), _("Month"), [_("Claims")], "count", claims),
        "money": Chart(
            "money-by-month", _("Money by month"), _("Month"), [_("Total"), _("Paid by the fund")], "yuan", paid
        ),
        "months": opening("findings-by-month", _("Findings by month"), _("Month"), found.by_month, name=month_words),
        "rules": opening("findings-by-rule", _("Findings by rule"), _("Rule"), found.by_rule, across=True),
        "divisions": opening(
            "findings-by-division", _("Findings by division"), _("Division"), found.by_division, across=True
        ),
    }


def opening(
    id_: str, title: str, first: str, totals: Sequence[Total], *, across: bool = False, name: Callable[[str], str] = str
) -> Chart:
    """Numbers of findings, each opening to its list."""
    findings = reverse("monitoring:findings")
    bars = [Bar(name(total.label), [total.findings], f"{findings}?{total.query}") for total in totals]
    return Chart(id_, title, first, [_("Findings")], "count", bars, across)
