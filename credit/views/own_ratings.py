"""For an enterprise without an account: its own ratings, and an objection, by the code that came with its letter."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from credit import objecting, timing
from credit.models import Rating, RatingState, Tier
from credit.rating import rated
from supervision.refusal import Refused


class CodeForm(forms.Form):
    """Who it is, and what proves it."""

    enterprise = forms.CharField(
        label=gettext_lazy("Unified social credit code"), max_length=30, widget=forms.TextInput({"autocomplete": "off"})
    )
    code = forms.CharField(
        label=gettext_lazy("Code from the letter"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )


class ObjectionForm(forms.Form):
    """What the enterprise says, and who signs it."""

    signer = forms.CharField(label=gettext_lazy("Full name of the person who signs"), max_length=60)
    text = forms.CharField(
        label=gettext_lazy("Why the rating is wrong"), max_length=objecting.LONGEST,
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def own_ratings(request: HttpRequest) -> HttpResponse:
    """A code that opens nothing and a code of another enterprise are answered alike."""
    sent = request.POST if request.method == "POST" else None
    form = CodeForm(sent)
    objection = ObjectionForm(sent if sent and "object" in sent else None)
    opened = None
    if form.is_valid():
        opened = objecting.opened(form.cleaned_data["enterprise"], form.cleaned_data["code"])
        if opened is None:
            form.add_error("code", _("This enterprise and this code open nothing."))
        elif objection.is_bound and objection.is_valid():
            opened = object_now(form, objection) or opened
    return render(request, "credit/own_ratings.html", shown(form, objection, opened))


def object_now(form: CodeForm, objection: ObjectionForm) -> Rating | None:
    """The rating, frozen; or nothing, and the form says why."""
    try:
        return objecting.object_by_code(**form.cleaned_data, **objection.cleaned_data)
    except Refused as refusal:
        objection.add_error("text", str(refusal))
    return None


def shown(form: CodeForm, objection: ObjectionForm, opened: Rating | None) -> dict[str, object]:
    if opened is None:
        return {"form": form}
    enterprise = opened.fact.enterprise
    told = Rating.objects.filter(fact__enterprise=enterprise).exclude(told_on=None)
    open_to_objection = opened.state == RatingState.TOLD and opened.objected_on is None
    return {
        "form": form, "objection": objection, "opened": opened, "enterprise": enterprise,
        "tier": Tier(rated(enterprise, at=timezone.localdate()).tier).label,
        "ratings": list(told.select_related("fact", "place__parent")),
        "may_object": open_to_objection and not timing.is_over(opened.object_until),
    }  # fmt: skip
