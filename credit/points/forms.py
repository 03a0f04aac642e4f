"""The forms of points: a score that is proposed, and a practitioner who is registered."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Practitioner
from supervision.cases.models import Proceeding
from supervision.monitoring.filters import dress

from . import grounds, ruling
from .models import Matter, Responsibility
from .models.rules import NATION
from .registering import Person

LONGEST = 4000


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class ProposeForm(forms.Form):
    """Whom for what: the points follow from matter and responsibility."""

    proceeding = forms.ModelChoiceField(
        label=gettext_lazy("Handling of the institution"), queryset=Proceeding.objects.none(),
        help_text=gettext_lazy("Penalties and measures of the agreement that are in effect where the person works."),
    )  # fmt: skip
    matter = forms.ModelChoiceField(label=gettext_lazy("Matter"), queryset=Matter.objects.none())
    responsibility = forms.ModelChoiceField(
        label=gettext_lazy("Responsibility"), queryset=Responsibility.objects.none()
    )
    facts = forms.CharField(
        label=gettext_lazy("What the person did"), max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, account: Account, practitioner: Practitioner, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        today, place = timezone.localdate(), account.territory_id or NATION
        matters = [one.pk for one in ruling.matters(place, today)]
        degrees = [one.pk for one in ruling.responsibilities(place, today)]
        self.offer("proceeding", grounds.open_to(account, practitioner))
        self.offer("matter", Matter.objects.filter(pk__in=matters))
        self.offer("responsibility", Responsibility.objects.filter(pk__in=degrees))
        self.fields["proceeding"].label_from_instance = in_words  # type: ignore[attr-defined]
        dress(self)

    def offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


def in_words(proceeding: Proceeding) -> str:
    """Its number, its kind and the institution."""
    return f"{proceeding.number} · {proceeding.get_kind_display()} · {proceeding.case.institution}"


class RegisterForm(forms.Form):
    """Somebody who begins to work here, with the commitment that was signed."""

    code = forms.CharField(
        label=gettext_lazy("National code"), max_length=30,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{5,29}$", gettext_lazy("A letter, then letters and digits."))],
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Practitioner.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Professional title"), max_length=40, required=False)
    department = forms.CharField(label=gettext_lazy("Clinical department"), max_length=40, required=False)
    since = day_field(gettext_lazy("Works here since"))
    signed_on = day_field(gettext_lazy("Day on which the person signed the commitment"))
    signed = forms.BooleanField(
        label=gettext_lazy("The person has signed the commitment in these words, and we keep it.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def person(self) -> Person:
        said = self.cleaned_data
        return Person(said["code"], said["name"], said["kind"], said["title"], said["department"])


class EndForm(forms.Form):
    """The last day on which somebody worked here."""

    on = day_field(gettext_lazy("Last day here"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
