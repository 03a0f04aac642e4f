"""The remarks behind every figure, and their export."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.language import in_chinese
from supervision.monitoring.terms import CERTAINTIES, rule_title
from supervision.paging import capped_count, in_order, page, with_changes
from supervision.review.models import Remark

from .remark_filter import RemarkFilter

MOST_IN_WORKBOOK = 100_000


@desk_page
@require_GET
def remarks(request: HttpRequest) -> HttpResponse:
    """The remarks that answer the question in the address."""
    asked = RemarkFilter(request.GET, signed_in(request))
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(asked.remarks),
        "order": asked.order(),
        "page": page(with_places(asked.remarks), request.GET, sort=asked.ordering),
        "query": with_changes(request.GET, {}),
    }
    return render(request, "review/desk/remarks.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the remarks of the list, in its order, to be taken away."""
    account = signed_in(request)
    asked = RemarkFilter(request.GET, account)
    if form == "xlsx" and capped_count(asked.remarks, MOST_IN_WORKBOOK) > MOST_IN_WORKBOOK:
        messages.error(request, _("A workbook holds at most 100,000 remarks here: filter the list, or take the CSV."))
        return redirect(f"{reverse('reminders:remarks')}?{with_changes(request.GET, {})}")
    rows = in_order(with_places(asked.remarks), asked.ordering).iterator(chunk_size=2000)
    answer = exporting.export("remarks", form, headings(), map(cells, rows))
    record(Act.EXPORT, account, "remarks", form=form, query=with_changes(request.GET, {}))
    return answer


def with_places(rows: QuerySet[Remark]) -> QuerySet[Remark]:
    return rows.select_related("review__message__institution__division")


def headings() -> list[str]:
    return [
        _("Remark"), _("Moment"), _("Asked"), _("Institution"), _("Name"), _("Division"), _("Claim"), _("Rule"),
        _("Title"), _("Certainty"), _("Asked of the doctor"), _("What the doctor did"), _("Reason"),
        _("At stake, yuan"), _("Sentence"),
    ]  # fmt: skip


def cells(remark: Remark) -> list[exporting.Cell]:
    review, place = remark.review, remark.review.message.institution
    return [
        remark.number, review.asked_at, review.get_moment_display(), place.pk, str(place), str(place.division),
        review.claim, remark.rule, rule_title(remark.rule), str(CERTAINTIES.get(remark.certainty, remark.certainty)),
        remark.get_way_display(), remark.get_choice_display(), remark.reason, remark.at_stake,
        remark.because_zh if in_chinese() else remark.because_en,
    ]  # fmt: skip
