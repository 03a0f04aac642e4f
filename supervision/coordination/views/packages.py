"""Packages at the desk: the list, a new one, its page with what is in it and who has read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Case
from supervision.cases.views.acts import RefusedForms, make
from supervision.coordination import allowing, collecting, drafting
from supervision.coordination.collecting import About
from supervision.coordination.forms import PackageForm, WhatForm
from supervision.coordination.models import Allowance, Package, Partner
from supervision.coordination.sharing import PACKAGE
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from .acting import own_offers

READINGS = 200  # of the log on the page; the count says how many there are


def found(account: Account, number: str) -> Package:
    people = ("drafter__territory", "approver__territory")
    rows = Package.objects.visible_to(account)
    return get_object_or_404(
        rows.select_related("to__department", "allowance", "case", "institution", "clock__limit", "reused_in", *people),
        number=number,
    )


@desk_page
@require_GET
def packages(request: HttpRequest) -> HttpResponse:
    """Those of the territory, the newest first."""
    account = signed_in(request)
    rows = Package.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("to__department", "allowance"), request.GET, sort="-id"),
        "count": capped_count(rows),
    }
    return render(request, "coordination/packages.html", context)


def asked_about(request: HttpRequest) -> About:
    """The case, finding or institution that the address names, where the account sees it."""
    account, said = signed_in(request), request.GET
    if number := said.get("case"):
        return get_object_or_404(Case.objects.visible_to(account), number=number)
    if code := said.get("institution"):
        return get_object_or_404(Institution.objects.visible_to(account), pk=code)
    key = said.get("finding", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(Finding.objects.visible_to(account).select_related("institution__division"), pk=int(key))


def offered(about: About, account: Account) -> dict[str, tuple[Partner, Allowance]]:
    """Every department around it with each kind of package it may receive about it, by the word sent for it."""
    place = drafting.place_of(about, account).pk
    partners = Partner.objects.around(place).select_related("department__division")
    return {
        f"{partner.pk}:{one.code}": (partner, one)
        for partner in partners
        for one in allowing.allowances(partner, collecting.kind_of(about), place)
    }


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """First to whom and which kind, then which fields of it."""
    account = signed_in(request)
    about = asked_about(request)
    choices = offered(about, account)
    words = [(key, f"{partner} · {one}") for key, (partner, one) in choices.items()]
    what = WhatForm(words, initial={"what": request.GET.get("what", "")})
    chosen = choices.get(request.GET.get("what", ""))
    form = PackageForm(about, chosen[1], request.POST or None) if chosen else None
    if chosen and form and form.is_valid():
        try:
            return redirect(drafted(about, chosen, form, account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "about": about, "kind": collecting.kind_of(about), "key": about.number if isinstance(about, Case) else about.pk,
        "what": what, "chosen": chosen, "form": form, "any": bool(words),
    }  # fmt: skip
    return render(request, "coordination/new.html", context)


def drafted(about: About, chosen: tuple[Partner, Allowance], form: PackageForm, by: Account) -> Package:
    said, (partner, allowance) = form.cleaned_data, chosen
    going = said.get("proceeding")
    return drafting.draft_package(
        about, partner, allowance, fields=said["fields_given"], purpose=said["purpose"], expires_on=said["expires_on"],
        unmasked=said.get("unmasked", False), by=by,
        proceeding=about.proceedings.get(number=going) if going and isinstance(about, Case) else None,
    )  # fmt: skip


@desk_page
@require_GET
def package(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Package, refused: RefusedForms) -> HttpResponse:
    readings = subject.readings.select_related("field", "by")
    context = {
        "package": subject, "offers": own_offers(PACKAGE, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "fields": list(subject.fields.all()),
        "readings": list(readings[:READINGS]), "read": readings.count(),
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "coordination/package.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, PACKAGE, subject, lambda refused: shown(request, found(account, number), refused))
