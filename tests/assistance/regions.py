"""Two prefectures of one province: people of the first are treated in the second."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.assistance import naming
from supervision.assistance.models import LeadRule, Request, RequestClaim
from supervision.assistance.requesting import REQUEST
from tests.builders import make_division, make_institution
from tests.cases.office import make_officer
from tests.hearing.charged import claim_of, make_claim

HOME, AWAY = "990100", "990300"


@dataclass(frozen=True)
class Region:
    """An officer, somebody in charge and a book-keeper of a prefecture."""

    officer: Account
    chief: Account
    books: Account


@dataclass(frozen=True)
class Regions:
    home: Region
    away: Region
    province: Account
    hospital: Institution


def make_region(sign: str, territory: str) -> Region:
    return Region(
        officer=make_officer(f"{sign} officer", Duty.INVESTIGATE, territory=territory),
        chief=make_officer(f"{sign} chief", Duty.DECIDE, territory=territory),
        books=make_officer(f"{sign} books", Duty.BOOK, territory=territory),
    )


def make_regions() -> Regions:
    return Regions(
        home=make_region("home", HOME), away=make_region("away", AWAY),
        province=make_officer("province chief", Duty.DECIDE, territory="990000"),
        hospital=make_institution("H99030100001", "990301"),
    )  # fmt: skip


def settled(regions: Regions, folder: Path, number: int = 1, *, paid: int = 12_000, **facts: Any) -> str:
    """A claim of ¥150 in the warehouse, of somebody insured at home; `paid` in fen by the fund."""
    make_claim(folder, claim_of(regions.hospital, number), 10_000, 5_000, paid=paid, insured_area=HOME, **facts)
    return str(number)


def drafted(regions: Regions, folder: Path, suspect: str = "institution", **facts: Any) -> Request:
    """The region at home asks the one in which the hospital lies."""
    number = settled(regions, folder, **facts)
    return naming.draft_request(
        regions.hospital, number, question="fee", suspect=suspect, words="Was the scan made?", by=regions.home.officer
    )


def sent(regions: Regions, folder: Path, suspect: str = "institution", **facts: Any) -> Request:
    return REQUEST.make(drafted(regions, folder, suspect, **facts), "send", by=regions.home.chief)


def accepted(regions: Regions, folder: Path, suspect: str = "institution") -> Request:
    return REQUEST.make(sent(regions, folder, suspect), "accept", by=regions.away.officer)


def handling(regions: Regions, folder: Path, suspect: str = "institution") -> Request:
    return REQUEST.make(accepted(regions, folder, suspect), "handle", by=regions.away.officer)


def replied(regions: Regions, folder: Path, lost: str = "40.00", suspect: str = "institution") -> Request:
    request = handling(regions, folder, suspect)
    for claim in request.claims.all():
        answered(request, claim, lost, regions.away.officer)
    return REQUEST.make(request, "reply", by=regions.away.chief, assist_reply="The scan was never made.")


def answered(request: Request, claim: RequestClaim, lost: str, by: Account) -> RequestClaim:
    amount = Decimal(lost)
    return naming.answer_claim(request, claim.pk, found=bool(amount), lost=amount, words="the register", by=by)


def confirmed(regions: Regions, folder: Path, lost: str = "40.00", suspect: str = "institution") -> Request:
    return REQUEST.make(replied(regions, folder, lost, suspect), "confirm", by=regions.home.chief)


def made(regions: Regions, state: str = "drafted", number: str = "XC-990100-2026-9", **facts: Any) -> Request:
    """A request with one claim and no warehouse, as tests of who may do what need it."""
    home, away = make_division(HOME), make_division(AWAY)
    values: dict[str, Any] = {
        "from_place": home, "to_place": away, "handler_place": away, "treatment": away, "participation": home,
        "institution": regions.hospital, "member": "m1", "question": "fee", "suspect": "institution",
        "lead_rule": LeadRule.objects.get(suspect="institution", place="000000"), "words": "Was the scan made?",
        "drafter": regions.home.officer, "state": state,
    }  # fmt: skip
    if state != "drafted":
        values |= {"sender": regions.home.chief, "sent_at": timezone.now()}
    request = Request.objects.create(number=number, **{**values, **facts})
    name(request, 1)
    return request


def name(request: Request, number: int) -> RequestClaim:
    return RequestClaim.objects.create(
        request=request, claim=f"{request.institution_id}:{number}", month="2026-03", insured_area=HOME, fund="310",
        total=Decimal("150.00"), paid=Decimal("120.00"), named_by=request.drafter,
    )  # fmt: skip
