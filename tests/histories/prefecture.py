"""An invented prefecture for whole histories: everybody who has a part in one, and findings that share their charges."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from institutions.models import Account, Department, Duty, Institution
from supervision.cases.models import DamagesRate
from supervision.monitoring.models import Finding
from tests.builders import make_account, make_finding, make_institution, make_line
from tests.cases.handled import make_agreement, make_department, make_insurer
from tests.hearing.heard import make_answerer

CHARGE = 1_000_000  # fen of each charge
AUTHORITY, HANDLING = Department.Party.AUTHORITY, Department.Party.HANDLING
POSTS: Mapping[str, tuple[Department.Party, tuple[Duty, ...]]] = {
    "Zhao": (AUTHORITY, (Duty.INVESTIGATE, Duty.HEAR)),
    "Qian": (AUTHORITY, (Duty.INVESTIGATE, Duty.HEAR)),
    "Sun": (AUTHORITY, (Duty.LEGAL,)),
    "Li": (AUTHORITY, (Duty.DECIDE, Duty.HEAR)),
    "Zhou": (AUTHORITY, (Duty.DECIDE, Duty.HEAR)),
    "Wu": (HANDLING, (Duty.INVESTIGATE, Duty.HEAR)),
    "Zheng": (HANDLING, (Duty.DECIDE, Duty.HEAR)),
    "Wang": (HANDLING, (Duty.BOOK,)),
    "Feng": (HANDLING, (Duty.BOOK, Duty.DECIDE)),
}
numbers = count(1)


@dataclass(frozen=True)
class Prefecture:
    """Its hospital, its posts, and what rules have found."""

    hospital: Institution
    answers: Account
    posts: list[Account]
    findings: list[Finding]

    @property
    def reader(self) -> Account:
        """Who sees the whole prefecture."""
        return self.posts[3]

    def who_hold(self, duty: Duty, party: Any = None) -> list[Account]:
        if duty == Duty.ANSWER:
            return [self.answers]
        return [
            post for post in self.posts
            if post.holds(duty) and (party is None or (post.department and post.department.party == party))
        ]  # fmt: skip


def make_prefecture(chance: Random) -> Prefecture:
    hospital = make_institution()
    make_agreement(hospital)
    DamagesRate.objects.create(
        insurer=make_insurer(), rate=Decimal("0.3000"), source="agreement of 2026", valid=("2020-01-01", None)
    )
    make_department("industry")
    posts = [
        make_account(
            name, duties=[Duty.READ, *duties], department=make_department(party),
            insurer=make_insurer() if party == HANDLING else None,
        )
        for name, (party, duties) in POSTS.items()
    ]  # fmt: skip
    findings = [found(hospital, chance) for _number in range(chance.randint(3, 5))]
    return Prefecture(hospital, make_answerer(hospital), posts, findings)


def found(hospital: Institution, chance: Random) -> Finding:
    """A finding on some charges of one of two encounters, or on an encounter as a whole; others are on them too."""
    claim = f"{hospital.pk}:e{chance.randint(1, 2)}"
    charges = [""] if chance.random() < 0.2 else chance.sample(["1", "2", "3"], chance.randint(1, 3))
    number, stake = next(numbers), Decimal(CHARGE * len(charges)) / 100
    finding = make_finding(
        hospital, rule=f"rule_{number}", key=f"{number}", claim=claim, at_stake=f"{stake}",
        fund_at_stake=stake * chance.randint(1, 100) / 100,
    )  # fmt: skip
    finding.lines.all().delete()
    for charge in charges:
        make_line(
            finding, charge=f"{claim}:{charge}" if charge else "", at_stake=Decimal(CHARGE) / 100,
            owned=Decimal(chance.randint(1, CHARGE)) / 100, amount=CHARGE if charge else 3 * CHARGE,
        )  # fmt: skip
    return finding
