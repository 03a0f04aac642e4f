"""The ways of what one asks and another decides about money, and of a bank's row."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.ledger import matching, paying, repaying
from supervision.ledger.models import BankRow, Book, Plan, Repayment, Stage, WriteOff
from supervision.ledger.workflows import BANK_ROW, PLAN, WRITE_OFF
from tests.cases.office import make_office
from tests.ledger.small import make_item
from tests.walks.walking import Walk


def write_off() -> Walk:
    office = make_office()

    def begin() -> WriteOff:
        owed = make_item(at=Stage.DEMANDED)
        return paying.ask_write_off(owed, Decimal("40.00"), reason="bankrupt", basis="ruling 9", by=office.booker)

    return Walk(WRITE_OFF, begin, {Duty.DECIDE: office.chief, Duty.BOOK: office.booker})


def repayment() -> Walk:
    office = make_office()

    def begin() -> Repayment:
        came = make_item(at=Stage.CASH)
        return repaying.ask_repayment(came, Decimal("40.00"), reason="paid twice", basis="ruling 9", by=office.booker)

    return Walk(repaying.REPAYMENT, begin, {Duty.DECIDE: office.chief, Duty.BOOK: office.booker})


def instalment_plan() -> Walk:
    office = make_office()

    def begin() -> Plan:
        parts = [(timezone.localdate() + timedelta(10 + 30 * number), Decimal("50.00")) for number in (0, 1)]
        return paying.ask_plan(make_item(at=Stage.DEMANDED), parts, reason="poor", basis="deed 7", by=office.booker)

    return Walk(PLAN, begin, {Duty.DECIDE: office.chief, Duty.BOOK: office.booker})


def bank_row() -> Walk:
    """A row that names nothing waits; one that cannot be read is refused from the start."""
    office = make_office()

    def taken(line: str) -> BankRow:
        content = f"voucher,day,amount,payer,reference\n{line}".encode()
        file = matching.take_in(f"{line[:2]}.csv", content, book=Book.FUND, by=office.booker)
        row = file.rows.first()
        assert row is not None
        return row

    def named(row: BankRow) -> Mapping[str, Any]:
        return {"item": make_item("hearing line 987", at=Stage.DEMANDED, amount="60.00").reference}

    return Walk(
        BANK_ROW, lambda: taken("B1,2026-03-02,60.00,Hospital,nothing known"), {Duty.BOOK: office.booker},
        {"book": named}, also=(lambda: taken("B2,2026-03-02,no amount,Hospital,nothing known"),),
    )  # fmt: skip
