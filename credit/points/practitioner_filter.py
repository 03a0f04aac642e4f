"""What a reader asks of the practitioners; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Practitioner, Registration
from institutions.models.parties import PractitionerQuerySet
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Standing


class PractitionerFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    person = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    institution = forms.CharField(label=_("Institution's code"), required=False, max_length=30)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("Payment qualification"), required=False)
    points = forms.IntegerField(label=_("At least so many points this year"), required=False, min_value=1, max_value=99)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        if account.institution_id:
            del self.fields["institution"]  # it is always their own
        for name, choices in (("kind", Practitioner.Kind.choices), ("state", Standing.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *choices]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def practitioners(self) -> PractitionerQuerySet:
        """All that answer."""
        rows, chosen = Practitioner.objects.visible_to(self.account), self.chosen
        if "person" in chosen:
            rows = rows.filter(Q(name__icontains=chosen["person"]) | Q(code__istartswith=chosen["person"]))
        if "institution" in chosen:
            here = Registration.objects.filter(institution=chosen["institution"])
            rows = rows.filter(pk__in=here.values("practitioner"))
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if "state" in chosen:
            rows = rows.filter(self.standing(chosen["state"]))
        if "points" in chosen:
            this_year = timezone.localdate().year
            rows = rows.filter(qualification__points__gte=chosen["points"], qualification__points_year=this_year)
        return rows

    def standing(self, state: str) -> Q:
        """Whoever was registered before this site kept qualifications is normal."""
        known = Q(qualification__state=state)
        return known | Q(qualification=None) if state == Standing.NORMAL else known

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        return str(value)
