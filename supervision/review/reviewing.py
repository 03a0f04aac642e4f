"""Takes a message of an institution, once, and answers it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from secrets import randbelow
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Institution

from . import recalling, refusing
from .asking import answering, keeping, library
from .asking.reading import Judged, judged
from .asking.storms import OneByOne
from .choices import handling
from .encounters import acting
from .messages import ASKING, Message, MessageRefused, read
from .models import Message as Kept
from .models import Remark, Review

MOST_WORDS = 200  # characters of err_msg
Answer = dict[str, Any]
Row = dict[str, object]

_judging = OneByOne()


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
        if message.envelope.infno in ASKING:
            return _reviewed_once(message, place, body, begun)
        return once(message, place, body, begun)
    except MessageRefused as refusal:
        refusing.keep(refusal, body, institution=institution)
        return envelope(begun, str(recalling.institution(institution).division_id), 0, error=str(refusal))


def _place(message: Message, institution: str) -> Institution:
    said = message.envelope.institution
    if said and said != institution:
        raise MessageRefused("fixmedins_code", f"is {said}, but {institution} has signed")
    return recalling.institution(institution)


def once(message: Message, place: Institution, body: bytes, begun: Any) -> Answer:
    """Answer and keep, or answer again what was answered to the same message."""
    digest, msgid = hashlib.sha256(body).hexdigest(), message.envelope.msgid
    try:
        with transaction.atomic():
            kept = Kept.objects.create(
                institution=place, msgid=msgid, infno=message.envelope.infno, digest=digest,
                body=body.decode("utf-8-sig"), received_at=begun, answer={},
            )  # fmt: skip
            kept.answer = envelope(begun, str(place.division_id), kept.pk, output=acting.act(message, place, kept))
            kept.save(update_fields=["answer"])
            return dict(kept.answer)
    except IntegrityError:
        return _answered(place, msgid, digest)


def _answered(place: Institution, msgid: str, digest: str) -> Answer:
    """What was answered to the message that is known by this id."""
    before = Kept.objects.get(institution=place, msgid=msgid)
    if before.digest != digest:
        raise MessageRefused("msgid", f"{msgid} was used for another message")
    return dict(before.answer)


def _reviewed_once(message: Message, place: Institution, body: bytes, begun: Any) -> Answer:
    """Judge, then keep message, answer and remarks together; the same message at the same moment is judged once."""
    digest, msgid = hashlib.sha256(body).hexdigest(), message.envelope.msgid
    with _judging.alone((place.pk, msgid)) as first:
        if not first:
            return _answered(place, msgid, digest)
        kept = Kept(
            id=keeping.number(Kept), institution=place, msgid=msgid, infno=message.envelope.infno, digest=digest,
            body=body.decode("utf-8-sig"), received_at=begun,
        )  # fmt: skip
        reviews, remarks, result = _reviewed(message, place, kept)
        wanted = handling.as_wanted(result, place)
        kept.answer = envelope(begun, str(place.division_id), kept.pk, output={"result": wanted})
        if keeping.keep(kept, reviews, remarks):
            return dict(kept.answer)
    return _answered(place, msgid, digest)


def _reviewed(message: Message, place: Institution, kept: Kept) -> tuple[list[Review], list[Remark], list[Row]]:
    """What is kept of a review, and what is answered."""
    moment = answering.MOMENTS[message.envelope.infno]
    reviews, remarks, result = [], [], []
    known, encounters = _asked(message, place)
    for one in encounters:
        review = Review(
            id=keeping.number(Review), message=kept, claim=one.judged.claim, member=one.judged.patient.patn_id,
            moment=moment, edition_id=known.edition(moment), asked_at=kept.received_at,
        )  # fmt: skip
        said = [answering.result(remark, one.judged, task_id=_task(message)) for remark in one.remarks]
        reviews.append(review)
        remarks += [_remark(review, str(row["jr_id"]), remark) for row, remark in zip(said, one.remarks, strict=True)]
        result += said
    return reviews, remarks, result


def _remark(review: Review, number: str, remark: answering.Remark) -> Remark:
    return Remark(
        review=review, number=number, rule=remark.rule.code, page_hash=remark.rule.hash,
        key=remark.key[:300], certainty=remark.certainty, at_stake=Decimal(remark.at_stake) / 100,
        because_en=remark.because, because_zh=remark.because_zh,
        lines=[{"charge": line.charge, "role": line.role, "at_stake": line.at_stake} for line in remark.lines],
        department=remark.department, practitioner=remark.practitioner, way=remark.way,
    )  # fmt: skip


def _asked(message: Message, place: Institution) -> tuple[library.Known, list[Asked]]:
    """What was known, and the encounters with what it said of them."""
    moment = answering.MOMENTS[message.envelope.infno]
    encounters = judged(message, place, now=timezone.localtime().replace(tzinfo=None, microsecond=0))
    with library.lent() as mine:
        said = [Asked(one, answering.remarks(mine, one, moment)) for one in encounters]
    return mine.known, [Asked(one.judged, handling.handled(one.remarks, place)) for one in said]


def asked(message: Message, place: Institution) -> list[Asked]:
    """Ask the rules about every encounter of a message; nothing is kept."""
    return _asked(message, place)[1]


def outcome(message: Message, place: Institution) -> list[dict[str, object]]:
    """What would be answered in `result`; nothing is kept."""
    found = asked(message, place)
    return [answering.result(remark, one.judged, task_id=_task(message)) for one in found for remark in one.remarks]


def _task(message: Message) -> str:
    return getattr(message.data, "task_id", "")


def envelope(
    begun: Any, area: str, serial: int, *, output: Mapping[str, object] | None = None, error: str = ""
) -> Answer:
    """The answer's envelope; the error is null on success, for some clients take any other for a failure."""
    return {
        "infcode": -1 if error else 0,
        "inf_refmsgid": f"{area[:6]:0<6}{begun:%Y%m%d%H%M%S}{(serial or randbelow(10**10)) % 10**10:010}",
        "refmsg_time": f"{begun:%Y%m%d%H%M%S}{begun.microsecond // 1000:03}",
        "respond_time": f"{(now := timezone.localtime()):%Y%m%d%H%M%S}{now.microsecond // 1000:03}",
        "err_msg": answering.cut(error, MOST_WORDS) if error else None,
        "output": dict(output or {}),
    }
