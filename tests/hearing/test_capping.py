"""No fen is heard twice: what other hearings speak of, or have confirmed, is left out."""

from decimal import Decimal
from typing import Any

import pytest

from institutions.models import Account, Institution
from supervision.hearing.models import Hearing
from supervision.hearing.workflow import HEARING
from supervision.monitoring.models import Finding, FindingLine
from supervision.moves import MoveRefused
from tests.builders import make_finding, make_line
from tests.hearing.heard import clock_of, in_ledger, in_second_review, make_lines, notified, taken_up

CLAIM = "H99010100001:e1"


def on(place: Institution, charge: str, owned: str, *, amount: str = "100", rule: str = "another") -> Finding:
    """What another rule says of a charge of the same claim, or of the claim as a whole."""
    finding = make_finding(place, rule=rule, claim=CLAIM, key=f"{rule}:{charge}", at_stake=owned)
    finding.lines.all().delete()
    whole: dict[str, Any] = {"charge": charge, "at_stake": Decimal(amount), "owned": Decimal(owned)}
    make_line(finding, **whole, amount=int(Decimal(amount) * 100))
    return finding


def suspected(hearing: Hearing) -> Decimal:
    return hearing.suspected


def test_of_a_charge_in_part_heard_the_rest_may_be_heard(first: Account, place: Institution) -> None:
    notified(on(place, f"{CLAIM}:1", "60", rule="one"), first)
    assert suspected(notified(on(place, f"{CLAIM}:1", "40", rule="two"), first)) == 40


def test_what_is_being_heard_is_left_out_though_the_finding_owns_it_now(first: Account, place: Institution) -> None:
    notified(on(place, f"{CLAIM}:1", "60", rule="one"), first)
    assert suspected(notified(on(place, f"{CLAIM}:1", "100", rule="two"), first)) == 40
    with pytest.raises(MoveRefused, match="Nothing is left"):
        notified(on(place, f"{CLAIM}:1", "100", rule="three"), first)
    assert in_ledger() == {"suspected": 100}


def test_what_was_withdrawn_may_be_heard_again_and_what_was_confirmed_may_not(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    withdrawn = in_second_review(on(place, f"{CLAIM}:1", "100", rule="one"), first, second, hospital, "no")
    HEARING.make(withdrawn, "withdraw", by=second, note="they are right", cause="other")
    again = in_second_review(on(place, f"{CLAIM}:1", "100", rule="two"), first, second, hospital, "")
    HEARING.make(again, "uphold", by=second, note="this one stands")
    with pytest.raises(MoveRefused, match="Nothing is left"):
        notified(on(place, f"{CLAIM}:1", "100", rule="three"), first)


def test_a_claim_as_a_whole_leaves_its_charges_out_and_they_leave_it_out(first: Account, place: Institution) -> None:
    notified(on(place, f"{CLAIM}:1", "100", rule="line"), first)
    assert suspected(notified(on(place, "", "1000", amount="1000", rule="stay"), first)) == 900
    with pytest.raises(MoveRefused, match="Nothing is left"):
        notified(on(place, f"{CLAIM}:2", "50", amount="50", rule="later"), first)
    assert in_ledger() == {"suspected": 1000}


def test_lines_that_own_nothing_or_are_only_involved_are_not_heard(first: Account, place: Institution) -> None:
    finding = make_lines("60", "0", place=place)
    make_line(finding, charge=f"{finding.claim}:9", role=FindingLine.Role.INVOLVED)
    hearing = notified(finding, first)
    assert [line.suspected for line in hearing.lines.all()] == [60]


def test_what_owns_nothing_is_not_sent(first: Account, place: Institution) -> None:
    hearing = taken_up(make_lines("0", place=place), first)
    with pytest.raises(MoveRefused, match="Nothing is left"):
        HEARING.make(hearing, "notify", by=first)
    hearing.refresh_from_db()
    assert (hearing.state, clock_of(hearing).state) == ("first_review", "running")


def test_two_lines_of_one_finding_share_their_charge(first: Account, place: Institution) -> None:
    notified(on(place, f"{CLAIM}:1", "60", rule="one"), first)
    pair = on(place, f"{CLAIM}:1", "30", rule="two")
    make_line(pair, charge=f"{CLAIM}:1", at_stake=Decimal(100), owned=Decimal(30), amount=10_000)
    assert suspected(notified(pair, first)) == 40
