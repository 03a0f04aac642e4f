"""The envelope that every message shares, and the kinds of message that are taken here."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from django.conf import settings
from django.utils import timezone

from . import asking, charging, listing, settling, telling, visiting
from .refusing import MessageRefused, check_storable, taken
from .values import Part, Text, happened, most, some

DEEPEST = 40  # levels of nodes; the messages have eight

# What stands in input.data; of all other kinds, input itself is read.
IN_DATA: Mapping[str, type[Part]] = {"3101": asking.Asked, "3102": asking.Asked, "3103": telling.Told}
IN_INPUT: Mapping[str, type[Part]] = {
    "2203": visiting.Opened, "2401": visiting.Admitted, "2403": visiting.Changed, "2402": visiting.Left,
    "2204": charging.Uploaded, "2301": charging.Uploaded, "2205": charging.Withdrawn, "2302": charging.Withdrawn,
    "2207": settling.Settled, "2304": settling.Settled, "2208": settling.Undone, "2305": settling.Undone,
    "2601": settling.Reversed, "4101": listing.Listed, "4101A": listing.Listed,
}  # fmt: skip
OUTERMOST = ("patient_dtos", "warns")  # of what stands in input.data
KINDS = (*IN_DATA, *IN_INPUT)
TRIALS = ("2206", "2303")
NUMBERED = 30
IN_A_NUMBER = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})")


class Envelope(Part):
    """What every message shares; `input` is read by the kind of message."""

    infno: Annotated[Text, some(6)]
    msgid: Annotated[Text, some(30)]
    mdtrtarea_admvs: Annotated[Text, most(6)] = ""
    insuplc_admdvs: Annotated[Text, most(6)] = ""
    inf_time: Annotated[Text, most(30)] = ""
    fixmedins_code: Annotated[Text, most(30)] = ""
    medins_code: Annotated[Text, most(30)] = ""  # a client that speaks through its own broker says it so
    input: dict[str, Any]

    @property
    def institution(self) -> str:
        return self.fixmedins_code or self.medins_code

    @property
    def stamp(self) -> str:
        """When it was sent, by the sender's clock and then its number: what is later counts, however it arrives."""
        return f"{self.sent_at:%Y%m%d%H%M%S}{self.msgid}"

    @property
    def sent_at(self) -> dt.datetime:
        sent = happened(self.inf_time)
        assert sent is not None  # checked where the message is read
        return sent


class Message(Part):
    """A message read: its envelope, and what it says."""

    envelope: Envelope
    data: Part


def read(body: bytes) -> Message:
    """A message out of the bytes of a request. Raises MessageRefused."""
    said = _object(body)
    if isinstance(said.get("input"), str) and said["input"]:
        raise MessageRefused("input", "is text, perhaps encrypted; plain JSON is taken here")
    envelope = taken(Envelope, said, "")
    if kind := IN_DATA.get(envelope.infno):
        data = taken(kind, _data(envelope), "input.data")
    elif kind := IN_INPUT.get(envelope.infno):
        check_storable(envelope.input, "input")
        envelope = _dated(envelope)
        data = taken(kind, envelope.input, "input")
    elif envelope.infno in TRIALS:
        raise MessageRefused("infno", f"{envelope.infno} is a trial settlement, which the payer alone can answer")
    else:
        raise MessageRefused("infno", f"{envelope.infno} is not taken here; {', '.join(KINDS)} are")
    return Message.model_construct(envelope=envelope, data=data)


def _dated(envelope: Envelope) -> Envelope:
    """With the moment it was sent: where it says none, that in its number, else that of its receipt."""
    try:
        sent = happened(envelope.inf_time)
    except ValueError as wrong:
        raise MessageRefused("inf_time", str(wrong)) from None
    if sent is not None:
        return envelope
    sent = _of_number(envelope.msgid) or timezone.localtime()
    return envelope.model_copy(update={"inf_time": f"{sent:%Y-%m-%d %H:%M:%S}"})


def _of_number(msgid: str) -> dt.datetime | None:
    """A message's number is the institution's code, the moment as yyyyMMddHHmmss, and a serial."""
    try:
        return happened(IN_A_NUMBER.sub(r"\1-\2-\3 \4:\5:\6", msgid[12:26])) if len(msgid) == NUMBERED else None
    except ValueError:
        return None


def _data(envelope: Envelope) -> Mapping[str, Any]:
    data = envelope.input.get("data")
    inside = data if isinstance(data, Mapping) else {}
    beside = [node for node in (*asking.NODES, "warns") if node in envelope.input]
    if beside and not any(node in inside for node in OUTERMOST):
        raise MessageRefused(f"input.{beside[0]}", "stands beside input.data and belongs inside it")
    if beside := [node for node in asking.NODES[1:] if node in inside]:
        raise MessageRefused(f"input.data.{beside[0]}", "stands beside patient_dtos and belongs inside it")
    if not isinstance(data, Mapping):
        raise MessageRefused("input.data", "is missing")
    return data


def _object(body: bytes) -> Mapping[str, Any]:
    if len(body) > settings.REVIEW_MESSAGE_LIMIT:
        raise MessageRefused("", f"the message has more than {settings.REVIEW_MESSAGE_LIMIT:,} bytes")
    try:
        said = json.loads(body.decode("utf-8-sig"), parse_float=str, parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MessageRefused("", f"the message is no JSON: {str(error)[:120]}") from error
    if not isinstance(said, dict):
        raise MessageRefused("", "the message is no JSON object")
    if not _is_shallow(said):
        raise MessageRefused("", f"the message is nested more than {DEEPEST} deep")
    return said


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _is_shallow(said: Mapping[str, Any]) -> bool:
    """Whether no node stands deeper than may be: looked through level by level, for that is quick."""
    level: list[Any] = [said]
    for _depth in range(DEEPEST):
        inside = (one for node in level for one in (node.values() if isinstance(node, dict) else node))
        level = [one for one in inside if isinstance(one, dict | list)]
        if not level:
            return True
    return False
