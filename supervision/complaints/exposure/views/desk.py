"""The desk's pages of typical cases: the list, a new one, and one with what the check found."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.forms import ActForm
from supervision.cases.views.acts import make, offers
from supervision.complaints.exposure.drafting import excuse as excused
from supervision.complaints.exposure.drafting import retell
from supervision.complaints.exposure.forms import DraftForm, ExcuseForm
from supervision.complaints.exposure.knowing import hits
from supervision.complaints.exposure.models import ErrorClaim, Exposed, TypicalCase
from supervision.complaints.exposure.models.cases import WORDS
from supervision.complaints.exposure.workflow import BEFORE, ERROR_CLAIM, TYPICAL_CASE
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from .acting import form_of


@desk_page
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The newest first; above them what must be withdrawn, and who says that something is wrong."""
    account = signed_in(request)
    rows = TypicalCase.objects.visible_to(account)
    state = request.GET.get("state", "")
    chosen = rows.filter(state=state) if state in Exposed.values else rows
    context = {
        "due": list(rows.filter(state=Exposed.WITHDRAW_DUE).select_related("clock__limit", "place")),
        "claims": list(ErrorClaim.objects.visible_to(account).open().select_related("typical", "clock__limit")[:50]),
        "states": [(value, label, value == state) for value, label in Exposed.choices],
        "state": state if state in Exposed.values else "",
        "count": capped_count(chosen),
        "page": page(chosen.select_related("place", "clock__limit"), request.GET, sort="-id"),
        "may_draft": account.holds(Duty.COMPLAINTS),
    }
    return render(request, "exposure/list.html", context)


@desk_page
@duty_required(Duty.COMPLAINTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = DraftForm(account, sent, initial={"case": request.GET.get("case", "")[:30]})
    if sent is not None and form.is_valid():
        try:
            return redirect(retell(form.cleaned_data["case"], form.texts(), by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "exposure/new.html", {"form": form})


def found(request: HttpRequest, number: str) -> TypicalCase:
    rows = TypicalCase.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("case", "place", "institution", "clock__limit"), number=number)


@desk_page
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    answer = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return answer


def shown(
    request: HttpRequest, subject: TypicalCase, *, refused: Mapping[str, ActForm] | None = None,
    excusing: ExcuseForm | None = None, answering: Mapping[int, Mapping[str, ActForm]] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a typical case; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    left = hits(subject) if subject.state in BEFORE else []
    claims = subject.claims.select_related("clock__limit")
    forms = [*(refused or {}).values(), *([excusing] if excusing else [])]
    forms += [form for one in (answering or {}).values() for form in one.values()]
    context = {
        "typical": subject,
        "texts": [(words, getattr(subject, name)) for name, words in WORDS.items()],
        "hits": [(hit, WORDS[hit.part]) for hit in left],
        "may_excuse": account.holds(Duty.COMPLAINTS) and account.pk != subject.drafted_by_id,
        "excuses": list(subject.excuses.select_related("by")),
        "excusing": ExcuseForm(auto_id=False),
        "offers": offers(TYPICAL_CASE, subject, account, refused or {}, form_of=form_of),
        "claims": [
            (claim, offers(ERROR_CLAIM, claim, account, (answering or {}).get(claim.pk, {}))) for claim in claims
        ],
        "events": [(event, TYPICAL_CASE.moves.get(event.move)) for event in subject.events.select_related("by")],
        "form": next((form for form in forms if form.errors), None),
    }
    return render(request, "exposure/case.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the typical case; its name stands in the field `move`."""
    return make(
        request, TYPICAL_CASE, found(request, number),
        lambda refused: shown(request, found(request, number), refused=refused), form_of=form_of,
    )  # fmt: skip


@desk_page
@require_POST
def excuse(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a find points at nobody."""
    subject, form = found(request, number), ExcuseForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            excused(subject, said["kind"], said["text"], reason=said["reason"], by=signed_in(request))
            messages.success(request, _("Done."))
            return redirect(subject)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, excusing=form)
