"""The reporter's page of a reward, opened with the receipt; and for everybody, the rules that rewards go by."""

import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from institutions.models import Division
from supervision.clocks.limits import limit, places_of
from supervision.complaints import receipts
from supervision.complaints.models import Complaint
from supervision.complaints.portal.following import found
from supervision.complaints.vault.sealing import openings
from supervision.refusal import Refused

from . import claiming
from .models import RewardRule
from .models.rules import NATION
from .shown import for_reporter
from .timing import CLAIM, PAYMENT
from .wording import bands

FIELDS = ("way", "holder", "bank", "account")


@login_not_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Without a receipt the rules; with one, its reward. The receipt never stands in an address."""
    if request.method == "GET":
        return rules(request)
    complaint = found(request.POST)
    if complaint is None:
        return rules(request, refusal=_("There is no report with this receipt."))
    if request.POST.get("act") != "claim":
        return page(request, complaint)
    try:
        claiming.claim(complaint, payout(request), once=request.POST.get("once", "") or secrets.token_hex(16))
    except Refused as refusal:
        return page(request, complaint, refusal=refusal)
    return page(request, complaint, done=_("Your claim is in. Where it is paid to lies sealed."))


def payout(request: HttpRequest) -> dict[str, str]:
    """What was filled in; the code is not sent by the page but made from the receipt."""
    return {"code": code(request.POST.get("receipt", "")), **{name: request.POST.get(name, "") for name in FIELDS}}


def code(receipt: str) -> str:
    """In groups of four, as it is read out."""
    return receipts.shown(claiming.code_of(receipt))


def page(
    request: HttpRequest, complaint: Complaint, *, refusal: Refused | None = None, done: str = ""
) -> HttpResponse:  # fmt: skip
    """What was filled in stands there again after a refusal, and only then."""
    receipt = request.POST.get("receipt", "")
    context = {
        "complaint": complaint, "reward": for_reporter(complaint), "receipt": receipt, "refusal": str(refusal or ""),
        "wrong": getattr(refusal, "field", ""), "done": done,
        "once": secrets.token_hex(16), "openings": openings(complaint.number), "code": code(receipt),
        "filled": {name: request.POST.get(name, "") if refusal else "" for name in FIELDS},
    }  # fmt: skip
    return render(request, "portal/reward.html", context)


def rules(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    """What holds today: the nation's frame, and each share that a place has set, with its source."""
    today = timezone.localdate()
    rows = list(RewardRule.objects.filter(valid__contains=today).prefetch_related("bands"))
    places = Division.objects.in_bulk({row.place for row in rows})
    context = {
        "frame": next((row for row in rows if row.place == NATION), None),
        "rules": [
            (places[row.place], row, bands(row)) for row in rows if row.place != NATION and row.place in places
        ],
        "refusal": refusal, "receipt": request.POST.get("receipt", ""), "time": limit(CLAIM, places_of(NATION), today),
        "paid_within": limit(PAYMENT, places_of(NATION), today),
    }  # fmt: skip
    return render(request, "portal/rewards.html", context)
