"""The list of findings, its export, and one finding."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.fresh_code import fresh_code_required
from institutions.models import Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring import evidence, reviewing
from supervision.monitoring.decisions import ReviewForm
from supervision.monitoring.filters import FindingFilter
from supervision.monitoring.models import Finding, Run
from supervision.monitoring.standing import lately, page_of
from supervision.monitoring.terms import rule_title, violations
from supervision.paging import capped_count, in_order, neighbours, page, with_changes

MOST_IN_WORKBOOK = 100_000


@desk_page
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """The findings that answer the question in the address."""
    asked = FindingFilter(request.GET, signed_in(request))
    rows = asked.findings.select_related("institution")
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": asked.count,
        "order": asked.order(),
        "page": page(rows, request.GET, sort=asked.ordering, few=asked.few),
        "query": with_changes(request.GET, {}),
        "may_take_up": signed_in(request).holds(Duty.HEAR),
    }
    return render(request, "monitoring/findings.html", context)


@desk_page
@require_GET
@fresh_code_required
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the findings of the list, in its order, to be taken away."""
    account = signed_in(request)
    asked = FindingFilter(request.GET, account)
    rows = in_order(asked.findings.select_related("institution__division"), asked.ordering)
    if form == "xlsx" and capped_count(rows, MOST_IN_WORKBOOK) > MOST_IN_WORKBOOK:
        messages.error(request, _("A workbook holds at most 100,000 findings here: filter the list, or take the CSV."))
        return redirect(f"{reverse('monitoring:findings')}?{with_changes(request.GET, {})}")
    answer = exporting.export("findings", form, headings(), map(cells, rows.iterator(chunk_size=2000)))
    record(Act.EXPORT, account, "findings", form=form, query=with_changes(request.GET, {}))
    return answer


def headings() -> list[str]:
    return [
        _("Finding"), _("Status"), _("Rule"), _("Title"), _("Month"), _("Institution"), _("Name"), _("Division"),
        _("Claim"), _("Certainty"), _("Severity"), _("At stake, yuan"), _("Owned, yuan"), _("Fund at stake, yuan"),
        _("Reason"),
    ]  # fmt: skip


def cells(finding: Finding) -> list[exporting.Cell]:
    institution = finding.institution
    return [
        finding.pk, finding.get_status_display(), finding.rule, rule_title(finding.rule), finding.month,
        finding.institution_id, str(institution or ""), str(institution.division) if institution else "",
        finding.claim, finding.get_certainty_display(), f"S{finding.severity}", finding.at_stake, finding.owned,
        finding.fund_at_stake, finding.because,
    ]  # fmt: skip


@desk_page
@require_GET
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding with its reason and its evidence; whoever opens it is written down."""
    account = signed_in(request)
    asked = FindingFilter(request.GET, account)
    runs = Run.objects.visible_to(account).filter(pk=OuterRef("last_run"))
    shown = get_object_or_404(
        asked.visible.select_related("institution__division", "last_run", "exemption", "hearing").annotate(
            run_seen=Exists(runs)
        ),
        pk=number,
    )
    now = lately().get(shown.rule)
    rule = page_of(shown.rule, shown.page_hash) or now
    before, after = neighbours(asked.findings, shown, sort=asked.ordering, few=asked.few)
    context = {
        "finding": shown,
        "rule": rule,
        "now": now,
        "violations": violations(rule) if rule else [],
        "evidence": evidence.laid_out(shown, account, asked.visible, rule),
        "reviews": list(shown.reviews.select_related("reviewed_by")) if shown.acted_on or shown.relabelled else [],
        "review_form": ReviewForm(),
        "may_run_again": account.holds(Duty.MONITOR) or account.holds(Duty.HEAR),
        "may_review": account.holds(Duty.MONITOR) and reviewing.reviewable(shown) and not heard(shown),
        "heard": heard(shown),
        "may_take_up": account.holds(Duty.HEAR) and shown.status == Finding.Status.OPEN and not heard(shown),
        "before": before,
        "after": after,
        "query": with_changes(request.GET, {}),
    }
    response = render(request, "monitoring/finding.html", context)
    record(Act.READ, account, f"finding {shown.pk}")
    return response


def heard(shown: Finding) -> Any:
    """Its hearing, where it has one: whoever hears it decides on it, and nobody beside."""
    return getattr(shown, "hearing", None)


@desk_page
@duty_required(Duty.MONITOR)
@require_POST
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Decide on one finding."""
    account = signed_in(request)
    shown = get_object_or_404(Finding.objects.visible_to(account), pk=number)
    if heard(shown):
        messages.error(request, _("This finding is being heard: decide on it there."))
        return redirect(shown)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect(shown)
    said = form.cleaned_data
    try:
        reviewing.review(
            shown, said["outcome"], by=account, note=said["note"], cause=said["cause"], page=lately().get(shown.rule)
        )
    except reviewing.ReviewRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reviewed. Later runs leave this finding as it is."))
    return redirect(shown)
