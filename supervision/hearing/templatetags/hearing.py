"""Where a finding stands, what was answered and decided: in words, with a colour beside them."""

from collections.abc import Iterator

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from supervision.hearing.models import HearingEvent, HearingLine, State
from supervision.hearing.workflow import MOVES
from supervision.monitoring.guards import Review
from supervision.monitoring.templatetags.monitoring import badge

register = template.Library()

TONES = {
    State.NOTIFIED: "info", State.APPEALED: "warn", State.SECOND_REVIEW: "info", State.VERIFICATION: "info",
    State.UPHELD: "bad", State.RELEASED: "good", State.WITHDRAWN: "good",
}  # fmt: skip
DECIDED = {"upheld": "bad", "partly": "warn", "withdrawn": "good"}
BEGUN = _("Taken up for hearing")
# What an event's facts are called; the rest is for the record alone.
FACTS: dict[str, Promise] = {
    "cause": _("Cause"), "measure": _("Measure"), "verified_on": _("Day of the visit"), "verified_by": _("Who went"),
    "seen": _("What was seen"),
}  # fmt: skip


@register.filter
def heard_badge(state: str) -> SafeString:
    choice = State(state)
    return badge(choice.label, TONES.get(choice))


@register.filter
def answer_badge(line: HearingLine) -> SafeString | str:
    """The institution's word on a line; its silence is told from its consent."""
    if not line.answer:
        return badge(_("no answer yet"), None)
    if line.answer == HearingLine.Answer.ACCEPTED and line.answered_by_id is None:
        return badge(_("accepted by silence"), "warn")
    return badge(line.get_answer_display(), "warn" if line.answer == HearingLine.Answer.APPEALED else "good")


@register.filter
def decision_badge(line: HearingLine) -> SafeString | str:
    return badge(line.get_decision_display(), DECIDED[line.decision]) if line.decision else ""


@register.filter
def move_words(name: str) -> str | Promise:
    return MOVES[name].words if name in MOVES else BEGUN


@register.filter
def told(event: HearingEvent) -> Iterator[tuple[Promise, str]]:
    """The facts of a move, with their names."""
    choices = {**dict(Review.Cause.choices), **dict(event.hearing.Measure.choices)}
    for name, words in FACTS.items():
        if fact := event.facts.get(name):
            yield words, str(choices.get(fact, fact))
