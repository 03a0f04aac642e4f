"""What can be done with the officers of a case from its page: the forms, and the acts that they call."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.monitoring.filters import dress
from supervision.moves import MoveRefused

from . import officers
from .models import Case, Recusal
from .workflows.lead import who_may_handle

DECISIONS = [("grant", gettext_lazy("granted")), ("refuse", gettext_lazy("refused"))]


class OfficerForm(forms.Form):
    """About one of the officers who handle the case now, with a reason."""

    officer = forms.ChoiceField(label=gettext_lazy("Officer"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, case: Case, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("officer", [(one.username, str(one)) for one in officers.acting(case)])
        dress(self)

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ReplaceForm(OfficerForm):
    coming = forms.ChoiceField(label=gettext_lazy("Who comes in"))
    field_order = ["officer", "coming", "reason"]

    def __init__(self, case: Case, *args: Any, **more: Any) -> None:
        super().__init__(case, *args, **more)
        there = {one.username for one in officers.acting(case)}
        self.offer("coming", [pair for pair in who_may_handle(case) if pair[0] not in there])


class RecusalForm(OfficerForm):
    asked_for = forms.ChoiceField(label=gettext_lazy("Asked by"), choices=Recusal.AskedBy.choices)
    field_order = ["officer", "asked_for", "reason"]


class AnswerForm(forms.Form):
    """Grant a recusal or not."""

    recusal = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("grant", gettext_lazy("granted")), ("refuse", gettext_lazy("refused"))],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)


def replace(case: Case, sent: QueryDict, by: Account) -> str:
    said = answered(ReplaceForm(case, sent))
    officers.replace(case, one(said["officer"]), one(said["coming"]), reason=said["reason"], by=by)
    return _("The officer was replaced.")


def ask_recusal(case: Case, sent: QueryDict, by: Account) -> str:
    said = answered(RecusalForm(case, sent))
    officers.ask_recusal(case, one(said["officer"]), asked_for=said["asked_for"], reason=said["reason"], by=by)
    return _("Written down. The person in charge decides.")


def decide_recusal(case: Case, sent: QueryDict, by: Account) -> str:
    said = answered(AnswerForm(sent))
    recusal = case.recusals.filter(pk=said["recusal"]).first()
    if recusal is None:
        raise MoveRefused(_("There is nothing here by that number."))
    granted = said["decision"] == "grant"
    officers.decide_recusal(recusal, granted=granted, reason=said["reason"], by=by)
    return _("The officer has stepped aside.") if granted else _("The officer stays.")


def one(username: str) -> Account:
    return officers.chosen([username])[0]


def answered(form: forms.Form) -> Mapping[str, Any]:
    """What was filled in, or the first thing that is wrong with it, in words."""
    if not form.is_valid():
        name, wrong = next(iter(form.errors.items()))
        raise MoveRefused(f"{form.fields[name].label}: {wrong[0]}")
    said: Mapping[str, Any] = form.cleaned_data
    return said


OFFICER_ACTS: Mapping[str, Callable[[Case, QueryDict, Account], str]] = {
    "replace": replace, "ask_recusal": ask_recusal, "decide_recusal": decide_recusal,
}  # fmt: skip


def forms_of_officers(case: Case, account: Account) -> dict[str, object]:
    """The forms that the account may send."""
    if not officers.acting(case):
        return {}
    in_charge, handles = account.holds(Duty.DECIDE), account.holds(Duty.INVESTIGATE)
    waiting = case.recusals.filter(granted=None).first() if in_charge else None
    return {
        "replace": ReplaceForm(case, auto_id="replace-%s") if in_charge else None,
        "recusal": RecusalForm(case, auto_id="recusal-%s") if in_charge or handles else None,
        "waiting": waiting,
        "answer": AnswerForm(initial={"recusal": waiting.pk}, auto_id="answer-%s") if waiting else None,
    }
