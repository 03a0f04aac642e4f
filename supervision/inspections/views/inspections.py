"""Inspections: the list with its filters, a new one, and one with its team, records, findings and moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.inspections import finding, opening, repeating, teaming, voting
from supervision.inspections.forms import ChargeForm, FactForm, ProposalForm, ReasonForm, TeamForm, VoteForm
from supervision.inspections.inspection_filter import InspectionFilter
from supervision.inspections.models import Expert, Fact, Inspection, Inspector, Member, PlanLine
from supervision.inspections.models.inspections import AT_WORK
from supervision.inspections.sealing import SEALING
from supervision.inspections.workflows import workflow_of
from supervision.moves import BeyondReach, MoveRefused
from supervision.paging import capped_count, page

from .acting import acted, number_in

PEOPLE = ("proposer__territory", "approver__territory")


def found(account: Account, number: str) -> Inspection:
    rows = Inspection.objects.visible_to(account).select_related(
        "institution__division", "place__parent", "host__parent", "line__plan", "draw", "clock__limit", *PEOPLE
    )
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """Those of the territory, the newest first."""
    account = signed_in(request)
    asked = InspectionFilter(request.GET, account)
    rows = asked.inspections.select_related("institution", "place__parent", "clock__limit")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.inspections),
        "page": page(rows, request.GET, sort="-id"), "may_propose": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "inspections/list.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A flight or daily inspection, proposed."""
    account = signed_in(request)
    form = ProposalForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid():
        try:
            return redirect(proposed(form, account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "inspections/new.html", {"form": form})


def proposed(form: ProposalForm, account: Account) -> Inspection:
    said = dict(form.cleaned_data)
    code, number = said.pop("institution"), said.pop("line")
    institution = Institution.objects.visible_to(account).filter(pk=code).first() if code else None
    if code and institution is None:
        raise MoveRefused(_("There is no institution with this code in your territory."))
    line = PlanLine.objects.select_related("plan__place").filter(pk=number).first() if number else None
    return opening.propose_inspection(institution=institution, line=line, **said, by=account)


@desk_page
@require_GET
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Inspection, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    officer = teaming.officer_of(subject, account)
    writes = officer is not None and subject.state == "onsite" and account.holds(Duty.INVESTIGATE)
    context = {
        "inspection": subject, "offers": offers(workflow_of(subject), subject, account, refused),
        "form": next(iter(refused.values()), None),
        "lacks": teaming.lacks(subject) if subject.institution and subject.state in AT_WORK else "",
        "earlier": list(repeating.visits_within_a_year(subject)) if repeating.is_one_too_many(subject) else [],
        "reason_form": ReasonForm(initial={"reason": subject.repeat_reason}, auto_id="again-%s"),
        "members": list(subject.members.select_related("inspector__account__territory", "expert")),
        "team_form": TeamForm(inspection=subject, account=account, auto_id="team-%s")
        if account.holds(Duty.DECIDE) and subject.institution and subject.state in AT_WORK else None,
        "facts": facts_of(subject, officer, writes=writes),
        "fact_form": FactForm(inspection=subject, auto_id="fact-%s") if writes else None,
        "sealings": [(one, offers(SEALING, one, account, {})) for one in subject.sealings.select_related("document")],
        "documents": list(Document.objects.visible_to(account).filter(about=str(subject))),
        "clocks": list(Clock.objects.visible_to(account).filter(subject=str(subject)).going()),
        "events": list(subject.events.select_related("by__territory")), "may_explain": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "inspections/inspection.html", context)


def facts_of(subject: Inspection, officer: Member | None, *, writes: bool) -> list[dict[str, object]]:
    """Each finding with its lines and votes, and the forms that are open to the reader."""
    rows = subject.facts.select_related("item", "hearing", "case").prefetch_related(
        "charges", "votes__member__inspector__account__territory"
    )
    return [
        {
            "fact": fact, "charge_form": ChargeForm(auto_id=f"charge-{fact.pk}-%s") if writes else None,
            "stands": voting.stands(fact) if fact.answer else None,
            "vote_form": VoteForm(auto_id=f"vote-{fact.pk}-%s") if may_vote(fact, subject, officer) else None,
        }
        for fact in rows
    ]  # fmt: skip


def may_vote(fact: Fact, subject: Inspection, officer: Member | None) -> bool:
    waiting = subject.state == "defended" and fact.answer == Fact.Answer.DISPUTED and officer is not None
    return waiting and all(one.member_id != officer.pk for one in fact.votes.all() if officer)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, workflow_of(subject), subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def team(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    form = TeamForm(request.POST, inspection=subject, account=account)
    return acted(request, form, lambda: changed(subject, form, account), subject.get_absolute_url())


def changed(subject: Inspection, form: TeamForm, by: Account) -> object:
    """The team as the form wants it."""
    what, words = form.cleaned_data["what"], form.cleaned_data["words"]
    member, inspector = form.found(Member), form.found(Inspector)
    if what == "third":
        return teaming.name_helper(subject, third_party=words, by=by)
    if what == "expert":
        return teaming.name_helper(subject, expert=form.found(Expert), by=by)
    if what == "officer" and inspector is not None:
        return teaming.name_officer(subject, inspector, by=by)
    if what == "leader" and (leads := inspector or (member and member.inspector)):
        return teaming.name_leader(subject, leads, by=by)
    if what == "recuse" and member is not None:
        return teaming.recuse(subject, member, words, by=by)
    raise MoveRefused(_("Say who."))


@desk_page
@require_POST
def reason(request: HttpRequest, number: str) -> HttpResponse:
    account, form = signed_in(request), ReasonForm(request.POST)
    subject = found(account, number)
    return acted(
        request, form, lambda: repeating.give_reason(subject, form.cleaned_data["reason"], by=account),
        subject.get_absolute_url(),
    )  # fmt: skip


@desk_page
@require_POST
def write_down(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    form = FactForm(request.POST, inspection=subject)
    return acted(
        request, form, lambda: finding.write_fact(subject, **form.cleaned_data, by=account),
        subject.get_absolute_url(),
    )  # fmt: skip


def fact_in(request: HttpRequest, subject: Inspection) -> Fact:
    found = subject.facts.select_related("inspection__place").filter(number=number_in(request, "fact")).first()
    if found is None:
        raise BeyondReach(_("There is nothing here by that number."))
    return found


@desk_page
@require_POST
def name_charge(request: HttpRequest, number: str) -> HttpResponse:
    account, form = signed_in(request), ChargeForm(request.POST)
    subject = found(account, number)
    return acted(
        request, form, lambda: finding.name_charge(fact_in(request, subject), **form.cleaned_data, by=account),
        subject.get_absolute_url(),
    )  # fmt: skip


@desk_page
@require_POST
def strike(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return acted(
        request, None, lambda: finding.strike_fact(fact_in(request, subject), by=account), subject.get_absolute_url()
    )


@desk_page
@require_POST
def vote(request: HttpRequest, number: str) -> HttpResponse:
    account, form = signed_in(request), VoteForm(request.POST)
    subject = found(account, number)

    def act() -> None:
        said = form.cleaned_data
        voting.vote(fact_in(request, subject), stands=said["stands"] == "yes", reason=said["reason"], by=account)

    return acted(request, form, act, subject.get_absolute_url())


@desk_page
@require_POST
def decide_sealing(request: HttpRequest, number: str) -> HttpResponse:
    """What becomes of evidence that was preserved."""
    account = signed_in(request)
    subject = found(account, number)
    sealing = subject.sealings.filter(pk=number_in(request, "sealing")).first()
    if sealing is None:
        messages.error(request, _("There is nothing here by that number."))
        return redirect(subject)
    return make(
        request, SEALING, sealing, lambda refused: shown(request, found(account, number), refused),
        back=subject.get_absolute_url(),
    )  # fmt: skip
