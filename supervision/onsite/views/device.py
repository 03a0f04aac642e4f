"""What a device asks for: the page that works without a network, the visit itself, and where its entries go.

The page and the worker's script hold nobody's data and are kept by the browser; everything of a visit comes by
`package`, and lies on the device sealed under the officer's own device password (static/js/onsite_store.js).
"""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.moves import BeyondReach, MoveRefused
from supervision.onsite import packing, taking, visiting
from supervision.onsite.models import Visit
from supervision.onsite.words import invisible, words

KEPT = (
    "vendor/tabler.min.css", "css/site.css", "css/desk.css", "css/onsite.css", "img/mark.svg", "vendor/idb.js",
    "js/onsite_store.js", "js/onsite_signing.js", "js/onsite_sending.js", "js/onsite.js",
)  # fmt: skip


def gone_on(account: Account, number: str) -> Visit:
    """A visit for one of its officers; for others there is none."""
    rows = Visit.objects.visible_to(account).of_officer(account).select_related("institution", "checklist")
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page that opens without a network. It names nobody: the browser keeps it."""
    return HttpResponse(page(request))


def page(request: HttpRequest) -> str:
    context = {"words": words(), "invisible": invisible(), "most": settings.ATTACHMENT_LIMIT}
    return render_to_string("onsite/device.html", context, request)


@desk_page
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the page without a network; it changes with whatever it keeps."""
    kept = [staticfiles_storage.url(name) for name in KEPT]
    version = hashlib.sha256(f"{page(request)}{kept}".encode()).hexdigest()[:16]
    context = {"kept": json.dumps(kept), "shell": json.dumps(reverse("onsite:device")), "version": version}
    text = render_to_string("onsite/worker.js", context)
    return HttpResponse(text, content_type="text/javascript")


@desk_page
@require_GET
def package(request: HttpRequest, number: str) -> HttpResponse:
    """The visit as a device needs it, with the token that its next posts carry."""
    visit = gone_on(signed_in(request), number)
    return render(request, "onsite/package.html", {"package": packing.package(visit, signed_in(request))})


@desk_page
@require_POST
def take_along(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    visit = gone_on(account, number)
    return said(lambda: visiting.take_along(visit, device_of(request), by=account) is not None)


@desk_page
@require_POST
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """Entries as a list of JSON in the file `entries`, their files under their digests; an answer to each."""
    account = signed_in(request)
    visit = gone_on(account, number)
    given = given_in(request)
    answers = taking.take(visit, given, files_of(request), device=device_of(request), by=account) if given else []
    return JsonResponse({"answers": [vars(one) for one in answers]})


@desk_page
@require_POST
def hand_back(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    visit = gone_on(account, number)
    count, digest = request.POST.get("entries", ""), request.POST.get("digest", "")
    entries = int(count) if count.isascii() and count.isdigit() and len(count) < 7 else -1
    return said(lambda: visiting.hand_back(visit, device_of(request), entries=entries, digest=digest, by=account))


def said(act: Any) -> HttpResponse:
    """Whether it was done; or why not, as something that is no fault of the device."""
    try:
        return JsonResponse({"done": act(), "why": ""})
    except BeyondReach:
        raise Http404 from None
    except MoveRefused as refusal:
        return JsonResponse({"done": False, "why": str(refusal)})


def device_of(request: HttpRequest) -> UUID:
    """The device that asks; one that says nothing is nobody's."""
    try:
        return UUID(request.POST.get("device", ""))
    except ValueError:
        return UUID(int=0)


def given_in(request: HttpRequest) -> list[taking.Given]:
    """What was sent, of whatever shape: an entry that is none is answered as such."""
    file = request.FILES.get("entries")
    if not isinstance(file, UploadedFile):
        return []
    try:
        rows = json.loads(file.read())
    except ValueError:
        return []
    found = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return [taking.Given(text_in(one, "id"), text_in(one, "text"), text_in(one, "digest")) for one in found]


def text_in(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def files_of(request: HttpRequest) -> taking.Files:
    return {name: file for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
