"""Who plans, approves, draws and inspects, and the hospital that is inspected; inspections brought to where a test begins."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.inspections import answering, finding, listing, opening, planning, teaming, voting
from supervision.inspections.models import Fact, Inspection, Plan, PlanLine
from supervision.inspections.planning import PLAN
from supervision.inspections.workflows import workflow_of
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer
from tests.hearing.charged import claim_of, make_claim

ITEMS = ["JC02"]


@dataclass(frozen=True)
class Office:
    """The prefecture plans, draws and inspects; its chief decides, its reviewer hears; the province stands above."""

    planner: Account
    chief: Account
    other_chief: Account
    officers: tuple[Account, ...]
    hearer: Account
    hospital: Institution
    signer: Account

    def of(self, certificate: str) -> Account:
        return next(one for one in self.officers if one.inspector.certificate == certificate)


def make_office(sign: str = "", digits: str = "9901", officers: int = 3) -> Office:
    area = f"{digits}00"
    hospital = make_institution(f"H{digits}0100001", f"{digits}01")
    office = Office(
        planner=make_officer(f"planner{sign}", Duty.INVESTIGATE, territory=area),
        chief=make_officer(f"inspections-chief{sign}", Duty.DECIDE, territory=area),
        other_chief=make_officer(f"other-chief{sign}", Duty.DECIDE, territory=area),
        officers=tuple(
            make_officer(f"inspector-{number}{sign}", Duty.INVESTIGATE, territory=area) for number in range(officers)
        ),
        hearer=make_officer(f"hearer{sign}", Duty.HEAR, territory=area), hospital=hospital,
        signer=make_account(f"inspected{sign}", institution=hospital, duties=[Duty.ANSWER]),
    )  # fmt: skip
    for number, one in enumerate(office.officers):
        listing.list_inspector(one, certificate=f"ZF-{digits}-{sign}{number}", fields="billing", by=office.chief)
    return office


def draft(office: Office, *, mode: str = "random", how_many: int | None = 1, **facts: Any) -> Plan:
    plan = planning.draw_up_plan(
        "The year's plan", year=timezone.localdate().year, basis="work plan", by=office.planner
    )
    values: dict[str, Any] = {"first_month": 1, "last_month": 12, "items": ITEMS, "how_many": how_many}
    planning.add_plan_line(plan, mode=mode, **{**values, **facts}, by=office.planner)
    return plan


def published(office: Office, **facts: Any) -> PlanLine:
    plan = PLAN.make(draft(office, **facts), "approve", by=office.chief)
    return PLAN.make(plan, "publish", by=office.planner).lines.get()


def drawn(office: Office, **facts: Any) -> Inspection:
    """A random inspection of one of the territory's institutions, with its drawn team."""
    return opening.draw_line(published(office, **facts), by=office.planner).inspections.latest("pk")


def proposed(office: Office, mode: str = "flight", **facts: Any) -> Inspection:
    values: dict[str, Any] = {
        "trigger": "report_clue", "trigger_ref": "a report", "scope": "billing", "institution": office.hospital, "items": ITEMS
    }  # fmt: skip
    return opening.propose_inspection(mode=mode, **{**values, **facts}, by=office.planner)


def with_team(inspection: Inspection, office: Office) -> Inspection:
    """Two officers named; the first leads."""
    for one in office.officers[:2]:
        teaming.name_officer(inspection, one.inspector, by=office.chief)
    return inspection


def leader(inspection: Inspection) -> Account:
    inspector = inspection.members.officers().get(leader=True).inspector
    assert inspector is not None
    return inspector.account


def team(inspection: Inspection) -> list[Account]:
    members = inspection.members.officers().order_by("pk").select_related("inspector__account")
    return [one.inspector.account for one in members if one.inspector]


def move(inspection: Inspection, name: str, *, by: Account, **facts: Any) -> Inspection:
    return workflow_of(inspection).make(inspection, name, by=by, **facts)


def on_site(inspection: Inspection) -> Inspection:
    """Entered by its leader, with a record."""
    made = move(inspection, "enter", by=leader(inspection))
    return recorded(made)


def recorded(inspection: Inspection) -> Inspection:
    facts = {"where": "Ward 3", "at": timezone.now(), "record": "beds and lists compared"}
    return move(inspection, "record_onsite", by=leader(inspection), **facts)


def settled(office: Office, folder: Path, number: int = 1, *amounts: int) -> str:
    """A claim in the warehouse whose lines cost these fen; the fund paid four fifths."""
    claim = claim_of(office.hospital, number)
    fen = amounts or (10_000, 5_000)
    make_claim(folder, claim, *fen, paid=sum(fen) * 8 // 10)
    return str(number)


def found(inspection: Inspection, words: str = "charged twice", *, claim: str = "", suspected: str = "30.00") -> Fact:
    """A problem written down by the leader; with a claim, its first line is named."""
    by = leader(inspection)
    fact = finding.write_fact(inspection, words=words, norm="Regulation, art. 38 (3)", item="JC02", by=by)
    if claim:
        finding.name_charge(fact, claim=claim, line="1", suspected=Decimal(suspected), by=by)
    return fact


def fed_back(inspection: Inspection) -> Inspection:
    return move(inspection, "feed_back", by=leader(inspection))


def defended(inspection: Inspection, office: Office, *grounds: str) -> Inspection:
    """Each finding accepted, or disputed on the grounds given in their order; then the defence handed in."""
    for number, fact in enumerate(inspection.facts.all()):
        said = grounds[number] if number < len(grounds) else ""
        answering.answer_fact(fact, accepts=not said, grounds=said, by=office.signer)
    return move(inspection, "defend", by=office.signer, note="we have looked")


def voted(inspection: Inspection, *, stands: bool = True) -> Inspection:
    for fact in inspection.facts.filter(answer="disputed"):
        for one in team(inspection):
            voting.vote(fact, stands=stands, reason="the records say so", by=one)
    return inspection


def concluded(inspection: Inspection) -> Inspection:
    name = "report" if inspection.mode == "flight" else "conclude"
    return move(voted(inspection), name, by=leader(inspection), note="decided together")
