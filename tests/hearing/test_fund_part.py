"""What is booked and demanded is what the fund paid; what was charged stands beside it."""

from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from institutions.models import Account, Institution
from supervision.documents.models import Document
from supervision.hearing.deciding import Decision, Decisions, LineDecision
from supervision.hearing.losing import PutLoss
from supervision.hearing.models import Hearing, HearingLine, Loss
from supervision.hearing.packs import content
from supervision.hearing.proving import of_hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger import booking
from supervision.ledger.models import Book, Item, Stage
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused
from tests.claims.building import publish
from tests.hearing.charged import charge, claim_of, line, visit
from tests.hearing.heard import answered, in_ledger, in_second_review, make_lines, notified, upheld


@pytest.fixture
def warehouse(tmp_path: Path, settings: Settings) -> Path:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    return tmp_path


@pytest.fixture
def shared(place: Institution) -> Finding:
    """¥100.00 and ¥33.35 charged, of which the fund paid ¥106.68."""
    return make_lines("100.00", "33.35", place=place, fund_at_stake=Decimal("106.68"))


@pytest.fixture
def grouped(place: Institution) -> Finding:
    return make_lines("100.00", "50.00", place=place, fund_at_stake=Decimal(0), fund_method="group")


def funds(hearing: Hearing) -> list[tuple[str, str, str]]:
    rows = HearingLine.objects.filter(hearing=hearing)
    return [(str(one.fund_suspected), str(one.fund_confirmed), one.fund_method) for one in rows]


def put(hearing: Hearing, by: Account, method: Loss, amount: str, reason: str = "grouped anew") -> Hearing:
    """The second review puts the first line's loss by another method."""
    loss = PutLoss(method, Decimal(amount), reason)
    decisions = Decisions({hearing.lines.earliest("pk").pk: LineDecision(Decision.UPHELD, "so", loss=loss)})
    return HEARING.make(hearing, "uphold", by=by, note="as the record shows", lines=decisions)


def test_the_charge_is_heard_and_what_the_fund_paid_is_booked(first: Account, shared: Finding) -> None:
    hearing = notified(shared, first)
    assert (hearing.suspected, hearing.fund_suspected) == (Decimal("133.35"), Decimal("106.68"))
    assert funds(hearing) == [("80.00", "0.00", "line_ratio"), ("26.68", "0.00", "line_ratio")]
    assert in_ledger() == {"suspected": Decimal("106.68")}


def test_of_a_line_upheld_in_part_the_fund_lost_its_share(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    hearing = in_second_review(shared, first, second, hospital, "no", "")
    part = LineDecision(Decision.PARTLY, "one of three", Decimal("33.33"))
    lines = Decisions({hearing.lines.earliest("pk").pk: part})
    hearing = HEARING.make(hearing, "uphold", by=second, note="so", lines=lines)
    assert (hearing.confirmed, hearing.fund_confirmed) == (Decimal("66.68"), Decimal("53.34"))  # 26.664 is 26.66
    assert in_ledger() == {"confirmed": Decimal("53.34"), "withdrawn": Decimal("53.34")}
    HEARING.make(hearing, "handle", by=second, measure="recover")
    assert in_ledger()["demanded"] == Decimal("53.34")


def test_under_disease_groups_nothing_is_demanded_and_it_is_kept_on_record(
    first: Account, second: Account, hospital: Account, grouped: Finding
) -> None:
    hearing = upheld(grouped, first, second, hospital)
    assert (hearing.confirmed, hearing.fund_confirmed) == (Decimal(150), Decimal(0))
    assert in_ledger() == {}
    with pytest.raises(MoveRefused, match="keep it on record"):
        HEARING.make(hearing, "handle", by=second, measure="recover")
    hearing = HEARING.make(hearing, "handle", by=second, measure="record")
    assert HEARING.make(hearing, "close", by=second).state == "closed"


def test_what_the_fund_lost_goes_back_and_is_not_just_kept_on_record(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    hearing = upheld(shared, first, second, hospital)
    with pytest.raises(MoveRefused, match="it goes back"):
        HEARING.make(hearing, "handle", by=second, measure="record")


def test_a_second_reviewer_puts_the_loss_by_another_method_with_its_reason(
    first: Account, second: Account, hospital: Account, grouped: Finding
) -> None:
    hearing = put(in_second_review(grouped, first, second, hospital, "no", "no"), second, Loss.RECOMPUTED, "40.00")
    assert funds(hearing) == [("0.00", "40.00", "recomputed_group"), ("0.00", "0.00", "group")]
    assert in_ledger() == {"confirmed": 40}
    HEARING.make(hearing, "handle", by=second, measure="recover")
    assert in_ledger() == {"demanded": 40}


@pytest.mark.parametrize(
    ("method", "amount", "reason", "why"),
    [
        (Loss.AGREED, "100.01", "as agreed", "at most"), (Loss.AGREED, "0.00", "as agreed", "above zero"),
        (Loss.AGREED, "1.001", "as agreed", "fractions"), (Loss.AGREED, "40.00", " ", "how the loss was found"),
        (Loss.LINE_RATIO, "40.00", "as agreed", "Choose how"),
    ],
)  # fmt: skip
def test_a_loss_is_put_within_the_charge_and_for_a_reason(
    first: Account, second: Account, hospital: Account, grouped: Finding,
    method: Loss, amount: str, reason: str, why: str,
) -> None:  # fmt: skip
    hearing = in_second_review(grouped, first, second, hospital, "no", "no")
    with pytest.raises(MoveRefused, match=why):
        put(hearing, second, method, amount, reason)


def test_where_the_share_is_known_no_other_loss_is_put(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    hearing = in_second_review(shared, first, second, hospital, "no", "no")
    with pytest.raises(MoveRefused, match="the fund's share in it"):
        put(hearing, second, Loss.AGREED, "90.00")


# --- By the frozen claim ------------------------------------------------------------------------------


def stay_of(claim: str, **facts: Any) -> dict[str, Any]:
    return {name: word for name, word in visit(claim, **facts).items() if name not in ("kind", "started", "day")}


def test_the_losses_put_on_one_claim_are_never_more_than_the_fund_paid_for_it(
    first: Account, second: Account, hospital: Account, place: Institution, warehouse: Path
) -> None:
    claim = claim_of(place)
    lines = [line(claim, 1, 10_000), line(claim, 2, 5_000)]
    stay = stay_of(claim, pay_method="drg", total=15_000, paid=12_000)
    publish(warehouse, {"stay": [stay], "fee_line": lines, "charge": list(map(charge, lines))})
    finding = make_lines("100.00", "50.00", place=place, claim=claim, fund_at_stake=Decimal(0), fund_method="group")
    hearing = in_second_review(finding, first, second, hospital, "no", "no")
    one, two = hearing.lines.order_by("pk")
    losses = {one.pk: PutLoss(Loss.AGREED, Decimal(100), "as agreed"), two.pk: PutLoss(Loss.AGREED, Decimal(50), "too")}
    decisions = Decisions({key: LineDecision(Decision.UPHELD, "so", loss=loss) for key, loss in losses.items()})
    with pytest.raises(MoveRefused, match=r"what the fund paid: ¥20\.00"):
        HEARING.make(hearing, "uphold", by=second, note="so", lines=decisions)


def test_no_fen_of_the_fund_is_demanded_twice_where_a_charge_was_eligible_in_part(
    first: Account, place: Institution, warehouse: Path
) -> None:
    claim = claim_of(place)
    came = line(claim, 1, 10_000, eligible=5_000)
    tables = {"visit": [visit(claim)], "fee_line": [came], "charge": [charge(came, eligible=5_000)]}
    publish(warehouse, tables)

    def of_the_charge(rule: str, owned: str, paid: str) -> Finding:
        facts = {"at_stake": Decimal(owned), "fund_at_stake": Decimal(paid)}
        finding = make_lines(owned, place=place, claim=claim, rule=rule, key=rule)
        finding.lines.update(amount=10_000)
        Finding.objects.filter(pk=finding.pk).update(**facts)
        return Finding.objects.get(pk=finding.pk)

    one = notified(of_the_charge("one", "60.00", "40.00"), first)  # 50.00 eligible × 0.8
    two = notified(of_the_charge("two", "40.00", "32.00"), first)
    assert (one.suspected, one.fund_suspected) == (Decimal(60), Decimal(40))
    assert (two.suspected, two.fund_suspected) == (Decimal(40), Decimal(0))
    assert in_ledger() == {"suspected": 40}


def test_each_line_has_its_own_share_where_the_claim_tells_it(
    first: Account, place: Institution, warehouse: Path
) -> None:
    claim = claim_of(place)
    lines = [line(claim, 1, 10_000), line(claim, 2, 5_000)]
    charges = [charge(lines[0], eligible=10_000), charge(lines[1], eligible=0)]
    publish(warehouse, {"visit": [visit(claim)], "fee_line": lines, "charge": charges})
    finding = make_lines("100.00", "50.00", place=place, claim=claim, fund_at_stake=Decimal(80))
    assert [one[0] for one in funds(notified(finding, first))] == ["80.00", "0.00"]


# --- What is said of it -------------------------------------------------------------------------------


def test_letters_say_what_was_charged_what_the_fund_paid_and_what_the_rest_is(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    upheld(shared, first, second, hospital)
    notice, decision = (letter.text_zh for letter in Document.objects.order_by("pk"))
    assert "涉及金额133.35元" in notice
    assert "基金支付106.68元" in notice
    assert "其余26.67元" in notice
    assert "造成医疗保障基金损失106.68元" in decision


def test_a_letter_says_why_nothing_is_asked_back(
    first: Account, second: Account, hospital: Account, grouped: Finding
) -> None:
    upheld(grouped, first, second, hospital)
    decision = Document.objects.latest("pk").text_zh
    assert "未认定医疗保障基金损失" in decision
    assert "按病种付费" in decision


def test_both_sides_read_the_funds_part_beside_the_charge(
    client: Client, first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    hearing = upheld(shared, first, second, hospital)
    for reader, address in ((second, "hearing:hearing"), (hospital, "answering:finding")):
        client.force_login(reader)
        page = client.get(reverse(address, args=[hearing.pk])).content.decode()
        assert "133.35" in page, reader
        assert "106.68" in page, reader


def test_a_pack_in_which_the_funds_parts_do_not_add_up_is_found_out(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    told = content(upheld(shared, first, second, hospital), second)["hearing"]
    assert list(of_hearing("", told)) == []
    told["lines"][0]["fund_confirmed"] = "100.01"
    said = [str(problem) for problem in of_hearing("", told)]
    assert any("fund_confirmed: they add up to" in one for one in said)
    assert any("more than was charged" in one for one in said)


# --- Hearings of before -------------------------------------------------------------------------------


def test_earlier_hearings_get_the_funds_part_by_their_findings_ratio(
    first: Account, second: Account, hospital: Account, shared: Finding, grouped: Finding
) -> None:
    hearings = [upheld(shared, first, second, hospital), upheld(grouped, first, second, hospital)]
    kept = [funds(hearing) for hearing in hearings]
    nothing = {"fund_suspected": 0, "fund_confirmed": 0}
    HearingLine.objects.update(**nothing, fund_method=Loss.LINE_RATIO)
    Hearing.objects.update(**nothing)
    migration = import_module("supervision.hearing.migrations.0005_the_funds_part_of_earlier_hearings")
    with connection.cursor() as cursor:
        cursor.execute(migration.OF_LINES)
        cursor.execute(migration.OF_HEARINGS)
    assert [funds(hearing) for hearing in hearings] == kept
    assert [hearing.fund_confirmed for hearing in Hearing.objects.order_by("pk")] == [Decimal("106.68"), 0]


def test_of_what_was_booked_by_the_charge_the_decision_withdraws_the_rest(
    first: Account, second: Account, hospital: Account, shared: Finding
) -> None:
    hearing = answered(notified(shared, first), hospital, "", "")
    item = Item.objects.filter(book=Book.FUND).earliest("pk")
    booking.book(
        [booking.Leg(item, Stage.SOURCE, Stage.SUSPECTED, Decimal(20))],
        reason="by the charge",
        subject="before",
        by=first,
    )
    HEARING.make(hearing, "handle", by=second, measure="recover")
    assert in_ledger() == {"demanded": Decimal("106.68"), "withdrawn": 20}
