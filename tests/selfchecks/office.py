"""Who issues a campaign, who takes reports in, and the hospital that reports itself."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.selfchecks import answering, drafting
from supervision.selfchecks.campaigning import CAMPAIGN
from supervision.selfchecks.models import Campaign, Report
from supervision.selfchecks.reporting import REPORT
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer
from tests.hearing.charged import MONTH, claim_of, make_claim

PROBLEMS = {"C01": "Dialysis charged twice", "C02": "Imaging charged twice"}


@dataclass(frozen=True)
class Office:
    """The province draws up and issues; the prefecture localises, takes in and looks again."""

    drafter: Account
    issuer: Account
    first: Account
    second: Account
    head: Account
    books: Account
    hospital: Institution
    signer: Account


def make_office(sign: str = "", digits: str = "9901") -> Office:
    province, prefecture = f"{digits[:2]}0000", f"{digits}00"
    hospital = make_institution(f"H{digits}0100001", f"{digits}01")
    return Office(
        drafter=make_officer(f"drafter{sign}", Duty.HEAR, territory=province),
        issuer=make_officer(f"issuer{sign}", Duty.DECIDE, territory=province),
        first=make_officer(f"first_look{sign}", Duty.HEAR, territory=prefecture),
        second=make_officer(f"second_look{sign}", Duty.HEAR, territory=prefecture),
        head=make_officer(f"closing{sign}", Duty.DECIDE, territory=prefecture),
        books=make_officer(f"booking{sign}", Duty.BOOK, territory=prefecture),
        hospital=hospital,
        signer=make_account(f"signer{sign}", institution=hospital, duties=[Duty.ANSWER, Duty.SIGN]),
    )  # fmt: skip


def draft(office: Office, **facts: Any) -> Campaign:
    values: dict[str, Any] = {
        "first_month": "2026-01", "last_month": "2026-06", "due_on": timezone.localdate() + timedelta(30),
        "basis": "the year's plan",
    }  # fmt: skip
    made = drafting.draw_up("Look for yourselves", by=office.drafter, **{**values, **facts})
    for code, words in PROBLEMS.items():
        drafting.add_problem(made, code, field="dialysis", words=words, basis="Regulation, art. 38", by=office.drafter)
    return made


def issued(office: Office, **facts: Any) -> Campaign:
    return CAMPAIGN.make(draft(office, **facts), "issue", by=office.issuer)


def report_of(office: Office, campaign: Campaign) -> Report:
    return Report.objects.get(campaign=campaign, institution=office.hospital)


def begun(office: Office, **facts: Any) -> Report:
    return REPORT.make(report_of(office, issued(office, **facts)), "begin", by=office.signer)


def settled(office: Office, folder: Path, number: int = 1, *amounts: int) -> str:
    """A claim in the warehouse whose lines cost these fen; the fund paid four fifths."""
    claim = claim_of(office.hospital, number)
    fen = amounts or (10_000, 5_000)
    make_claim(folder, claim, *fen, paid=sum(fen) * 8 // 10)
    return str(number)


def filled(office: Office, folder: Path, **facts: Any) -> Report:
    """One line of ¥30 reported under the first problem, nothing found under the second."""
    report, claim = begun(office, **facts), settled(office, folder)
    answering.answer_problem(report, "C01", found=True, words="all of March", by=office.signer)
    answering.add_line(report, "C01", claim=claim, line="1", charged=Decimal("30.00"), by=office.signer)
    answering.answer_problem(report, "C02", found=False, words="the register of imaging", by=office.signer)
    return report


def handed_in(office: Office, folder: Path, **facts: Any) -> Report:
    return REPORT.make(filled(office, folder, **facts), "submit", by=office.signer, signer="Li Dean")


__all__ = ["MONTH", "Office", "begun", "draft", "filled", "handed_in", "issued", "make_office", "report_of", "settled"]
