"""The institutions of a territory, and one of them with its claims and findings.

Institutions are looked up by what the account may see; everything else here is reached through one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.models import Batch, MonthTotal
from institutions.access import desk_page, signed_in
from institutions.models import Institution
from reporting.institution_filter import InstitutionFilter
from reporting.templatetags import shown
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.charts import Bar, Chart
from supervision.exporting import Cell
from supervision.exporting import export as exported
from supervision.monitoring.models import FindingTotal
from supervision.monitoring.terms import rule_title
from supervision.paging import capped_count, page, with_changes


@dataclass(frozen=True)
class Listed:
    """An institution of the list with its open findings, and what they own."""

    institution: Institution
    findings: int
    owned: Decimal


@desk_page
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    asked = InstitutionFilter(request.GET, account)
    rows = asked.institutions()
    found = page(rows.select_related("division"), request.GET, sort=asked.order_by)
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "order": asked.order(),
        "page": found,
        "listed": with_findings(found.rows),
        "count": capped_count(rows),
        "query": with_changes(request.GET, {}),
    }
    return render(request, "institutions/list.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same rows as the list shows, all of its pages."""
    account = signed_in(request)
    asked = InstitutionFilter(request.GET, account)
    found = list(asked.institutions().select_related("division").order_by(asked.order_by, "pk"))
    headings = [
        _("National code"), _("Chinese name"), _("English name"), _("Kind"), _("Level"), _("Division code"),
        _("Division"), _("Beds"), _("Specialty"), _("Open findings"), _("Owned, yuan"),
    ]  # fmt: skip
    answer = exported("institutions", form, headings, map(cells, with_findings(found)))
    record(Act.EXPORT, account, "institutions", rows=len(found), form=form, query=request.GET.urlencode())
    return answer


def cells(row: Listed) -> Sequence[Cell]:
    place = row.institution
    return [
        place.code, place.name_zh, place.name_en, place.get_kind_display(), place.get_level_display(),
        place.division_id, str(place.division), place.beds, place.specialty, row.findings, row.owned,
    ]  # fmt: skip


@desk_page
@require_GET
def institution(request: HttpRequest, code: str) -> HttpResponse:
    account = signed_in(request)
    seen = Institution.objects.visible_to(account).select_related("division__parent")
    place = get_object_or_404(seen, code=code)
    registered = place.registrations.select_related("practitioner")
    months = claims_by_month(place)
    context = {
        "institution": place,
        "agreements": place.agreements.select_related("insurer"),
        "measures": list(place.measures.all()),
        "rules": findings_by_rule(place),
        "months": months,
        "chart": money_chart(months),
        "registrations": page(registered, request.GET, sort="pk", size=25),
    }
    return render(request, "institutions/detail.html", context)


def with_findings(found: list[Institution]) -> list[Listed]:
    """Their open findings beside them, read once for all."""
    totals = FindingTotal.objects.open().filter(institution__in=found)
    sums = totals.order_by().values("institution").annotate(number=Sum("findings"), sum=Sum("owned"))
    by_code: dict[str, dict[str, Any]] = {row["institution"]: {**row} for row in sums}
    nothing: dict[str, Any] = {"number": 0, "sum": Decimal(0)}
    rows = ((place, by_code.get(place.code, nothing)) for place in found)
    return [Listed(place, row["number"], row["sum"]) for place, row in rows]


def claims_by_month(place: Institution) -> list[dict[str, Any]]:
    """What was taken in, the oldest month first. A batch that a later one ended does not count."""
    loaded = MonthTotal.objects.filter(institution=place, batch__status=Batch.Status.LOADED).values("month")
    sums = loaded.annotate(number=Sum("claims"), billed=Sum("total"), by_fund=Sum("paid"))
    return [{**row} for row in sums.order_by("month")]


def money_chart(months: list[dict[str, Any]]) -> Chart:
    return Chart(
        id="money-by-month",
        title=_("Billed and paid by month"),
        first=_("Month"),
        series=[_("Billed"), _("Paid by the fund")],
        unit="yuan",
        bars=[Bar(shown.month(row["month"]), [row["billed"], row["by_fund"]]) for row in months],
    )


def findings_by_rule(place: Institution) -> list[dict[str, Any]]:
    """The open findings of each rule, what owns the most first."""
    totals = FindingTotal.objects.open().filter(institution=place, findings__gt=0)
    sums = totals.order_by().values("rule").annotate(number=Sum("findings"), sum=Sum("owned"))
    return [{**row, "title": rule_title(row["rule"])} for row in sums.order_by("-sum", "rule")]
