"""One complaint at the desk: what was told, what is to be done, what was said. Who told it is not here."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.forms import ActForm
from supervision.cases.models import Case
from supervision.cases.views.acts import make, offers
from supervision.clocks.models import Clock
from supervision.complaints import talking, timing
from supervision.complaints.archiving import ENDED
from supervision.complaints.gate import keeping
from supervision.complaints.models import Complaint
from supervision.complaints.vault.sealing import is_kept
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import MoveRefused

PEOPLE = ("handler__territory", "approver__territory")


def found(request: HttpRequest, number: str) -> Complaint:
    rows = Complaint.objects.visible_to(signed_in(request))
    beside = ("institution__division", "place__parent", "clock__limit", "case", "joined_to", "passed_to", *PEOPLE)
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    page = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return page


def shown(request: HttpRequest, subject: Complaint, *, refused: Mapping[str, ActForm] | None = None) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    cases = Case.objects.visible_to(account).filter(pk=subject.case_id or 0)
    context = {
        "complaint": subject,
        "offers": offers(COMPLAINT, subject, account, refused or {}),
        "form": next(iter((refused or {}).values()), None),
        "events": list(subject.events.select_related("by__territory", "complaint")),
        "messages_shown": list(subject.messages.select_related("by__territory")),
        "files": list(keeping.of(subject.number)),
        "joined": list(subject.joined.all()),
        "case": cases.first(),
        "clocks": list(Clock.objects.visible_to(account).filter(subject=subject.number).going()),
        "may_write": account.holds(Duty.COMPLAINTS),
        "may_ask": account.holds(Duty.IDENTITY) and is_kept(subject.number),
        "others": others(subject, account),
        "ended": subject.state in ENDED,
        "object_until": None if subject.objected_on else timing.may_object_until(subject),
    }
    return render(request, "complaints/complaint.html", context)


def others(subject: Complaint, account: Account) -> list[Complaint]:
    """What else was told about the same institution: it may be the same matter."""
    if subject.institution_id is None:
        return []
    rows = Complaint.objects.visible_to(account).filter(institution=subject.institution_id)
    return list(rows.exclude(pk=subject.pk)[:10])


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the complaint; its name stands in the field `move`."""
    return make(
        request, COMPLAINT, found(request, number),
        lambda refused: shown(request, found(request, number), refused=refused),
        then=lambda moved: gone(request, moved),
    )  # fmt: skip


def gone(request: HttpRequest, moved: Complaint) -> HttpResponse:
    """To its page, or to the list where it was given to another place and is out of sight."""
    if Complaint.objects.visible_to(signed_in(request)).filter(pk=moved.pk).exists():
        return redirect(moved)
    messages.success(request, _("%(number)s was passed on.") % {"number": moved})
    return redirect("complaints:complaints")


@desk_page
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """A message to the reporter."""
    subject = found(request, number)
    try:
        talking.write_to_reporter(subject, request.POST.get("words", ""), by=signed_in(request))
        messages.success(request, _("The reporter reads it with the receipt."))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)
