"""What an institution has to pay: the next instalment of each plan, and what else was demanded of it."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock
from supervision.clocks.models import Clock

from .deadlines import PAYMENT
from .models import Book, Item, Plan, Stage
from .sums import by_book


def waiting(account: Account) -> list[Entry]:
    return [*instalments(account), *demands(account)]


def instalments(account: Account) -> list[Entry]:
    """A clock runs for the next one of each plan; it is paid by the bank, so no duty is asked for."""
    clocks = Clock.objects.visible_to(account).going().filter(limit__code=PAYMENT, subject__startswith="plan ")
    return first_of(clocks.select_related("limit").order_by("due_at", "pk"), of_clock, further, past_clock())


def of_clock(one: Clock) -> Entry:
    return Entry(Kind.PAY, one.title, reverse("owed:list"), since=day_of(one.since), clock=one)


def further(count: int) -> Entry:
    words = ngettext("%(n)d further instalment", "%(n)d further instalments", count) % {"n": count}
    return Entry(Kind.PAY, words, reverse("owed:list"), count=count)


def demands(account: Account) -> list[Entry]:
    """The books are never added up together; what is paid by instalments is not told twice."""
    planned = Plan.objects.filter(state=Plan.State.AGREED).values("item")
    owed = by_book(Item.objects.visible_to(account).filter(~Q(pk__in=planned)))
    return [
        Entry(
            Kind.PAY, _("¥%(sum)s outstanding: %(book)s") % {"sum": f"{left:,.2f}", "book": book.label},
            reverse("owed:list"),
        )
        for book, left in ((Book(book), sums[Stage.DEMANDED]) for book, sums in owed.items())
        if left > 0
    ]  # fmt: skip
