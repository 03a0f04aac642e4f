"""The indicators of a month: every institution beside its peers, by one formula at a time."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.charts import Bar, Chart
from supervision.monitoring.filters import dress, tidy
from supervision.payments import rating, weights
from supervision.payments.counting import Beside, beside_peers, value
from supervision.payments.formulas import FORMULAS, NO_WEIGHTS, NOT_COUNTED, Formula
from supervision.payments.models import Indicator, Rate

MIX, SHARE = OF_WEIGHTS = ("cmi", "weighted_share")
CHARTED = 20  # institutions: those furthest from their peers


class IndicatorFilter(forms.Form):
    """Which formula, and which month; the newest that was counted where none is said."""

    indicator = forms.ChoiceField(
        label=gettext_lazy("Indicator"), choices=[(code, one.words) for code, one in FORMULAS.items()], required=False
    )
    month = forms.RegexField(r"20\d\d-(0[1-9]|1[0-2])", label=gettext_lazy("Month"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.account = account
        dress(self)
        self.is_valid()
        self.code = self.cleaned_data.get("indicator") or next(iter(FORMULAS))
        counted = Indicator.objects.visible_to(account).order_by("-month").values_list("month", flat=True)
        self.of_month = str(self.cleaned_data.get("month") or counted.first() or "")

    def rows(self) -> list[Beside]:
        """The furthest from its peers first; peers beyond the territory count, and are not shown."""
        seen = set(Indicator.objects.visible_to(self.account).filter(**self.asked).values_list("pk", flat=True))
        everybody = Indicator.objects.filter(**self.asked).select_related("institution__division")
        found = [one for one in beside_peers(list(everybody)) if one.indicator.pk in seen]
        return sorted(found, key=lambda one: (-(one.distance or Decimal("-Infinity")), one.indicator.institution_id))

    @property
    def asked(self) -> dict[str, str]:
        return {"code": self.code, "month": self.of_month}

    @property
    def formula(self) -> Formula:
        return FORMULAS[self.code]


@desk_page
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    asked = IndicatorFilter(request.GET, account)
    lists = weights.known(account, asked.of_month)
    share_of = shares(asked) if asked.code == MIX else {}
    rows, limit = asked.rows(), rating.rate(Rate.Code.OUTLIER, account.territory_id or "", timezone.localdate())
    context = {
        "filter": asked, "chips": [], "formula": asked.formula, "month": asked.of_month, "limit": limit,
        "rows": [(one, written(one.value, asked.formula), written(one.median, asked.formula), one.beyond(limit.value),
                  share_of.get(one.indicator.institution_id, "")) for one in rows],
        "with_shares": bool(share_of), "lists": lists if asked.code in OF_WEIGHTS else [],
        "not_counted": NOT_COUNTED if lists else (NO_WEIGHTS, *NOT_COUNTED),
        "chart": chart(rows, asked.formula), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "payments/indicators.html", context)


def shares(asked: IndicatorFilter) -> dict[str, str]:
    """Of how many discharges the index speaks, by institution: one of few says little of its house."""
    said = FORMULAS[SHARE]
    of_month = Indicator.objects.filter(code=SHARE, month=asked.of_month)
    return {one.institution_id: written(value(one), said) for one in of_month}


def written(amount: Decimal, formula: Formula) -> str:
    """As it is read: yuan, a percentage or a number."""
    if formula.unit == "share":
        return f"{amount * 100:.1f}%"
    return f"¥{amount:,.2f}" if formula.unit == "yuan" else f"{amount:,.2f}"


def chart(rows: Sequence[Beside], formula: Formula) -> Chart:
    times = 100 if formula.unit == "share" else 1
    bars = [
        Bar(str(one.indicator.institution), [round(one.value * times, 2), round(one.median * times, 2)])
        for one in rows[:CHARTED]
    ]  # fmt: skip
    unit = "yuan" if formula.unit == "yuan" else "count"
    return Chart(
        "indicators", str(formula.words), _("Institution"), [str(formula.words), _("Median of peers")], unit, bars,  # type: ignore[arg-type]
        across=True,
    )  # fmt: skip


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    account = signed_in(request)
    asked = IndicatorFilter(request.GET, account)
    headings = [
        _("Institution"), _("Name"), _("Month"), _("Indicator"), _("Divided"), _("Divided by"), _("Value"),
        _("Median of peers"), _("Peers"), _("Robust distance"),
    ]  # fmt: skip
    answer = exporting.export("indicators", form, headings, (cells(one) for one in asked.rows()))
    record(Act.EXPORT, account, "indicators", form=form)
    return answer


def cells(one: Beside) -> list[exporting.Cell]:
    row = one.indicator
    return [
        row.institution_id, str(row.institution), row.month, str(FORMULAS[row.code].words), row.over, row.under,
        round(one.value, 4), round(one.median, 4), one.peers, one.distance,
    ]  # fmt: skip
