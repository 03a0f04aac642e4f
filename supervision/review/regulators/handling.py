"""What is done about each rule's remarks at the desks of a territory, and who has set it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.monitoring.filters import dress
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import lately
from supervision.review.choices import deciding
from supervision.review.models import Handling

from .remark_filter import at_desk


@dataclass
class Handled:
    """A rule with what is done about its remarks here."""

    rule: Rule
    title: str
    here: Handling | None = None  # set by the territory itself
    above: Handling | None = None
    below: list[Handling] = field(default_factory=list)

    @property
    def counts(self) -> Handling | None:
        """A setting of the territory itself is at least as strict as what holds from above."""
        return self.here or self.above


class WayForm(forms.Form):
    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    way = forms.ChoiceField(
        label=gettext_lazy("What is done about its remarks"), choices=Handling.Way.choices,
        help_text=gettext_lazy(
            "Only what is certain is ever blocked: of a rule that is set to block, other remarks ask for a reason."
        ),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Whoever sees the setting sees it."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, object] | None, *, rule: str) -> None:
        super().__init__(data, initial={"rule": rule, "way": Handling.Way.ASK})
        choice = self.fields["rule"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = at_desk().items()
        dress(self)


class EndForm(forms.Form):
    reason = forms.CharField(max_length=500)


@desk_page
@require_GET
def handlings(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    rows = handled(account)
    context = {
        "handled": [one for one in rows if one.counts or one.below],
        "others": [one for one in rows if not (one.counts or one.below)],
        "may_set": account.holds(Duty.RELEASE),
    }
    return render(request, "review/desk/handlings.html", context)


def handled(account: Account) -> list[Handled]:
    """Every rule that speaks at the desk, in the order of the codes."""
    place, standing = account.territory, lately()
    assert place is not None
    rows = {code: Handled(standing[code], title) for code, title in at_desk().items()}
    seen = Handling.objects.visible_to(account).standing().filter(rule__in=rows).select_related("division", "set_by")
    for one in seen.order_by("division__level", "division"):
        row = rows[one.rule]
        if one.division_id == place.code:
            row.here = one
        elif one.division.level < place.level:
            row.above = one  # the last is the narrowest
        else:
            row.below.append(one)
    return list(rows.values())


@desk_page
@duty_required(Duty.RELEASE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set what is done about a rule's remarks in one's own territory."""
    account = signed_in(request)
    form = WayForm(request.POST if request.method == "POST" else None, rule=request.GET.get("rule", ""))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deciding.set_way(rule=said["rule"], way=said["way"], reason=said["reason"], by=account)
        except deciding.HandlingRefused as refusal:
            form.add_error("way", str(refusal))
        else:
            messages.success(request, _("Set. It holds within seconds at every desk of the territory."))
            return redirect("reminders:handlings")
    return render(request, "review/desk/handling_new.html", {"form": form})


@desk_page
@duty_required(Duty.RELEASE)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Handling.objects.visible_to(account), pk=number)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("To end it needs a reason."))
        return redirect("reminders:handlings")
    try:
        deciding.end(shown, by=account, reason=form.cleaned_data["reason"])
    except deciding.HandlingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ended. What holds above your territory holds here again."))
    return redirect("reminders:handlings")
