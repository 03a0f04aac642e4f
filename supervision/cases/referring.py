"""A case in the hands of others: the clocks of what waits for them stand still, and run again when it comes back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Department, chain
from supervision.clocks import pausing
from supervision.clocks.models import Clock
from supervision.ledger.models import Book, Item
from supervision.moves import Made, refuse_unless

from . import owed
from .models import Case, PackageItem, Proceeding, Referral
from .models.proceedings import Kind
from .timing import happened

# Sent and not back: whether or not the police have signed for it, they have the case.
AWAY = (
    "sent", "supplement", "received", "filed", "handed_over", "not_filed", "review", "refused_again", "procuratorate",
)  # fmt: skip
OVER = ("refused", "judged", "returned", "fed_back", "closed")  # a criminal referral that holds nothing up any more


def with_police(case: Case) -> bool:
    """Whether a criminal referral is under way: no penalty is decided in its place (Regulation 310, art. 11)."""
    return Proceeding.objects.filter(case=case, kind=Kind.CRIMINAL).exclude(state__in=OVER).exists()


def fined_by_court(case: Case) -> bool:
    """Whether a court has imposed a fine: then no administrative one follows (art. 35)."""
    return Referral.objects.filter(proceeding__case=case, criminal_fine__gt=0).exists()


def referral_of(proceeding: Proceeding) -> Referral:
    return Referral.objects.get_or_create(proceeding=proceeding)[0]


def set_columns(proceeding: Proceeding, **columns: Any) -> Referral:
    referral = referral_of(proceeding)
    for name, value in columns.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(columns))
    return referral


def around(case: Case) -> list[str]:
    """The divisions whose departments may have a part in the case."""
    return chain(case.place_id)


def agency_of(case: Case) -> str:
    """The handling agency nearest to the case's place, as letters address it."""
    known = Department.objects.filter(division__code__in=around(case), party=Department.Party.HANDLING)
    nearest = known.order_by("-division").first()
    return nearest.name_zh if nearest else _("Handling agency")


def sent(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down when it was sent"""
    set_columns(proceeding, sent_at=happened(made))


def received(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down the receipt"""
    referral = referral_of(proceeding)
    sent_on = timezone.localdate(referral.sent_at) if referral.sent_at else None
    refuse_unless(
        sent_on is None or timezone.localdate(happened(made)) >= sent_on, _("It was not received before it was sent.")
    )
    set_columns(proceeding, received_at=happened(made), receipt=made.facts["receipt"])


def came_back(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down that it was returned, and why"""
    set_columns(proceeding, returned_at=happened(made), reply=made.facts.get("reply") or made.note)


def answered(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down what they answered"""
    set_columns(proceeding, reply=made.facts["reply"], result=made.facts.get("result") or "")


def hold_penalties(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """the penalty's overall clock stands still"""
    for penalty in open_penalties(proceeding.case):
        hold(penalty.overall_clock, proceeding, happened(made))


def hold_where_away(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """stands still where the police have the case already"""
    away = at_police(proceeding.case).first()
    if away is not None:
        hold(proceeding.overall_clock, away, happened(made))


def open_penalties(case: Case) -> QuerySet[Proceeding]:
    penalties = Proceeding.objects.filter(case=case, kind=Kind.PENALTY, closed_at=None)
    return penalties.exclude(overall_clock=None).select_related("overall_clock")


def at_police(case: Case) -> QuerySet[Proceeding]:
    """The referrals that were sent and have not come back."""
    return Proceeding.objects.filter(case=case, kind=Kind.CRIMINAL, state__in=AWAY).order_by("pk")


def hold(clock: Clock | None, referral: Proceeding, at: datetime) -> None:
    """The clock stands still for this referral; one that has run out, or stands still already, stays as it is."""
    if clock is None or clock.state != Clock.State.RUNNING or clock.due_at < at:
        return
    pausing.pause(
        clock, reason=_("The police have the case: %(number)s.") % {"number": referral.number},
        asked_by=referral.handler, approved_by=referral.approver, since=max(at, clock.since),
    )  # fmt: skip
    referral_of(referral).held_clocks.add(clock)


def free_penalties(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """the penalty's overall clock runs again, unless the police have the case by another referral"""
    held = referral_of(proceeding).held_clocks
    other = at_police(proceeding.case).exclude(pk=proceeding.pk).first()
    for clock in held.filter(state=Clock.State.PAUSED):
        if other is not None:
            referral_of(other).held_clocks.add(clock)
        else:
            pausing.resume(clock, by=made.by, at=happened(made))


def add_to_package(
    proceeding: Proceeding, made: Made[Proceeding], kind: PackageItem.Kind, name: str, document: str = ""
) -> None:
    PackageItem.objects.create(
        referral=referral_of(proceeding), kind=kind, name=name[:200], document=document, added_by=made.by
    )


def credit_fines(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """credits what was paid of an earlier fine against the criminal fine"""
    fine: Decimal = made.facts["criminal_fine"]
    refuse_unless(fine >= 0, _("A fine is not below zero."))
    fines = Item.objects.filter(case=proceeding.case.number, book=Book.TREASURY)
    set_columns(proceeding, criminal_fine=fine, credited=min(fine, owed.returned(fines)))
