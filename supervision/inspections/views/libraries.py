"""The list of items with its guide, and the libraries of inspectors and experts with their interests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.inspections import listing, ruling
from supervision.inspections.forms import ConflictForm, ExpertForm, InspectorForm
from supervision.inspections.models import Conflict, Expert, Inspector
from supervision.moves import MoveRefused

from .acting import acted


@desk_page
@require_GET
def libraries(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    inspectors = Inspector.objects.visible_to(account).select_related("account__territory", "place")
    experts = Expert.objects.visible_to(account).select_related("place")
    conflicts = Conflict.objects.filter(inspector__in=inspectors) | Conflict.objects.filter(expert__in=experts)
    context = {
        "items": list(ruling.items_of(account.territory_id or "")),
        "inspectors": list(inspectors[:500]), "experts": list(experts[:500]),
        "conflicts": list(conflicts.select_related("inspector__account", "expert", "institution")[:500]),
        "objects": Institution.objects.visible_to(account).count(),
        "inspector_form": InspectorForm(auto_id="inspector-%s"), "expert_form": ExpertForm(auto_id="expert-%s"),
        "conflict_form": ConflictForm(account=account, auto_id="conflict-%s"),
        "may_keep": account.holds(Duty.DECIDE),
        "may_note": account.holds(Duty.DECIDE) or Inspector.objects.filter(account=account, until=None).exists(),
    }  # fmt: skip
    return render(request, "inspections/libraries.html", context)


def back() -> str:
    return reverse("inspections:libraries")


@desk_page
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    by, form = signed_in(request), InspectorForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        account = Account.objects.filter(username=said["username"], institution=None).first()
        if account is None:
            raise MoveRefused(_("There is nobody here by that name."))
        listing.list_inspector(account, certificate=said["certificate"], fields=said["fields_"], by=by)

    return acted(request, form, act, back())


@desk_page
@require_POST
def add_expert(request: HttpRequest) -> HttpResponse:
    by, form = signed_in(request), ExpertForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        listing.list_expert(said["name"], employer=said["employer"], fields=said["fields_"], by=by)

    return acted(request, form, act, back())


@desk_page
@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    by = signed_in(request)
    return acted(request, None, lambda: listing.unlist(named(request.POST.get("who", ""), by), by=by), back())


@desk_page
@require_POST
def note_conflict(request: HttpRequest) -> HttpResponse:
    by = signed_in(request)
    form = ConflictForm(request.POST, account=by)

    def act() -> None:
        said = form.cleaned_data
        institution = Institution.objects.visible_to(by).filter(pk=said["institution"]).first()
        if institution is None:
            raise MoveRefused(_("There is no institution with this code in your territory."))
        listing.note_conflict(named(said["who"], by), institution, said["reason"], by=by)

    return acted(request, form, act, back())


def named(who: str, by: Account) -> Inspector | Expert:
    """Somebody of the libraries that the account sees."""
    kind, _space, number = who.partition(" ")
    rows = Inspector.objects.visible_to(by) if kind == "inspector" else Expert.objects.visible_to(by)
    found = rows.filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    if not isinstance(found, (Inspector, Expert)):
        raise MoveRefused(_("There is nobody here by that name."))
    return found
