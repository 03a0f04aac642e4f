"""The second step of signing in, and what an account does about its second factor."""

import segno
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from institutions import fresh_code, second_factor, ticket
from institutions.access import signed_in
from institutions.forms import CodeForm, ProofForm
from institutions.lockout import address_of, locked_out
from institutions.models import Account, SecondFactor
from supervision.audit.chain import record
from supervision.audit.models import Act

BACKEND = "django.contrib.auth.backends.ModelBackend"
DRAWN = "drawn_factor"  # in a session: key of the factor that was drawn after password and code


def code(request: HttpRequest) -> HttpResponse:
    """Asks whoever gave the right password for a code, and signs them in."""
    held = None if request.user.is_authenticated else ticket.held(request)
    if held is None:
        return back_to_the_door(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            way = second_factor.prove(held.account, form.cleaned_data["code"])
        except second_factor.CodesSpent:
            return locked_out(request, held.account.username)
        except second_factor.CodeRefused:
            form.refuse()
        else:
            tell_of_wrong_codes(request, held.account)
            return let_in(request, held, redirect(held.onward), by=way)
    return render(request, "registration/code.html", {"form": form, "name": held.account.username})


def set_up(request: HttpRequest) -> HttpResponse:
    """Whoever has no second factor yet sets one up, and is signed in by its first code."""
    held = None if request.user.is_authenticated else ticket.held(request)
    factor = second_factor.drawn(held.account, held.drawn) if held else None
    if held is None or factor is None or second_factor.current(held.account):
        return back_to_the_door(request, superseded=bool(held and held.drawn))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(held.account, form.cleaned_data["code"], factor.pk)
        except second_factor.CodesSpent:
            return locked_out(request, held.account.username)
        except second_factor.CodeRefused:
            form.refuse()
        else:
            entered = let_in(request, held, HttpResponse(), by=second_factor.Way.CODE)
            entered.content = shown_once(request, codes, held.onward).content
            return entered
    return render(request, "registration/set_up.html", {"form": form, **picture(request, factor)})


def let_in(request: HttpRequest, held: ticket.Ticket, response: HttpResponse, *, by: second_factor.Way) -> HttpResponse:
    login(request, held.account, backend=BACKEND)
    ticket.take_back(response)
    record(Act.SIGN_IN, held.account, address=address_of(request), by=by.value)
    return response


def back_to_the_door(request: HttpRequest, *, superseded: bool = False) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    if superseded:
        told = _("This secret no longer counts: its time ran out, or your password was given again in another browser.")
        messages.warning(request, f"{told} {_('If that was not you, change your password now.')}")
    elif ticket.COOKIE in request.COOKIES:
        messages.info(request, _("The time for your code has run out. Please sign in once more."))
    return redirect("sign_in")


def tell_of_wrong_codes(request: HttpRequest, account: Account) -> None:
    """Who gives wrong codes knows the password: if it was not the owner, it must be changed."""
    wrong = second_factor.wrong_since(account, account.last_login)
    if wrong:
        told = ngettext(
            "%(number)d wrong code followed your right password since you last signed in.",
            "%(number)d wrong codes followed your right password since you last signed in.",
            wrong,
        ) % {"number": wrong}
        messages.warning(request, f"{told} {_('If that was not you, change your password now.')}")


@require_POST
def fresh(request: HttpRequest) -> HttpResponse:
    """A present code before something of weight is looked at or taken out; then on to it."""
    onward = request.POST.get("onward", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = "/"
    return fresh_code.proved(request, onward) or redirect(onward)


@require_http_methods(["GET", "POST", "PUT"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own second factor: since when, recovery codes left, and new ones against password and code."""
    account = signed_in(request)
    form = ProofForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.prove()
        except second_factor.CodesSpent:
            return locked_out(request, account.username)
        except second_factor.CodeRefused:
            form.refuse()
        else:
            return renewed(request, account, form.cleaned_data["what"])
    facts = {"form": form, "factor": second_factor.current(account), "left": second_factor.left(account)}
    return render(request, "registration/second_factor.html", facts)


def renewed(request: HttpRequest, account: Account, what: str) -> HttpResponse:
    if what == ProofForm.PHONE:
        request.session[DRAWN] = str(second_factor.draw(account).pk)
        return redirect("second_factor_new")
    codes = second_factor.draw_recovery_codes(account)
    record(Act.SECOND_FACTOR, account, account.username, what="drew recovery codes")
    return shown_once(request, codes, "/")


@require_http_methods(["GET", "POST", "PUT"])
def another(request: HttpRequest) -> HttpResponse:
    """The secret for another telephone, for the session that proved itself and for no other.

    The factor before counts until a code of the new one is shown.
    """
    account = signed_in(request)
    factor = second_factor.drawn(account, request.session.get(DRAWN))
    if factor is None or second_factor.current(account) is None:
        return redirect("second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(account, form.cleaned_data["code"], factor.pk)
        except second_factor.CodesSpent:
            return locked_out(request, account.username)
        except second_factor.CodeRefused:
            form.refuse()
        else:
            del request.session[DRAWN]
            update_session_auth_hash(request, account)
            return shown_once(request, codes, "/")
    return render(request, "registration/set_up.html", {"form": form, "again": True, **picture(request, factor)})


def shown_once(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    return render(request, "registration/recovery_codes.html", {"codes": codes, "onward": onward})


def picture(request: HttpRequest, factor: SecondFactor) -> dict[str, str | SafeString]:
    """The secret as a picture to photograph, as an address to tap, and as letters to type."""
    issuer = f"{_('Fund supervision')} {request.get_host().partition(':')[0]}"
    address, secret = second_factor.address_of(factor, issuer), second_factor.secret_of(factor)
    drawing = segno.make(address, error="m").svg_inline(scale=5, svgclass="qr", lineclass="", omitsize=True)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    # Drawn by segno out of squares; nothing in it was typed by anybody.
    return {"drawing": mark_safe(drawing), "address": address, "secret": groups}  # noqa: S308
