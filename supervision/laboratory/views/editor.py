"""Writing a version: its parameters alone, or the whole page; or a rule that is new."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.laboratory import editing
from supervision.laboratory.editing import PageNotSaved, Problem
from supervision.laboratory.forms import NewRuleForm, ReasonForm, TextForm, parameters_of
from supervision.laboratory.models import Version
from supervision.laboratory.workflow import MoveRefused
from supervision.monitoring import standing
from supervision.monitoring.rulebook import Rule, rulebook

TEMPLATE = '''/*
title      = ""
title_zh   = ""
basis      = ""
basis_zh   = ""
stage      = "draft"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = []
natl_rule  = []
about      = ""
about_zh   = ""
innocent   = ""
innocent_zh = ""
because    = ""
because_zh = ""

[examples]
"Title · 标题" = """
charge | amount | flagged
a      | 100.00 | yes
b      | 1.00   |
"""
*/
SELECT c.institution, c.claim, c.charge, c.amount AS at_stake
FROM charge AS c
WHERE c.amount > 5000
'''


def made_from(request: HttpRequest, account: Account, code: str) -> tuple[Version | None, str]:
    """The version named in the address, else the one that counts; its text, or the shipped page's."""
    number = request.GET.get("from", "")
    versions = Version.objects.visible_to(account).filter(rule=code)
    now = standing.in_force().get(code)
    if number.isdecimal() and number != "0":
        parent = versions.filter(number=int(number[:9])).first()
    else:
        parent = versions.filter(number=now.version).first() if now and now.version and number != "0" else None
    if parent is not None:
        return parent, parent.text
    shipped = rulebook().get(code)
    if shipped is None or (number.isdecimal() and number != "0"):
        raise Http404
    return None, shipped.text


@desk_page
@duty_required(Duty.WRITE_RULES)
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, code: str) -> HttpResponse:
    """The whole page as text."""
    account = signed_in(request)
    parent, page = made_from(request, account, code)
    if "carry" in request.POST:  # from the form of the parameters: their examples have to be changed with them
        begun = {name: request.POST.get(name, "") for name in ("text", "reason", "examples_changed")}
        context = {"code": code, "parent": parent, "form": TextForm(initial=begun), "way": "text"}
        return render(request, "laboratory/text.html", context)
    form = TextForm(request.POST or None, request.FILES or None, initial={"text": page})
    context = {"code": code, "parent": parent, "form": form, "way": "text"}
    if request.method == "POST" and form.is_valid():

        def save() -> Version:
            said = form.cleaned_data
            origin = Version.Origin.FILE if said["file"] else Version.Origin.TEXT
            return editing.save(
                code, form.page, by=account, reason=said["reason"], origin=origin, parent=parent,
                examples_changed=said["examples_changed"],
            )  # fmt: skip

        return saved(request, save, context)
    return render(request, "laboratory/text.html", context)


@desk_page
@duty_required(Duty.WRITE_RULES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A rule of which the library has no page."""
    account = signed_in(request)
    form = NewRuleForm(request.POST or None, request.FILES or None, initial={"text": TEMPLATE})
    context = {"form": form, "way": "new"}
    if request.method == "POST" and form.is_valid():

        def save() -> Version:
            said, code = form.cleaned_data, form.cleaned_data["code"]
            if code in standing.in_force() or Version.objects.filter(rule=code).exists():
                raise PageNotSaved([Problem(_("There is a rule of this code already: write a version of it."))])
            origin = Version.Origin.FILE if said["file"] else Version.Origin.TEXT
            return editing.save(code, form.page, by=account, reason=said["reason"], origin=origin)

        return saved(request, save, context)
    return render(request, "laboratory/text.html", context)


@desk_page
@duty_required(Duty.WRITE_RULES)
@require_http_methods(["GET", "POST"])
def parameters(request: HttpRequest, code: str) -> HttpResponse:
    """The parameters alone."""
    account = signed_in(request)
    parent, page = made_from(request, account, code)
    rule: Rule = standing.stored(code, page)
    rows = parameters_of(rule, request.POST or None)
    form = ReasonForm(request.POST or None)
    context = {"code": code, "parent": parent, "rule": rule, "rows": rows, "form": form, "way": "parameters"}
    if request.method == "POST" and rows.is_valid() and form.is_valid():
        context["carried"] = editing.with_parameters(page, rows.said())

        def save() -> Version:
            said = form.cleaned_data
            return editing.save(
                code, editing.with_parameters(page, rows.said()), by=account, reason=said["reason"],
                origin=Version.Origin.PARAMETERS, parent=parent, examples_changed=said["examples_changed"],
            )  # fmt: skip

        return saved(request, save, context, template="laboratory/parameters.html")
    return render(request, "laboratory/parameters.html", context)


def saved(
    request: HttpRequest,
    save: Callable[[], Version],
    context: dict[str, Any],
    *,
    template: str = "laboratory/text.html",
) -> HttpResponse:
    """Save and show the version, or the form again with what is wrong."""
    try:
        version = save()
    except PageNotSaved as refusal:
        context |= {"problems": refusal.problems, "verdicts": refusal.verdicts}
        return render(request, template, context)
    except MoveRefused as refusal:
        context |= {"problems": [Problem(str(refusal))]}
        return render(request, template, context)
    messages.success(request, _("Saved as version %(number)d.") % {"number": version.number})
    return redirect(version)
