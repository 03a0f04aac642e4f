"""The ways of plans, of the three kinds of inspections, and of evidence that was preserved."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks.models import Clock
from supervision.inspections import teaming
from supervision.inspections.models import Fact, Inspection
from supervision.inspections.planning import PLAN
from supervision.inspections.sealing import SEALING
from supervision.inspections.workflows import DAILY, FLIGHT, RANDOM
from tests.inspections import office as tell
from tests.inspections.office import Office, make_office
from tests.walks.walking import Ready, Walk


def plan() -> Walk:
    office = make_office()
    return Walk(PLAN, lambda: tell.draft(office), {Duty.DECIDE: office.chief, Duty.INVESTIGATE: office.planner})


def sealing() -> Walk:
    office = make_office()

    def begin() -> Any:
        made = tell.move(tell.proposed(office), "approve", by=office.chief)
        made = tell.move(made, "draw", by=office.planner)
        made = tell.move(made, "prepare", by=tell.leader(made), implementation="x")
        made = tell.move(made, "enter", by=tell.leader(made))
        return tell.move(made, "seal", by=office.chief, note="x", stored="ledger | 1 | safe").sealings.get()

    return Walk(SEALING, begin, {Duty.INVESTIGATE: office.planner})


def flight() -> Walk:
    office = make_office(officers=2)
    return Walk(
        FLIGHT, lambda: tell.proposed(office, interprovincial=True), makers(office),
        {**readies(office), "approved draw": crosses_nothing, "hand_over": something_found},
    )  # fmt: skip


def random() -> Walk:
    office = make_office(officers=2)

    def begin() -> Inspection:
        made = tell.drawn(office)
        made.members.all().delete()
        Inspection.objects.filter(pk=made.pk).update(state="planned")
        return Inspection.objects.get(pk=made.pk)

    return Walk(RANDOM, begin, makers(office), readies(office))


def daily() -> Walk:
    office = make_office(officers=2)
    found = dict.fromkeys(("correct", "breach", "case"), something_found)
    return Walk(
        DAILY, lambda: tell.with_team(tell.proposed(office, mode="daily"), office), makers(office),
        {**readies(office), **found},
    )  # fmt: skip


OF_THE_TEAM = (
    "prepare", "notify", "enter", "record_onsite", "record_interview", "list_evidence", "feed_back", "go_on", "report",
    "conclude",
)  # fmt: skip


def makers(office: Office) -> dict[str, Account]:
    """Who makes each move; of the team it is the first officer, who leads wherever a move is made ready."""
    return {
        Duty.INVESTIGATE: office.planner, Duty.DECIDE: office.chief, Duty.HEAR: office.hearer,
        Duty.ANSWER: office.signer, **{f"to {name}": office.officers[0] for name in OF_THE_TEAM},
    }  # fmt: skip


def readies(office: Office) -> dict[str, Ready]:
    def led(subject: Inspection) -> Mapping[str, Any]:
        teaming.name_leader(subject, office.officers[0].inspector, by=office.chief)
        return {}

    def recorded(subject: Inspection) -> Mapping[str, Any]:
        led(subject)
        tell.recorded(subject)
        return {}

    def run_out(subject: Inspection) -> Mapping[str, Any]:
        led(subject)
        assert subject.clock is not None
        past = timezone.now() - timedelta(days=20)
        Clock.objects.filter(pk=subject.clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(days=7))
        return {}

    led_by = dict.fromkeys(("prepare", "report", "conclude"), led)
    return {**led_by, "feed_back": recorded, "go_on": run_out}


def crosses_nothing(subject: Inspection) -> Mapping[str, Any]:
    Inspection.objects.filter(pk=subject.pk).update(interprovincial=False)
    return {}


def something_found(subject: Inspection) -> Mapping[str, Any]:
    Fact.objects.create(inspection=subject, number=1, words="x", norm="x", found_by=subject.proposer)
    return {}
