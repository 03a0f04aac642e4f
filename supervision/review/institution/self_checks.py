"""Self-checks: files of planned or past charges, checked and reviewed for the institution alone."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from claims.rejects import BatchRejected, failure_text, reason_text
from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.terms import rule_title
from supervision.paging import page
from supervision.review import self_checking
from supervision.review.models import SelfCheck, SelfCheckReject, SelfCheckRemark

from .forms import SelfCheckForm

WORST = 50  # claims shown with the most at stake


@institution_page
@duty_required(Duty.INTAKE)
@require_http_methods(["GET", "POST"])
def self_checks(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = SelfCheckForm(request.POST, request.FILES) if request.method == "POST" else SelfCheckForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = self_checking.ask(form.cleaned_data["files"], profile=form.cleaned_data["profile"], by=account)
        except BatchRejected as refusal:
            form.add_error("files", failure_text(refusal.code, refusal.detail))
        else:
            return redirect(made)
    rows = SelfCheck.objects.visible_to(account).annotate(n=Count("remarks"))
    context = {"form": form, "page": page(rows, request.GET, sort="-number", size=25)}
    return render(request, "review/institution/self_checks.html", context)


@institution_page
@require_GET
def self_check(request: HttpRequest, number: int) -> HttpResponse:
    """One self-check: what was refused, and what the rules say, by rule and by claim."""
    one = seen(signed_in(request), number)
    rule, reason = request.GET.get("rule", "").replace("\0", ""), request.GET.get("reason", "").replace("\0", "")
    remarks = one.remarks.order_by()
    said = {"n": Count("pk"), "sum": Sum("at_stake")}
    context = {
        "check": one,
        "by_rule": remarks.values("rule")
        .annotate(**said, claims=Count("claim", distinct=True))
        .order_by("-sum", "rule"),
        "by_claim": remarks.exclude(claim="").values("claim").annotate(**said).order_by("-sum", "claim")[:WORST],
        "rule": rule,
        "claim": request.GET.get("claim", "").replace("\0", ""),
        "page": page(chosen(one, request), request.GET, sort="id"),
        "reasons": one.rejects.order_by().values("reason").annotate(n=Count("pk")).order_by("-n", "reason"),
        "reason": reason,
        "refused": list((one.rejects.filter(reason=reason) if reason else one.rejects.all())[:100]),
    }
    return render(request, "review/institution/self_check.html", context)


def chosen(one: SelfCheck, request: HttpRequest) -> QuerySet[SelfCheckRemark]:
    """The remarks of the rule and the claim that the address asks for."""
    asked = {name: request.GET[name].replace("\0", "") for name in ("rule", "claim") if request.GET.get(name)}
    return one.remarks.filter(**asked)


@institution_page
@require_GET
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The part of the page that moves; when the work has ended, the whole page is asked for."""
    one = seen(signed_in(request), number)
    response = render(request, "review/institution/_self_check_state.html", {"check": one})
    if not one.underway:
        response["HX-Refresh"] = "true"
    return response


@institution_page
@require_GET
def export(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """What the rules say about every claim."""
    account = signed_in(request)
    one = seen(account, number)
    headings = [_("Rule"), _("Code"), _("Claim"), _("Lines"), _("Reason"), _("Amount, yuan")]
    answer = exporting.export(f"self-check-{number}", form, headings, said(one))
    record(Act.EXPORT, account, f"self-check {number}", rows=one.remarks.count())
    return answer


def said(one: SelfCheck) -> Iterator[list[exporting.Cell]]:
    for remark in one.remarks.iterator(chunk_size=2000):
        lines = ", ".join(charge.rpartition(":")[2] for charge in remark.charges)
        claim = remark.claim.partition(":")[2]
        yield [str(rule_title(remark.rule)), remark.rule, claim, lines, remark.because, remark.at_stake]


@institution_page
@require_GET
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every row that intake would refuse, to be corrected where it came from."""
    account = signed_in(request)
    one = seen(account, number)
    headings = [_("File"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("Reason"), _("Code"), _("Claim")]
    rows: Any = map(cells, one.rejects.iterator(chunk_size=2000))
    answer = exporting.export(f"self-check-{number}-rejects", "csv", headings, rows)
    record(Act.EXPORT, account, f"rejects of self-check {number}", rows=one.rows_rejected)
    return answer


def cells(one: SelfCheckReject) -> list[exporting.Cell]:
    words = reason_text(one.reason, one.detail)
    return [one.file, one.sheet, one.row, one.column, one.value, words, one.reason, one.claim]


def seen(account: Account, number: int) -> SelfCheck:
    """A self-check of the account's own institution; of others nobody learns that they exist."""
    found: SelfCheck = get_object_or_404(SelfCheck.objects.visible_to(account).select_related("asked_by"), pk=number)
    return found
