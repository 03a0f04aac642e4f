"""The desk's pages of enterprises: what was found, how each fact is rated, and a new fact."""

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credit import enterprises, objecting
from credit.enterprise_workflow import RATING
from credit.models import Matter, Rating, RatingState, Tier
from institutions.access import desk_page, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.documents.models import Document
from supervision.monitoring.filters import dress
from supervision.moves import MoveRefused
from supervision.paging import page

CODE = RegexValidator(r"^[0-9A-HJ-NP-RT-UW-Y]{18}$", _("Eighteen digits and capital letters."))


class FactForm(forms.Form):
    """What a judgment, a penalty or an audit found about an enterprise."""

    code = forms.CharField(label=_("Unified social credit code"), max_length=18, validators=[CODE])
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200)
    matter = forms.ChoiceField(label=pgettext_lazy("of an enterprise", "Matter"), choices=Matter.choices)
    number = forms.CharField(label=_("Number of the record"), max_length=80)
    happened_on = forms.DateField(label=_("Happened on"), widget=forms.DateInput({"type": "date"}))
    known_on = forms.DateField(label=_("Known on"), widget=forms.DateInput({"type": "date"}))
    amount = forms.DecimalField(label=_("Sum in yuan"), min_value=0, max_digits=18, decimal_places=2, initial=0)
    aggravated = forms.BooleanField(
        label=_("Aggravated"), required=False,
        help_text=_("Staff of medical security or of procurement were bribed, or the nation's procurement was rigged."),
    )  # fmt: skip
    found_tier = forms.TypedChoiceField(
        label=_("Tier as it was found"), coerce=int, choices=Tier.choices, initial=Tier.NONE,
        help_text=_("Where no sum decides."),
    )  # fmt: skip

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        dress(self)


@desk_page
@require_GET
def ratings(request: HttpRequest) -> HttpResponse:
    """The ratings of the territory, the newest first."""
    account = signed_in(request)
    rows = Rating.objects.visible_to(account).select_related("fact__enterprise", "place")
    context = {"page": page(rows, request.GET, sort="-id"), "may_note": account.holds(Duty.CREDIT)}
    return render(request, "credit/ratings.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    if not account.holds(Duty.CREDIT):
        raise Http404
    form = FactForm(request.POST) if request.method == "POST" else FactForm()
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            return redirect(enterprises.note_fact(said.pop("code"), said.pop("name_zh"), by=account, **said))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "credit/rating_new.html", {"form": form})


def found(request: HttpRequest, number: str) -> Rating:
    rows = Rating.objects.visible_to(signed_in(request))
    beside = ("fact__enterprise", "place__parent", "finder__territory", "decider__territory", "checker__territory")
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def rating(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    record(Act.READ, signed_in(request), str(subject))
    return shown(request, subject, {})


def shown(request: HttpRequest, subject: Rating, refused: RefusedForms) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    context = {
        "may_draw": account.holds(Duty.CREDIT) and subject.state == RatingState.TOLD and subject.objected_on is None,
        "rating": subject, "offers": offers(RATING, subject, account, refused),
        "form": next(iter(refused.values()), None), "events": list(subject.events.select_related("by__territory")),
        "documents": list(Document.objects.visible_to(account).filter(about=subject.number)),
    }  # fmt: skip
    return render(request, "credit/rating.html", context)


@never_cache
@desk_page
@require_POST
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the code that goes with the letter, and show it this once."""
    subject = found(request, number)
    try:
        drawn = objecting.draw_code(subject, by=signed_in(request))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(subject)
    return render(request, "credit/code.html", {"rating": subject, "code": drawn})


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, RATING, subject, lambda refused: shown(request, found(request, number), refused))
