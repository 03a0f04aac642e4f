"""Findings in the words of the institution that answers them."""

from django import template
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account
from supervision.hearing.institution import listing, showing
from supervision.hearing.models import Attachment, Draft, Hearing, HearingLine, State
from supervision.monitoring.templatetags.monitoring import badge

register = template.Library()
register.filter("is_decided", showing.is_decided)

TONES = {State.NOTIFIED: "warn", State.UPHELD: "bad", State.WITHDRAWN: "good", State.APPEALED: "info"}
WORDS: dict[State, Promise] = {
    State.NOTIFIED: gettext_lazy(
        "Accept or appeal each line. Nothing is decided before you have answered or the time has run out."
    ),
    State.ACCEPTED: gettext_lazy("Somebody else than the first reviewer looks at it before it is decided."),
    State.APPEALED: gettext_lazy("Somebody else than the first reviewer looks at your appeal."),
    State.SECOND_REVIEW: gettext_lazy("Somebody else than the first reviewer looks at it now."),
    State.VERIFICATION: gettext_lazy("It is looked into on the spot."),
    State.UPHELD: gettext_lazy("Decided: each line below says what was confirmed, and why."),
    State.WITHDRAWN: gettext_lazy("Decided: nothing of it remains."),
    State.HANDLED: gettext_lazy("Decided and handed on: what is to be paid stands below."),
    State.CLOSED: gettext_lazy("Closed: nothing more is to be done."),
}  # fmt: skip


@register.filter
def state_badge(hearing: Hearing) -> SafeString:
    return badge(hearing.get_state_display(), TONES.get(State(hearing.state)))


@register.filter
def state_words(hearing: Hearing) -> Promise | str:
    """What the state means for the institution."""
    return WORDS.get(State(hearing.state), "")


@register.filter
def draft_words(draft: Draft) -> str:
    """A draft as a sentence: the answer, and the grounds where there are any."""
    answer = HearingLine.Answer(draft.answer).label if draft.answer else _("no answer yet")
    return f"{answer}. {draft.grounds}".strip()


@register.filter
def of_institution(file: Attachment, hearing: Hearing) -> bool:
    """Whether the institution itself put the file there."""
    return file.added_by.institution_id == hearing.institution_id


@register.inclusion_tag("hearing/institution/_waiting.html")
def findings_waiting(request: HttpRequest) -> dict[str, object]:
    """How many findings wait for the institution of whoever asks, and the nearest deadline."""
    account = request.user
    return listing.waiting(account) if isinstance(account, Account) else {"count": 0, "due_at": None}
