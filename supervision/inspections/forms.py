"""What is written down of plans, libraries, inspections, findings and votes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Duty, Institution
from supervision.monitoring.filters import ANY, dress

from . import ruling
from .models import Expert, Fact, Inspection, Inspector, Member, PlanLine
from .models.plans import Mode, PlanState

PER_CENT = 100


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "form-check-input"
            if isinstance(field, forms.MultipleChoiceField):
                field.widget.attrs.pop("class", None)

    def choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PlanForm(Dressed):
    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    basis = forms.CharField(label=_("Basis"), max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, initial={"year": timezone.localdate().year}, **more)


class LineForm(Dressed):
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices)
    kind = forms.ChoiceField(
        label=_("Kind of institution"), required=False, choices=[("", ANY), *Institution.Kind.choices]
    )
    how_many = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=5000)
    per_cent = forms.DecimalField(
        label=_("Or which share, in per cent"), required=False, min_value=0, max_value=100, max_digits=5,
        decimal_places=2,
    )  # fmt: skip
    first_month = forms.IntegerField(label=_("From month"), min_value=1, max_value=12, initial=1)
    last_month = forms.IntegerField(label=_("To month"), min_value=1, max_value=12, initial=12)
    items = forms.MultipleChoiceField(
        label=pgettext_lazy("of an inspection", "Items"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, place: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choose("items", [(one.code, str(one)) for one in ruling.items_of(place)])

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        per_cent = said.pop("per_cent")
        return {**said, "share": None if per_cent is None else int(per_cent * PER_CENT)}


class ProposalForm(Dressed):
    mode = forms.ChoiceField(label=_("Mode"), choices=[(one.value, one.label) for one in (Mode.FLIGHT, Mode.DAILY)])
    trigger = forms.ChoiceField(label=_("Why it is made"), choices=Inspection.Trigger.choices)
    trigger_ref = forms.CharField(label=_("On the strength of"), required=False, max_length=200)
    institution = forms.CharField(
        label=_("Institution's code"), required=False, max_length=30,
        help_text=_("Empty where a flight inspection goes by the plan: its object is drawn."),
    )  # fmt: skip
    line = forms.ChoiceField(label=_("Line of the plan"), required=False)
    scope = forms.CharField(label=_("What is inspected"), max_length=400, widget=forms.Textarea({"rows": 2}))
    items = forms.MultipleChoiceField(
        label=pgettext_lazy("of an inspection", "Items"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interprovincial = forms.BooleanField(label=_("It crosses provinces"), required=False)
    repeat_reason = forms.CharField(label=_("Why a second visit within a year"), required=False, max_length=400)

    def __init__(self, *args: Any, account: Account, **more: Any) -> None:
        super().__init__(*args, **more)
        place = account.territory_id or ""
        lines = PlanLine.objects.filter(plan__place=place, plan__state=PlanState.PUBLISHED, mode=Mode.FLIGHT)
        self.choose("line", [("", "–"), *((str(one.pk), str(one.plan)) for one in lines.select_related("plan"))])
        self.choose("items", [(one.code, str(one)) for one in ruling.items_of(place)])


class InspectorForm(Dressed):
    username = forms.CharField(label=_("Account"), max_length=150)
    certificate = forms.CharField(label=_("Number of the certificate"), max_length=40)
    fields_ = forms.CharField(label=_("Fields"), required=False, max_length=200)


class ExpertForm(Dressed):
    name = forms.CharField(label=_("Name"), max_length=60)
    employer = forms.CharField(label=_("Employer"), required=False, max_length=120)
    fields_ = forms.CharField(label=_("Fields"), required=False, max_length=200)


class ConflictForm(Dressed):
    who = forms.ChoiceField(label=_("Who"))
    institution = forms.CharField(label=_("Institution's code"), max_length=30)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, account: Account, **more: Any) -> None:
        super().__init__(*args, **more)
        inspectors = Inspector.objects.visible_to(account).filter(until=None).select_related("account")
        if not account.holds(Duty.DECIDE):
            inspectors = inspectors.filter(account=account)
        experts = Expert.objects.visible_to(account).filter(until=None) if account.holds(Duty.DECIDE) else []
        self.choose(
            "who",
            [
                *((f"inspector {one.pk}", str(one)) for one in inspectors),
                *((f"expert {one.pk}", str(one)) for one in experts),
            ],
        )


class TeamForm(Dressed):
    """One change of a team: somebody named, a leader, or somebody who steps aside."""

    what = forms.ChoiceField(
        label=_("What"),
        choices=[
            ("officer", _("Name an officer")), ("expert", _("Name an expert")), ("third", _("Name a third party")),
            ("leader", _("Name the leader")), ("recuse", _("Somebody steps aside")),
        ],
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who"), required=False)
    words = forms.CharField(label=_("Third party, or the reason"), required=False, max_length=200)

    def __init__(self, *args: Any, inspection: Inspection, account: Account, **more: Any) -> None:
        super().__init__(*args, **more)
        inspectors = Inspector.objects.visible_to(account).filter(until=None).select_related("account")
        members = inspection.members.serving().select_related("inspector__account", "expert")
        self.choose(
            "who",
            [
                ("", "–"),
                (_("On the team"), [(f"member {one.pk}", str(one)) for one in members]),
                (_("Inspectors"), [(f"inspector {one.pk}", str(one)) for one in inspectors[:500]]),
                (
                    _("Experts"),
                    [(f"expert {one.pk}", str(one)) for one in Expert.objects.visible_to(account).filter(until=None)],
                ),
            ],
        )

    def found(self, model: type[Any]) -> Any:
        """Whom `who` names, if it names one of this kind."""
        kind, _space, number = self.cleaned_data["who"].partition(" ")
        names = {Member: "member", Inspector: "inspector", Expert: "expert"}
        return model._default_manager.filter(pk=number).first() if kind == names[model] and number else None


class FactForm(Dressed):
    words = forms.CharField(
        label=pgettext_lazy("of an inspection", "What was found"), max_length=400, widget=forms.Textarea({"rows": 2})
    )
    norm = forms.CharField(label=_("Norm"), max_length=200)
    item = forms.ChoiceField(label=pgettext_lazy("of an inspection", "Item"), required=False)

    def __init__(self, *args: Any, inspection: Inspection, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choose("item", [("", "–"), *((one.code, str(one)) for one in inspection.items.all())])


class ChargeForm(Dressed):
    claim = forms.CharField(label=_("Number of the claim"), max_length=60)
    line = forms.CharField(label=_("Number of the line"), max_length=40)
    suspected = forms.DecimalField(label=_("In question, in yuan"), max_digits=18, decimal_places=2, min_value=0)


class AnswerForm(Dressed):
    answer = forms.ChoiceField(label=_("Your answer"), choices=Fact.Answer.choices)
    grounds = forms.CharField(label=_("Grounds"), required=False, max_length=400, widget=forms.Textarea({"rows": 2}))


class VoteForm(Dressed):
    stands = forms.ChoiceField(label=_("Your vote"), choices=[("yes", _("It stands")), ("no", _("It is dropped"))])
    reason = forms.CharField(label=_("Reason"), max_length=400)


class ReasonForm(Dressed):
    reason = forms.CharField(label=_("Why a second visit within a year"), max_length=400)
