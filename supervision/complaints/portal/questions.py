"""The questions of a report, one a page. Each page is a form; together they are what is told."""

from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Division, Institution
from supervision.clocks.limits import NATION
from supervision.complaints import timing
from supervision.complaints.models import About, Kind
from supervision.invisible import without

from .searching import chosen, folded

LONGEST = 4000
MOST = Decimal(1000000000)
ANONYMOUS, NAMED = "anonymous", "named"
YES, NO = "yes", "no"


class Question(forms.Form):
    """One page. What nobody can see in a text is left out: telephones put it there by themselves."""

    heading: Any = ""
    hint: Any = ""

    def __init__(self, sent: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(sent, initial=initial, auto_id="%s", label_suffix="")
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{name}_helptext"

    def to_be_shown(self) -> Self:
        """With what is looked up for its readers alone: an answer is read without it."""
        return self

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return {name: without(value).strip() if isinstance(value, str) else value for name, value in said.items()}


class What(Question):
    heading = gettext_lazy("What do you want to tell us?")
    kind = forms.ChoiceField(
        label=gettext_lazy("It is about"), widget=forms.RadioSelect,
        choices=[
            (Kind.TIP, gettext_lazy("misuse of the fund: false treatment, false bills, sold medicines and the like")),
            (Kind.GRIEVANCE, gettext_lazy("my own rights: a benefit, a fee or a service that I should have had")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )  # fmt: skip


class Facts(Question):
    heading = gettext_lazy("What happened?")
    hint = gettext_lazy(
        "Say it as you would say it to a friend: what, who, how. If you want to stay anonymous, leave out what only "
        "you can know."
    )
    facts = forms.CharField(
        label=gettext_lazy("What you saw or heard"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write what happened, a few words are enough.")},
    )  # fmt: skip


class Where(Question):
    heading = gettext_lazy("Where, and who?")
    hint = gettext_lazy("Search for the hospital, clinic or pharmacy, or for the city or county where it happened.")
    about = forms.ChoiceField(
        label=gettext_lazy("It concerns a"), choices=About.choices, initial=About.INSTITUTION, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of them.")},
    )  # fmt: skip
    search = forms.CharField(
        label=gettext_lazy("Name or place"), required=False, max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "enterkeyhint": "search"}),
    )  # fmt: skip
    target = forms.CharField(
        label=gettext_lazy("Found"), required=True, max_length=60, widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Search, then tick the institution or at least the place.")},
    )  # fmt: skip
    named_as = forms.CharField(
        label=gettext_lazy("Not found? Say who or what it is"), required=False, max_length=200,
        help_text=gettext_lazy("Then tick the place above."),
    )  # fmt: skip

    institution: Institution | None = None
    place: Division | None = None

    def clean_target(self) -> str:
        value = str(self.cleaned_data["target"])
        self.institution, self.place = chosen(value)
        if self.place is None:
            raise forms.ValidationError(_("Search, then tick the institution or at least the place."))
        return value


class When(Question):
    heading = gettext_lazy("When, and how much money?")
    hint = gettext_lazy("“About when” is enough. If you do not know, leave it empty.")
    when = forms.CharField(
        label=gettext_lazy("When"), required=False, max_length=200,
        help_text=gettext_lazy("For example: last spring, or 3 March 2026"),
    )  # fmt: skip
    amount = forms.CharField(
        label=gettext_lazy("How much, in yuan, as far as you know"), required=False, max_length=30,
        widget=forms.TextInput({"inputmode": "decimal"}), help_text=gettext_lazy("For example: 2000"),
    )  # fmt: skip

    def clean_amount(self) -> str:
        typed = folded(str(self.cleaned_data["amount"])).replace(",", "").replace(" ", "").removesuffix("元")
        if not typed:
            return ""
        try:
            amount = Decimal(typed)
            sensible = 0 <= amount < MOST and amount == round(amount, 2)
        except InvalidOperation:
            sensible = False
        if not sensible:
            raise forms.ValidationError(_("Write an amount in yuan with digits, for example 2000, or leave it empty."))
        return str(amount.quantize(Decimal("0.01")))


class Files(Question):
    heading = gettext_lazy("Do you have photographs or other evidence?")
    hint = gettext_lazy(
        "You need not have any. From photographs we take away where and when they were taken before anybody sees them."
    )


def told_in_time() -> str:
    """By the limit that holds today."""
    time = timing.in_words(timing.TOLD, NATION, timezone.localdate())
    return _("Who gives a name is told within %(time)s of the decision on filing.") % {"time": time}


class Who(Question):
    heading = gettext_lazy("Who are you?")
    who = forms.ChoiceField(
        label=gettext_lazy("I want to"), widget=forms.RadioSelect,
        choices=[
            (ANONYMOUS, gettext_lazy("stay anonymous: nobody learns who I am; the receipt is my only way back")),
            (NAMED, gettext_lazy("give my name: I am told the decision on filing within the time that the law sets")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )  # fmt: skip
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), required=False, max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=30, widget=forms.TextInput({"inputmode": "tel"})
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    wants_reward = forms.ChoiceField(
        label=gettext_lazy("If what I report proves true, I want to be considered for a reward"),
        choices=[(YES, gettext_lazy("yes")), (NO, gettext_lazy("no"))], widget=forms.RadioSelect, required=False,
        help_text=gettext_lazy("Anonymous reporters claim it with the receipt."),
    )  # fmt: skip

    def to_be_shown(self) -> Self:
        self["who"].help_text = told_in_time()
        return self

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("who") == NAMED:
            if not said.get("name"):
                self.add_error("name", _("Write your name, or choose to stay anonymous."))
            if len("".join(one for one in folded(said.get("phone", "")) if one.isdigit())) < 7:
                self.add_error("phone", _("Write a telephone number at which we reach you."))
        return said


STEPS: dict[str, type[Question]] = {
    "what": What, "facts": Facts, "where": Where, "when": When, "files": Files, "who": Who,
}  # fmt: skip
FIELDS: tuple[str, ...] = tuple(name for step in STEPS.values() for name in step.base_fields)
"""Every answer, in the order of the pages."""
IDENTITY = ("name", "phone", "address")
