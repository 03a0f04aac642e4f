"""What a reviewer asks of the queue; the question stands in the address."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.monitoring.filters import dress, tidy
from supervision.monitoring.terms import rule_title
from supervision.paging import Chip, with_changes

from .models import Hearing, HearingQuerySet, State

if TYPE_CHECKING:
    from institutions.models import Account

UNDER_WAY = "under_way"
NOTHING = Decimal("0.00")


class HearingFilter(forms.Form):
    """The filters of the review queue. What is not understood filters nothing."""

    state = forms.ChoiceField(label=_("State"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, query: QueryDict, account: "Account") -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self._offer("state", [(UNDER_WAY, _("under way")), *State.choices])
        rules, institutions = self._known()
        self._offer("rule", [(code, rule_title(code)) for code in sorted(rules)])
        self._offer("institution", [(one.pk, str(one)) for one in Institution.objects.filter(pk__in=institutions)])
        dress(self)
        self.fields["mine"].widget.attrs["class"] = "form-check-input"
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("any")), *choices]

    def _known(self) -> tuple[set[str], set[str]]:
        """The rules and the institutions that are heard, in one look at all hearings."""
        pairs = list(self.visible.order_by().values_list("rule", "institution").distinct())
        return {rule for rule, _place in pairs}, {place for _rule, place in pairs}

    @cached_property
    def visible(self) -> HearingQuerySet:
        return Hearing.objects.visible_to(self.account)

    @cached_property
    def hearings(self) -> HearingQuerySet:
        """All that answer."""
        rows = self.but_for_their_state
        match self.chosen.get("state"):
            case None:
                return rows
            case "under_way":
                return rows.under_way()
            case state:
                return rows.filter(state=state)

    @cached_property
    def but_for_their_state(self) -> HearingQuerySet:
        rows = self.visible.filter(
            **{name: self.chosen[name] for name in ("rule", "institution") if name in self.chosen}
        )
        if "mine" in self.chosen:
            rows = rows.filter(touched_by(self.account))
        return rows

    def counts(self) -> list[dict[str, Any]]:
        """How many stand in each state, with the sums of what was sent or, before that, of what findings own."""
        rows = self.but_for_their_state.order_by()
        sent, unsent = Q(notified_at__isnull=False), rows.filter(notified_at=None)
        counted = rows.values("state").annotate(n=Count("pk"), sent=Sum("suspected", filter=sent))
        found = {row["state"]: row for row in counted}
        # Only those that were not sent yet are looked up among the findings: they are few.
        owned = dict(unsent.values_list("state").annotate(Sum("finding__owned")))
        return [
            {
                "state": state, "n": found[state]["n"],
                "amount": (found[state]["sent"] or NOTHING) + (owned.get(state) or NOTHING),
                "query": with_changes(self.query, {"state": state.value}), "here": self.chosen.get("state") == state,
            }
            for state in State if state in found
        ]  # fmt: skip

    def chips(self) -> list[Chip]:
        return [
            Chip(str(self.fields[name].label or ""), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        return str(field.label)


def touched_by(account: "Account") -> Q:
    """What the account has reviewed or goes on reviewing."""
    return Q(first_reviewer=account) | Q(second_reviewer=account) | Q(verifier=account)
