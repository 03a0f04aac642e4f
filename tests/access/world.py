"""Two prefectures side by side: what each holds, who asks, and how an address is filled in."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from claims.models import Batch
from institutions.models import Account, Duty, Institution, Insurer, Practitioner, Registration
from supervision.monitoring.models import Run
from tests.builders import (
    make_account,
    make_batch,
    make_comparison,
    make_division,
    make_exemption,
    make_finding,
    make_hold,
    make_institution,
    make_knowledge,
    make_reject,
    make_review,
    make_run,
    make_sample,
    make_snapshot,
    make_step,
    make_total,
    make_version,
)

RULE = "drug_sex_restricted"
MISSING = {"number": "987654321", "code": "X00000000000"}
NO_OBJECTS = {"form": "csv", "name": "template.xlsx", "app_label": "institutions", "url": "nothing/"}


@dataclass(frozen=True)
class Prefecture:
    """The keys of its objects, by the address they stand in."""

    finding: int
    run: int
    running: int
    batch: int
    institution: str
    proposal: int
    point: int
    hold: int = 0
    exemption: int = 0
    version: int = 0
    comparison: int = 0
    sample: int = 0

    def key(self, address: str) -> str:
        """What stands in the place of the address's <number> or <code>."""
        if "knowledge" in address:
            return str({"batches": self.proposal, "points": self.point}.get(address.split("/")[2], "bed"))
        kinds = {
            "findings": self.finding,
            "runs": self.running if address.endswith("cancel/") else self.run,
            "batches": self.batch,
            "institutions": self.institution,
            "versions": self.version,
            "comparisons": self.comparison,
            "samples": self.sample,
            "holds": self.hold,
            "exemptions": self.exemption,
        }
        return str(next((kinds[part] for part in address.split("/") if part in kinds), RULE))


def fill(address: str, key: str) -> str:
    """The address with its places filled in."""
    address = address.replace("^", "").replace("$", "").replace("**", "")
    address = re.sub(r"\(\?P<(\w+)>.*?\)", lambda place: NO_OBJECTS[place[1]], address)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place: NO_OBJECTS.get(place[1], key), address)


def make_prefecture(
    digits: str, regulator: Account, uploader: Account | None = None, *, running: bool = True
) -> Prefecture:
    """One object of each kind; its figures show in every sum they enter. Only one run can be underway."""
    area, county = f"{digits}00", f"{digits}01"
    place = make_place(digits)
    batch = make_batch(
        territory=area,
        name=f"claims-{digits}.csv",
        rejected=int(digits) % 89,
        loaded_by=uploader or regulator,
    )
    make_reject(batch, value=f"value-{digits}")
    make_batch(territory=area, status=Batch.Status.FAILED, loaded_by=regulator, digest=digits * 16)
    month = f"20{digits[2:]}-03"
    make_total(place, month, batch=batch, total=Decimal(digits), paid=Decimal(digits) / 2)
    run = make_run(snapshot=make_snapshot(batch), started_by=regulator)
    make_step(run, month=month)
    underway = run
    if running:
        underway = make_run(snapshot=run.snapshot, started_by=regulator, status=Run.Status.RUNNING)
        make_step(underway, month=month, done=False)
    facts = {"month": month, "at_stake": f"{digits}.00", "run": run, "insured_area": area}
    finding = make_finding(place, claim=f"{place.pk}:1", **facts)  # type: ignore[arg-type]
    assert place.division_id == county
    make_review(finding, by=regulator)
    hold = make_hold(run.steps.earliest("pk"), area=county, findings=int(digits))
    exemption = make_exemption(place, by=regulator, reason=f"exempted in {digits}")
    proposal, point = make_knowledge(area, f"Bed of {digits}", by=regulator)
    sample = make_sample(
        make_comparison(make_version(regulator, rule=RULE), run.snapshot), place, month, at_stake=digits
    )
    comparison = sample.month.comparison
    guarded = (proposal.pk, point.pk, hold.pk, exemption.pk)
    laboratory = (comparison.version_id, comparison.pk, sample.pk)
    return Prefecture(finding.pk, run.pk, underway.pk, batch.pk, place.pk, *guarded, *laboratory)


def make_place(digits: str) -> Institution:
    """An institution with its agreement and its people."""
    area, county = make_division(f"{digits}00"), f"{digits}01"
    place = make_institution(f"H{county}00001", county, name_en=f"Hospital of {digits}", beds=int(digits))
    insurer = Insurer.objects.create(code=f"I{digits}", name_zh=f"经办{digits}", pooling_area=area)
    place.agreements.create(insurer=insurer, number=f"A{digits}", period=(date(2026, 1, 1), None))
    person = Practitioner.objects.create(code=f"D{digits}", name=f"医生{digits}", kind="physician")
    Registration.objects.create(practitioner=person, institution=place, since=date(2020, 1, 1))
    return place


def make_accounts() -> dict[str, Account | None]:
    reads, takes_in = [Duty.READ], [Duty.READ, Duty.INTAKE]
    return {
        "anonymous": None,
        "regulator": make_account("regulator"),
        "superior": make_account("superior", "000000", duties=reads),
        "county": make_account("county", "990101", duties=reads),
        "elsewhere": make_account("elsewhere", "990200"),
        "agency": make_account("agency", duties=takes_in),
        "institution": make_account("institution", institution=make_institution("H99010100001"), duties=[Duty.INTAKE]),
        "administrator": make_account("administrator", None, duties=[Duty.ADMINISTER]),
        "dutyless": make_account("dutyless", duties=[]),
    }


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


class Asker:
    """Somebody who asks, signed in once."""

    def __init__(self, account: Account | None) -> None:
        self.session = ""
        if account:
            client = Client()
            client.force_login(account)
            self.session = client.session.session_key or ""

    def ask(self, method: str, address: str, *, hide: str = "") -> Answer:
        """Ask, and take back whatever asking did.

        Left out of the answer: the token that is new each time, the echo of the address, and what is to be hidden.
        """
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = client.generic(method, address)
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        headers = {name: value for name, value in response.items() if name not in ("Content-Length", "Location")}
        body = TOKEN.sub(b"", body)
        for echo in filter(None, (address, escape(address), hide, quote(hide))):
            body = body.replace(echo.encode(), b"")
        return Answer(response.status_code, headers, body)


@dataclass(frozen=True)
class World:
    """The prefecture 9901 with everybody who may ask for its objects."""

    askers: dict[str, Asker]
    prefecture: Prefecture
