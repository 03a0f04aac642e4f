"""Takes a message of an institution, once, and answers it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Institution

from . import answering, library
from .messages import ASKING, Message, MessageRefused, Told, read
from .models import Message as Kept
from .models import Remark, Review
from .reading import Judged, judged

MOST_WORDS = 200  # characters of err_msg
Answer = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """An encounter with what was said of it."""

    judged: Judged
    remarks: list[answering.Remark]


def take(body: bytes, *, institution: str) -> Answer:
    """The answer to a message that this institution has signed. A refusal is an answer, too, and keeps nothing."""
    begun = timezone.localtime()
    try:
        message = read(body)
        place = _place(message, institution)
        output = _once(message, place, body, begun)
    except MessageRefused as refusal:
        return envelope(begun, institution, 0, error=str(refusal))
    return output


def _place(message: Message, institution: str) -> Institution:
    said = message.envelope.institution
    if said and said != institution:
        raise MessageRefused("fixmedins_code", f"is {said}, but {institution} has signed")
    return Institution.objects.get(pk=institution)


def _once(message: Message, place: Institution, body: bytes, begun: Any) -> Answer:
    """Answer and keep, or answer again what was answered to the same message."""
    digest, msgid = hashlib.sha256(body).hexdigest(), message.envelope.msgid
    try:
        with transaction.atomic():
            kept = Kept.objects.create(
                institution=place, msgid=msgid, infno=message.envelope.infno, digest=digest,
                body=body.decode("utf-8-sig"), received_at=begun, answer={},
            )  # fmt: skip
            kept.answer = envelope(begun, str(place.division_id), kept.pk, output=_output(message, place, kept))
            kept.save(update_fields=["answer"])
            return dict(kept.answer)
    except IntegrityError:
        before = Kept.objects.filter(institution=place, msgid=msgid).first()
        if before is None:
            raise
    if before.digest != digest:
        raise MessageRefused("msgid", f"{msgid} was used for another message")
    return dict(before.answer)


def _output(message: Message, place: Institution, kept: Kept) -> Mapping[str, object]:
    if message.envelope.infno in ASKING:
        return {"result": _reviewed(message, place, kept)}
    assert isinstance(message.data, Told)
    _told(message.data, place)
    return {}


def _reviewed(message: Message, place: Institution, kept: Kept) -> list[dict[str, object]]:
    found = []
    mine = library.mine()
    moment = answering.MOMENTS[message.envelope.infno]
    rules = {rule.code: rule.hash for rule in mine.of(moment)}
    for one in asked(message, place, mine):
        review = Review.objects.create(
            message=kept, claim=one.judged.claim, member=one.judged.patient.patn_id, moment=moment,
            knowledge_version=mine.knowledge, rules=rules, asked_at=kept.received_at,
        )  # fmt: skip
        said = [answering.result(remark, one.judged, task_id=_task(message)) for remark in one.remarks]
        Remark.objects.bulk_create(
            Remark(
                review=review, number=str(row["jr_id"]), rule=remark.rule.code, page_hash=remark.rule.hash,
                key=remark.key[:300], certainty=remark.certainty, at_stake=Decimal(remark.at_stake) / 100,
                because_en=remark.because, because_zh=remark.because_zh,
                lines=[{"charge": line.charge, "role": line.role, "at_stake": line.at_stake} for line in remark.lines],
            )
            for row, remark in zip(said, one.remarks, strict=True)
        )  # fmt: skip
        found += said
    return found


def asked(message: Message, place: Institution, mine: library.Library) -> list[Asked]:
    """Ask the rules about every encounter of a message; nothing is kept."""
    moment = answering.MOMENTS[message.envelope.infno]
    encounters = judged(message, place, now=timezone.localtime().replace(tzinfo=None, microsecond=0))
    return [Asked(one, answering.remarks(mine, one, moment)) for one in encounters]


def outcome(message: Message, place: Institution) -> list[dict[str, object]]:
    """What would be answered in `result`; nothing is kept."""
    found = asked(message, place, library.mine())
    return [answering.result(remark, one.judged, task_id=_task(message)) for one in found for remark in one.remarks]


def _task(message: Message) -> str:
    return getattr(message.data, "task_id", "")


def _told(data: Told, place: Institution) -> None:
    """What the doctor did about results; a second word about the same one is a correction."""
    for number, warn in enumerate(data.warns):
        told = Remark.objects.filter(number=warn.warn_rslt_id, review__message__institution=place).update(
            choice=warn.dspo_way, reason=warn.dspo_way_rea, chosen_at=timezone.now()
        )
        if not told:
            where = f"input.data.warns[{number}].warn_rslt_id"
            raise MessageRefused(where, f"{warn.warn_rslt_id} is no result of this institution")


def envelope(
    begun: Any, area: str, serial: int, *, output: Mapping[str, object] | None = None, error: str = ""
) -> Answer:
    """The answer's envelope; the error is null on success, for some clients take any other for a failure."""
    return {
        "infcode": -1 if error else 0,
        "inf_refmsgid": f"{area[:6]:0<6}{begun:%Y%m%d%H%M%S}{serial % 10**10:010}",
        "refmsg_time": f"{begun:%Y%m%d%H%M%S}{begun.microsecond // 1000:03}",
        "respond_time": f"{(now := timezone.localtime()):%Y%m%d%H%M%S}{now.microsecond // 1000:03}",
        "err_msg": answering.cut(error, MOST_WORDS) if error else None,
        "output": dict(output or {}),
    }
