"""Refunds, fines and damages go by what the fund lost, never by what was charged; and no fen of it counts twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import Settings

from institutions.models import Account
from supervision.cases import punishing
from supervision.cases.breaching import breach_of
from supervision.cases.choosing import signs
from supervision.cases.fining import explain
from supervision.cases.models import Case, DamagesRate, Proceeding
from supervision.hearing.deciding import Decision, Decisions, LineDecision
from supervision.hearing.losing import PutLoss
from supervision.hearing.models import Loss
from supervision.hearing.workflow import HEARING
from supervision.moves import MoveRefused
from tests.cases import handled
from tests.cases.office import Office, investigating, make_case, make_upheld, weighed
from tests.hearing.heard import in_ledger, in_second_review, make_lines, make_reviewer


def test_base_and_refund_are_what_the_fund_paid_of_the_lines(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office)
    assert (violation.base, violation.fine) == (Decimal("500.00"), Decimal("750.00"))
    assert punishing.sums(penalty) == {"fine": Decimal("750.00"), "refund": Decimal("500.00")}
    assert signs(penalty.case).lost == Decimal("500.00")


def test_a_charge_of_which_the_fund_lost_nothing_carries_no_fine_and_no_refund(office: Office) -> None:
    grouped = make_upheld(office, "1000.00", fund_at_stake=Decimal(0), fund_method="group")
    penalty = investigating(make_case(office, grouped, by=office.first), office)
    assert weighed(penalty, office).fine == 0
    assert punishing.sums(penalty)["refund"] == 0


def test_a_fine_names_the_method_by_which_the_loss_of_its_lines_was_found(office: Office) -> None:
    first, second = (make_reviewer(name) for name in ("reviewing", "reviewing again"))
    finding = make_lines("1000.00", place=office.place, fund_at_stake=Decimal(0), fund_method="group")
    hearing = in_second_review(finding, first, second, office.hospital, "no")
    loss = PutLoss(Loss.RECOMPUTED, Decimal("120.00"), "ER15 becomes ER17")
    lines = Decisions({hearing.lines.get().pk: LineDecision(Decision.UPHELD, "so", loss=loss)})
    hearing = HEARING.make(hearing, "uphold", by=second, note="so", lines=lines)
    penalty = investigating(make_case(office, hearing, by=office.first), office)
    violation = weighed(penalty, office)
    assert violation.base == Decimal("120.00")
    assert "¥120.00 (disease group worked out anew)" in explain(violation, "en")
    assert in_ledger(hearing) == {"confirmed": 120}


# --- Damages ------------------------------------------------------------------------------------------


@pytest.fixture
def agency(db: None, tmp_path: Path, settings: Settings) -> handled.Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    DamagesRate.objects.create(
        insurer=handled.make_insurer(), rate=Decimal("0.3000"), source="服务协议第五十条",
        valid=DateRange(date(2024, 1, 1), None),
    )  # fmt: skip
    return handled.make_office()


@pytest.fixture
def breached(agency: handled.Office) -> Case:
    case = handled.make_case(agency, "1000.00")
    assert case.institution
    handled.make_agreement(case.institution)
    return case


def damages(case: Case, agent: Account) -> Proceeding:
    breach = handled.begin(case, "breach", agent)
    return handled.move(breach, "notify", agent, measures=["M4"], note="结算中发现")


def test_two_breaches_of_a_case_never_take_the_same_base(agency: handled.Office, breached: Case) -> None:
    assert damages(breached, agency.agent).amount == Decimal("300.00")
    with pytest.raises(MoveRefused, match="Another breach"):
        damages(breached, agency.agent)
    handled.make_confirmed(breached, "500.00")
    assert damages(breached, agency.agent).amount == Decimal("150.00")


def test_the_base_of_a_breach_that_was_dropped_is_free_again(agency: handled.Office, breached: Case) -> None:
    dropped = damages(breached, agency.agent)
    handled.move(dropped, "drop", agency.agency_head, note="unfounded")
    again = damages(breached, agency.agent)
    assert breach_of(again).base == Decimal("1000.00")
