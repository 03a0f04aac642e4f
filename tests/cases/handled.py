"""A case in the hands of its officers, and everybody who has a part in it."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from institutions.models import Account, Agreement, Department, Duty, Institution, Insurer
from supervision.cases.models import Case, Proceeding
from supervision.cases.opening import open_case
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import LEAD, WORKFLOWS
from supervision.clocks.models import Clock
from supervision.ledger.models import Book, Item, Stage
from tests.builders import make_account, make_division, make_institution
from tests.ledger.small import make_item

numbers = count(1)


@dataclass(frozen=True)
class Office:
    """The medical security department and the handling agency of the prefecture."""

    officer: Account
    second: Account
    head: Account
    agent: Account
    agency_head: Account
    booker: Account


def make_department(party: str = "authority", division: str = "990100", name: str = "") -> Department:
    values: dict[str, Any] = {
        "party": party, "division": make_division(division), "name_zh": name or f"{division}{party}"
    }  # fmt: skip
    return Department.objects.get_or_create(**values)[0]


def make_insurer() -> Insurer:
    values = {"name_zh": "云泽市医疗保障事务中心", "pooling_area": make_division("990100")}
    return Insurer.objects.get_or_create(code="990100", defaults=values)[0]


def make_agreement(institution: Institution) -> Agreement:
    today = timezone.localdate()
    return Agreement.objects.create(
        institution=institution, insurer=make_insurer(), number=f"XY-{institution.pk}",
        period=DateRange(today - timedelta(100), today + timedelta(200)),
    )  # fmt: skip


def make_office() -> Office:
    authority, agency = make_department("authority"), make_department("handling")
    insurer = make_insurer()

    def post(name: str, duty: Duty, department: Department, **more: Any) -> Account:
        return make_account(name, duties=[Duty.READ, duty], department=department, **more)

    return Office(
        officer=post("officer", Duty.INVESTIGATE, authority), second=post("second", Duty.INVESTIGATE, authority),
        head=post("head", Duty.DECIDE, authority),
        agent=post("agent", Duty.INVESTIGATE, agency, insurer=insurer),
        agency_head=post("agency_head", Duty.DECIDE, agency, insurer=insurer),
        booker=post("booker", Duty.BOOK, agency, insurer=insurer),
    )  # fmt: skip


def make_case(office: Office, *confirmed: str, institution: Institution | None = None, **facts: Any) -> Case:
    """A case being verified by its two officers, with these sums confirmed in the ledger."""
    institution = institution or make_institution()
    values = {"title": "重复收费", "origin": "findings", "respondent": "institution", "facts": "同一项目重复收费。"}
    case = open_case(place=institution.division, institution=institution, by=office.officer, **{**values, **facts})
    LEAD.make(case, "triage", by=office.officer, note="as said")
    LEAD.make(case, "assign", by=office.head, officers=[office.officer.username, office.second.username])
    case = LEAD.make(case, "verify", by=office.officer)
    for amount in confirmed:
        make_confirmed(case, amount)
    return case


def make_confirmed(case: Case, amount: str, **facts: Any) -> Item:
    return make_item(
        f"confirmed {next(numbers)}", at=Stage.CONFIRMED, amount=amount, institution=case.institution, place=case.place,
        book=Book.FUND, case=case.number, **facts,
    )  # fmt: skip


def begin(case: Case, kind: str, by: Account, **facts: Any) -> Proceeding:
    return open_proceeding(case, kind, by=by, **{"note": "as reported", **facts})


def move(proceeding: Proceeding, name: str, by: Account, **facts: Any) -> Proceeding:
    """One move of the proceeding's own table."""
    return WORKFLOWS[proceeding.kind].make(proceeding, name, by=by, **facts)  # type: ignore[index]


def run_out(clock: Clock | None) -> None:
    """The clock's time has passed."""
    assert clock is not None
    past = timezone.now() - timedelta(days=40)
    Clock.objects.filter(pk=clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(days=20))
