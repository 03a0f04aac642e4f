"""A rule's versions, the difference between any two, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from institutions import fresh_code
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.laboratory import differing, workflow
from supervision.laboratory.models import Version
from supervision.monitoring import standing
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import rulebook

from .versions import PEOPLE, as_file, beyond, may_take_back, words

SHIPPED = "0"  # the number of the page that came with the site


@desk_page
@require_GET
def history(request: HttpRequest, code: str) -> HttpResponse:
    account = signed_in(request)
    versions = list(Version.objects.visible_to(account).filter(rule=code).select_related(*PEOPLE))
    shipped, now = rulebook().get(code), standing.in_force().get(code)
    if not versions and shipped is None:
        raise Http404
    context = {
        "code": code,
        "shipped": shipped,
        "now": now,
        "earlier": versions[1].number if len(versions) > 1 else 0,
        "versions": versions,
        "counting": next((one for one in versions if one.published_at and one == workflow.counting(code)), None),
        "may_write": account.holds(Duty.WRITE_RULES),
        "may_take_back": may_take_back(account),
    }
    return render(request, "laboratory/history.html", context)


@desk_page
@require_GET
def difference(request: HttpRequest, code: str) -> HttpResponse:
    """What two pages of a rule say differently, line by line."""
    account = signed_in(request)
    numbers = [request.GET.get("from", SHIPPED), request.GET.get("to", SHIPPED)]
    before, after = (text_of(account, code, number) for number in numbers)
    context = {"code": code, "numbers": numbers, "pieces": differing.pieces(before, after)}
    return render(request, "laboratory/difference.html", context)


def text_of(account: Account, code: str, number: str) -> str:
    if number == SHIPPED and code in rulebook():
        return rulebook()[code].text
    if not number.isdecimal():
        raise Http404
    found = Version.objects.visible_to(account).filter(rule=code, number=int(number[:9])).first()
    if found is None:
        raise Http404
    return found.text


@desk_page
@require_GET
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The page that counts, as a file."""
    now = standing.in_force().get(code)
    if now is None:
        raise Http404
    answer = as_file(code, now.text)
    record(Act.EXPORT, signed_in(request), code, hash=now.hash)
    return answer


@desk_page
@duty_required(Duty.RELEASE)
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, code: str) -> HttpResponse:
    """What taking back would touch, and the one click that does it."""
    account = signed_in(request)
    later = workflow.counting(code)
    if later is None:
        raise Http404
    try:
        workflow.for_every_place(later, account)
    except workflow.BeyondTerritory as refusal:
        return beyond(request, str(later), refusal)
    if request.method == "POST" and (asking := fresh_code.asked(request)):
        return asking
    if request.method == "POST":
        try:
            affected = workflow.go_back(code, by=account, text=words(request, "reason"))
        except workflow.MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            told = ngettext(
                "Taken back. %(count)d finding stands under it: the next run withdraws it or finds it again.",
                "Taken back. %(count)d findings stand under it: the next run withdraws them or finds them again.",
                affected,
            )
            messages.success(request, told % {"count": affected})
            return redirect("laboratory:history", code)
    found = Finding.objects.visible_to(account).open().filter(rule=code, page_hash=later.hash)
    context = {
        "code": code,
        "later": later,
        "shipped": rulebook().get(code),
        "affected": found.count(),
        "findings": found.select_related("institution").order_by("-at_stake", "-pk")[:50],
    }
    return render(request, "laboratory/back.html", context)
