"""How a department's system speaks to us: its keys, and the address at which it is told."""

import base64

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions import fresh_code
from institutions.access import liaison_page, signed_in
from supervision.coordination import keys
from supervision.coordination.models import Delivery, DepartmentKey, Endpoint
from supervision.coordination.sending import webhook_secret
from supervision.moves import MoveRefused

SHOWN = 20  # messages


@liaison_page
@require_GET
def connection(request: HttpRequest) -> HttpResponse:
    department = signed_in(request).department_id
    context = {
        "keys": list(DepartmentKey.objects.filter(partner=department).select_related("account")),
        "endpoint": Endpoint.objects.filter(partner=department).first(),
        "deliveries": list(Delivery.objects.filter(partner=department)[:SHOWN]),
    }
    return render(request, "coordination/connection.html", context)


@liaison_page
@require_POST
def open_key(request: HttpRequest) -> HttpResponse:
    """A further key; its secret is shown once, to who has shown a present code."""
    if asking := fresh_code.asked(request):
        return asking
    try:
        key, secret = keys.open_department_key(by=signed_in(request))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("liaison:connection")
    signed_with = base64.b64encode(webhook_secret(key.partner_id)).decode()
    return render(request, "coordination/key.html", {"key": key, "secret": secret, "webhook": f"whsec_{signed_with}"})


@liaison_page
@require_POST
def close_key(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    try:
        keys.close_department_key(
            int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0, by=signed_in(request)
        )
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("liaison:connection")


@liaison_page
@require_POST
def set_address(request: HttpRequest) -> HttpResponse:
    if asking := fresh_code.asked(request):
        return asking
    try:
        keys.set_endpoint(request.POST.get("url", "")[:300], by=signed_in(request))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("From now on your system is told there."))
    return redirect("liaison:connection")
