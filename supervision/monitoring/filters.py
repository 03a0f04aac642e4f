"""What a reader asks of the findings; the question stands in the address, so it can be kept and sent."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.paging import CAP, Chip, capped_count, with_changes

from .models import CLAIM_NUMBER, Finding, FindingQuerySet, FindingTotal
from .places import divisions_of, in_division
from .rulebook import Rule
from .standing import in_force, lately
from .terms import CERTAINTIES, STAGES, family, family_code
from .wording import month_words

if TYPE_CHECKING:
    from institutions.models import Account

Rows = TypeVar("Rows", bound=QuerySet[Any])

ALL = "all"
STRENGTHS: dict[str, tuple[Any, set[int]]] = {
    "certain": (_("certain"), {Finding.Certainty.CERTAIN}),
    "suspicious": (_("suspicious, highly or slightly"), {Finding.Certainty.HIGH, Finding.Certainty.LOW}),
    "high": (_("highly suspicious"), {Finding.Certainty.HIGH}),
    "low": (_("slightly suspicious"), {Finding.Certainty.LOW}),
    "remind": (_("reminder"), {Finding.Certainty.REMIND}),
    "lead": (_("lead"), {Finding.Certainty.LEAD}),
}
PROPOSED = 500
FEW = 50_000
ANY = _("any")
SORTS = ("-id", "id", "-at_stake", "at_stake", "-month", "month")


@dataclass(frozen=True)
class Count:
    """How many findings answer, and what they own where the kept totals know it."""

    findings: int
    owned: Decimal | None

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.owned is None and self.findings > CAP


@dataclass(frozen=True)
class Order:
    """Whether the list goes by a column, and the query string that turns it round."""

    direction: str  # as aria-sort says it: ascending, descending or ''
    query: str


class FindingFilter(forms.Form):
    """The filters of the findings' list. What is not understood is said beside its field and filters nothing."""

    claim = forms.CharField(label=_("Claim number"), required=False, max_length=120)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    institution = forms.CharField(
        label=_("Institution"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
    )
    division = forms.ChoiceField(label=_("Division"), required=False)
    certainty = forms.ChoiceField(label=_("Certainty"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    least = forms.DecimalField(label=_("At stake, from"), required=False, max_digits=12, decimal_places=2)
    most = forms.DecimalField(label=_("At stake, to"), required=False, max_digits=12, decimal_places=2)
    run = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    sort = forms.ChoiceField(required=False, choices=[(s, s) for s in SORTS], widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, account: "Account") -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self._offer("rule", lambda: {rule.code: rule.said("title") for rule in lately().values()})
        self._offer("month", lambda: {month: month_words(month) for month in months(account)})
        self._offer("division", lambda: divisions_of(account))
        self._offer("certainty", lambda: {word: label for word, (label, _certainties) in STRENGTHS.items()})
        self._offer(
            "status",
            lambda: {
                Finding.Status.HELD: _("held back"),
                Finding.Status.WITHDRAWN: _("withdrawn"),
                ALL: _("open, held back and withdrawn"),
            },
            _("open"),
        )
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def _offer(self, name: str, choices: Callable[[], Mapping[str, Any]], otherwise: Any = ANY) -> None:
        """Choices that are only looked up where they are shown or chosen from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = lambda: [("", otherwise), *choices().items()]

    @property
    def ordering(self) -> str:
        return str(self.chosen.get("sort", "-id"))

    def institutions(self) -> list[Institution]:
        """What the field of institutions proposes; the others are found by their code."""
        return list(Institution.objects.visible_to(self.account)[:PROPOSED])

    def order(self) -> dict[str, Order]:
        """The sortable columns; the greatest come first at the first click."""
        orders = {}
        for column in ("id", "month", "at_stake"):
            directions = {column: "ascending", f"-{column}": "descending"}
            turned = column if self.ordering == f"-{column}" else f"-{column}"
            orders[column] = Order(directions.get(self.ordering, ""), with_changes(self.query, {"sort": turned}))
        return orders

    @cached_property
    def count(self) -> Count:
        """From the kept totals where they know; else the list itself is counted, up to a cap."""
        if self.kinds is None:
            return Count(capped_count(self.findings), None)
        return Count(sum(kind["n"] for kind in self.kinds), sum((kind["amount"] for kind in self.kinds), Decimal(0)))

    @cached_property
    def kinds(self) -> list[dict[str, Any]] | None:
        """The kept totals by institution; they know neither amounts nor claim numbers nor runs."""
        if self.chosen.keys() & {"claim", "least", "most", "run"}:
            return None
        kept = self._narrowed(FindingTotal.objects.visible_to(self.account)).filter(findings__gt=0).order_by()
        return [dict(row) for row in kept.values("institution").annotate(n=Sum("findings"), amount=Sum("owned"))]

    @property
    def few(self) -> bool:
        """Whether it is quicker to find them all and order them than to walk an index in order."""
        return not self.count.more and self.count.findings <= FEW

    @cached_property
    def visible(self) -> FindingQuerySet:
        """All that this account may see."""
        return Finding.objects.visible_to(self.account)

    @cached_property
    def findings(self) -> FindingQuerySet:
        """All that answer."""
        rows = self._narrowed(self.visible)
        chosen = self.chosen
        if "least" in chosen:
            rows = rows.filter(at_stake__gte=chosen["least"])
        if "most" in chosen:
            rows = rows.filter(at_stake__lte=chosen["most"])
        if "run" in chosen:
            rows = rows.filter(first_run=chosen["run"])
        if self.kinds is not None and self.few:
            # Only these hold any: said, the planner can start from them.
            codes = {kind["institution"] for kind in self.kinds}
            rows = rows.filter(Q(institution__in=codes - {None}) | Q(institution=None))
        if "claim" in chosen:
            text = chosen["claim"]
            rows = rows.alias(number=CLAIM_NUMBER).filter(Q(claim__startswith=text) | Q(number__startswith=text))
        return rows

    def _narrowed(self, rows: Rows) -> Rows:
        chosen = self.chosen
        if (status := chosen.get("status", Finding.Status.OPEN)) != ALL:
            rows = rows.filter(status=status)
        rows = rows.filter(**{name: chosen[name] for name in ("rule", "month", "institution") if name in chosen})
        if "certainty" in chosen:
            rows = rows.filter(certainty__in=STRENGTHS[chosen["certainty"]][1])
        if "division" in chosen:
            rows = rows.filter(in_division(self.account, chosen["division"]))
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label or ""), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
            if name not in ("sort", "run")
        ] + [
            Chip(gettext("First found by run"), str(number), with_changes(self.query, {"run": None}))
            for number in [self.chosen.get("run")]
            if number
        ]

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        if name == "institution":
            return str(Institution.objects.visible_to(self.account).filter(pk=value).first() or value)
        return number_format(value, force_grouping=True) if name in ("least", "most") else str(value)


def months(account: "Account") -> list[str]:
    """The months that findings are of, the latest first."""
    kept = FindingTotal.objects.visible_to(account).filter(findings__gt=0)
    return list(kept.order_by("-month").values_list("month", flat=True).distinct())


def tidy(value: str) -> str:
    """Without the spaces and full-width digits that typing leaves behind."""
    return unicodedata.normalize("NFKC", value).strip()


class LibraryFilter(forms.Form):
    """The filters of the rule library."""

    family = forms.ChoiceField(label=_("Family"), required=False)
    certainty = forms.ChoiceField(label=_("Certainty"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query
        self.known = in_force()
        families = {family_code(rule): family(rule) for rule in self.known.values()}
        for name, words in ("family", families), ("certainty", CERTAINTIES), ("stage", STAGES):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("any")), *words.items()]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def rules(self) -> list[Rule]:
        """The chosen rules, family by family."""
        kinds: dict[str, Callable[[Rule], str]] = {
            "family": family_code,
            "certainty": attrgetter("certainty"),
            "stage": attrgetter("stage"),
        }
        kept = [
            rule
            for rule in self.known.values()
            if all(kinds[name](rule) == value for name, value in self.chosen.items())
        ]
        return sorted(kept, key=lambda rule: (family_code(rule), rule.code))


def dress(form: forms.Form) -> None:
    """The look of a filter's fields."""
    for field in form.fields.values():
        look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        field.widget.attrs["class"] = "form-check-input" if isinstance(field, forms.BooleanField) else look
