"""The commitments that an institution is to sign, and the breaches on which it has not said anything."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of

from .models import Commitment, State


def waiting(account: Account) -> list[Entry]:
    rows = Commitment.objects.visible_to(account).select_related("template").order_by("pk")
    return [
        *first_of(rows.filter(state=State.TOLD, document__isnull=False), entry, further_to_sign),
        *first_of(rows.filter(state=State.ALLEGED, statement=""), entry, further_alleged),
    ]


def entry(one: Commitment) -> Entry:
    told = one.state == State.TOLD
    words = _("Sign the commitment: %(title)s") if told else _("State your view: it is said that you broke “%(title)s”")
    return Entry(
        Kind.SIGN if told else Kind.ANSWER, words % {"title": one.template.title},
        reverse("own_commitments:commitment", args=[one.number]), (Duty.SIGN,),
        since=one.told_on if told else day_of(one.moved_at), about=one.number,
    )  # fmt: skip


def further_to_sign(count: int) -> Entry:
    words = ngettext("%(n)d further commitment to sign", "%(n)d further commitments to sign", count) % {"n": count}
    return Entry(Kind.SIGN, words, reverse("own_commitments:commitments"), (Duty.SIGN,), count=count)


def further_alleged(count: int) -> Entry:
    words = ngettext(
        "State your view on %(n)d further commitment", "State your view on %(n)d further commitments", count
    )  # fmt: skip
    return Entry(Kind.ANSWER, words % {"n": count}, reverse("own_commitments:commitments"), (Duty.SIGN,), count=count)
