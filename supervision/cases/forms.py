"""The forms of cases: a new lead, and one form a move that asks for exactly what the move asks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Division, Institution
from supervision.hearing.models import Hearing
from supervision.monitoring.filters import dress
from supervision.monitoring.terms import rule_title
from supervision.monitoring.wording import month_words

from .facts import FACTS, Fact, Kind
from .models import Case
from .models.proceedings import Kind as ProceedingKind
from .opening import READY
from .workflows import BEGINNINGS

PROPOSED = 500
LONGEST = 4000


def field_of(fact: Fact, subject: Any) -> forms.Field:
    """A field that reads a fact into the type that moves expect."""
    choices = list(fact.choices(subject)) if fact.choices else []
    common: dict[str, Any] = {"label": fact.words, "help_text": fact.hint}
    makers: Mapping[Kind, Callable[[], forms.Field]] = {
        Kind.LINE: lambda: forms.CharField(max_length=200, **common),
        Kind.WORDS: lambda: forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 3}), **common),
        Kind.MONEY: lambda: forms.DecimalField(max_digits=18, decimal_places=2, min_value=0, **common),
        Kind.NUMBER: lambda: forms.IntegerField(min_value=0, max_value=100_000, **common),
        Kind.DAY: lambda: forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **common),
        Kind.MOMENT: lambda: forms.DateTimeField(
            widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **common
        ),
        Kind.CHOICE: lambda: forms.ChoiceField(choices=[("", "–"), *choices], **common),
        Kind.CHOICES: lambda: forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        ),
    }  # fmt: skip
    return makers[fact.kind]()


class ActForm(forms.Form):
    """What one act asks for: its facts, then its words."""

    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self, name: str, asks: Sequence[str], subject: Any, *, needs_note: bool, sent: QueryDict | None = None
    ) -> None:
        super().__init__(sent, auto_id=f"{name}-%s")
        self.name, self.asks = name, asks
        for asked in asks:
            self.fields[asked] = field_of(FACTS[asked], subject)
        if needs_note:
            self.fields["note"].required, self.fields["note"].label = True, _("Reason")
        self.order_fields([*asks, "note"])
        dress(self)
        for field in self.fields.values():
            if isinstance(field, forms.MultipleChoiceField):
                field.widget.attrs.pop("class", None)

    def facts(self) -> dict[str, Any]:
        return {asked: self.cleaned_data[asked] for asked in self.asks}


class LeadForm(forms.Form):
    """A lead from findings that were decided, or one that somebody wrote down."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    origin = forms.ChoiceField(label=gettext_lazy("Where it comes from"), choices=Case.Origin.choices)
    respondent = forms.ChoiceField(label=gettext_lazy("Against whom"), choices=Case.Respondent.choices)
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Institution"), queryset=Institution.objects.none(), required=False,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
        help_text=gettext_lazy("Its code; of a lead from findings the institution that they are about."),
        error_messages={"invalid_choice": gettext_lazy("There is no institution with this code in your territory.")},
    )  # fmt: skip
    person = forms.CharField(
        label=gettext_lazy("Person"), required=False, max_length=60,
        help_text=gettext_lazy("The code of the insured person or of the practitioner, never a name."),
    )  # fmt: skip
    place = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=Division.objects.none(), required=False,
        help_text=gettext_lazy("Empty: where the institution lies, else your own territory."),
    )  # fmt: skip
    facts = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=LONGEST, widget=forms.Textarea({"rows": 5})
    )
    hearing = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Findings that become part of it"), queryset=Hearing.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, account: Account, hearings: QuerySet[Hearing], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account
        self.offer("institution", Institution.objects.visible_to(account))
        self.offer("place", Division.objects.visible_to(account))
        self.offer("hearing", hearings)
        self.fields["hearing"].label_from_instance = in_words  # type: ignore[attr-defined]
        dress(self)
        self.fields["institution"].widget.attrs["class"] = "form-control"  # typed, with proposals
        self.fields["hearing"].widget.attrs.pop("class", None)

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def proposed(self) -> list[Institution]:
        """What the field of institutions proposes; the others are found by their code."""
        return list(Institution.objects.visible_to(self.account)[:PROPOSED])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        about = {hearing.institution for hearing in said.get("hearing") or ()}
        if not said.get("institution") and len(about) == 1:
            said["institution"] = about.pop()
        if said.get("respondent") == Case.Respondent.INSTITUTION and not said.get("institution"):
            self.add_error("institution", _("Say which institution it is."))
        if said.get("respondent") == Case.Respondent.PERSON and not said.get("person"):
            self.add_error("person", _("Say which person it is."))
        if not said.get("place"):
            institution = said.get("institution")
            said["place"] = institution.division if institution else self.account.territory
        return said


def in_words(hearing: Hearing) -> str:
    """What a finding is called where it is ticked: its rule, its month, what was confirmed and what the fund lost."""
    sums = {"charge": f"{hearing.confirmed:,}", "loss": f"{hearing.fund_confirmed:,}"}
    words = _("confirmed ¥%(charge)s, of it lost by the fund ¥%(loss)s") % sums
    return f"{rule_title(hearing.rule)} · {month_words(hearing.month)} · {words}"


def ready_hearings(account: Account, institution: str, ticked: Sequence[str]) -> QuerySet[Hearing]:
    """Findings that may become part of a case: those of an institution, or those that were ticked elsewhere."""
    rows = Hearing.objects.visible_to(account).filter(state__in=READY, in_case=None)
    if institution:
        return rows.filter(institution=institution).select_related("institution__division", "finding")
    numbers = [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 19]
    return rows.filter(pk__in=numbers).select_related("institution__division", "finding")


def beginning_form(kind: ProceedingKind, case: Case, sent: QueryDict | None = None) -> ActForm:
    beginning = BEGINNINGS[kind]
    return ActForm(f"open-{kind}", beginning.asks, case, needs_note=beginning.needs_note, sent=sent)
