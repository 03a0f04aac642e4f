"""Instalments and their days: which are paid, which were missed, and the clock of the one that is due next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone
from django.utils.translation import override

from institutions.models import Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import months_after
from supervision.clocks.models import Clock
from supervision.ledger.models import Instalment, Item, Plan, Stage
from supervision.ledger.sums import standing

PAYMENT = "recovery_payment"


@dataclass(frozen=True)
class Due:
    """An instalment as it stands: what is left of it, and whether its day has passed."""

    instalment: Instalment
    left: Decimal
    missed: bool

    @property
    def paid(self) -> bool:
        return self.left == 0


def laid_out(plan: Plan, *, on: date | None = None) -> list[Due]:
    """The instalments in order. Whatever makes the outstanding amount less pays the earliest first."""
    today = on or timezone.localdate()
    parts = list(plan.instalments.all())
    paid = sum((part.amount for part in parts), Decimal("0.00")) - standing(plan.item)[Stage.DEMANDED]
    dues = []
    for part in parts:
        covered = max(min(paid, part.amount), Decimal("0.00"))
        paid -= covered
        left = part.amount - covered
        dues.append(Due(part, left, missed=left > 0 and part.due_on < today))
    return dues


def follow(items: Iterable[Item]) -> None:
    """After a booking: the clock of an instalment that is paid is met, and that of the next one runs."""
    for plan in Plan.objects.filter(item__in=list(items), state=Plan.State.AGREED).select_related("item"):
        run(plan)


def run(plan: Plan) -> None:
    """One clock a plan: that of the first instalment that is not paid."""
    dues = {subject(plan, due.instalment): due for due in laid_out(plan)}
    first = next((name for name, due in dues.items() if not due.paid), None)
    going = clocks_of(plan)
    for clock in going:
        if clock.subject in dues and dues[clock.subject].paid:
            running.meet(clock)
        elif clock.subject != first:
            running.stop(clock)  # a payment was taken back: an earlier one is owed again
    if first and first not in {clock.subject for clock in going}:
        start(plan, dues[first].instalment.due_on, first)


def stop(plan: Plan) -> None:
    for clock in clocks_of(plan):
        running.stop(clock)


def subject(plan: Plan, instalment: Instalment) -> str:
    return f"plan {plan.pk}, {instalment.due_on}"


def clocks_of(plan: Plan) -> Sequence[Clock]:
    return list(Clock.objects.going().filter(subject__startswith=f"plan {plan.pk}, "))


def start(plan: Plan, due_on: date, named: str) -> Clock:
    """The clock ends on the instalment's own day, so it begins the limit's length before."""
    places = limits.places_of(plan.item.place_id)
    length = limits.limit(PAYMENT, places, timezone.localdate()).amount
    since = timezone.make_aware(datetime.combine(due_on, time(12))) - timedelta(days=length)
    institution = plan.item.institution_id or ""
    with override("zh-hans"):
        zh = f"分期款项（{plan.item.title}）"
    with override("en"):
        en = f"Instalment of {plan.item.title}"
    return running.start(
        PAYMENT, subject=named, title_zh=zh, title_en=en,
        address=plan.get_absolute_url(), places=places, since=since, institution=institution,
        duty="" if institution else Duty.BOOK,
    )  # fmt: skip


def monthly(total: Decimal, parts: int, first: date) -> list[tuple[date, Decimal]]:
    """Equal parts, a month apart; the last one takes what does not divide."""
    each = (total / parts).quantize(Decimal("0.01"), ROUND_DOWN)
    days = [months_after(first, number) for number in range(parts)]
    return [(day, each) for day in days[:-1]] + [(days[-1], total - each * (parts - 1))]
