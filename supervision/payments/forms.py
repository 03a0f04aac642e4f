"""What is written down of a fund's month."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division
from supervision.ledger.grouping import FUNDS
from supervision.monitoring.filters import dress


def money(label: Any, least: int | None = 0) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=18, decimal_places=2, min_value=least)


class FundMonthForm(forms.Form):
    """The accounts of one month."""

    area = forms.ModelChoiceField(label=_("Pooling area"), queryset=Division.objects.none())
    fund = forms.ChoiceField(label=_("Fund"), choices=FUNDS.items())
    month = forms.CharField(label=_("Month, as 2026-03"), max_length=7)
    income = money(_("Income, in yuan"))
    expenditure = money(_("Expenditure, in yuan"))
    balance = money(_("Accumulated balance, in yuan"), None)
    source = forms.CharField(label=_("Source"), max_length=200)

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Division.objects.visible_to(account).filter(level=Division.Level.PREFECTURE)
        dress(self)
