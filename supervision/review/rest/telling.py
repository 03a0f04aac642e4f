"""Kept reviews and rules in plain words, both tongues beside each other."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from institutions.models import Institution
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import in_force, page_of
from supervision.review.asking import reading
from supervision.review.choices import handling
from supervision.review.messages import read
from supervision.review.models import Handling, Message, Remark

CHOSEN = {"": "", Remark.Choice.OBEYED.value: "obeyed", Remark.Choice.OVERRODE.value: "overrode"}
Words = dict[str, Any]


def review(kept: Message) -> Words:
    """The review that was asked for by a message."""
    found = kept.reviews.get()
    remarks = list(found.remarks.all())
    lines = line_ids(kept) if remarks else {}
    return {
        "id": kept.msgid, "moment": found.moment, "reviewed": True, "asked_at": found.asked_at,
        "blocked": any(one.way == Handling.Way.BLOCK for one in remarks),
        "remarks": [remark(one, lines) for one in remarks],
    }  # fmt: skip


def not_reviewed(said: Mapping[str, Any]) -> Words:
    """Nobody could review in time: the order goes on, and it is reviewed afterwards."""
    return {
        "id": said["id"], "moment": said["moment"], "reviewed": False, "asked_at": None, "blocked": False,
        "remarks": [],
    }  # fmt: skip


def line_ids(kept: Message) -> dict[str, str]:
    """The caller's id of each line, by the charge that the rules knew it as."""
    encounters = reading.judged(read(kept.body.encode()), kept.institution, now=kept.received_at.replace(tzinfo=None))
    return {charge: order.rx_id for one in encounters for charge, order in one.orders.items()}


def remark(one: Remark, lines: Mapping[str, str]) -> Words:
    page = page_of(one.rule, one.page_hash)
    return {
        "number": one.number, "rule": one.rule, **(named(page) if page else unnamed(one.rule)),
        "sentence": {"zh": one.because_zh, "en": one.because_en}, "certainty": one.certainty, "way": one.way,
        "at_stake": one.at_stake, "choice": CHOSEN[one.choice], "reason": one.reason,
        "lines": [
            {"id": lines[line["charge"]], "role": line["role"], "at_stake": Decimal(line["at_stake"]) / 100}
            for line in one.lines if line["charge"] in lines
        ],
    }  # fmt: skip


def named(page: Rule) -> Words:
    return {
        "title": {"zh": page.title_zh, "en": page.title}, "basis": {"zh": page.basis_zh, "en": page.basis},
        "severity": page.severity,
    }  # fmt: skip


def unnamed(code: str) -> Words:
    """A page that cannot be read any more keeps its code."""
    return {"title": {"zh": code, "en": code}, "basis": {"zh": "", "en": ""}, "severity": "S1"}


def rules(moment: str, place: Institution) -> list[Words]:
    """The rules that are asked at a moment, with what is done about their remarks at this institution."""
    spoken = [rule for rule in in_force().values() if moment in rule.moments and rule.runs]
    ways = handling.ways_at(place, [rule.code for rule in spoken])
    return [
        {
            "rule": rule.code, **named(rule), "about": {"zh": rule.about_zh, "en": rule.about},
            "innocent": {"zh": rule.innocent_zh, "en": rule.innocent}, "certainty": rule.certainty,
            "way": ways[rule.code],
        }
        for rule in spoken
    ]  # fmt: skip
