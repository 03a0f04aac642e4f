"""Forms of the ledger's pages; what they mean is decided by the acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms import dress
from supervision.ledger.models import Book

LARGEST = 5 << 20  # bytes of a bank's file
WAYS = [("pay", _("a voucher of the bank or the treasury")), ("offset", _("a settlement batch that paid out less"))]


class Dressed(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"


class PayForm(Dressed):
    prefix = "pay"

    way = forms.ChoiceField(label=_("It comes by"), choices=WAYS)
    amount = forms.DecimalField(label=_("Amount, yuan"), max_digits=18, decimal_places=2, localize=False)
    voucher = forms.CharField(label=_("Number of the voucher or batch"), max_length=80)
    day = forms.DateField(label=_("Day of the voucher"), widget=forms.DateInput({"type": "date"}))


class PlanForm(Dressed):
    prefix = "plan"

    parts = forms.IntegerField(label=_("In how many monthly parts"), min_value=2, max_value=60)
    first_on = forms.DateField(label=_("First due on"), widget=forms.DateInput({"type": "date"}))
    basis = forms.CharField(label=_("Agreement or decision it rests on"), max_length=200)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=2000)


class WriteOffForm(Dressed):
    prefix = "write-off"

    amount = forms.DecimalField(label=_("Amount, yuan"), max_digits=18, decimal_places=2, localize=False)
    basis = forms.CharField(label=_("Decision or ruling it rests on"), max_length=200)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=2000)


class RepaymentForm(Dressed):
    prefix = "repayment"

    amount = forms.DecimalField(label=_("Amount, yuan"), max_digits=18, decimal_places=2, localize=False)
    basis = forms.CharField(label=_("Decision or ruling it rests on"), max_length=200)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=2000)


class RepayForm(Dressed):
    prefix = "repay"

    voucher = forms.CharField(label=_("Number of the voucher"), max_length=80)
    day = forms.DateField(label=_("Day of the voucher"), widget=forms.DateInput({"type": "date"}))


class TakeBackForm(Dressed):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=300)


class MoveForm(forms.Form):
    """A move by its name, the turn that was looked at, and a note."""

    move = forms.CharField(max_length=24)
    turn = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    note = forms.CharField(required=False, max_length=2000)
    item = forms.CharField(required=False, max_length=80)


class BankFileForm(Dressed):
    book = forms.ChoiceField(label=_("Account"), choices=Book.choices)
    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_(
            "CSV or Excel with the columns voucher, day and amount; payer and reference where the bank gives them."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file
