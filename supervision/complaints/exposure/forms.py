"""Forms of the desk's pages and of the public page; what they mean is decided by the acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms import dress
from institutions.models import Account
from supervision.cases.models import Case

from .models.cases import CHINESE, WORDS

LONGEST = 4000
LINE = 200


class DraftForm(forms.Form):
    """A case by its number, and what is told of it."""

    case = forms.CharField(
        label=_("Case"), max_length=30, help_text=_("The number of a case that is over, or whose penalty is closed.")
    )

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account
        for name in CHINESE:
            widget = forms.TextInput() if name == "title_zh" else forms.Textarea({"rows": 4})
            self.fields[name] = forms.CharField(
                label=WORDS[name], max_length=LINE if name == "title_zh" else LONGEST, widget=widget
            )
        dress(self)

    def clean_case(self) -> Case:
        number = self.cleaned_data["case"].strip()
        found = Case.objects.visible_to(self.account).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no case by this number in your territory."))
        return found

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in CHINESE}


class ExcuseForm(forms.Form):
    kind = forms.CharField(max_length=11, widget=forms.HiddenInput)
    text = forms.CharField(max_length=200, widget=forms.HiddenInput, strip=False)
    reason = forms.CharField(label=_("Why it points at nobody"), max_length=LONGEST, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)


class ErrorForm(forms.Form):
    """What is wrong with a published case. It asks for nobody's name."""

    text = forms.CharField(
        label=_("What is wrong?"), max_length=LONGEST, widget=forms.Textarea({"rows": 5}),
        help_text=_("Please do not write who you are: this is read by the desk that publishes cases."),
    )  # fmt: skip
    institution = forms.CharField(
        label=_("Code of your institution, if you speak for one"), max_length=30, required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
