"""The ledger of one prefecture, for tests of who sees what: an object of each kind, its amounts in every sum."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.ledger.booking import Leg, book
from supervision.ledger.models import BankFile, BankRow, Book, Entry, Item, Plan, Repayment, Stage, WriteOff
from tests.builders import make_division
from tests.ledger.small import make_item, move


@dataclass(frozen=True)
class Booked:
    """The keys of its objects, by the address they stand in."""

    item: int
    plan: int
    write_off: int
    entry: int
    file: int
    row: int
    repayment: int

    def key(self, address: str) -> int:
        kinds = {
            "rows": self.row, "bank": self.file, "items": self.item, "plans": self.plan, "write-offs": self.write_off,
            "entries": self.entry, "repayments": self.repayment,
        }  # fmt: skip
        return next((key for part, key in kinds.items() if part in address.split("/")), 0)


def make_booked(digits: str, place: Institution, *, by: Account) -> Booked:
    about = {"institution": place, "place": place.division, "pooling_area": place.division}
    said: dict[str, Any] = {
        **about,
        "month": f"20{digits[2:]}-03",
        "fund": digits,
        "case": f"AJ-{digits}01-2026-000001",
    }
    item = make_item(f"line {digits}", at=Stage.DEMANDED, amount=f"{digits}.00", **said)
    make_item(f"fine {digits}", book=Book.TREASURY, at=Stage.DEMANDED, amount=f"{digits}.01", **said)
    make_item(f"damages {digits}", book=Book.AGREEMENT, at=Stage.DEMANDED, amount=f"{digits}.02", **said)
    paid = move(item, Stage.DEMANDED, Stage.CASH, "1.00", voucher=f"B{digits}", by=by)
    plan = Plan.objects.create(item=item, reason=f"poor in {digits}", basis="letter", asked_by=by, state="agreed")
    owed = Decimal(digits) - 1
    plan.instalments.create(due_on=timezone.localdate() + timedelta(30), amount=owed)
    wish = WriteOff.objects.create(
        item=item, amount=Decimal(1), reason=f"closed in {digits}", basis="ruling", asked_by=by, state="asked"
    )
    file = BankFile.objects.create(
        place=make_division(f"{place.division_id[:4]}00"),
        book=Book.FUND,
        name=f"bank-{digits}.csv",
        digest="0" * 64,
        by=by,
    )
    row = BankRow.objects.create(
        file=file, number=2, given={}, voucher=f"W{digits}", day=timezone.localdate(), amount=Decimal(digits),
        payer=f"payer of {digits}", state="waiting", reason="no_item",
    )  # fmt: skip
    back = Repayment.objects.create(
        item=item, amount=Decimal(1), reason=f"paid twice in {digits}", basis="ruling", asked_by=by, state="asked"
    )
    return Booked(item.pk, plan.pk, wish.pk, paid.pk, file.pk, row.pk, back.pk)


def make_shared_entry(item: int, code: str) -> Entry:
    """An entry that moves an item here and one of another place."""
    there = make_item(f"line of {code}", place=make_division(code), institution=None, person="somebody elsewhere")
    sides = [(Item.objects.get(pk=item), "2.00"), (there, "77777.00")]
    legs = [Leg(what, Stage.SOURCE, Stage.SUSPECTED, Decimal(amount)) for what, amount in sides]
    return book(legs, reason="found together", subject="one inspection", by=None)
