"""What is being heard stays as it was taken up, whatever later runs find; what comes of it counts for its rule."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from institutions.models import Account, Institution
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger.models import Item
from supervision.monitoring import quality
from supervision.monitoring.guards import Demotion
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused
from tests.builders import make_division
from tests.claims.building import publish
from tests.hearing.heard import (
    HEARS,
    answered,
    clock_of,
    in_ledger,
    in_second_review,
    make_answerer,
    make_lines,
    notified,
    taken_up,
)
from tests.monitoring.conftest import folder, impatient, library  # noqa: F401 - fixtures
from tests.monitoring.guarded import corrected, monitor
from tests.monitoring.small import Library, charge, dear, visit

TABLES = {"charge": [charge(1, 500), charge(2, 300)], "visit": [visit()]}


@pytest.fixture
def judged(folder: Path, library: Library, impatient: None) -> Library:  # noqa: F811
    library["dear"] = dear()
    publish(folder, TABLES)
    monitor()
    return library


def the(rule: str, number: int = 1) -> Finding:
    return Finding.objects.get(rule=rule, key=f"H1:1:{number}")


def kept(finding: Finding) -> dict[str, Any]:
    """All that a run might have changed of a finding and its lines, but for its label and what it owns."""
    row = Finding.objects.filter(pk=finding.pk).values().get()
    lines = finding.lines.order_by("pk").values("pk", "claim", "charge", "role", "at_stake", "amount", "evidence")
    return {name: value for name, value in row.items() if name not in ("relabelled", "owned")} | {"lines": list(lines)}


def test_no_later_run_changes_what_is_being_heard(judged: Library, first: Account, folder: Path) -> None:  # noqa: F811
    hearing = notified(the("dear"), first)
    before = kept(hearing.finding)
    monitor()
    corrected(folder, {"charge": [charge(2, 300)], "visit": [visit()]})
    monitor()
    assert (kept(hearing.finding), the("dear").relabelled) == (before, "claims")
    judged["dear"] = dear(limit=600)
    monitor()
    judged.clear()
    monitor()
    assert (kept(hearing.finding), the("dear").status, the("dear", 2).status) == (before, "open", "withdrawn")
    hearing.refresh_from_db()
    assert (hearing.suspected, in_ledger(hearing)) == (Decimal(500), {"suspected": 350})  # the fund paid 70 %


def test_a_rule_that_ranks_higher_takes_what_it_owns_but_not_what_is_heard(
    judged: Library, first: Account, second: Account
) -> None:
    hearing = in_second_review(the("dear"), first, second, make_answerer(Institution.objects.get(pk="H1")), "no")
    judged["graver"] = dear(code="graver", severity="S4")
    monitor()
    assert (the("dear").owned, the("graver").owned) == (Decimal(0), Decimal(500))
    graver = taken_up(the("graver"), first)
    with pytest.raises(MoveRefused, match="Nothing is left"):
        HEARING.make(graver, "notify", by=first)
    HEARING.make(hearing, "withdraw", by=second, note="they are right", cause="documented")
    sent = HEARING.make(graver, "notify", by=first)
    assert (in_ledger(hearing), in_ledger(sent)) == ({"withdrawn": 350}, {"suspected": 350})


def test_what_is_sent_is_frozen_and_booked_where_the_claim_says_whose_money_it_is(
    judged: Library,
    first: Account,
    folder: Path,  # noqa: F811
) -> None:
    make_division("990201")
    told = {**visit(), "insured_area": "990201", "insurance": "390"}
    corrected(folder, {"charge": [charge(1, 500)], "visit": [told]})
    monitor()
    hearing = notified(the("dear"), first)
    assert hearing.frozen is not None
    assert [row["claim"] for row in hearing.frozen.rows["visit"]] == ["H1:1"]
    item = Item.objects.get()
    assert (item.pooling_area_id, item.fund, item.institution_id, item.month) == ("990200", "390", "H1", "2026-01")


def test_outcomes_stand_on_the_rule_s_quality_card(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    upheld = in_second_review(make_lines("60", place=place), first, second, hospital)
    HEARING.make(upheld, "uphold", by=second, note="it is so")
    withdrawn = in_second_review(make_lines("60", place=place), first, second, hospital, "no")
    HEARING.make(withdrawn, "withdraw", by=second, note="they are right", cause="data_error")
    HEARING.make(taken_up(make_lines("60", place=place), first), "release", by=first, note="known", cause="exemption")
    accepted = answered(notified(make_lines("60", place=place), first), hospital, "")
    HEARING.make(accepted, "handle", by=second, measure="recover")
    card = quality.card(first, "drug_sex_restricted")
    assert (card.reviewed.upheld, card.reviewed.withdrawn) == (2, 2)
    assert (card.causes, card.upheld_amount) == ({"data_error": 1, "exemption": 1}, Decimal(120))


def test_a_rule_released_too_often_is_demoted(judged: Library, first: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supervision.hearing.deciding.lately", lambda: judged)
    for _number in range(9):
        finding = make_lines("5", rule="dear", page_hash=judged["dear"].hash)
        HEARING.make(taken_up(finding, first), "release", by=first, note="wrong again", cause="knowledge")
    assert Demotion.objects.get().rule == "dear"
    assert first.duties == HEARS


def test_a_released_finding_is_not_heard_again_unless_it_says_something_else(judged: Library, first: Account) -> None:
    released = HEARING.make(taken_up(the("dear"), first), "release", by=first, note="known", cause="exemption")
    monitor()
    assert the("dear").status == "withdrawn"
    with pytest.raises(MoveRefused):
        open_hearing(the("dear"), by=first)
    with pytest.raises(MoveRefused, match="anything else"):
        HEARING.make(released, "reopen", by=first)
    judged["dear"] = dear(because="{item} at {at_stake}")
    monitor()
    assert (the("dear").status, the("dear").acted_on) == ("open", False)
    again = HEARING.make(released, "reopen", by=first)
    assert (again.state, the("dear").acted_on, clock_of(again).limit.code) == ("raised", True, "hearing_first_review")
    assert HEARING.make(HEARING.make(again, "take_up", by=first), "notify", by=first).suspected == 500
