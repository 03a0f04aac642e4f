"""The desk's pages of applications: the list, one of them, and the assessors' sheet."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.designation import applying, checking, commissioning, scoring
from supervision.designation.filters import ApplicationFilter
from supervision.designation.forms import ScoreForm, ThirdPartyForm
from supervision.designation.models import Application, ApplicationFile
from supervision.designation.workflows import APPLICATION
from supervision.hearing import attaching
from supervision.hearing.attaching import FileRefused
from supervision.paging import capped_count, page
from supervision.refusal import Refused

from .acting import clocks_of, tried


@desk_page
@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    """The applications of the territory, the newest first."""
    asked = ApplicationFilter(request.GET, signed_in(request))
    rows = asked.rows.select_related("institution__division", "insurer", "clock__limit")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.rows),
        "page": page(rows, request.GET, sort="-id"),
    }  # fmt: skip
    return render(request, "designation/applications.html", context)


def found(request: HttpRequest, number: str) -> Application:
    rows = Application.objects.visible_to(signed_in(request))
    return get_object_or_404(
        rows.select_related("institution__division", "insurer__pooling_area", "clock__limit"), number=number
    )


@desk_page
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    answer = shown(request, subject, {})
    record(Act.READ, signed_in(request), str(subject))
    return answer


def shown(
    request: HttpRequest, subject: Application, refused: RefusedForms, written: ScoreForm | ThirdPartyForm | None = None
) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account, round_ = signed_in(request), subject.assessment
    context = {
        "application": subject,
        "offers": offers(APPLICATION, subject, account, refused),
        "form": written if written is not None and written.errors else next(iter(refused.values()), None),
        "clocks": clocks_of(subject, account),
        "conditions": checking.conditions(subject),
        "said": {answer.criterion_id: answer for answer in subject.answers.all()},
        "grounds": checking.grounds(subject),
        "files": list(subject.files.enclosed().select_related("criterion")),
        "simplified": applying.simplified(subject),
        "assessments": list(
            subject.assessments.select_related("first", "second", "agreed_by", "filed_by", "filing").prefetch_related(
                "scores__criterion", "reports"
            )
        ),
        "score_form": score_form(subject, written) if may_score(subject, account) else None,
        "third_party_form": third_party_form(subject, written) if may_score(subject, account) else None,
        "may_agree": may_score(subject, account)
        and round_ is not None
        and round_.scored_by_id not in (None, account.pk),
        "objections": list(subject.objections.all()),
        "contracts": list(subject.contracts.all()),
        "events": [(event, APPLICATION.moves.get(event.move)) for event in subject.events.select_related("by")],
    }
    return render(request, "designation/application.html", context)


def score_form(subject: Application, written: ScoreForm | ThirdPartyForm | None) -> ScoreForm:
    return written if isinstance(written, ScoreForm) else ScoreForm(subject)


def third_party_form(subject: Application, written: ScoreForm | ThirdPartyForm | None) -> ThirdPartyForm:
    return written if isinstance(written, ThirdPartyForm) else ThirdPartyForm(subject)


def may_score(subject: Application, account: Account) -> bool:
    round_ = subject.assessment
    under_way = subject.state in scoring.UNDER_WAY and round_ is not None and not round_.agreed_by_id
    return under_way and round_ is not None and round_.is_by(account) and account.holds(Duty.AGREE)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, APPLICATION, subject, lambda refused: shown(request, found(request, number), refused))


@desk_page
@require_POST
def score(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the whole sheet."""
    subject = found(request, number)
    form = ScoreForm(subject, request.POST)
    if not form.is_valid():
        return shown(request, subject, {}, form)
    said = form.cleaned_data
    act = partial(
        scoring.score, subject, form.points(), on_paper=said["on_paper"], on_site=said["on_site"],
        by=signed_in(request),
    )  # fmt: skip
    tried(request, act, _("The sheet is kept. The other of the two agrees to it."))
    return redirect(subject)


@desk_page
@require_POST
def third_party(request: HttpRequest, number: str) -> HttpResponse:
    """Name who was commissioned to look into it, with the report; what is kept is a harmless copy."""
    subject = found(request, number)
    form = ThirdPartyForm(subject, request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commissioning.commission(subject, said["third_party"], said["report"], by=signed_in(request))
        except (FileRefused, Refused) as refusal:
            form.add_error("report", str(refusal))
        else:
            messages.success(request, _("The third party and its report are kept."))
            return redirect(subject)
    return shown(request, subject, {}, form)


@desk_page
@require_POST
def agree(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    tried(request, partial(scoring.agree, subject, by=signed_in(request)), _("Both of the team stand by the sheet."))
    return redirect(subject)


@desk_page
@require_GET
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    return file_of(request, number)


def file_of(request: HttpRequest, number: int) -> HttpResponseBase:
    """An enclosed file of an application that the account sees."""
    account = signed_in(request)
    rows = ApplicationFile.objects.visible_to(account).select_related("application")
    kept = get_object_or_404(rows, pk=number)
    answer = attaching.download(kept)
    record(Act.READ, account, f"file {kept.pk} of {kept.application}")
    return answer
