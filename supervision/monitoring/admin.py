"""The numbers that keep rules in check, for administrators."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.forms import RangeWidget
from django.utils.translation import gettext_lazy as _

from institutions.admin import Recorded

from .guards import Measure, Threshold
from .standing import in_force
from .thresholds import shipped

if TYPE_CHECKING:  # only the stubs know it as generic

    class Form(forms.ModelForm[Threshold]): ...
else:
    Form = forms.ModelForm


class ThresholdForm(Form):
    """Each measure with the value that holds where nothing is stored."""

    measure = forms.ChoiceField(label=_("measure"))

    class Meta:
        model = Threshold
        fields = ["measure", "rule", "value", "source", "valid"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, f"{one.label} ({shipped()[one].value.normalize():f})") for one in Measure]

    def clean_rule(self) -> str:
        rule = str(self.cleaned_data["rule"])
        if rule and rule not in in_force():
            raise forms.ValidationError(_("There is no such rule."))
        return rule


@admin.register(Threshold)
class ThresholdAdmin(Recorded):
    form = ThresholdForm
    list_display = ["measure", "rule", "value", "valid", "source"]
    list_filter = ["measure"]
    search_fields = ["rule", "source"]
    formfield_overrides: ClassVar = {
        DateRangeField: {"widget": RangeWidget(forms.DateInput(attrs={"aria-label": _("period")}))}
    }
