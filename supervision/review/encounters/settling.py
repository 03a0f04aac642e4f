"""Encounters are settled (2207, 2304), and settlements undone (2208, 2305, 2601), in whatever order that is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from institutions.models import Institution
from supervision.review.choices import handling
from supervision.review.messages import Envelope, Message, MessageRefused, read
from supervision.review.messages.settling import Reversed, Settled, Undone
from supervision.review.messages.settling import Settlement as Told
from supervision.review.messages.values import as_rows
from supervision.review.models import Encounter, Reversal, Settlement
from supervision.review.models import Message as Kept

from . import receipts
from .holding import alone_with, held, reversal_of
from .visiting import take_admission_back

Output = dict[str, object]


def settle(message: Message, place: Institution, kept: Kept) -> Output:
    """Keep a settlement, with the payer's answer where a copy came along; answers with it."""
    data, envelope = message.data, message.envelope
    assert isinstance(data, Settled)
    told, paid = data.data, _paid(envelope)
    encounter = held(place, told.mdtrt_id, told.psn_no, "input.data.psn_no")
    if paid is None:  # what the payer has settled already is a fact
        handling.check_not_blocked(encounter, place)
    number = data.setlinfo.setl_id if data.setlinfo else receipts.number(place, envelope.msgid)
    settlement = _of(encounter, number)
    if envelope.stamp > settlement.sent:
        settled_at = data.setlinfo.setl_time if data.setlinfo and data.setlinfo.setl_time else envelope.sent_at
        settlement.body, settlement.paid = as_rows(envelope.input["data"])[0], paid
        settlement.message, settlement.sent = kept, envelope.stamp
        settlement.settled_at = timezone.make_aware(settled_at)
    if reversal := reversal_of(envelope, place):
        settlement.undo(reversal.stamp, receipts.refund_number(encounter.claim, number))
    settlement.save()
    if insured := told.insuplc_admdvs or envelope.insuplc_admdvs:
        encounter.learn("insuplc_admdvs", insured, envelope.stamp)
    weigh(encounter)
    encounter.changed()
    return _receipt(told, settlement.number, paid, envelope)


def undo(message: Message, place: Institution) -> Output:
    """Undo a settlement; one that is told of later was undone all the same."""
    data, envelope = message.data, message.envelope
    assert isinstance(data, Undone)
    encounter = held(place, data.data.mdtrt_id, data.data.psn_no, "input.data.psn_no")
    paid_back = data.setlinfo.setl_id if data.setlinfo else receipts.refund_number(encounter.claim, data.data.setl_id)
    settlement = _of(encounter, data.data.setl_id)
    settlement.undo(envelope.stamp, paid_back)
    settlement.save()
    refund = settlement.undone_number  # of the first word that undid it
    undone = next((one for one in weigh(encounter) if one.undone_number == refund and one.body), None)
    encounter.changed()
    if undone is None:
        nothing = receipts.unknown_refund(encounter.number, data.data.psn_no, refund, envelope)
        return {"setlinfo": nothing, "setldetail": []}
    info, rows = _known(undone)
    negative = [{**row, "fund_payamt": -row["fund_payamt"] or 0} for row in rows]
    return {"setlinfo": receipts.refund(info, refund, envelope), "setldetail": negative}


def reverse(message: Message, place: Institution, kept: Kept) -> Output:
    """2601: the message with this number does not count, whether it has come already or comes later."""
    data, envelope = message.data, message.envelope
    assert isinstance(data, Reversed)
    alone_with(place, data.data.omsgid)
    reversal, _new = Reversal.objects.get_or_create(
        institution=place, msgid=data.data.omsgid, defaults={"message": kept, "stamp": envelope.stamp}
    )
    original = Kept.objects.filter(institution=place, msgid=data.data.omsgid).first()
    if original is not None:
        if original.infno != data.data.oinfno:
            raise MessageRefused("input.data.oinfno", f"{data.data.omsgid} is a {original.infno}")
        _take_back(read(original.body.encode()), place, reversal)
    return {}


def _take_back(message: Message, place: Institution, reversal: Reversal) -> None:
    if not isinstance(message.data, Settled):
        take_admission_back(message, place)
        return
    told = message.data.data
    encounter = held(place, told.mdtrt_id, told.psn_no, "input.data.psn_no")
    for settlement in encounter.settlements.filter(message__msgid=message.envelope.msgid):
        settlement.undo(reversal.stamp, receipts.refund_number(encounter.claim, settlement.number))
        settlement.save()
    weigh(encounter)
    encounter.changed()


def _of(encounter: Encounter, number: str) -> Settlement:
    return encounter.settlements.filter(number=number).first() or Settlement(encounter=encounter, number=number)


def weigh(encounter: Encounter) -> list[Settlement]:
    """Which settlements stand.

    A word that undoes a number of which no settlement is known speaks of the latest one before it of which the payer's
    number is not known: a hospital tells us of the payer's numbers without the payer's answers.
    """
    rows = list(encounter.settlements.all())
    told = sorted((row for row in rows if row.body is not None), key=lambda row: row.sent)
    for row in told:
        if not row.undone:
            row.undone_at, row.undone_number = None, ""
    for word in sorted((row for row in rows if row.body is None), key=lambda row: row.undone):
        meant = [row for row in told if row.paid is None and row.undone_at is None and row.sent < word.undone]
        if meant:
            meant[-1].undone_at, meant[-1].undone_number = word.undone_at, word.undone_number
    Settlement.objects.bulk_update(told, ["undone_at", "undone_number"])
    return rows


def _paid(envelope: Envelope) -> dict[str, Any] | None:
    """The payer's answer as it came, where a copy did."""
    info = as_rows(envelope.input.get("setlinfo"))
    return {"setlinfo": info[0], "setldetail": as_rows(envelope.input.get("setldetail"))} if info else None


def _receipt(told: Told, number: str, paid: Mapping[str, Any] | None, envelope: Envelope) -> Output:
    info = receipts.setlinfo(told, number, paid and paid["setlinfo"], envelope)
    return {"setlinfo": info, "setldetail": receipts.funds(paid["setldetail"] if paid else [])}


def _known(settlement: Settlement) -> tuple[Mapping[str, Any], Iterable[Mapping[str, Any]]]:
    """What a settlement was answered with."""
    assert settlement.message is not None
    message = read(settlement.message.body.encode())
    assert isinstance(message.data, Settled)
    receipt: Any = _receipt(message.data.data, settlement.number, settlement.paid, message.envelope)
    return receipt["setlinfo"], receipt["setldetail"]
