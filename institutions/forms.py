"""Forms of the front door."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import MaxLengthValidator


class SignInForm(AuthenticationForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # Django only tells the browser; what is longer would not fit into the record of failures.
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))  # type: ignore[attr-defined]
        dress(self)


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dress(self)


def dress(form: forms.BaseForm) -> None:
    """The look of our fields; errors are asked for on sending only, in our words."""
    form.use_required_attribute = False
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", "form-control")
