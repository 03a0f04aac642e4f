"""The findings that an institution is asked to answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock
from supervision.hearing.models import Hearing, State
from supervision.monitoring.terms import rule_title
from supervision.monitoring.wording import month_words


def waiting(account: Account) -> list[Entry]:
    rows = Hearing.objects.visible_to(account).filter(state=State.NOTIFIED)
    told = rows.select_related("answer_clock__limit").order_by("answer_clock__due_at", "pk")
    return first_of(told, entry, further, past_clock("answer_clock"))


def entry(hearing: Hearing) -> Entry:
    return Entry(
        Kind.ANSWER, _("Finding: %(rule)s") % {"rule": rule_title(hearing.rule)},
        reverse("answering:finding", args=[hearing.pk]), (Duty.ANSWER,), since=day_of(hearing.notified_at),
        clock=hearing.answer_clock, about=month_words(hearing.month),
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("%(n)d further finding", "%(n)d further findings", count) % {"n": count}
    return Entry(Kind.ANSWER, words, f"{reverse('answering:findings')}?show=answer", (Duty.ANSWER,), count=count)
