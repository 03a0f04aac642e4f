"""Reads back everything that was told of encounters, for the tables that intake takes."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from supervision.review.messages import Asked as AskedData
from supervision.review.messages import Encounter as Asked
from supervision.review.messages import Patient, read
from supervision.review.messages.charging import FeeLine, Split
from supervision.review.messages.listing import SettlementList
from supervision.review.messages.settling import Fund, Paid
from supervision.review.messages.settling import Settlement as Told
from supervision.review.messages.values import Part
from supervision.review.messages.visiting import Change, Diagnosis, Leaving, Visit
from supervision.review.models import Encounter, Line, Review, Settlement

CLINIC, BED = "11", "21"  # med_type, where nobody has said it
DIVISION = re.compile("[0-9]{6}")


@dataclass(frozen=True)
class Paying:
    """A settlement that stands, and the payer's answer to it."""

    number: str
    infno: str
    settled_at: dt.datetime
    told: Told
    paid: Paid | None


@dataclass(frozen=True)
class Recounted:
    """Everything that was told of one settled encounter."""

    encounter: Encounter
    payings: list[Paying]
    lines: list[tuple[FeeLine, Split]]
    visits: list[Visit]  # what changed it, then what opened it
    leaving: Leaving | None
    listed: SettlementList | None
    funds: list[Fund]  # of the settlement list
    patient: Patient | None  # of the latest review
    asked: Asked | None

    @property
    def diagnoses(self) -> list[Diagnosis]:
        return [Diagnosis.model_validate(node) for node in self.encounter.diagnoses]

    @property
    def category(self) -> str:
        """med_type. Some clinics' systems call every visit a stay; what is settled by 2207 is a visit."""
        told, paid = [one.told for one in self.payings], [one.paid for one in self.payings]
        said = said_of("med_type", *self.visits, *told, *paid, *(line for line, _split in self.lines), self.asked)
        visited = all(one.infno == "2207" for one in self.payings)
        if visited and said.startswith("2") and not said.startswith("28"):
            return CLINIC
        return said or (CLINIC if visited else BED)

    @property
    def insured(self) -> str:
        """The division where the person is insured."""
        told = str(self.encounter.facts.get("insuplc_admdvs") or "")
        said = (told, said_of("insuplc", self.listed), said_of("poolarea", self.patient)[:6])
        return next((one for one in said if DIVISION.fullmatch(one)), "")

    @property
    def begun(self) -> dt.datetime | None:
        first = min((line.fee_ocur_time for line, _split in self.lines), default=None)
        said = (known("begntime", *self.visits), known("adm_time", self.listed), known("adm_date", self.asked), first)
        return next(filter(None, said), None)

    @property
    def ended(self) -> dt.datetime | None:
        told = [one.told for one in self.payings]
        ended: dt.datetime | None = known("endtime", self.leaving) or known("dscg_time", self.listed, *told)
        return max(ended, self.begun) if ended and self.begun else ended  # 2304 names the day alone

    @property
    def practitioner(self) -> str:
        return (
            said_of("chfpdr_code", self.listed, *self.visits)
            or said_of("atddr_no", *self.visits)
            or said_of("dise_dor_no", *self.diagnoses)
            or said_of("dr_codg", self.asked)
        )

    def name_of(self, item: str) -> str:
        """An item's name as the review about the encounter gave it: fee messages carry none."""
        orders = self.asked.fsi_order_dtos if self.asked else []
        return next((one.hilist_name or one.hosplist_name for one in orders if one.hilist_code == item), "")


def known(name: str, *parts: Part | None) -> Any:
    """The first that is known."""
    found = (getattr(part, name, None) for part in parts if part is not None)
    return next((value for value in found if value not in (None, "")), None)


def said_of(name: str, *parts: Part | None) -> str:
    return str(known(name, *parts) or "")


def recount(encounters: Sequence[Encounter]) -> list[Recounted]:
    """What was told of these encounters, of those that are settled."""
    settlements: dict[int, list[Settlement]] = {}
    for one in (
        Settlement.objects.standing().filter(encounter__in=encounters).select_related("message").order_by("sent")
    ):
        settlements.setdefault(one.encounter_id, []).append(one)
    lines: dict[int, list[Line]] = {}
    standing = Line.objects.filter(encounter__in=settlements, withdrawn_at=None, body__isnull=False)
    for line in standing.order_by("sent", "number"):
        lines.setdefault(line.encounter_id, []).append(line)
    settled = [one for one in encounters if one.pk in settlements]
    asked = _asked(settled)
    return [
        _recounted(one, settlements[one.pk], lines.get(one.pk, []), *asked.get(one.claim, (None, None)))
        for one in settled
    ]


def _recounted(
    encounter: Encounter, payings: Iterable[Settlement], lines: Iterable[Line], patient: Patient | None,
    asked: Asked | None,
) -> Recounted:  # fmt: skip
    facts = encounter.facts
    kinds: tuple[tuple[str, type[Visit]], ...] = (("adminfo", Change), ("mdtrtinfo", Visit))
    return Recounted(
        encounter=encounter,
        payings=[_paying(one) for one in payings],
        lines=[(FeeLine.model_validate(line.body), Split.model_validate(line.split or {})) for line in lines],
        visits=[kind.model_validate(facts[name]) for name, kind in kinds if facts.get(name)],
        leaving=Leaving.model_validate(facts["dscginfo"]) if facts.get("dscginfo") else None,
        listed=SettlementList.model_validate(facts["setllist"]) if facts.get("setllist") else None,
        funds=[Fund.model_validate(row) for row in facts.get("payinfo") or []],
        patient=patient,
        asked=asked,
    )


def _paying(settlement: Settlement) -> Paying:
    paid = settlement.paid and Paid.model_validate(settlement.paid["setlinfo"])
    assert settlement.settled_at is not None
    settled_at = timezone.make_naive(settlement.settled_at)
    infno = settlement.message.infno if settlement.message else ""
    return Paying(settlement.number, infno, settled_at, Told.model_validate(settlement.body), paid or None)


def _asked(encounters: Iterable[Encounter]) -> Mapping[str, tuple[Patient, Asked]]:
    """By claim, what the latest review about it was told."""
    latest = Review.objects.filter(claim__in=[one.claim for one in encounters]).order_by("claim", "-asked_at", "-pk")
    found = {}
    for review in latest.distinct("claim").select_related("message"):
        data = read(review.message.body.encode()).data
        assert isinstance(data, AskedData)
        pairs = [(patient, one) for patient in data.patient_dtos for one in patient.fsi_encounter_dtos]
        number = review.claim.partition(":")[2]
        if pair := next((pair for pair in pairs if pair[1].mdtrt_id == number), None):
            found[review.claim] = pair
    return found
