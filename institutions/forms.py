"""Forms of the front door."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions import first_password, managing, second_factor
from institutions.models import Account


class SignInForm(AuthenticationForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # Django only tells the browser; what is longer would not fit into the record of failures.
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))  # type: ignore[attr-defined]
        dress(self)

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if first_password.is_over(user):
            told = _("The time of your first password has run out. A manager of your institution draws another.")
            raise forms.ValidationError(told, code="first_password_over")


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dress(self)

    def clean_old_password(self) -> str:
        """A wrong one counts like a wrong code; after too many, second_factor.CodesSpent goes on to the page."""
        old: str = self.cleaned_data["old_password"]
        try:
            second_factor.prove_password(self.user, old)
        except second_factor.CodeRefused:
            wrong = self.error_messages["password_incorrect"]
            raise forms.ValidationError(wrong, code="password_incorrect") from None
        return old

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        chosen = self.cleaned_data.get("new_password1")
        if chosen and chosen == self.cleaned_data.get("old_password"):
            self.add_error("new_password1", _("That is the present password: choose another."))
        return cleaned


class OpenAccountForm(forms.Form):
    """Somebody of one's own institution, and what they may do for it."""

    name = forms.CharField(
        label=_("Name of the person"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("To sign in with. It stays what it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    duties = forms.MultipleChoiceField(
        label=_("Duties"), required=False, choices=lambda: [(duty.value, duty.label) for duty in managing.GIVEN],
        help_text=_("Without any, the account reads and does nothing. Duties are given and taken later, too."),
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class CodeForm(forms.Form):
    """A code out of the authenticator."""

    code = forms.CharField(
        label=pgettext_lazy("of an authenticator", "Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def refuse(self) -> None:
        self.add_error("code", _("That code is wrong, or was used already. Wait for the next one and type it in."))


class ProofForm(CodeForm):
    """Password and present code, before the second factor is changed."""

    PHONE, CODES = "phone", "codes"
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    what = forms.ChoiceField(
        label=_("What to do"),
        choices=[(CODES, _("draw new recovery codes")), (PHONE, _("move to another telephone"))],
        widget=forms.RadioSelect,
    )
    field_order = ["what", "password", "code"]

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("autofocus")
        self.fields["what"].widget.attrs["class"] = "form-check-input"

    def prove(self) -> None:
        """A wrong password counts like a wrong code: whoever found a browser open guesses at neither."""
        second_factor.prove_both(self.account, self.cleaned_data["password"], self.cleaned_data["code"])

    def refuse(self) -> None:
        self.add_error(None, _("Password or code is wrong, or the code was used already."))


def dress(form: forms.BaseForm) -> None:
    """The look of our fields; errors are asked for on sending only, in our words."""
    form.use_required_attribute = False
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", "form-control")
