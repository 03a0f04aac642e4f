"""Hardship: the fine is paid later or in parts, asked by the party, decided by the person in charge."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from supervision.cases import surcharging
from supervision.cases.models import Penalty, Proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.models import Item, Plan
from supervision.ledger.paying import pay
from supervision.ledger.workflows import PLAN
from supervision.moves import MoveRefused
from tests.cases.office import Office, run_out, served, weighed


@pytest.fixture
def fined(penalty: Proceeding, office: Office) -> Proceeding:
    weighed(penalty, office)
    return served(penalty, office)


def asked(proceeding: Proceeding, office: Office, late: str = "", parts: int = 2, days: int = 20) -> Proceeding:
    wish: dict[str, Any] = {"parts": parts, "first_on": timezone.localdate() + timedelta(days)}
    return PENALTY.make(proceeding, f"ask_deferral{late}", by=office.first, statement="the till is empty", **wish)


def granted(proceeding: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(proceeding, "grant_deferral", by=office.chief, note="it is true")


def test_the_person_in_charge_lets_it_pay_in_parts_and_the_clock_follows(fined: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match="has not asked"):
        granted(fined, office)
    fined = granted(asked(fined, office), office)
    assert fined.penalty.payment_clock is not None
    assert Clock.objects.get(pk=fined.penalty.payment_clock.pk).state == "stopped"
    assert Clock.objects.going().filter(subject__startswith="plan ").count() == 1
    letter = Document.objects.get(kind="deferral_decision").text_zh
    assert "第六十六条" in letter
    assert f"{fined.penalty.fine / 2:,.2f}元" in letter


def test_what_was_put_off_bears_no_surcharge_until_it_is_late(fined: Proceeding, office: Office) -> None:
    run_out(fined.penalty.payment_clock, 1)
    fined = granted(asked(Proceeding.objects.get(pk=fined.pk), office), office)
    penalty, today, fine = Penalty.objects.get(pk=fined.pk), timezone.localdate(), fined.penalty.fine
    assert surcharging.accrued(penalty, today + timedelta(20)) == 0
    late = list(surcharging.days(penalty, today + timedelta(22)))
    assert [day.unpaid for day in late] == [fine / 2] * 2
    pay({Item.objects.get(reference=surcharging.fine_item(fined)): fine / 2}, voucher="V1", day=today, by=office.booker)
    assert surcharging.accrued(penalty, today + timedelta(22)) == 0


def test_a_plan_that_is_broken_off_leaves_the_whole_fine_due(fined: Proceeding, office: Office) -> None:
    run_out(fined.penalty.payment_clock, 1)
    fined = granted(asked(Proceeding.objects.get(pk=fined.pk), office), office)
    PLAN.make(Plan.objects.get(), "end", by=office.booker, note="nothing came")
    late = list(surcharging.days(Penalty.objects.get(pk=fined.pk), timezone.localdate() + timedelta(2)))
    assert [day.unpaid for day in late] == [fined.penalty.fine] * 2


def test_where_it_is_refused_the_fine_is_due_as_before(fined: Proceeding, office: Office) -> None:
    refused = PENALTY.make(asked(fined, office, parts=1), "refuse_deferral", by=office.chief, note="it has the money")
    assert Plan.objects.get().state == "refused"
    clock = Penalty.objects.get(pk=refused.pk).payment_clock
    assert clock is not None
    assert clock.state == "running"


def test_an_overdue_fine_that_is_put_off_is_not_overdue_any_more(fined: Proceeding, office: Office) -> None:
    run_out(fined.penalty.payment_clock, 5)
    late = PENALTY.make(Proceeding.objects.get(pk=fined.pk), "note_overdue", by=office.first)
    grown = surcharging.accrued(late.penalty)
    served_again = granted(asked(late, office, "_overdue"), office)
    assert served_again.state == "served"
    assert surcharging.accrued(Penalty.objects.get(pk=fined.pk)) <= grown
    with pytest.raises(MoveRefused, match="Nothing that is due"):
        PENALTY.make(served_again, "note_overdue", by=office.first)


def test_when_the_fine_falls_its_plan_ends(fined: Proceeding, office: Office) -> None:
    fined, today = granted(asked(fined, office), office), timezone.localdate()
    fined = PENALTY.make(fined, "challenge", by=office.first, on=today, challenge_forum="suit")
    PENALTY.make(fined, "revoke", by=office.chief, on=today, result="annulled", note="judgment 7")
    assert Plan.objects.get().state == "ended"
    assert not Clock.objects.going().filter(subject__startswith="plan ").exists()
