"""What citizens did on a day enters the chain of acts as one digest, when the day is over: it tells no hour."""

import hashlib
import json
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from supervision.audit.chain import record
from supervision.audit.models import Act, Entry

from .models import Complaint, Message

SUBJECT = "what citizens told"


def take_in(until: date | None = None) -> int:
    """An entry for each day that is over and not in yet; how many."""
    last = (until or timezone.localdate()) - timedelta(1)
    day = first_missing()
    taken = 0
    while day is not None and day <= last:
        with transaction.atomic():
            rows = rows_of(day)
            record(Act.COMPLAINT, "", f"{SUBJECT} on {day}", rows=len(rows), sha256=digest(rows))
        taken, day = taken + 1, day + timedelta(1)
    return taken


def first_missing() -> date | None:
    """The day after the last one that is in, or the first on which anything was told."""
    before = Entry.objects.filter(act=Act.COMPLAINT, subject__startswith=f"{SUBJECT} on ").order_by("-number").first()
    if before:
        return date.fromisoformat(before.subject.rpartition(" ")[2]) + timedelta(1)
    return Complaint.objects.order_by("received_on").values_list("received_on", flat=True).first()


def rows_of(day: date) -> list[list[str]]:
    """What a later reader can compare: each report by number and digest, each message by key and digest of words."""
    filed = Complaint.objects.filter(received_on=day).order_by("number").values_list("number", "digest")
    said = Message.objects.filter(day=day, by=None).order_by("key")
    return [["report", *row] for row in filed] + [["message", one.key.hex, fingerprint(one.words)] for one in said]


def fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def digest(rows: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
