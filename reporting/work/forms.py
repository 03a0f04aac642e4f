"""What is asked for when a clock is paused, extended or handed over."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.clocks.limits import places_of
from supervision.clocks.models import Clock
from supervision.monitoring.filters import dress


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)


class PauseForm(ReasonForm):
    since = forms.DateField(
        label=_("Not counted from"), required=False, help_text=_("Empty: from now."),
        widget=forms.DateInput({"type": "date"}),
    )  # fmt: skip
    field_order = ["since", "reason"]


class ExtensionForm(ReasonForm):
    amount = forms.IntegerField(label=_("How much more"), min_value=1, max_value=1000)
    field_order = ["amount", "reason"]


if TYPE_CHECKING:  # only the stubs know it as generic

    class Accounts(forms.ModelChoiceField[Account]): ...
else:
    Accounts = forms.ModelChoiceField


class AccountField(Accounts):
    def label_from_instance(self, account: Any) -> str:
        return f"{account} · {account.department or account.insurer or account.territory}"


class HandOverForm(ReasonForm):
    """To somebody of the same place, who holds the duties for it."""

    to = AccountField(label=_("To whom"), queryset=Account.objects.none())
    field_order = ["to", "reason"]

    def __init__(self, clocks: list[Clock], by: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = takers(clocks, by)


def takers(clocks: list[Clock], by: Account) -> QuerySet[Account]:
    """Those of our territory who could keep all of these."""
    if by.territory is None or not clocks:
        return Account.objects.none()
    duties = sorted({clock.duty for clock in clocks if clock.duty})
    found = Account.objects.filter(is_active=True, territory__code__startswith=by.territory.prefix)
    for place in {clock.place for clock in clocks}:
        found = found.filter(Q(territory__code__in=places_of(place)))
    keeping = {clock.holder_id for clock in clocks}
    if len(keeping) == 1 and (keeper := keeping.pop()):
        found = found.exclude(pk=keeper)
    return found.filter(duties__contains=duties).select_related("department", "insurer").order_by("username")
