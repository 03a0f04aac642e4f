"""The deadlines of proceedings that run for an institution: to speak, to pay, to challenge. It keeps them by letter."""

from django.urls import reverse

from institutions.models import Account
from institutions.waiting import SHOWN, Entry, Kind, day_of
from supervision.clocks.models import Clock

from .models import Proceeding

KINDS = {"P07": Kind.PAY, "P03": Kind.MAY, "P10": Kind.MAY, "P10_suit": Kind.MAY, "suit_after_review": Kind.MAY}


def waiting(account: Account) -> list[Entry]:
    """Those whose subject is a proceeding: what other apps start, they tell themselves."""
    begun = Proceeding.objects.filter(case__institution=account.institution_id)
    clocks = Clock.objects.visible_to(account).going().filter(subject__in=begun.values("number"))
    return [entry(one) for one in clocks.select_related("limit").order_by("due_at", "pk")[:SHOWN]]


def entry(clock: Clock) -> Entry:
    kind = KINDS.get(clock.limit.code, Kind.CORRECT)
    address = reverse("owed:list" if kind == Kind.PAY else "own_documents:documents")
    return Entry(kind, clock.limit.name, address, since=day_of(clock.since), clock=clock, about=clock.subject)
