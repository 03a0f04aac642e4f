"""The institution's accounts: all of it see who holds which duty, and its manager gives and takes them."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions import first_password, fresh_code, managing
from institutions.access import duty_required, institution_page, signed_in
from institutions.forms import OpenAccountForm
from institutions.fresh_code import fresh_code_required
from institutions.models import Account, Duty


@institution_page
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Those that can sign in first."""
    account = signed_in(request)
    rows = Account.objects.filter(institution=account.institution_id).order_by("-is_active", "username")
    may_manage = account.holds(Duty.MANAGE)
    shown = [
        (one, held(one), to_give(one) if may_manage and one.is_active and one.pk != account.pk else [],
         first_password.is_over(one)) for one in rows
    ]  # fmt: skip
    return render(request, "institutions/own_accounts.html", {"accounts": shown, "may_manage": may_manage})


def held(one: Account) -> list[Duty]:
    return [duty for duty in managing.GIVEN if duty in one.duties]


def to_give(one: Account) -> list[Duty]:
    return [duty for duty in managing.GIVEN if duty not in one.duties]


@institution_page
@duty_required(Duty.MANAGE)
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """A form for a colleague's account; once it is open, its first password, which no other page shows again."""
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return fresh_code.asked(request) or opened(request, form)
    return render(request, "institutions/own_account_new.html", {"form": form})


def opened(request: HttpRequest, form: OpenAccountForm) -> HttpResponse:
    try:
        account, password = managing.open_account(**form.cleaned_data, by=signed_in(request))
    except managing.ManagingRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "institutions/own_account_new.html", {"form": form})
    return shown_once(request, account, password)


def shown_once(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    shown = {"account": account, "password": password, "days": settings.FIRST_PASSWORD_DAYS}
    return render(request, "institutions/own_account_opened.html", shown)


@institution_page
@duty_required(Duty.MANAGE)
@require_POST
@fresh_code_required
def draw_again(request: HttpRequest, number: int) -> HttpResponse:
    """Another first password, shown once."""
    by = signed_in(request)
    account = get_object_or_404(Account.objects.filter(institution=by.institution_id), pk=number)
    try:
        return shown_once(request, account, managing.draw_again(account, by=by))
    except managing.ManagingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("own_accounts")


@institution_page
@duty_required(Duty.MANAGE)
@require_POST
@fresh_code_required
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Give or take one duty, or stop the account; the field `act` says which."""
    by = signed_in(request)
    account = get_object_or_404(Account.objects.filter(institution=by.institution_id), pk=number)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        managing.refuse_unless(act is not None, _("Nothing was chosen."))
        assert act is not None
        messages.success(request, act(account, request.POST.get("duty", ""), by))
    except managing.ManagingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("own_accounts")


def give(account: Account, duty: str, by: Account) -> str:
    managing.give(account, duty, by=by)
    return _("%(who)s: the duty was given.") % {"who": account}


def take(account: Account, duty: str, by: Account) -> str:
    managing.take(account, duty, by=by)
    return _("%(who)s: the duty was taken.") % {"who": account}


def stop(account: Account, duty: str, by: Account) -> str:
    managing.stop(account, by=by)
    return _("%(who)s: the account is stopped.") % {"who": account}


ACTS: Mapping[str, Callable[[Account, str, Account], str]] = {"give": give, "take": take, "stop": stop}
