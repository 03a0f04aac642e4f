"""The institution's own pages: its applications, which it writes and sends, and its agreements, which it signs."""

from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import institution_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.designation import applying
from supervision.designation.forms import BeginForm, FileForm, WritingForm
from supervision.designation.models import Application, ApplicationFile, Appraisal, Contract
from supervision.designation.workflows import AGREEMENT, APPLICATION
from supervision.hearing.attaching import FileRefused
from supervision.paging import page
from supervision.refusal import Refused

from .acting import clocks_of, tried
from .agreements import figures
from .applications import file_of


@institution_page
@require_http_methods(["GET", "POST"])
def applications(request: HttpRequest) -> HttpResponse:
    """The institution's applications; a POST begins another."""
    account = signed_in(request)
    assert account.institution is not None
    form = BeginForm(account.institution.division, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = applying.apply(applying.signer(account), form.cleaned_data["insurer"], by=account)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("designation:own_application", begun.number)
    rows = Application.objects.visible_to(account).select_related("insurer", "clock__limit")
    context = {"form": form, "page": page(rows, request.GET, sort="-id"), "may_sign": account.holds(Duty.SIGN)}
    return render(request, "designation/own_applications.html", context)


def application_of(request: HttpRequest, number: str) -> Application:
    rows = Application.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("institution", "insurer__pooling_area", "clock__limit"), number=number)


@institution_page
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    return application_page(request, application_of(request, number), {})


def application_page(
    request: HttpRequest, subject: Application, refused: RefusedForms, written: WritingForm | FileForm | None = None
) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    may_write = account.holds(Duty.SIGN) and subject.state in applying.OPEN
    context = {
        "application": subject,
        "offers": offers(APPLICATION, subject, account, refused),
        "form": written if written is not None else next(iter(refused.values()), None),
        "clocks": clocks_of(subject, account),
        "writing": (written if isinstance(written, WritingForm) else WritingForm(subject)) if may_write else None,
        "file_form": (written if isinstance(written, FileForm) else FileForm(subject)) if may_write else None,
        "answers": list(subject.answers.select_related("criterion")),
        "files": list(subject.files.enclosed().select_related("criterion")),
        "simplified": applying.simplified(subject),
        "looked_into": list(
            subject.assessments.exclude(third_party="").filter(passed__isnull=False).prefetch_related("reports")
        ),
        "unanswered": applying.unanswered(subject) if may_write else [],
        "told": subject.events.filter(move="ask_supplement").last(),
        "contracts": list(Contract.objects.visible_to(account).filter(application=subject)),
        "events": [(event, APPLICATION.moves.get(event.move)) for event in subject.events.select_related("by")],
    }
    return render(request, "designation/own_application.html", context)


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = application_of(request, number)
    onward = reverse("designation:own_application", args=[subject.number])
    return make(
        request, APPLICATION, subject,
        lambda refused: application_page(request, application_of(request, number), refused), back=onward,
    )  # fmt: skip


@institution_page
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what the form says."""
    subject = application_of(request, number)
    form = WritingForm(subject, request.POST)
    if not form.is_valid():
        return application_page(request, subject, {}, form)
    values = {name: form.cleaned_data[name] for name in ("contact", "telephone", "opened_on", "words")}
    act = partial(applying.write_application, subject, **values, said=form.said(), by=signed_in(request))
    tried(request, act, _("Kept. It is sent when you submit it."))
    return redirect("designation:own_application", subject.number)


@institution_page
@require_POST
def enclose(request: HttpRequest, number: str) -> HttpResponse:
    """Take in a file; what is kept is a harmless copy."""
    subject = application_of(request, number)
    form = FileForm(subject, request.POST, request.FILES)
    if form.is_valid():
        given: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            applying.enclose(subject, given, criterion=form.chosen(), by=signed_in(request))
        except (FileRefused, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The file is enclosed."))
            return redirect("designation:own_application", subject.number)
    return application_page(request, subject, {}, form)


@institution_page
@require_GET
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    return file_of(request, number)


@institution_page
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    rows = ApplicationFile.objects.visible_to(account).select_related("application")
    kept = get_object_or_404(rows, pk=number)
    onward = kept.application.number
    tried(request, partial(applying.leave_out, kept, by=account), _("The file was taken back."))
    return redirect("designation:own_application", onward)


# --- Agreements -------------------------------------------------------------------------------------


@institution_page
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    rows = Contract.objects.visible_to(signed_in(request)).select_related("insurer")
    return render(request, "designation/own_agreements.html", {"page": page(rows, request.GET, sort="-id")})


def agreement_of(request: HttpRequest, number: str) -> Contract:
    rows = Contract.objects.visible_to(signed_in(request))
    beside = ("institution", "insurer__pooling_area", "template", "document", "agreement", "ground", "main")
    return get_object_or_404(rows.select_related(*beside), number=number)


@institution_page
@require_GET
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    subject = agreement_of(request, number)
    answer = agreement_page(request, subject, {})
    record(Act.READ, signed_in(request), str(subject))
    return answer


def agreement_page(request: HttpRequest, subject: Contract, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        "agreement": subject,
        "offers": offers(AGREEMENT, subject, account, refused),
        "form": next(iter(refused.values()), None),
        "clocks": clocks_of(subject, account),
        "signatures": list(subject.signatures.select_related("document")),
        "clauses": subject.template.clauses if subject.template else [],
        "figures": figures(subject),
        "supplements": list(Contract.objects.visible_to(account).filter(main=subject).order_by("pk")),
        "appraisals": [(one, False) for one in appraisals_of(subject, account)],
        "events": [(event, AGREEMENT.moves.get(event.move)) for event in subject.events.select_related("by")],
    }
    return render(request, "designation/own_agreement.html", context)


def appraisals_of(subject: Contract, account: Account) -> list[Appraisal]:
    rows = Appraisal.objects.visible_to(account).filter(contract=subject)
    return list(rows.select_related("band", "written_by", "confirmed_by"))


@institution_page
@require_POST
def agreement_move(request: HttpRequest, number: str) -> HttpResponse:
    subject = agreement_of(request, number)
    if not subject.reaches(signed_in(request)):
        raise Http404
    onward = reverse("designation:own_agreement", args=[subject.number])
    return make(
        request, AGREEMENT, subject, lambda refused: agreement_page(request, agreement_of(request, number), refused),
        back=onward,
    )  # fmt: skip
