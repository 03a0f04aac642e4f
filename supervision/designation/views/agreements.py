"""The desk's pages of agreements: the list, one of them, its terms, its renewal and its appraisals."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Agreement, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.designation import appraising, checking, renewing, signing, supplementing
from supervision.designation.filters import ContractFilter
from supervision.designation.forms import AppraisalForm, TermsForm, figure_words
from supervision.designation.models import Appraisal, Contract, Stage
from supervision.designation.models.contracts import LIVING
from supervision.designation.workflows import AGREEMENT
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.refusal import Refused

from .acting import clocks_of, tried


@desk_page
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements of the territory, the newest first."""
    asked = ContractFilter(request.GET, signed_in(request))
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.rows),
        "page": page(asked.rows.select_related("institution__division", "insurer"), request.GET, sort="-id"),
    }  # fmt: skip
    return render(request, "designation/agreements.html", context)


def found(request: HttpRequest, number: str) -> Contract:
    rows = Contract.objects.visible_to(signed_in(request))
    beside = (
        "institution__division",
        "insurer__pooling_area",
        "template",
        "document",
        "agreement",
        "predecessor",
        "ground",
        "main",
    )
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    answer = shown(request, subject, {})
    record(Act.READ, signed_in(request), str(subject))
    return answer


def shown(
    request: HttpRequest, subject: Contract, refused: RefusedForms, written: TermsForm | AppraisalForm | None = None
) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    may = account.holds(Duty.AGREE) and subject.reaches(account)
    others = Agreement.objects.filter(institution=subject.institution).exclude(contract=subject)
    context = {
        "agreement": subject,
        "offers": offers(AGREEMENT, subject, account, refused),
        "form": written if written is not None and written.errors else next(iter(refused.values()), None),
        "clocks": clocks_of(subject, account),
        "signatures": list(subject.signatures.select_related("document")),
        "terms": terms_form(subject, written) if may and subject.state == Stage.DRAFT else None,
        "clauses": subject.template.clauses if subject.template else [],
        "figures": figures(subject),
        "renewal": renewal(subject) if may else None,
        "supplements": list(subject.supplements.order_by("pk")),
        "supplement": supplement_now(subject) if may else None,
        "successor": Contract.objects.filter(predecessor=subject).first(),
        "suspended_often": list(checking.suspended_twice(subject.institution, subject.place)),
        "elsewhere": list(others.visible_to(account).select_related("insurer")),
        "appraisals": [(one, may and may_confirm(one, account)) for one in appraisals_of(subject)],
        "appraisal_form": appraisal_form(subject, written) if may and subject.agreement_id else None,
        "events": [(event, AGREEMENT.moves.get(event.move)) for event in subject.events.select_related("by")],
    }  # fmt: skip
    return render(request, "designation/agreement.html", context)


def appraisals_of(subject: Contract) -> list[Appraisal]:
    return list(subject.appraisals.select_related("band", "written_by", "confirmed_by"))


def may_confirm(appraisal: Appraisal, account: Account) -> bool:
    return appraisal.confirmed_by_id is None and appraisal.written_by_id != account.pk


def terms_form(subject: Contract, written: TermsForm | AppraisalForm | None) -> TermsForm:
    return written if isinstance(written, TermsForm) else TermsForm(subject)


def appraisal_form(subject: Contract, written: TermsForm | AppraisalForm | None) -> AppraisalForm:
    return written if isinstance(written, AppraisalForm) else AppraisalForm(subject)


def figures(subject: Contract) -> list[tuple[str, str]]:
    """The annex in words."""
    known = subject.template.figures if subject.template else []
    return [(figure_words(one), subject.figures.get(one["code"], "")) for one in known]


def renewal(subject: Contract) -> str | None:
    """Empty where it may be renewed now, else why not; nothing where that is no question."""
    if subject.state not in LIVING or subject.main_id is not None:
        return None
    try:
        renewing.may_be_renewed(subject)
    except MoveRefused as refusal:
        return str(refusal)
    return ""


def supplement_now(subject: Contract) -> str | None:
    """Empty where a supplementary agreement may be drafted, else why not; nothing where that is no question."""
    if subject.state not in LIVING or not supplementing.has_a_text(subject):
        return None
    try:
        supplementing.may_be_supplemented(subject)
    except MoveRefused as refusal:
        return str(refusal)
    return ""


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, AGREEMENT, subject, lambda refused: shown(request, found(request, number), refused))


@desk_page
@require_POST
def terms(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was negotiated."""
    subject = found(request, number)
    form = TermsForm(subject, request.POST)
    if not form.is_valid():
        return shown(request, subject, {}, form)
    said = form.cleaned_data
    act = partial(
        signing.set_terms, subject, since=said["since"], until=said["until"], figures=form.figures(),
        by=signed_in(request),
    )  # fmt: skip
    tried(request, act, _("The terms are kept."))
    return redirect(subject)


@desk_page
@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """A text for the next term."""
    subject = found(request, number)
    try:
        return redirect(renewing.renew(subject, by=signed_in(request)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)


@desk_page
@require_POST
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """A text for an internet hospital, that hangs on this agreement."""
    subject = found(request, number)
    try:
        return redirect(supplementing.supplement(subject, by=signed_in(request)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)


@desk_page
@require_POST
def appraise(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    form = AppraisalForm(subject, request.POST)
    if not form.is_valid():
        return shown(request, subject, {}, form)
    act = partial(
        appraising.appraise_year, subject, year=form.cleaned_data["year"], points=form.points(), by=signed_in(request)
    )
    tried(request, act, _("The appraisal is kept. A second person confirms it."))
    return redirect(subject)


@desk_page
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """A second person stands by the appraisal of a year."""
    account = signed_in(request)
    appraisal = get_object_or_404(Appraisal.objects.visible_to(account).select_related("contract"), pk=number)
    tried(request, partial(appraising.confirm_appraisal, appraisal, by=account), _("The appraisal is confirmed."))
    return redirect(appraisal.contract)
