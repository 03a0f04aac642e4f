"""Whether the institution's system is connected, how to connect it, how it is answered, and its keys."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from institutions.access import duty_required, institution_page, signed_in
from institutions.fresh_code import fresh_code_required
from institutions.models import Account, Duty
from supervision.review.gateway import keys, signing
from supervision.review.models import Connection, Key, Message

from . import calls, preferring
from .forms import AnswersForm


@institution_page
@require_GET
def connection(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = AnswersForm.of(Connection.objects.visible_to(account).first())
    return shown(request, account, form)


def shown(request: HttpRequest, account: Account, form: AnswersForm) -> HttpResponse:
    """The page, with the form as it is or as it was refused."""
    sent = Message.objects.visible_to(account)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    kinds = sent.filter(received_at__gte=today).order_by("infno").values_list("infno").annotate(n=Count("pk"))
    known = list(Key.objects.visible_to(account).select_related("opened_by").order_by("-number"))
    context = {
        "calls": calls.last(sent, account),
        "heard": calls.latest(sent),
        "today": [(infno, calls.KINDS.get(infno, ""), n) for infno, n in kinds],
        "keys": known,
        "open_keys": [key for key in known if key.closed_at is None],
        "most_open": keys.AT_ONCE,
        "form": form,
        "address": request.build_absolute_uri(reverse("review:national")),
        "signatures": settings.REVIEW_SIGNATURES,
        "may_act": account.holds(Duty.CONNECT),
    }
    return render(request, "review/institution/connection.html", context)


@institution_page
@duty_required(Duty.CONNECT)
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    account, form = signed_in(request), AnswersForm(request.POST)
    if not form.is_valid():
        return shown(request, account, form)
    chosen = form.cleaned_data
    preferring.prefer(chosen["severities"], one_object=chosen["one_object"], by=account)
    messages.success(request, _("Saved: from now on your system is answered so."))
    return redirect("own:connection")


@never_cache
@institution_page
@duty_required(Duty.CONNECT)
@require_POST
@fresh_code_required
def open_key(request: HttpRequest) -> HttpResponse:
    """A new key, its secret shown at once."""
    account = signed_in(request)
    assert account.institution is not None
    try:
        key = keys.open_key(account.institution, by=account)
    except keys.KeyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("own:connection")
    return render(request, "review/institution/secret.html", {"key": key, "secret": signing.secret(key.name)})


@never_cache
@institution_page
@duty_required(Duty.CONNECT)
@require_POST
@fresh_code_required
def show_secret(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    key = get_object_or_404(Key.objects.visible_to(account), pk=number)
    try:
        secret = keys.show_secret(key, by=account)
    except keys.KeyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("own:connection")
    return render(request, "review/institution/secret.html", {"key": key, "secret": secret})


@institution_page
@duty_required(Duty.CONNECT)
@require_POST
def close_key(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    key = get_object_or_404(Key.objects.visible_to(account), pk=number)
    try:
        keys.close_key(key, by=account)
    except keys.KeyRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Closed: what is signed with key %(number)d is refused now.") % {"number": key.number}
        )
    return redirect("own:connection")
