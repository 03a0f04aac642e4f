"""The forms of applications and agreements: the applicant's, the assessors' sheet, the terms, a year's appraisal."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Division, Insurer
from supervision.language import in_chinese
from supervision.monitoring.filters import dress

from . import appraising, ruling, scoring
from .models import Application, Contract, Criterion

DAY = {"type": "date"}
TELEPHONE = r"[0-9+()\- ]{5,40}"


def day_field(words: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=words, required=required, widget=forms.DateInput(DAY, format="%Y-%m-%d"), **more
    )  # fmt: skip


class BeginForm(forms.Form):
    """To which agency the application goes."""

    insurer = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=Insurer.objects.none())

    def __init__(self, place: Division, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        field = self.fields["insurer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Insurer.objects.of_place(place).select_related("pooling_area")
        dress(self)


class WritingForm(forms.Form):
    """What the applicant says: whom to ask, since when it has been in business, and to each condition how it is met."""

    contact = forms.CharField(label=gettext_lazy("Whom to ask"), max_length=60)
    telephone = forms.RegexField(TELEPHONE, label=gettext_lazy("Telephone"), max_length=40)
    opened_on = day_field(gettext_lazy("In business since"))
    words = forms.CharField(
        label=gettext_lazy("What else is to be known"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def __init__(self, application: Application, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={name: getattr(application, name) for name in WRITTEN})
        self.criteria = ruling.criteria(Criterion.Use.CONDITION, application.institution.kind, application.place)
        known = {answer.criterion_id: answer for answer in application.answers.all()}
        for one in self.criteria:
            answer = known.get(one.pk)
            self.fields[f"meets-{one.code}"] = forms.BooleanField(
                label=str(one), required=False, initial=answer.meets if answer else False
            )
            self.fields[f"words-{one.code}"] = forms.CharField(
                label=_("How, or where it is proved"), required=False, max_length=300,
                initial=answer.words if answer else "",
            )  # fmt: skip
        dress(self)
        for one in self.criteria:
            self.fields[f"meets-{one.code}"].widget.attrs["class"] = "form-check-input"

    @property
    def own(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in WRITTEN)

    @property
    def conditions(self) -> Iterator[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return ((one, self[f"meets-{one.code}"], self[f"words-{one.code}"]) for one in self.criteria)

    def said(self) -> dict[str, tuple[bool, str]]:
        values = self.cleaned_data
        return {one.code: (values[f"meets-{one.code}"], values[f"words-{one.code}"]) for one in self.criteria}


WRITTEN = ("contact", "telephone", "opened_on", "words")


class FileForm(forms.Form):
    """A file, and the condition that it proves."""

    criterion = forms.ChoiceField(label=gettext_lazy("What it proves"), required=False)
    file = forms.FileField(label=gettext_lazy("File: PDF, JPEG, PNG or Excel"))

    def __init__(self, application: Application, *sent: Any) -> None:
        super().__init__(*sent)
        self.criteria = ruling.criteria(Criterion.Use.CONDITION, application.institution.kind, application.place)
        field = self.fields["criterion"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("the application as a whole")), *((one.code, str(one)) for one in self.criteria)]
        dress(self)

    def chosen(self) -> Criterion | None:
        return next((one for one in self.criteria if one.code == self.cleaned_data["criterion"]), None)


class ThirdPartyForm(forms.Form):
    """Who was commissioned to look into it, and the report."""

    third_party = forms.CharField(label=gettext_lazy("Commissioned third party"), max_length=120)
    report = forms.FileField(label=gettext_lazy("Its report: PDF, JPEG, PNG or Excel"))

    def __init__(self, application: Application, sent: QueryDict | None = None, files: Any = None) -> None:
        round_ = application.assessment
        super().__init__(sent, files, initial={"third_party": round_.third_party if round_ else ""})
        dress(self)


class SheetForm(forms.Form):
    """Points for each of some criteria, and what was seen."""

    def __init__(
        self, criteria: Sequence[Criterion], sent: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(sent, initial=initial, prefix=None)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"points-{one.code}"] = forms.DecimalField(
                label=f"{one} ({_('of %(points)d') % {'points': one.points}})", min_value=0, max_value=one.points,
                max_digits=5, decimal_places=2,
            )  # fmt: skip
            self.fields[f"seen-{one.code}"] = forms.CharField(label=_("What was seen"), required=False, max_length=300)
        dress(self)

    @property
    def lines(self) -> Iterator[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return ((one, self[f"points-{one.code}"], self[f"seen-{one.code}"]) for one in self.criteria)

    def points(self) -> dict[str, tuple[Decimal, str]]:
        values = self.cleaned_data
        return {one.code: (values[f"points-{one.code}"], values[f"seen-{one.code}"]) for one in self.criteria}


class ScoreForm(SheetForm):
    """The assessors' sheet, with the days on which it was looked at."""

    on_paper = day_field(gettext_lazy("Looked at on paper on"))
    on_site = day_field(gettext_lazy("Looked at on site on"))

    def __init__(self, application: Application, sent: QueryDict | None = None) -> None:
        round_, initial = application.assessment, dict[str, Any]()
        if round_ is not None:
            initial = {"on_paper": round_.on_paper, "on_site": round_.on_site}
            for score in round_.scores.select_related("criterion"):
                initial |= {f"points-{score.criterion.code}": score.points, f"seen-{score.criterion.code}": score.seen}
        super().__init__(scoring.sheet(application), sent, initial=initial)


class AppraisalForm(SheetForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2021, max_value=2100)

    def __init__(self, contract: Contract, sent: QueryDict | None = None) -> None:
        super().__init__(appraising.sheet(contract), sent, initial={"year": timezone.localdate().year})


class TermsForm(forms.Form):
    """The term, and the figures of the annex."""

    since = day_field(gettext_lazy("First day"))
    until = day_field(gettext_lazy("Last day"))

    def __init__(self, contract: Contract, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"since": contract.since, "until": contract.until})
        self.codes = [one["code"] for one in contract.template.figures] if contract.template else []
        for figure in contract.template.figures if contract.template else ():
            self.fields[f"figure-{figure['code']}"] = forms.CharField(
                label=figure_words(figure), max_length=60, initial=contract.figures.get(figure["code"], "")
            )
        dress(self)

    def figures(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"figure-{code}"] for code in self.codes}


def figure_words(figure: dict[str, str]) -> str:
    tongue = "zh" if in_chinese() else "en"
    name, unit = figure[f"name_{tongue}"], figure[f"unit_{tongue}"]
    return f"{name} ({unit})" if unit else name


class VerifyForm(forms.Form):
    """A file whose digest is looked for. It is read, not kept."""

    file = forms.FileField(label=gettext_lazy("The PDF of an agreement"))
