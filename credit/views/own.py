"""The institution's own standing: its grade with reasons, what would lift it, its objection and its repairs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from credit import graded, lifting, repairing
from credit.models import CreditEvent, Evaluation, Repair, State
from credit.workflow import EVALUATION
from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.cases.forms import LONGEST
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.monitoring.filters import dress
from supervision.moves import MoveRefused

from . import showing


class RepairForm(forms.Form):
    """What was put right, and what is promised."""

    statement = forms.CharField(
        label=gettext_lazy("What we have put right"), max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    promise = forms.CharField(
        label=gettext_lazy("What we promise"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, key: int, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id=f"repair-{key}-%s")
        dress(self)


def own_institution(account: Account) -> Institution:
    return get_object_or_404(Institution.objects.visible_to(account))


@institution_page
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    return own_page(request, {}, {})


def own_page(request: HttpRequest, refused: RefusedForms, repairs: Mapping[int, RepairForm]) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    institution, evaluations = own_institution(account), Evaluation.objects.visible_to(account)
    now = showing.today(institution)
    shown = evaluations.filter(state=State.PUBLICISED).first()
    context: dict[str, Any] = {
        "institution": institution, "today": now, "moved": showing.moved(institution),
        "withheld": showing.withheld(institution), "evaluations": list(evaluations.order_by("-pk")),
        "repairs": list(Repair.objects.visible_to(account).select_related("event").order_by("-pk")),
        "shown": shown, "points": showing.kept(shown.reckoned) if shown else [],
        "offers": offers(EVALUATION, shown, account, refused) if shown else [],
        "form": next(iter([*refused.values(), *repairs.values()]), None),
        "repairable": [(point, repairs.get(point.key) or RepairForm(point.key)) for point in open_to_repair(now)],
        "may_sign": account.holds(Duty.SIGN),
    }  # fmt: skip
    return render(request, "credit/own.html", context)


def open_to_repair(now: showing.Today) -> list[showing.Shown]:
    return [point for point in now.points if point.repairable and point.points < 0]


@institution_page
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """The grade that there would be if the ticked records were repaired or withdrawn."""
    institution, day = own_institution(signed_in(request)), timezone.localdate()
    now = showing.today(institution)
    ticked = {int(key) for key in request.GET.getlist("without") if key.isascii() and key.isdigit() and len(key) < 18}
    context: dict[str, Any] = {"institution": institution, "today": now, "ticked": ticked}
    if now.grade is not None and now.grade.points is not None:
        terms = graded.terms_of(graded.scheme_of(institution, day))
        facts = graded.facts_of(institution)
        context["then"] = lifting.without(terms, facts, ticked, day)
        context["ways"] = [(way, worded(way, now)) for way in lifting.ways(terms, facts, day)]
    return render(request, "credit/what_if.html", context)


def worded(way: lifting.Way, now: showing.Today) -> list[showing.Shown]:
    return [point for point in now.points if point.key in way.keys]


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """An objection to an evaluation that was shown."""
    subject = get_object_or_404(Evaluation.objects.visible_to(signed_in(request)), number=number)
    return make(
        request, EVALUATION, subject, lambda refused: own_page(request, refused, {}), back=reverse("own_credit:own")
    )


@institution_page
@duty_required(Duty.SIGN)
@require_POST
def ask_repair(request: HttpRequest, number: int) -> HttpResponse:
    """Apply for the repair of one record."""
    account = signed_in(request)
    event = get_object_or_404(CreditEvent.objects.visible_to(account), pk=number)
    form = RepairForm(number, request.POST)
    if form.is_valid():
        try:
            repair = repairing.apply_for_repair(event, by=account, **form.cleaned_data)
            messages.success(request, _("The application %(number)s has been sent.") % {"number": repair.number})
            return redirect("own_credit:own")
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return own_page(request, {}, {number: form})
