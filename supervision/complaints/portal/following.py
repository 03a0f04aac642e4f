"""Following a report with its receipt: status, messages, further evidence, objection. The receipt rides in the page."""

import secrets
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from supervision.complaints import acknowledging, conditions, receipts, talking, timing
from supervision.complaints.gate import keeping, multipart
from supervision.complaints.models import Complaint, State
from supervision.complaints.vault.sealing import openings
from supervision.refusal import Refused

View = Callable[[HttpRequest], HttpResponse]
NEXT: dict[str, Callable[[], str]] = {
    State.RECEIVED: lambda: _("Somebody registers it and decides whether it is accepted."),
    State.REGISTERED: lambda: _("It is being decided whether it is accepted."),
    State.ACCEPTED: lambda: _("Two officers will look into it."),
    State.VERIFYING: lambda: _("It is being verified; then it is decided whether it is filed."),
    State.PASSED_ON: lambda: _("The department named below owes you an answer."),
    State.FILED: lambda: _("It is being handled. The decision on filing is being told to you."),
    State.NOT_FILED: lambda: _("It was not filed. The reason is being told to you."),
    State.TOLD: lambda: _("What was filed is handled; you will read the outcome here."),
}


def takes_forms(view: View) -> View:
    """Who only opens its address, which stands in the history of a browser without a script, is led to the door."""

    @wraps(view)
    @require_http_methods(["GET", "POST"])
    def led(request: HttpRequest) -> HttpResponse:
        return redirect("portal:follow") if request.method == "GET" else view(request)

    return led


@login_not_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The door: the receipt is typed, and never stands in an address."""
    if request.method == "GET":
        return render(request, "portal/follow.html", {})
    complaint = found(request.POST)
    if complaint is None:
        return no_such(request)
    return shown(request, complaint)


def no_such(request: HttpRequest) -> HttpResponse:
    """The door again, with what was typed."""
    said = {"refusal": _("There is no report with this receipt."), "typed": request.POST.get("receipt", "")}
    return render(request, "portal/follow.html", said)


def found(sent: QueryDict) -> Complaint | None:
    typed = receipts.understood(sent.get("receipt", ""))
    if len(typed) != receipts.LENGTH:
        return None
    beside = ("place", "institution", "passed_to", "joined_to")
    return Complaint.objects.with_receipt(typed).select_related(*beside).first()


def shown(request: HttpRequest, complaint: Complaint, *, refusal: str = "", done: str = "") -> HttpResponse:
    """Where it stands, for who has the receipt."""
    leading = complaint.leading
    context = {
        "complaint": complaint, "leading": leading, "state": State(leading.state), "done": done, "refusal": refusal,
        "next": NEXT[leading.state]() if leading.state in NEXT else "", "receipt": request.POST.get("receipt", ""),
        "messages_shown": list(complaint.messages.all()), "openings": openings(complaint.number),
        "files": list(keeping.of(complaint.number)), "once": secrets.token_hex(16),
        "may_object": talking.may_object(complaint), "object_until": timing.may_object_until(complaint),
        "objected": conditions.has_objected(complaint), "words": request.POST.get("words", "") if refusal else "",
    }  # fmt: skip
    return render(request, "portal/status.html", context)


@login_not_required
@takes_forms
def act(request: HttpRequest) -> HttpResponse:
    """A message, further files, or an objection; the field `act` says which."""
    complaint, sent = found(request.POST), request.POST
    if complaint is None:
        return no_such(request)
    once = sent.get("once", "")[:64] or secrets.token_hex(16)
    try:
        if sent.get("act") == "object":
            talking.object_to(complaint, sent.get("words", ""), once=once)
            return shown(request, complaint, done=_("Your objection is in. It is taken up within a day."))
        files = [*sent.getlist("file"), *(upload.token for upload in multipart.taken(request))]
        talking.say(complaint, sent.get("words", ""), once=once, files=files)
    except Refused as refusal:
        return shown(request, complaint, refusal=str(refusal))
    return shown(request, complaint, done=_("Your message is in."))


@login_not_required
@takes_forms
def acknowledgement(request: HttpRequest) -> HttpResponse:
    """The signed acknowledgement, as a file."""
    complaint = found(request.POST)
    if complaint is None:
        return no_such(request)
    answer = HttpResponse(acknowledging.acknowledgement(complaint), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="acknowledgement.txt"'
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether an acknowledgement is ours, and unchanged."""
    text = request.POST.get("text", "")
    context = {
        "text": text, "ours": acknowledging.is_ours(text) if request.method == "POST" else None,
        "public_key": acknowledging.public_words(),
    }  # fmt: skip
    return render(request, "portal/verify.html", context)
