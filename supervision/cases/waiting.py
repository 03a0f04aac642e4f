"""The deadlines of proceedings that run for an institution: to speak, to pay, to challenge. It keeps them by letter."""

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from institutions.models import Account
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock
from supervision.clocks.models import Clock

from .models import Proceeding

KINDS = {"P07": Kind.PAY, "P03": Kind.MAY, "P10": Kind.MAY, "P10_suit": Kind.MAY, "suit_after_review": Kind.MAY}


def waiting(account: Account) -> list[Entry]:
    """Those whose subject is a proceeding: what other apps start, they tell themselves."""
    begun = Proceeding.objects.filter(case__institution=account.institution_id)
    clocks = Clock.objects.visible_to(account).going().filter(subject__in=begun.values("number"))
    rows = clocks.select_related("limit").order_by("due_at", "pk")
    other = ~Q(limit__code__in=KINDS)
    return [
        found
        for kind in (Kind.PAY, Kind.MAY, Kind.CORRECT)
        for found in first_of(
            rows.filter(other if kind == Kind.CORRECT else Q(limit__code__in=codes_of(kind))), entry, further(kind),
            past_clock(),
        )
    ]  # fmt: skip


def codes_of(kind: Kind) -> list[str]:
    return [code for code, one in KINDS.items() if one == kind]


def entry(clock: Clock) -> Entry:
    kind = KINDS.get(clock.limit.code, Kind.CORRECT)
    return Entry(kind, clock.limit.name, address_of(kind), since=day_of(clock.since), clock=clock, about=clock.subject)


def further(kind: Kind) -> Callable[[int], Entry]:
    def rest(count: int) -> Entry:
        words = ngettext("%(n)d further deadline of cases", "%(n)d further deadlines of cases", count) % {"n": count}
        return Entry(kind, words, address_of(kind), count=count)

    return rest


def address_of(kind: Kind) -> str:
    return reverse("owed:list" if kind == Kind.PAY else "own_documents:documents")
