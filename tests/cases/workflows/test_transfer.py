"""One case, many checks: parts go to several departments, and what they answer comes back and may be used elsewhere."""

import pytest
from django.utils import timezone

from institutions.models import Duty
from supervision.cases.models import Case, Proceeding
from supervision.cases.opening import open_case
from supervision.cases.parting import send_parts
from supervision.moves import MoveRefused
from tests.builders import make_account, make_division
from tests.cases.handled import Office, make_case, make_department, move


def parts(case: Case, office: Office) -> list[Proceeding]:
    health = make_department("industry", name="云泽市卫生健康委员会")
    market = make_department("industry", name="云泽市市场监督管理局")
    return send_parts(case, {health: "核查执业行为", market: "核查收费"}, by=office.officer)


def make_foreign_case() -> Case:
    """Of the neighbouring prefecture."""
    stranger = make_account("stranger", "990200", duties=[Duty.INVESTIGATE])
    return open_case(
        title="x",
        origin="other",
        place=make_division("990201"),
        respondent="person",
        person="m1",
        facts="x",
        by=stranger,
    )


def test_each_department_is_sent_its_part_with_a_clock(office: Office, case: Case) -> None:
    health, market = parts(case, office)
    assert [health.to_name, market.to_name] == ["云泽市卫生健康委员会", "云泽市市场监督管理局"]
    assert {one.clock.limit.code for one in (health, market) if one.clock} == {"transfer_acknowledge"}


def test_none_is_sent_where_one_department_is_beyond_reach(office: Office, case: Case) -> None:
    foreign = make_department("industry", "990200")
    with pytest.raises(MoveRefused, match="no such department"):
        send_parts(case, {make_department("industry"): "核查", foreign: "核查"}, by=office.officer)
    assert not Proceeding.objects.filter(case=case).exists()


def test_a_department_with_accounts_answers_for_itself(office: Office, case: Case) -> None:
    health, market = parts(case, office)
    doctor = make_account("health", duties=[Duty.READ, Duty.INVESTIGATE], department=health.to)
    told = {"on": timezone.localdate(), "receipt": "收文1号"}
    with pytest.raises(MoveRefused, match="for the department"):
        move(health, "acknowledge", office.officer, **told)
    assert move(health, "acknowledge", doctor, **told).state == "acknowledged"
    assert move(market, "acknowledge", office.officer, **told).clock.limit.code == "transfer_feedback"  # type: ignore[union-attr]


def test_what_is_returned_goes_to_another(office: Office, case: Case) -> None:
    first, second = parts(case, office)
    first = move(first, "return", office.officer, on=timezone.localdate(), note="不属于本部门职责")
    assert second.to
    first = move(first, "redirect", office.officer, to=str(second.to.pk), part="核查价格")
    assert (first.state, first.to) == ("sent", second.to)


def test_the_answer_may_be_used_in_another_case(office: Office, case: Case) -> None:
    transfer, _market = parts(case, office)
    today, other = timezone.localdate(), make_case(office)
    move(transfer, "acknowledge", office.officer, on=today, receipt="收文1号")
    transfer = move(transfer, "feed_back", office.officer, on=today, reply="已核查", result="医师挂证")
    for number in (case.number, make_foreign_case().number, "AJ-0"):
        with pytest.raises(MoveRefused, match="nothing here"):
            move(transfer, "reuse", office.officer, reused_in=number)
    transfer = move(transfer, "reuse", office.officer, reused_in=other.number)
    assert transfer.closed_at
    assert list(other.reuses.values_list("proceeding", flat=True)) == [transfer.pk]
