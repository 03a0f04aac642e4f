"""What can be done with a clock from its page: the forms, and the acts that they call."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.clocks import running
from supervision.clocks.asking import may_resume
from supervision.clocks.calendar import BEIJING, DeadlineRefused
from supervision.clocks.models import Clock, Extension, Pause

from .forms import ExtensionForm, HandOverForm, PauseForm


def ask_pause(clock: Clock, sent: QueryDict, by: Account) -> str:
    answers = answered(PauseForm(sent))
    day = answers["since"]
    since = max(datetime.combine(day, time.min, BEIJING), clock.since) if day else None
    running.ask_pause(clock, reason=answers["reason"], by=by, since=since)
    return _("Asked for. The clock stands still when a second person has approved it.")


def ask_extension(clock: Clock, sent: QueryDict, by: Account) -> str:
    answers = answered(ExtensionForm(sent))
    running.ask_extension(clock, amount=answers["amount"], reason=answers["reason"], by=by)
    return _("Asked for. It is due later when a second person has approved it.")


def resume(clock: Clock, sent: QueryDict, by: Account) -> str:
    running.let_run(clock, by=by)
    return _("The clock runs again.")


def hand_over(clock: Clock, sent: QueryDict, by: Account) -> str:
    answers = answered(HandOverForm([clock], by, sent))
    running.hand_over([clock], to=answers["to"], reason=answers["reason"], by=by)
    return _("Handed over.")


def decide_pause(clock: Clock, sent: QueryDict, by: Account) -> str:
    asked = waiting(clock.pauses.undecided().first())
    approved = sent.get("decision") == "approve"
    (running.approve_pause if approved else running.refuse_pause)(asked, by=by)
    return _("Approved: the clock stands still.") if approved else _("Refused: the clock runs on.")


def decide_extension(clock: Clock, sent: QueryDict, by: Account) -> str:
    asked = waiting(clock.extensions.undecided().first())
    approved = sent.get("decision") == "approve"
    (running.approve_extension if approved else running.refuse_extension)(asked, by=by)
    return _("Approved: it is due later.") if approved else _("Refused: it is due as before.")


def waiting(asked: Any) -> Any:
    if asked is None:
        raise DeadlineRefused(_("It has been decided on already."))
    return asked


def answered(form: Any) -> Mapping[str, Any]:
    """What was filled in, or the first thing that is wrong with it, in words."""
    if not form.is_valid():
        name, wrong = next(iter(form.errors.items()))
        raise DeadlineRefused(f"{form.fields[name].label}: {wrong[0]}")
    answers: Mapping[str, Any] = form.cleaned_data
    return answers


CHANGES: Mapping[str, Callable[[Clock, QueryDict, Account], str]] = {
    change.__name__: change for change in (ask_pause, ask_extension, resume, hand_over, decide_pause, decide_extension)
}


def forms_for(clock: Clock, account: Account) -> dict[str, object]:
    """The forms that make sense now; whether the account may send them is decided when it does."""
    if clock.ended_at is not None:
        return {}
    running_now = clock.state == Clock.State.RUNNING
    pause: Pause | None = clock.pauses.undecided().first()
    extension: Extension | None = clock.extensions.undecided().first()
    unextended = not clock.extensions.filter(refused_at=None).exists()
    return {
        "pause_asked": pause,
        "extension_asked": extension,
        "pause_form": PauseForm(auto_id="pause_%s") if running_now and pause is None else None,
        "extension_form": ExtensionForm(auto_id="extension_%s") if clock.limit.extension and unextended else None,
        "hand_over_form": HandOverForm([clock], account, auto_id="hand_%s"),
        "may_resume": clock.state == Clock.State.PAUSED and may_resume(clock, account),
    }
