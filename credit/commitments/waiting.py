"""The commitments that an institution is to sign, and the breaches on which it has not said anything."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from institutions.waiting import SHOWN, Entry, Kind, day_of

from .models import Commitment, State


def waiting(account: Account) -> list[Entry]:
    rows = Commitment.objects.visible_to(account).filter(
        Q(state=State.TOLD, document__isnull=False) | Q(state=State.ALLEGED, statement="")
    )
    return [entry(one) for one in rows.select_related("template").order_by("pk")[:SHOWN]]


def entry(one: Commitment) -> Entry:
    told = one.state == State.TOLD
    words = _("Sign the commitment: %(title)s") if told else _("State your view: it is said that you broke “%(title)s”")
    return Entry(
        Kind.SIGN if told else Kind.ANSWER, words % {"title": one.template.title},
        reverse("own_commitments:commitment", args=[one.number]), (Duty.SIGN,),
        since=one.told_on if told else day_of(one.moved_at), about=one.number,
    )  # fmt: skip
