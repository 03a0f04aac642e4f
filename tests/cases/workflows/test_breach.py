"""A breach of the agreement: told, heard, decided by another, carried out; the department is told of the gravest."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from institutions.models import Agreement, Measure
from supervision.cases.models import BreachMeasure, Case, DamagesRate, Proceeding
from supervision.clocks.models import Clock
from supervision.documents.models import Document, Service
from supervision.knowledge.models import Point
from supervision.ledger.booking import totals
from supervision.ledger.models import Book, Item, Stage
from supervision.ledger.paying import pay
from supervision.ledger.taking_back import take_back
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.cases.handled import Office, begin, make_agreement, make_case, make_insurer, move, run_out
from tests.ledger.small import make_item


@pytest.fixture
def case(office: Office) -> Case:
    made = make_case(office, "1000.00")
    assert made.institution
    make_agreement(made.institution)
    return made


def make_rate(rate: str = "0.3000") -> DamagesRate:
    return DamagesRate.objects.create(
        insurer=make_insurer(), rate=Decimal(rate), source="服务协议第五十条", valid=DateRange(date(2024, 1, 1), None)
    )


def told(case: Case, office: Office, *measures: str) -> Proceeding:
    breach = begin(case, "breach", office.agent)
    return move(breach, "notify", office.agent, measures=list(measures), note="结算中发现")


def decided(case: Case, office: Office, *measures: str) -> Proceeding:
    breach = move(
        told(case, office, *measures), "defend", office.agent, on=timezone.localdate(), defence="系统设置错误。"
    )
    return move(breach, "decide", office.agency_head, measures=list(measures), note="申辩不成立")


def state_of(case: Case) -> str:
    return Agreement.objects.get(institution=case.institution).state


def test_only_the_agency_handles_a_breach(office: Office, case: Case) -> None:
    with pytest.raises(MoveRefused, match="handling agency"):
        begin(case, "breach", office.officer)


def test_the_measures_are_shipped_with_their_sources(db: None) -> None:
    assert list(BreachMeasure.objects.values_list("code", flat=True)) == [f"M{number}" for number in range(1, 8)]
    assert not BreachMeasure.objects.filter(source="").exists()
    assert set(BreachMeasure.objects.filter(told_at_once=True).values_list("code", flat=True)) == {"M5", "M6", "M7"}


def test_a_pharmacy_has_no_department_to_suspend(office: Office) -> None:
    pharmacy = make_institution("P99010100001", kind="pharmacy", level=0)
    make_agreement(pharmacy)
    with pytest.raises(MoveRefused, match="Not all of these measures"):
        told(make_case(office, institution=pharmacy), office, "M5")


def test_damages_are_the_agreed_rate_of_what_was_confirmed(office: Office, case: Case) -> None:
    with pytest.raises(MoveRefused, match="rate of damages"):
        told(case, office, "M4")
    make_rate("0.3333")
    assert told(case, office, "M4").amount == Decimal("333.30")


def test_nothing_is_decided_before_the_institution_was_heard(office: Office, case: Case) -> None:
    breach = told(case, office, "M3")
    with pytest.raises(MoveRefused, match="cannot be done"):
        move(breach, "decide", office.agency_head, measures=["M3"], note="x")
    with pytest.raises(MoveRefused, match="not run out"):
        move(breach, "go_on", office.agent)
    run_out(breach.clock)
    Clock.objects.filter(subject=breach.number).update(state=Clock.State.PAUSED)
    with pytest.raises(MoveRefused, match="not run out"):
        move(Proceeding.objects.get(pk=breach.pk), "go_on", office.agent)
    Clock.objects.filter(subject=breach.number).update(state=Clock.State.RUNNING)
    assert move(breach, "go_on", office.agent).state == "defended"


def test_who_prepared_it_does_not_decide_it(office: Office, case: Case) -> None:
    office.agent.duties = [*office.agent.duties, "decide"]
    office.agent.save()
    breach = move(told(case, office, "M3"), "defend", office.agent, on=timezone.localdate(), defence="无")
    with pytest.raises(MoveRefused, match="second person"):
        move(breach, "decide", office.agent, measures=["M3"], note="x")


def test_carrying_it_out_demands_damages_and_opens_recovery_and_interview(office: Office, case: Case) -> None:
    make_rate()
    breach = move(decided(case, office, "M1", "M3", "M4"), "execute", office.agent)
    damages = Item.objects.get(book=Book.AGREEMENT)
    assert totals(Item.objects.filter(pk=damages.pk))[Stage.DEMANDED] == Decimal("300.00")
    assert set(breach.parts.values_list("kind", flat=True)) == {"interview", "recovery"}
    with pytest.raises(MoveRefused, match="is outstanding"):
        move(move(breach, "rectify", office.agent, on=timezone.localdate(), done="已整改"), "close", office.agency_head)


def test_damages_paid_let_it_be_closed(office: Office, case: Case) -> None:
    make_rate()
    breach, today = move(decided(case, office, "M4"), "execute", office.agent), timezone.localdate()
    move(breach, "pay_damages", office.booker, amount=Decimal("300.00"), voucher="YH-7", on=today)
    breach = move(breach, "rectify", office.agent, on=today, done="已整改")
    assert move(breach, "close", office.agency_head).closed_at


def test_a_suspension_is_told_to_the_department_at_once(office: Office, case: Case) -> None:
    breach = decided(case, office, "M6")
    transfer = breach.parts.get(kind="transfer")
    assert transfer.state == "sent"
    assert transfer.to and transfer.to.party == "authority"
    assert transfer.clock and transfer.clock.limit.code == "transfer_acknowledge"
    assert state_of(case) == "in_force"
    move(breach, "execute", office.agent)
    assert state_of(case) == "suspended"
    letters = Document.objects.filter(about=breach.number).values_list("kind", flat=True)
    assert set(letters) == {"breach_notice", "breach_decision"}
    assert Service.objects.filter(institution=case.institution_id, document__about=breach.number).count() == 2


def test_what_is_upheld_is_carried_out_once(office: Office, case: Case) -> None:
    make_rate()
    breach, today = move(decided(case, office, "M4"), "execute", office.agent), timezone.localdate()
    move(breach, "dispute", office.agent, on=today, forum="suit")
    move(breach, "uphold", office.agency_head, on=today, result="判决维持")
    move(breach, "execute", office.agent)
    assert totals(Item.objects.filter(book=Book.AGREEMENT))[Stage.DEMANDED] == Decimal("300.00")


def test_what_is_annulled_is_taken_back(office: Office, case: Case) -> None:
    make_rate()
    breach, today = move(decided(case, office, "M4", "M7"), "execute", office.agent), timezone.localdate()
    assert state_of(case) == "terminated"
    move(breach, "dispute", office.agent, on=today, forum="reconsideration")
    breach = move(breach, "annul", office.agency_head, on=today, result="复议撤销")
    assert breach.closed_at
    assert state_of(case) == "in_force"
    assert not any(totals(Item.objects.filter(book=Book.AGREEMENT)).values())


def test_what_is_annulled_leaves_money_that_came_and_other_debts_alone(office: Office, case: Case) -> None:
    make_rate()
    breach, today = move(decided(case, office, "M4"), "execute", office.agent), timezone.localdate()
    damages = Item.objects.get(book=Book.AGREEMENT)
    other = make_item(
        book=Book.AGREEMENT, at=Stage.DEMANDED, amount="200.00", institution=case.institution, place=damages.place
    )
    paid = pay({damages: Decimal("300.00"), other: Decimal("200.00")}, voucher="YH-9", day=today, by=office.booker)
    move(breach, "dispute", office.agent, on=today, forum="suit")
    with pytest.raises(MoveRefused, match=r"¥300\.00 of the damages has come back"):
        move(breach, "annul", office.agency_head, on=today, result="判决撤销")
    assert totals(Item.objects.filter(pk=other.pk))[Stage.CASH] == Decimal("200.00")
    take_back(paid, reason="refunded after the judgement", by=office.booker)
    pay({other: Decimal("200.00")}, voucher="YH-9", day=today, by=office.booker)
    move(breach, "annul", office.agency_head, on=today, result="判决撤销")
    assert not any(totals(Item.objects.filter(pk=damages.pk)).values())
    assert totals(Item.objects.filter(pk=other.pk))[Stage.CASH] == Decimal("200.00")


def test_a_recovery_that_is_under_way_is_not_opened_anew(office: Office, case: Case) -> None:
    begin(case, "recovery", office.officer)
    move(decided(case, office, "M3"), "execute", office.agent)
    assert case.proceedings.filter(kind="recovery").count() == 1


# --- Measures that act --------------------------------------------------------------------------------


def executed(case: Case, office: Office, *measures: str) -> Proceeding:
    return move(decided(case, office, *measures), "execute", office.agent)


def standing(case: Case) -> list[str]:
    assert case.institution
    return list(case.institution.measures.in_force().order_by("kind").values_list("kind", flat=True))


def known_to_rules() -> list[str]:
    return list(Point.objects.in_force().filter(list="measure").values_list("values__measure", flat=True))


def test_what_is_suspended_stands_in_the_register_and_the_rules_know_it(office: Office, case: Case) -> None:
    breach = executed(case, office, "M2", "M6")
    assert standing(case) == ["payment", "suspended"]
    assert known_to_rules() == ["suspended"]  # what only holds money back is no matter of a rule
    assert {one.because for one in Measure.objects.all()} == {breach.number}


def test_what_is_suspended_is_lifted_before_the_breach_is_closed(office: Office, case: Case) -> None:
    breach = move(executed(case, office, "M2", "M6"), "rectify", office.agent, on=timezone.localdate(), done="已整改")
    with pytest.raises(MoveRefused, match=r"Still in force: .*Lift it first"):
        move(breach, "close", office.agency_head)
    breach = move(breach, "lift", office.agency_head, note="验收合格")
    assert (standing(case), known_to_rules(), state_of(case)) == ([], [], "in_force")
    assert Document.objects.filter(about=breach.number, kind="measure_lifted").exists()
    assert move(breach, "close", office.agency_head).closed_at


def test_a_department_is_suspended_by_its_name_and_to_its_day(office: Office, case: Case) -> None:
    breach = begin(case, "breach", office.agent)
    with pytest.raises(MoveRefused, match="Say first which departments or persons"):
        move(breach, "notify", office.agent, measures=["M5"], note="结算中发现")
    until = timezone.localdate() + timedelta(days=180)
    breach = move(breach, "name_concerned", office.agent, about="department", code="A03", until=until)
    with pytest.raises(MoveRefused, match="Nobody with this code"):
        move(breach, "name_concerned", office.agent, about="person", code="D404", until=until)
    breach = move(breach, "notify", office.agent, measures=["M5"], note="结算中发现")
    assert "科室A03" in Document.objects.get(about=breach.number, kind="breach_notice").text_zh
    breach = move(breach, "defend", office.agent, on=timezone.localdate(), defence="无")
    breach = move(breach, "decide", office.agency_head, measures=["M5"], note="成立")
    breach = move(breach, "execute", office.agent)
    measure = Measure.objects.get()
    assert (measure.kind, measure.code, measure.until) == ("department", "A03", until)
    breach = move(breach, "rectify", office.agent, on=timezone.localdate(), done="已整改")
    assert move(breach, "close", office.agency_head).closed_at  # it ends on its day by itself
    assert standing(case) == ["department"]


def test_what_was_annulled_never_held(office: Office, case: Case) -> None:
    breach, today = executed(case, office, "M7"), timezone.localdate()
    assert known_to_rules() == ["terminated"]
    move(breach, "dispute", office.agent, on=today, forum="suit")
    move(breach, "annul", office.agency_head, on=today, result="判决撤销")
    assert not Measure.objects.get().counts
    assert (known_to_rules(), state_of(case)) == ([], "in_force")


def test_what_a_breach_began_ends_before_it_is_annulled(office: Office, case: Case) -> None:
    breach, today = executed(case, office, "M1", "M3"), timezone.localdate()
    interview, recovery = breach.parts.get(kind="interview"), breach.parts.get(kind="recovery")
    move(recovery, "notify", office.agency_head, basis="协议")
    breach = move(breach, "dispute", office.agent, on=today, forum="suit")
    with pytest.raises(MoveRefused, match=rf"End first what it began: .*{recovery.number}"):
        move(breach, "annul", office.agency_head, on=today, result="判决撤销")
    move(interview, "drop", office.agency_head, note="处理决定被撤销")
    move(Proceeding.objects.get(pk=recovery.pk), "withdraw", office.agency_head, note="处理决定被撤销")
    assert move(breach, "annul", office.agency_head, on=today, result="判决撤销").closed_at


def test_what_is_not_put_right_leads_to_the_next_measure(office: Office, case: Case) -> None:
    breach = move(executed(case, office, "M3"), "fail", office.agency_head, note="逾期未整改")
    following = breach.parts.get(kind="breach")
    assert (breach.state, following.state) == ("failed", "proposed")
    assert move(breach, "close", office.agency_head).closed_at
