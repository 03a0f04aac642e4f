"""The forms of what people decide: on findings held back, on exemptions, on a finding."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Division, Institution

from . import exempting
from .filters import PROPOSED, dress
from .guards import Exemption, Hold, Review
from .standing import lately

if TYPE_CHECKING:
    from institutions.models import Account


def text(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea({"rows": rows}), **more)


class HoldForm(forms.Form):
    """Release or reject, with the reason."""

    decision = forms.ChoiceField(choices=[(d.value, d.label) for d in (Hold.Decision.RELEASED, Hold.Decision.REJECTED)])
    reason = text(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class EndForm(forms.Form):
    reason = text(_("Reason"), rows=1)


class ReviewForm(forms.Form):
    """What was decided on one finding, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Review.Outcome.choices)
    cause = forms.ChoiceField(label=_("Why it is withdrawn"), required=False)
    note = text(_("Note: what was looked at, and what it shows"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cause = self.fields["cause"]
        assert isinstance(cause, forms.ChoiceField)
        cause.choices = [("", _("(upheld)")), *Review.Cause.choices]
        dress(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        withdrawn = said.get("outcome") == Review.Outcome.WITHDRAWN
        if withdrawn and not said.get("cause"):
            self.add_error("cause", _("Whoever withdraws a finding says why."))
        if not withdrawn:
            said["cause"] = ""
        return said


class ExemptionForm(forms.Form):
    """Who shall be exempted from what, why, and until when: an institution, a member, or a place."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    institution = forms.CharField(
        label=_("Institution"), required=False, max_length=30,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
    )  # fmt: skip
    member = forms.CharField(
        label=_("Member"), required=False, max_length=60, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As far as insured in your territory."),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Province or pooling area"), required=False, help_text=_("The rule is switched off there.")
    )
    reason = text(_("Reason"))
    evidence = text(_("Evidence: what it rests on"), required=False)
    since = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, account: "Account", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.longest = account, exempting.longest()
        levels = (Division.Level.PROVINCE, Division.Level.PREFECTURE)
        self.places = Division.objects.visible_to(account).filter(level__in=levels)
        self._offer("rule", _("every rule"), [(code, rule.said("title")) for code, rule in lately().items()])
        self._offer("place", _("none"), [(place.pk, str(place)) for place in self.places])
        self.fields["since"].initial = timezone.localdate()
        self.fields["until"].help_text = _("At most %(days)s days in all.") % {"days": self.longest.days}
        dress(self)

    def _offer(self, name: str, nothing: Any, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", nothing), *choices]

    def proposed(self) -> list[Institution]:
        return list(Institution.objects.visible_to(self.account)[:PROPOSED])

    def clean_institution(self) -> Institution | None:
        if not (code := self.cleaned_data["institution"].strip()):
            return None
        if (found := Institution.objects.visible_to(self.account).filter(pk=code).first()) is None:
            raise forms.ValidationError(_("There is no such institution in your territory."))
        return found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        who = [name for name in ("institution", "member", "place") if said.get(name)]
        if len(who) != 1 and not self.errors:
            raise forms.ValidationError(_("An exemption is of one institution, of one member or of one place."))
        if who == ["place"] and not said.get("rule"):
            self.add_error("rule", _("In a place one rule is switched off, not all of them."))
        if who != ["place"] and not said.get("evidence"):
            self.add_error("evidence", _("An exemption needs its evidence."))
        self._check_days(said.get("since"), said.get("until"))
        return said

    def _check_days(self, since: dt.date | None, until: dt.date | None) -> None:
        if not since or not until:
            return
        if until < since or until < timezone.localdate():
            self.add_error("until", _("The last day comes after the first, and is not over."))
        elif until - since >= self.longest:
            self.add_error("until", _("That is longer than %(days)s days.") % {"days": self.longest.days})

    def exemption(self) -> Exemption:
        said = self.cleaned_data
        place = self.places.filter(pk=said["place"]).first() if said["place"] else None
        return Exemption(
            rule=said["rule"], institution=said["institution"], member=said["member"].strip(), place=place,
            reason=said["reason"], evidence=said["evidence"], since=said["since"], until=said["until"],
        )  # fmt: skip
