"""Takes in what a device sends: each entry once, whatever is sent again, in whichever order, and whatever breaks."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act

from . import bodies, picturing
from .models import Device, Entry, Visit
from .models.visits import State
from .refusing import AGAIN, REASONS, EntryRefused

log = logging.getLogger(__name__)
Files = Mapping[str, "UploadedFile[bytes]"]  # by their digests


class Has(StrEnum):
    """What became of an entry."""

    TAKEN = "taken"  # now
    HAD = "had"  # before
    LATE = "late"  # taken, or had, but after the seal
    AGAIN = "again"  # not kept: the device sends it again
    REFUSED = "refused"  # not kept: to send it again changes nothing


@dataclass(frozen=True)
class Given:
    """An entry as it was sent: its id, its text to the letter, and the digest that the device worked out."""

    id: str
    text: str
    digest: str


@dataclass(frozen=True)
class Answer:
    """What the server has of it. The device forgets an entry only where `digest` is its own."""

    id: str
    has: Has
    digest: str = ""
    why: str = ""


def take(visit: Visit, given: Sequence[Given], files: Files, *, device: UUID, by: Account) -> list[Answer]:
    """An answer to each, in their order. Each is kept in a transaction of its own: what breaks one breaks no other."""
    return [answered(visit, one, files, device, by) for one in given]


def answered(visit: Visit, one: Given, files: Files, device: UUID, by: Account) -> Answer:
    try:
        return kept(visit, one, files, device, by)
    except EntryRefused as refusal:
        log.info("an entry of %s was not kept: %s", visit.number, refusal.code)
        has = Has.AGAIN if refusal.code in AGAIN else Has.REFUSED
        return Answer(one.id, has, why=str(REASONS[refusal.code]))


def kept(visit: Visit, one: Given, files: Files, device: UUID, by: Account) -> Answer:
    """Keep it if it is not here, or EntryRefused."""
    if hashlib.sha256(one.text.encode()).hexdigest() != one.digest:
        raise EntryRefused("damaged")
    body = bodies.read(one.text, visit)
    if one.id != str(body.id):
        raise EntryRefused("unread")
    told = Device.objects.filter(ident=device, visit=visit, account=by).first()
    if told is None:
        raise EntryRefused("stranger")
    if known := Entry.objects.filter(ident=body.id).first():
        return had(known, one, told)
    with looked(body, files) as picture:
        try:
            with transaction.atomic():
                return written(visit, body, one, picture, told, by)
        except IntegrityError:  # sent twice at once, and the other was quicker
            return had(Entry.objects.get(ident=body.id), one, told)


def looked(body: bodies.Body, files: Files) -> AbstractContextManager[picturing.Looked | None]:
    if not body.digest_of_file:
        return nullcontext()
    return picturing.looked_at(files.get(body.digest_of_file), body.digest_of_file)


def written(
    visit: Visit, body: bodies.Body, one: Given, picture: picturing.Looked | None, device: Device, by: Account
) -> Answer:
    """Whoever seals waits for this, or this for the seal."""
    late = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk).state != State.OPEN
    made = Entry.objects.create(
        visit=visit, ident=body.id, kind=body.kind, item=body.item, text=one.text, digest=one.digest, by=by,
        device=device, made_at=body.made_at, late=late,
    )  # fmt: skip
    if picture is not None:
        picturing.keep(made, picture)
    if device.returned_at is not None:  # it was thought to be done
        Device.objects.filter(pk=device.pk).update(returned_at=None)
    record(Act.VISIT, by, visit.number, move="entry", entry=one.id, digest=one.digest, late=late)
    return Answer(one.id, Has.LATE if late else Has.TAKEN, one.digest)


def had(known: Entry, one: Given, device: Device) -> Answer:
    if known.digest != one.digest or known.device_id != device.pk:
        raise EntryRefused("another")
    return Answer(one.id, Has.LATE if known.late else Has.HAD, known.digest)
