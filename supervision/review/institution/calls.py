"""The last calls of an institution's system, as those who look after it want to see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.review.models import Message, Refusal, Remark

SHOWN = 100
KINDS: dict[str, Promise] = {
    "2203": _("visit and diagnoses"),
    "2204": _("outpatient lines"),
    "2205": _("outpatient lines withdrawn"),
    "2207": _("outpatient settlement"),
    "2208": _("outpatient settlement withdrawn"),
    "2301": _("inpatient lines"),
    "2302": _("inpatient lines withdrawn"),
    "2304": _("inpatient settlement"),
    "2305": _("inpatient settlement withdrawn"),
    "2401": _("admission"),
    "2402": _("discharge"),
    "2403": _("change of admission"),
    "2404": _("admission withdrawn"),
    "2405": _("discharge withdrawn"),
    "2601": _("reversal of a call"),
    "3101": _("reminder"),
    "3102": _("review before settlement"),
    "3103": _("what the doctor did"),
    "4101": _("settlement list"),
}


@dataclass(frozen=True)
class Call:
    """A message and what came of it: how many remarks, or what was wrong with it."""

    received_at: datetime
    infno: str
    msgid: str
    remarks: int = 0
    field: str = ""
    reason: str = ""

    @property
    def kind(self) -> str | Promise:
        return KINDS.get(self.infno, "")

    @property
    def asks(self) -> bool:
        return self.infno in ("3101", "3102")


def latest(messages: QuerySet[Message]) -> Call | None:
    """The last of these messages that was taken, however many were refused since."""
    found = messages.order_by("-received_at", "-pk").values_list("received_at", "infno", "msgid").first()
    return Call(*found) if found else None


def last(messages: QuerySet[Message], account: Account) -> Sequence[Call]:
    """The last calls among these messages and among the refused ones, the newest first."""
    taken = list(messages.order_by("-received_at", "-pk").values("pk", "received_at", "infno", "msgid")[:SHOWN])
    said = Remark.objects.filter(review__message__in=[one["pk"] for one in taken]).order_by()
    remarks = dict(said.values_list("review__message").annotate(n=Count("pk")))
    found = [Call(one["received_at"], one["infno"], one["msgid"], remarks=remarks.get(one["pk"], 0)) for one in taken]
    refused = Refusal.objects.visible_to(account).order_by("-pk")[:SHOWN]
    found += [Call(one.received_at, one.infno, one.msgid, field=one.field, reason=one.reason) for one in refused]
    return sorted(found, key=lambda call: call.received_at, reverse=True)[:SHOWN]
