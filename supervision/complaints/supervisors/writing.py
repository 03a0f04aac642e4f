"""What the page of a supervisor lets the desk write down: each act by its name, with its form and about what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Duty

from . import working
from .forms import AppraiseForm, LeaveForm, NoteLeadForm, ReportForm, TakeUpForm, TaskForm
from .models import SocialSupervisor, State, SupervisorLead, SupervisorTask

Said = Mapping[str, Any]
Subject = SocialSupervisor | SupervisorTask | SupervisorLead


@dataclass(frozen=True)
class Writing:
    """An act: its words, its form, and what is done."""

    words: Promise
    form: Callable[[Account, QueryDict | None, str], forms.Form]
    do: Callable[[Any, Said, Account], object]


def plain(kind: type[forms.Form]) -> Callable[[Account, QueryDict | None, str], forms.Form]:
    return lambda account, sent, name: kind(sent, auto_id=f"{name}-%s")


WRITINGS: dict[str, Writing] = {
    "task": Writing(
        _("Give a task"), plain(TaskForm), lambda one, said, by: working.give_task(one, said["what"], by=by)
    ),
    "lead": Writing(
        _("Write down what was seen"), lambda account, sent, name: NoteLeadForm(account, sent, auto_id=f"{name}-%s"),
        lambda one, said, by: working.note_lead(one, said["text"], institution=said["institution"], by=by),
    ),
    "appraise": Writing(
        _("Write an appraisal"), plain(AppraiseForm), lambda one, said, by: working.appraise(one, said["text"], by=by)
    ),
    "report": Writing(
        _("Write down the report"), plain(ReportForm),
        lambda task, said, by: working.write_report(task, said["report"], by=by),
    ),
    "take_up": Writing(
        _("Open a case from it"), plain(TakeUpForm), lambda lead, said, by: working.take_up(lead, said["title"], by=by)
    ),
    "leave": Writing(
        _("Do not take it up"), plain(LeaveForm),
        lambda lead, said, by: working.leave_lead(lead, said["reason"], by=by),
    ),
}  # fmt: skip
OF_TASKS, OF_LEADS = ("report",), ("take_up", "leave")


def open_to(subject: Subject, account: Account) -> list[str]:
    """Which of the acts stand open."""
    if not account.holds(Duty.COMPLAINTS):
        return []
    match subject:
        case SupervisorTask():
            return list(OF_TASKS) if not subject.report else []
        case SupervisorLead():
            return list(OF_LEADS) if subject.is_open else []
    return ["task", "lead", "appraise"] if subject.state == State.APPOINTED else ["appraise"]
