"""The forms of what reviewers decide: one a move, each asking for exactly what its move asks."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.monitoring.filters import dress
from supervision.monitoring.guards import Review

from .deciding import Decision, Decisions, LineDecision
from .handling import AT_ONCE
from .losing import PutLoss
from .models import BY_ANOTHER_METHOD, Hearing, HearingLine, Loss
from .workflow import MOVES


class MoveForm(forms.Form):
    """The turn that was looked at, and the words that go with a move."""

    turn = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note: what was looked at, and what it shows"), max_length=4000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    template = "hearing/desk/_form.html"

    def __init__(self, hearing: Hearing, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{name}-%s", **kwargs})
        self.hearing, self.name, self.move = hearing, name, MOVES[name]
        self.fields["turn"].initial = hearing.turn
        self.fields["note"].required = self.move.needs_note
        dress(self)

    def facts(self) -> dict[str, Any]:
        """What goes to the move beside its note."""
        return {name: self.cleaned_data[name] for name in self.move.asks}


class WithdrawForm(MoveForm):
    """Of a release and a withdrawal: the cause that the rule's quality card counts."""

    cause = forms.ChoiceField(label=gettext_lazy("Why it is withdrawn"), choices=Review.Cause.choices)
    field_order = ["cause", "note"]


# What is handed on from here. A breach or a penalty begins with a case, which takes its findings by itself.
MEASURES = [(measure.value, measure.label) for measure in (*AT_ONCE.values(), Hearing.Measure.RECORD)]


class HandleForm(MoveForm):
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure"), choices=MEASURES,
        help_text=gettext_lazy("Its amount is demanded at once. For a breach or a penalty, open a case instead."),
    )  # fmt: skip
    field_order = ["measure", "note"]


class ConcludeForm(MoveForm):
    """What was seen on the spot, when and by whom."""

    verified_on = forms.DateField(
        label=gettext_lazy("Day of the visit"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    verified_by = forms.CharField(label=gettext_lazy("Who went"), max_length=200)
    seen = forms.CharField(label=gettext_lazy("What was seen"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    field_order = ["verified_on", "verified_by", "seen", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verified_on"].initial = timezone.localdate()


LOSS = ("method", "loss", "loss_reason")  # asked of lines that are paid by disease group


class UpholdForm(MoveForm):
    """A decision on each line, with the reason that the institution reads."""

    template = "hearing/desk/_uphold.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(self.hearing.lines.order_by("pk"))
        for line in self.lines:
            self.ask_of(line)
        dress(self)

    def ask_of(self, line: HearingLine) -> None:
        self.fields[f"decision_{line.pk}"] = forms.ChoiceField(
            label=_("Decision"), choices=Decision.choices, initial=Decision.UPHELD
        )
        self.fields[f"confirmed_{line.pk}"] = forms.DecimalField(
            label=_("Confirmed, if in part"), required=False, min_value=Decimal("0.01"), max_digits=18, decimal_places=2
        )
        self.fields[f"reason_{line.pk}"] = forms.CharField(
            label=_("Reason, for the institution"), required=False, max_length=2000,
            widget=forms.Textarea({"rows": 1}),
        )  # fmt: skip
        if line.fund_method == Loss.GROUP:
            self.ask_of_the_loss(line)

    def ask_of_the_loss(self, line: HearingLine) -> None:
        """Under disease groups what the fund lost does not follow from the line: it may be put by another method."""
        methods = [
            ("", _("nothing, by the line's share")),
            *((method.value, method.label) for method in BY_ANOTHER_METHOD),
        ]
        self.fields[f"method_{line.pk}"] = forms.ChoiceField(
            label=_("The fund's loss, by"), choices=methods, required=False
        )
        self.fields[f"loss_{line.pk}"] = forms.DecimalField(
            label=_("The fund's loss"), required=False, min_value=Decimal("0.01"), max_digits=18, decimal_places=2
        )
        self.fields[f"loss_reason_{line.pk}"] = forms.CharField(
            label=_("How it was found, for the institution"), required=False, max_length=2000,
            widget=forms.Textarea({"rows": 1}),
        )  # fmt: skip

    def rows(self) -> Iterator[tuple[HearingLine, list[forms.BoundField]]]:
        for line in self.lines:
            asked = (f"{name}_{line.pk}" for name in ("decision", "confirmed", "reason", *LOSS))
            yield line, [self[name] for name in asked if name in self.fields]

    def common(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("note",))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for line in self.lines:
            self.check_the_loss(line, said)
            confirmed, name = said.get(f"confirmed_{line.pk}"), f"confirmed_{line.pk}"
            if said.get(f"decision_{line.pk}") != Decision.PARTLY:
                continue
            if confirmed is None or confirmed >= line.suspected:
                self.add_error(name, _("Say how much is confirmed: less than ¥%(most)s.") % {"most": line.suspected})
        return said

    def check_the_loss(self, line: HearingLine, said: dict[str, Any]) -> None:
        """Method, amount and reason go together."""
        given = [name for name in LOSS if said.get(f"{name}_{line.pk}")]
        for name in LOSS if given else ():
            if name not in given and f"{name}_{line.pk}" not in self.errors:
                self.add_error(f"{name}_{line.pk}", _("A loss has its method, its amount and its reason."))

    def facts(self) -> dict[str, Any]:
        return {"lines": Decisions({line.pk: self.decision_on(line) for line in self.lines})}

    def decision_on(self, line: HearingLine) -> LineDecision:
        said = self.cleaned_data
        method, loss, why = (said.get(f"{name}_{line.pk}", "") for name in LOSS)
        return LineDecision(
            Decision(said[f"decision_{line.pk}"]), said[f"reason_{line.pk}"],
            said[f"confirmed_{line.pk}"] or Decimal(0), PutLoss(Loss(method), loss, why) if method else None,
        )  # fmt: skip


FORMS: dict[str, type[MoveForm]] = {
    "release": WithdrawForm, "withdraw": WithdrawForm, "handle": HandleForm, "conclude": ConcludeForm,
    "uphold": UpholdForm,
}  # fmt: skip


def form_for(name: str, hearing: Hearing, *args: Any) -> MoveForm:
    return FORMS.get(name, MoveForm)(hearing, name, *args)


class TogetherForm(forms.Form):
    """One move for all that are ticked."""

    move = forms.ChoiceField(label=gettext_lazy("What to do with those ticked"))
    cause = forms.ChoiceField(label=gettext_lazy("Why, if withdrawn or released"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Measure, if handed on"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note, the same for all"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 1}),
    )  # fmt: skip

    def __init__(self, moves: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("move", [("", "–"), *((name, MOVES[name].words) for name in moves)])
        self._offer("cause", [("", "–"), *Review.Cause.choices])
        self._offer("measure", [("", "–"), *MEASURES])
        dress(self)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if move := MOVES.get(said.get("move", "")):
            for name in (*move.asks, *(["note"] if move.needs_note else [])):
                if not str(said.get(name) or "").strip():
                    self.add_error(name, _("This decision needs it."))
        return said

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in MOVES[self.cleaned_data["move"]].asks}
