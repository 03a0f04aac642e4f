"""A hospital's claims in the warehouse, as a finding about them is frozen."""

from datetime import datetime
from pathlib import Path
from typing import Any

from claims.models import Batch, Snapshot
from institutions.models import Institution
from tests.claims.building import publish

MONTH = "2026-03"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def visit(claim: str, **facts: Any) -> dict[str, Any]:
    """An outpatient visit; amounts in fen, as the engines count."""
    encounter: dict[str, Any] = {
        "claim": claim, "encounter": claim.partition(":")[2], "institution": claim.partition(":")[0], "member": "m1",
        "sex": "1", "kind": "outpatient", "insured_area": "990100", "insurance": "310", "illness": "J18.900",
        "started": moment("2026-03-02 08:00"), "day": moment("2026-03-02").date(), "settled_at": moment("2026-03-02 11:00"),
        "total": 10000, "eligible": 10000, "paid": 8000, "account_paid": 0, "cash_paid": 2000, "fund_ratio": 8000,
        "sound": True, "month": MONTH,
    }  # fmt: skip
    return {**encounter, **facts}


def line(claim: str, number: int, amount: int, **facts: Any) -> dict[str, Any]:
    """A fee line of it."""
    charged: dict[str, Any] = {
        "charge": f"{claim}:{number}", "claim": claim, "line": str(number), "institution": claim.partition(":")[0],
        "member": "m1", "done_at": moment(f"2026-03-02 09:{number:02}"), "item": f"0020{number}",
        "item_name": f"项目{number}", "quantity": 10000, "price": amount * 10_000, "amount": amount, "eligible": amount,
        "file": "lines.csv", "row": number, "month": MONTH,
    }  # fmt: skip
    return {**charged, **facts}


def charge(of: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """What rules judge of a fee line."""
    shared = ("charge", "claim", "institution", "member", "item", "quantity", "price", "amount", "done_at", "month")
    return {**{name: of[name] for name in shared}, "kind": "outpatient", "sound": True, **facts}


def make_claim(folder: Path, claim: str, *amounts: int, ended: Batch | None = None, **facts: Any) -> Snapshot:
    """A claim with a line for each amount (fen), published as a batch of its own."""
    lines = [line(claim, number, amount) for number, amount in enumerate(amounts, 1)]
    diagnosis = {
        "claim": claim, "institution": claim.partition(":")[0], "member": "m1", "number": 1, "code": "J18.900",
        "name": "肺炎", "main": True, "sound": True, "month": MONTH,
    }  # fmt: skip
    tables = {
        "visit": [visit(claim, total=sum(amounts), **facts)], "fee_line": lines, "charge": list(map(charge, lines)),
        "diagnosis": [diagnosis],
    }  # fmt: skip
    return publish(folder, tables, ended=ended)


def claim_of(place: Institution, number: int = 1) -> str:
    return f"{place.pk}:{number}"
