"""The versions, one with all that was done with it, and its moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims.models import MonthTotal
from institutions import fresh_code
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.laboratory import results, workflow
from supervision.laboratory.forms import MonthsForm
from supervision.laboratory.models import COUNTING, Comparison, Stage, Version
from supervision.monitoring import standing, terms
from supervision.paging import page

DUTIES = (Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE)
PEOPLE = ("author", "checker", "publisher", "parent", "replaced")


@desk_page
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """All versions that the account may see, the newest first."""
    account = signed_in(request)
    rows = Version.objects.visible_to(account).select_related(*PEOPLE)
    stage = request.GET.get("stage", "")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    context = {
        "page": page(rows, request.GET, sort="-pk", size=20),
        "stages": Stage.choices,
        "stage": stage,
        "may_write": account.holds(Duty.WRITE_RULES),
    }
    return render(request, "laboratory/versions.html", context)


@desk_page
@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Version.objects.visible_to(account).select_related(*PEOPLE), pk=number)
    rule = standing.stored(shown.rule, shown.text)
    comparisons = list(Comparison.objects.visible_to(account).filter(version=shown).select_related("asked_by"))
    context = {
        "version": shown,
        "rule": rule,
        "violations": terms.violations(rule),
        "events": shown.events.select_related("by"),
        "moves": workflow.moves_for(shown, account),
        "back_tests": [one for one in comparisons if one.kind == Comparison.Kind.BACKTEST],
        "trial": results.trial(shown, account),
        "months": MonthsForm(months_for(account)),
        "may_write": account.holds(Duty.WRITE_RULES),
        "may_test": may_test(account) and shown.stage != Stage.RETIRED,
        "may_take_back": may_take_back(account) and shown.stage in COUNTING,
    }
    return render(request, "laboratory/version.html", context)


def may_test(account: Account) -> bool:
    return any(account.holds(duty) for duty in DUTIES)


def words(request: HttpRequest, name: str) -> str:
    """What somebody wrote, as the database can hold it."""
    return request.POST.get(name, "").replace("\0", "")[:4000]


def may_take_back(account: Account) -> bool:
    return account.holds(Duty.RELEASE) and workflow.reaches_all(account)


def beyond(request: HttpRequest, subject: str, refusal: workflow.BeyondTerritory) -> HttpResponse:
    """Who reaches beyond the own territory is told so, and it is written down."""
    record(Act.DENIAL, signed_in(request), subject, why="beyond the territory", method=request.method or "")
    return render(request, "403.html", {"why": str(refusal)}, status=403)


def months_for(account: Account) -> list[str]:
    """The months of which the account may see claims."""
    return sorted(set(MonthTotal.objects.visible_to(account).order_by().values_list("month", flat=True).distinct()))


@desk_page
@duty_required(*DUTIES)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Version.objects.visible_to(account), pk=number)
    name = request.POST.get("move", "")
    row = workflow.MOVES.get(name)
    if row and row.duty == Duty.RELEASE and (asking := fresh_code.asked(request)):
        return asking
    try:
        workflow.do(shown, name, by=account, text=words(request, "note"))
    except workflow.BeyondTerritory as refusal:
        return beyond(request, str(shown), refusal)
    except workflow.MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: %(move)s.") % {"move": workflow.MOVES[name].words})
    return redirect(shown)


@desk_page
@require_GET
def export(request: HttpRequest, number: int) -> HttpResponse:
    """The page as a file, to the letter."""
    account = signed_in(request)
    shown = get_object_or_404(Version.objects.visible_to(account), pk=number)
    answer = as_file(shown.rule, shown.text)
    record(Act.EXPORT, account, str(shown), hash=shown.hash)
    return answer


def as_file(code: str, text: str) -> HttpResponse:
    answer = HttpResponse(text.encode(), content_type="application/sql; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.sql"'
    return answer
