"""An office for the tests: its people, a case with a finding that was upheld, and a penalty brought to where a test begins."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Account, Department, Duty, Institution
from supervision.cases.models import Case, Proceeding, Violation
from supervision.cases.opening import open_case
from supervision.cases.workflows.lead import LEAD
from supervision.cases.workflows.penalty import PENALTY
from supervision.clocks.models import Clock
from supervision.hearing.models import Hearing
from tests.builders import make_account, make_division, make_institution
from tests.hearing.heard import make_answerer, make_lines, make_reviewer, upheld


def make_department(party: str = "authority", division: str = "990100") -> Department:
    place = make_division(division)
    return Department.objects.get_or_create(party=party, division=place, name_zh=f"{division}{party}")[0]


def make_officer(
    username: str, *duties: Duty, territory: str = "990100", party: str = "authority", **post: Any
) -> Account:
    """A post at the authority of the territory, unless said otherwise."""
    held = [Duty.READ, *(duties or (Duty.INVESTIGATE, Duty.HEAR))]
    return make_account(username, territory, duties=held, department=make_department(party, territory), **post)


@dataclass(frozen=True)
class Office:
    """Everybody whom a penalty needs."""

    first: Account
    second: Account
    legal: Account
    chief: Account
    booker: Account
    hospital: Account
    place: Institution

    @property
    def everybody(self) -> list[Account]:
        return [self.first, self.second, self.legal, self.chief, self.booker, self.hospital]


def make_office(territory: str = "990100", sign: str = "") -> Office:
    place = make_institution(f"H{territory}00001", division=f"{territory[:4]}01")
    return Office(
        first=make_officer(f"first{sign}", territory=territory),
        second=make_officer(f"second{sign}", territory=territory),
        legal=make_officer(f"legal{sign}", Duty.LEGAL, territory=territory),
        chief=make_officer(f"chief{sign}", Duty.DECIDE, Duty.HEAR, territory=territory),
        booker=make_officer(f"booker{sign}", Duty.BOOK, territory=territory, party="handling"),
        hospital=make_answerer(place, f"hospital{sign}"),
        place=place,
    )


def make_upheld(office: Office, *amounts: str, **facts: Any) -> Hearing:
    """A finding that two people upheld after the institution had its say; the fund had paid half of it."""
    suffix = Account.objects.count()
    territory = office.chief.territory
    assert territory is not None
    first, second = (make_reviewer(f"reviewer{suffix + number}", territory.code) for number in (1, 2))
    charged = amounts or ("1000.00",)
    half = sum(map(Decimal, charged), Decimal(0)) / 2
    finding = make_lines(*charged, place=office.place, **{"fund_at_stake": half, **facts})
    return upheld(finding, first, second, office.hospital)


def make_case(office: Office, *hearings: Hearing, **facts: Any) -> Case:
    """A new lead about the office's hospital."""
    values: dict[str, Any] = {
        "title": "Charges after discharge", "origin": "findings", "place": office.place.division,
        "respondent": "institution", "institution": office.place, "facts": "入院后重复收费", "by": office.first,
    }  # fmt: skip
    return open_case(hearings=hearings, **{**values, **facts})


def assigned(case: Case, office: Office) -> Case:
    case = LEAD.make(case, "triage", by=office.first, note="worth a look")
    return LEAD.make(case, "assign", by=office.chief, officers=[office.first.username, office.second.username])


def verified(case: Case, office: Office, proposal: str = "file") -> Case:
    case = LEAD.make(assigned(case, office), "verify", by=office.first)
    return LEAD.make(case, "propose", by=office.first, note="the records say so", proposal=proposal)


def filed(case: Case, office: Office) -> Proceeding:
    """The penalty that began when the person in charge filed the case."""
    LEAD.make(verified(case, office), "file", by=office.chief)
    return case.proceedings.get(kind="penalty")


def investigating(case: Case, office: Office) -> Proceeding:
    return PENALTY.make(filed(case, office), "investigate", by=office.first, inspection_scope="charges of March")


def charged(penalty: Proceeding, office: Office, code: str = "V38.3", **facts: Any) -> Violation:
    """A violation over all confirmed lines of the case."""
    lines = [str(line.pk) for row in penalty.case.findings.all() for line in row.hearing.lines.filter(confirmed__gt=0)]
    day = timezone.localdate() - timedelta(30)
    values: dict[str, Any] = {
        "violation_type": code, "lines": lines, "acted_from": day, "acted_until": day, "limitation": "2",
        "limitation_reason": "an ordinary matter",
    }  # fmt: skip
    PENALTY.make(penalty, "charge", by=office.first, **{**values, **facts})
    violation = penalty.violations.order_by("pk").last()
    assert violation is not None
    return violation


def weighed(
    penalty: Proceeding, office: Office, multiple: str = "1.50", grade: str = "ordinary", note: str = ""
) -> Violation:
    """Charged, and its fine proposed."""
    violation = charged(penalty, office)
    PENALTY.make(
        penalty, "propose_fine", by=office.first, note=note, violation=str(violation.pk), grade=grade,
        multiple=Decimal(multiple),
    )  # fmt: skip
    violation.refresh_from_db()
    return violation


def ordered(penalty: Proceeding, office: Office, violation: Violation) -> None:
    """The party was ordered to correct it, and its time for that is over."""
    today = timezone.localdate()
    PENALTY.make(
        penalty, "order_correction", by=office.first, violation=str(violation.pk), demand="publish the fees",
        correct_by=today + timedelta(5), on=today, method="direct", received_by="Zhao",
    )  # fmt: skip
    Violation.objects.filter(pk=violation.pk).update(correct_by=today - timedelta(1))


def reviewed(penalty: Proceeding, office: Office) -> Proceeding:
    """Reported, submitted and through legal review."""
    penalty = PENALTY.make(penalty, "report", by=office.first, note="what we found")
    penalty = PENALTY.make(penalty, "submit", by=office.first)
    return PENALTY.make(penalty, "pass_review", by=office.legal, note="lawful")


def told(penalty: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(
        reviewed(penalty, office),
        "notify",
        by=office.first,
        on=timezone.localdate(),
        method="direct",
        received_by="Zhao",
    )


def decided(penalty: Proceeding, office: Office) -> Proceeding:
    """From the investigation, weighed, to the decision; the party defended itself."""
    penalty = PENALTY.make(told(penalty, office), "defend", by=office.first, statement="we erred")
    return PENALTY.make(penalty, "decide", by=office.chief)


def served(penalty: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(
        decided(penalty, office), "serve", by=office.first, on=timezone.localdate(), method="direct", received_by="Zhao"
    )


def run_out(clock: Clock | None, days: int = 30) -> None:
    """The clock was due some days ago."""
    assert clock is not None
    due = timezone.now() - timedelta(days)
    Clock.objects.filter(pk=clock.pk).update(since=due - timedelta(1), yellow_at=due, due_at=due)
