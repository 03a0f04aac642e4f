"""Two officers who visit a hospital, their device, and what it sends."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.onsite import taking, visiting
from supervision.onsite.models import Checklist, Entry, Visit
from supervision.onsite.taking import Answer, Files, Given
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.hearing import hostile


@dataclass(frozen=True)
class Office:
    """A prefecture's officers, who decides there, and a hospital."""

    first: Account
    second: Account
    head: Account
    hospital: Institution


def make_office(sign: str = "", digits: str = "9901") -> Office:
    area = f"{digits}00"
    return Office(
        first=make_officer(f"goes{sign}", Duty.INVESTIGATE, territory=area),
        second=make_officer(f"goes_too{sign}", Duty.INVESTIGATE, territory=area),
        head=make_officer(f"in_charge{sign}", Duty.DECIDE, territory=area),
        hospital=make_institution(f"H{digits}0100001", f"{digits}01"),
    )


def daily() -> Checklist:
    return Checklist.objects.get(code="daily")


def opened(office: Office, **facts: Any) -> Visit:
    place = office.first.territory
    assert place is not None
    values: dict[str, Any] = {
        "about": "", "institution": office.hospital, "officers": [office.first, office.second], "checklist": daily(),
        "place": place, "by": office.first,
    }  # fmt: skip
    return visiting.open_visit(**{**values, **facts})


@dataclass(frozen=True)
class Written:
    """An entry as a device holds it, with the file that goes along."""

    given: Given
    file: bytes = b""

    @property
    def files(self) -> Files:
        if not self.file:
            return {}
        return {sha(self.file): SimpleUploadedFile("file", self.file)}


@dataclass
class Device:
    """A device that an officer has taken the visit along on. It writes as the script does (static/js/onsite.js)."""

    visit: Visit
    officer: Account
    ident: UUID = field(default_factory=uuid4)
    wrote: list[Written] = field(default_factory=list)

    def taken(self) -> "Device":
        visiting.take_along(self.visit, self.ident, by=self.officer)
        return self

    def write(self, kind: str, content: bytes = b"", **said: Any) -> Written:
        body = {
            "kind": kind, "id": str(uuid4()), "visit": self.visit.number, "made_at": timezone.now().isoformat(),
            "follows": [], "item": "", **said,
        }  # fmt: skip
        if content:
            body["file"] = sha(content)
        text = json.dumps(body, ensure_ascii=False)
        made = Written(Given(body["id"], text, sha(text.encode())), content)
        self.wrote.append(made)
        return made

    def answer(self, item: str, answer: str = "kept", **said: Any) -> Written:
        return self.write("answer", item=item, answer=answer, **{"remark": "", **said})

    def photo(self, content: bytes = b"", **said: Any) -> Written:
        return self.write("photo", content or hostile.picture("JPEG"), **{"words": "the ward", **said})

    def statement(self, words: str = "问：住院几天？答：三天。") -> Written:
        return self.write("statement", who="王某", post="护士长", words=words)

    def sign(self, who: str, side: str = "officer", content: bytes | None = None, why: str = "") -> Written:
        drawn = hostile.picture("PNG") if content is None else content
        over = [[one.given.id, one.given.digest] for one in self.wrote]
        return self.write("signature", drawn, side=side, who=who, why=why, over=over, **({} if drawn else {"file": ""}))

    def send(self, *some: Written) -> list[Answer]:
        sent = some or tuple(self.wrote)
        files = {name: file for one in sent for name, file in one.files.items()}
        return taking.take(self.visit, [one.given for one in sent], files, device=self.ident, by=self.officer)

    def hand_back(self) -> bool:
        lines = sorted(f"{one.given.id} {one.given.digest}\n" for one in self.wrote)
        digest = sha("".join(lines).encode())
        return visiting.hand_back(self.visit, self.ident, entries=len(lines), digest=digest, by=self.officer)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def filled(device: Device) -> None:
    """Every line answered, everybody has signed."""
    for item in device.visit.checklist.items.all():
        device.answer(item.code)
    for officer in device.visit.officers.all():
        device.sign(officer.username)
    device.sign("李某，医保办主任", "institution")


def brought_home(office: Office) -> Visit:
    """A visit that waits for its seal."""
    visit = opened(office)
    device = Device(visit, office.first).taken()
    filled(device)
    device.send()
    assert device.hand_back()
    return visit


def has(answers: list[Answer]) -> list[str]:
    return [str(one.has) for one in answers]


__all__ = [
    "Device",
    "Entry",
    "Office",
    "Written",
    "brought_home",
    "daily",
    "filled",
    "has",
    "make_office",
    "opened",
    "sha",
]
