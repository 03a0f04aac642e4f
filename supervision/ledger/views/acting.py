"""What book-keepers and deciders do on an item's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from institutions import fresh_code
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.ledger import paying, repaying
from supervision.ledger.booking import BookingRefused
from supervision.ledger.deadlines import monthly
from supervision.ledger.forms import (
    Dressed,
    MoveForm,
    PayForm,
    PlanForm,
    RepayForm,
    RepaymentForm,
    TakeBackForm,
    WriteOffForm,
)
from supervision.ledger.models import Entry, Item, Plan, Repayment, Stage, WriteOff
from supervision.ledger.sums import standing
from supervision.ledger.taking_back import take_back as taken_back
from supervision.ledger.views.items import about
from supervision.ledger.workflows import PLAN, WRITE_OFF
from supervision.moves import MoveRefused, Workflow

Said = dict[str, Any]


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def pay(request: HttpRequest, number: int) -> HttpResponse:
    """Book what came in for this item, or was offset against it."""

    def act(item: Item, said: Said, by: Account) -> str:
        amounts = {item: said["amount"]}
        if said["way"] == "offset":
            paying.offset(amounts, batch=said["voucher"], day=said["day"], by=by)
        else:
            paying.pay(amounts, voucher=said["voucher"], day=said["day"], by=by)
        return _("Booked.")

    return sent(request, number, "pay_form", PayForm, act)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for what is outstanding to be paid in instalments."""

    def act(item: Item, said: Said, by: Account) -> str:
        parts = monthly(standing(item)[Stage.DEMANDED], said["parts"], said["first_on"])
        paying.ask_plan(item, parts, reason=said["reason"], basis=said["basis"], by=by)
        return _("Asked for. A second person decides.")

    return sent(request, number, "plan_form", PlanForm, act)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def write_off(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for an amount to be given up."""

    def act(item: Item, said: Said, by: Account) -> str:
        paying.ask_write_off(item, said["amount"], reason=said["reason"], basis=said["basis"], by=by)
        return _("Asked for. A second person decides.")

    return sent(request, number, "write_off_form", WriteOffForm, act)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def repayment(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for what came to be paid back to the party."""

    def act(item: Item, said: Said, by: Account) -> str:
        repaying.ask_repayment(item, said["amount"], reason=said["reason"], basis=said["basis"], by=by)
        return _("Asked for. A second person decides.")

    return sent(request, number, "repayment_form", RepaymentForm, act)


def sent(
    request: HttpRequest, number: int, name: str, kind: type[Dressed], act: Callable[[Item, Said, Account], str]
) -> HttpResponse:
    """Do what a form asks for; where it is refused, the page comes back with the form as it was sent."""
    account = signed_in(request)
    item = get_object_or_404(Item.objects.visible_to(account), pk=number)
    form = kind(request.POST)
    if form.is_valid():
        try:
            messages.success(request, act(item, form.cleaned_data, account))
        except BookingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ledger:item", number)
    return render(request, "ledger/item.html", about(item, account, **{name: form, "refused": form}))


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Reverse a payment that was booked wrongly."""
    account = signed_in(request)
    entry = get_object_or_404(Entry.objects.visible_to(account), pk=number)
    form = TakeBackForm(request.POST)
    try:
        if form.is_valid():
            taken_back(entry, reason=form.cleaned_data["reason"], by=account)
            messages.success(request, _("Taken back by the opposite entry."))
        else:
            messages.error(request, _("Say why."))
    except (BookingRefused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:entry", number)


@desk_page
@duty_required(Duty.BOOK, Duty.DECIDE)
@require_POST
def move_plan(request: HttpRequest, number: int) -> HttpResponseBase:
    return moved(request, get_object_or_404(Plan.objects.visible_to(signed_in(request)), pk=number), PLAN)


@desk_page
@duty_required(Duty.BOOK, Duty.DECIDE)
@require_POST
def move_write_off(request: HttpRequest, number: int) -> HttpResponseBase:
    return moved(request, get_object_or_404(WriteOff.objects.visible_to(signed_in(request)), pk=number), WRITE_OFF)


@desk_page
@duty_required(Duty.BOOK, Duty.DECIDE)
@require_POST
def move_repayment(request: HttpRequest, number: int) -> HttpResponseBase:
    return moved(request, repayment_found(request, number), repaying.REPAYMENT)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def repay(request: HttpRequest, number: int) -> HttpResponse:
    """Book that what is owed back was paid, with its voucher."""
    owed, account = repayment_found(request, number), signed_in(request)
    form = RepayForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            repaying.REPAYMENT.make(owed, "pay", by=account, voucher=said["voucher"], on=said["day"])
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(owed)
    return render(request, "ledger/item.html", about(owed.item, account, repay_form=form, refused=form))


def repayment_found(request: HttpRequest, number: int) -> Repayment:
    return get_object_or_404(Repayment.objects.visible_to(signed_in(request)), pk=number)


def moved(request: HttpRequest, subject: Any, workflow: Workflow[Any]) -> HttpResponse:
    """Make the move that the form names, or say why not."""
    form = MoveForm(request.POST)
    try:
        if form.is_valid():
            said = form.cleaned_data
            facts = {"item": said["item"]} if said["item"] else {}
            row = workflow.moves.get(said["move"])
            if row and row.weighs and (asking := fresh_code.asked(request)):
                return asking
            workflow.make(subject, said["move"], by=signed_in(request), note=said["note"], turn=said["turn"], **facts)
            messages.success(request, _("Done."))
        else:
            messages.error(request, _("There is no such move."))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)
