"""What is held back: the measures that stop payment, with what was declared meanwhile and what is still to be returned.

Paying itself is the settlement system's; finance takes this list there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claims.models import Batch, MonthTotal
from institutions.access import desk_page, signed_in
from institutions.models import Account, Measure
from institutions.models.measures import MeasureQuerySet
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.exporting import Cell
from supervision.exporting import export as exported
from supervision.ledger.models import Balance, Stage
from supervision.monitoring.filters import dress
from supervision.paging import page

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Held:
    """One measure that holds money back, with the money."""

    measure: Measure
    declared: Decimal  # what the fund would pay of the months that it touches
    outstanding: Decimal  # demanded of the institution and not returned: it may be offset


class HoldFilter(forms.Form):
    """Which of them: those in force, or all there ever were."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[("", gettext_lazy("in force")), ("all", gettext_lazy("all"))],
    )  # fmt: skip

    def rows(self, account: Account) -> MeasureQuerySet:
        seen = Measure.objects.visible_to(account).of_payment()
        return seen if self.is_valid() and self.cleaned_data["state"] == "all" else seen.in_force()


@desk_page
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    asked = HoldFilter(request.GET)
    found = page(asked.rows(signed_in(request)).select_related("institution"), request.GET, sort="-since")
    dress(asked)
    context = {"filter": asked, "page": found, "held": with_money(found.rows), "query": request.GET.urlencode()}
    return render(request, "institutions/holds.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same rows, for finance."""
    account = signed_in(request)
    found = list(HoldFilter(request.GET).rows(account).select_related("institution"))
    headings = [
        _("National code"), _("Institution"), _("Measure"), _("Since"), _("Lifted on"), _("Because of"),
        _("Declared meanwhile, yuan"), _("Demanded and not returned, yuan"),
    ]  # fmt: skip
    answer = exported("holds", form, headings, map(cells, with_money(found)))
    record(Act.EXPORT, account, "holds", rows=len(found), form=form, query=request.GET.urlencode())
    return answer


def cells(row: Held) -> Sequence[Cell]:
    measure = row.measure
    return [
        measure.institution_id, str(measure.institution), measure.get_kind_display(), measure.since,
        measure.lifted_on or "", measure.because, row.declared, row.outstanding,
    ]  # fmt: skip


def with_money(measures: Sequence[Measure]) -> list[Held]:
    """The money beside them, read once for all."""
    codes = {measure.institution_id for measure in measures}
    declared, owed = declared_by_month(codes), outstanding_of(codes)
    return [
        Held(
            measure,
            sum((paid for month, paid in declared.get(measure.institution_id, []) if touches(measure, month)), NOTHING),
            owed.get(measure.institution_id, NOTHING),
        )
        for measure in measures
    ]


def declared_by_month(codes: set[str]) -> dict[str, list[tuple[str, Decimal]]]:
    """What the fund would pay, by institution and month; a batch that a later one ended does not count."""
    rows = MonthTotal.objects.filter(institution__in=codes, batch__status=Batch.Status.LOADED)
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for code, month, paid in rows.values_list("institution", "month").annotate(Sum("paid")):
        found.setdefault(code, []).append((month, paid))
    return found


def outstanding_of(codes: set[str]) -> dict[str, Decimal]:
    rows = Balance.objects.filter(item__institution__in=codes, item__book="fund", stage=Stage.DEMANDED)
    return dict(rows.values_list("item__institution").annotate(Sum("amount")))


def touches(measure: Measure, month: str) -> bool:
    """Whether the measure held on a day of the month."""
    last: date = measure.last_day or timezone.localdate()
    return measure.counts and f"{measure.since:%Y-%m}" <= month <= f"{last:%Y-%m}"
