"""Prepayments: the list, the opening of one, its page; for the desk and for the institution."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, institution_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.ledger.grouping import fund_name
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.payments.lending import check_area
from supervision.payments.models import Prepayment
from supervision.payments.prepaying import PREPAYMENT
from supervision.payments.workflow import paying


def found(account: Account, number: str) -> Prepayment:
    rows = Prepayment.objects.visible_to(account)
    people = ("preparer__territory", "approver__territory")
    return get_object_or_404(rows.select_related("institution", "place__parent", *people), number=number)


@desk_page
@require_GET
def prepayments(request: HttpRequest) -> HttpResponse:
    """The prepayments of the territory, the newest first."""
    account = signed_in(request)
    rows = Prepayment.objects.visible_to(account)
    return listed(request, rows, "payments/prepayments.html", may_open=account.holds(Duty.SETTLE))


@institution_page
@require_GET
def own_prepayments(request: HttpRequest) -> HttpResponse:
    """Its own, to apply for in January."""
    return listed(request, Prepayment.objects.visible_to(signed_in(request)), "payments/own_prepayments.html")


def listed(request: HttpRequest, rows: object, template: str, **more: object) -> HttpResponse:
    shown_rows = page(rows.select_related("institution"), request.GET, sort="-id")  # type: ignore[attr-defined]
    named = [(one, fund_name(one.fund)) for one in shown_rows.rows]
    context = {"page": shown_rows, "rows": named, "count": capped_count(rows), **more}  # type: ignore[arg-type]
    return render(request, template, context)


@desk_page
@duty_required(Duty.SETTLE)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Check the fund of an institution's area and open its prepayment."""
    account = signed_in(request)
    sent = {name: request.POST.get(name, "").strip() for name in ("institution", "year", "fund")}
    place = Institution.objects.visible_to(account).filter(pk=sent["institution"].replace("\0", "")).first()
    try:
        if place is None:
            raise MoveRefused(_("There is no institution with this code in your territory."))
        if not (sent["year"].isascii() and sent["year"].isdigit() and len(sent["year"]) == 4):
            raise MoveRefused(_("Write a year with four digits."))
        return redirect(check_area(place, int(sent["year"]), sent["fund"], by=account))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("payments:prepayments")


@desk_page
@require_GET
def prepayment(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


@institution_page
@require_GET
def own_prepayment(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def in_numbers(reckoned: dict[str, Any]) -> dict[str, Any]:
    """What was kept as text, amounts in yuan as numbers again."""
    amounts = ("balance", "average", "surplus", "paid")
    return {**reckoned, **{name: Decimal(reckoned[name]) for name in amounts if reckoned.get(name)}}


def shown(request: HttpRequest, subject: Prepayment, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    ours = account.institution_id is not None
    context = {
        "prepayment": subject, "fund": fund_name(subject.fund), "reckoned": in_numbers(subject.reckoned),
        "offers": offers(PREPAYMENT, subject, account, refused), "form": next(iter(refused.values()), None),
        "events": list(subject.events.select_related("by__territory")),
        "drawdowns": list(subject.drawdowns.select_related("settlement")), "ours": ours,
        "address": reverse(f"{'own_payments' if ours else 'payments'}:move_prepayment", args=[subject.number]),
    }  # fmt: skip
    return render(request, "payments/prepayment.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    return moved(request, number, reverse("payments:prepayment", args=[number]))


@institution_page
@require_POST
def own_move(request: HttpRequest, number: str) -> HttpResponse:
    return moved(request, number, reverse("own_payments:prepayment", args=[number]))


def moved(request: HttpRequest, number: str, address: str) -> HttpResponse:
    account = signed_in(request)
    return make(
        request, PREPAYMENT, found(account, number), lambda refused: shown(request, found(account, number), refused),
        back=address, with_code=paying(PREPAYMENT),
    )  # fmt: skip
