"""The settlements that an institution accepts or objects to, and the prepayments that it may apply for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock
from supervision.monitoring.wording import month_words

from .models import MonthlySettlement, Prepayment
from .models.prepayments import State as PrepaymentState
from .models.settlements import State


def waiting(account: Account) -> list[Entry]:
    settlements = MonthlySettlement.objects.visible_to(account).filter(state=State.APPEAL, accepted_at=None)
    rows = settlements.select_related("answer_clock__limit").order_by("answer_clock__due_at", "pk")
    free = Prepayment.objects.visible_to(account).filter(state=PrepaymentState.AREA_CHECKED).order_by("pk")
    return [
        *first_of(rows, of_settlement, further, past_clock("answer_clock")),
        *first_of(free, of_prepayment, further_prepayments),
    ]


def of_settlement(one: MonthlySettlement) -> Entry:
    return Entry(
        Kind.ANSWER, _("Accept the settlement of %(month)s, or object to it") % {"month": month_words(one.month)},
        reverse("own_payments:settlement", args=[one.number]), (Duty.ANSWER,), since=day_of(one.told_at),
        clock=one.answer_clock, about=_("¥%(sum)s payable") % {"sum": f"{one.payable:,.2f}"},
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("%(n)d further settlement", "%(n)d further settlements", count) % {"n": count}
    return Entry(Kind.ANSWER, words, reverse("own_payments:settlements"), (Duty.ANSWER,), count=count)


def of_prepayment(one: Prepayment) -> Entry:
    return Entry(
        Kind.MAY, _("apply for the prepayment of %(year)s") % {"year": one.year},
        reverse("own_payments:prepayment", args=[one.number]), (Duty.SIGN,), since=day_of(one.moved_at),
        about=one.number,
    )  # fmt: skip


def further_prepayments(count: int) -> Entry:
    words = ngettext("apply for %(n)d further prepayment", "apply for %(n)d further prepayments", count) % {"n": count}
    return Entry(Kind.MAY, words, reverse("own_payments:prepayments"), (Duty.SIGN,), count=count)
