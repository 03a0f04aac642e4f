"""Encounters are settled and undone, and answered so that every sum holds."""

from decimal import Decimal
from typing import Any

import pytest

from supervision.review.models import Encounter, Reversal, Settlement
from tests.review.told import Row, admitted, listed, paid, reversed_by_number, settled, take, taken, undone, uploaded

pytestmark = pytest.mark.usefixtures("hospital")
FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay")


def check_sums(info: Row) -> None:
    """Section 6.4 of the interface."""
    yuan = {name: Decimal(str(value)) for name, value in info.items() if isinstance(value, int | float)}
    parts = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    assert yuan["medfee_sumamt"] == sum(yuan[name] for name in parts)
    assert yuan["medfee_sumamt"] == yuan["fund_pay_sumamt"] + yuan["psn_part_amt"] + yuan["hosp_part_amt"]
    assert yuan["fund_pay_sumamt"] == sum(yuan[name] for name in FUNDS)
    assert yuan["psn_part_amt"] == yuan["acct_pay"] + yuan["psn_cash_pay"]


@pytest.mark.parametrize("split", [{}, {"inscp_scp_amt": None}, {"preselfpay_amt": 7, "inscp_scp_amt": 50}])
def test_we_are_not_the_payer_and_what_we_do_not_know_is_nothing(split: Row) -> None:
    said = settled(57.0, **split)
    output = taken(said)
    info = output["setlinfo"]
    check_sums(info)
    assert (info["fund_pay_sumamt"], info["psn_cash_pay"], output["setldetail"]) == (0, 57, [])
    assert (info["medins_setl_id"], info["psn_name"], info["clr_type"]) == (said["msgid"], "测试甲", "11")
    assert info["setl_id"] == Settlement.objects.get().number
    assert len(info["setl_id"]) <= 30


def test_a_copy_of_the_payers_answer_is_kept_and_echoed() -> None:
    output = taken(settled(57.0, copy=paid(hifp_pay="40.00")))
    check_sums(output["setlinfo"])
    assert (output["setlinfo"]["setl_id"], output["setlinfo"]["hifp_pay"]) == ("9903100000501", 40)
    assert output["setldetail"][0]["fund_payamt"] == 40
    settlement = Settlement.objects.get()
    assert (settlement.paid or {})["setlinfo"]["hifp_pay"] == "40.00"
    assert str(settlement.settled_at) == "2026-03-10 01:33:05+00:00"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (settled(57.0, inscp_scp_amt=50), "input.data: medfee_sumamt is not fulamt_ownpay_amt + overlmt_selfpay"),
        (settled(57.0, copy=paid(58.0)), "input: setlinfo.medfee_sumamt is not data.medfee_sumamt"),
        (settled(57.0, copy=paid(fund_pay_sumamt=41)), "input.setlinfo: medfee_sumamt is not fund_pay_sumamt"),
        (settled(57.0, copy=paid(hifp_pay=1)), "input.setlinfo: fund_pay_sumamt is not hifp_pay"),
        (settled(57.0, copy=paid(acct_pay=1)), "input.setlinfo: psn_part_amt is not acct_pay"),
        (settled(57.0, copy={**paid(), "setldetail": [{"fund_payamt": 1}]}), "input: setlinfo.fund_pay_sumamt is not"),
        (settled("much"), "input.data.medfee_sumamt: is no number"),  # type: ignore[arg-type]
        ({**settled(), "infno": "2206"}, "infno: 2206 is a trial settlement, which the payer alone can answer"),
    ],
)
def test_sums_that_do_not_hold_are_refused_by_name(said: Row, words: str) -> None:
    assert take(said)["err_msg"].startswith(words)
    assert not Settlement.objects.exists()


def test_the_personal_account_among_the_funds_is_left_out_of_their_sum() -> None:
    copy = paid()
    copy["setldetail"].append({"fund_pay_type": "310200", "inscp_scp_amt": 0, "crt_payb_lmt_amt": 0, "fund_payamt": 9})
    assert len(taken(settled(copy=copy))["setldetail"]) == 2


def test_a_refund_is_a_settlement_of_its_own_with_negative_amounts() -> None:
    number = taken(settled(copy=paid()))["setlinfo"]["setl_id"]
    output = taken(undone(number))
    info = output["setlinfo"]
    check_sums(info)
    assert (info["medfee_sumamt"], info["fund_pay_sumamt"], output["setldetail"][0]["fund_payamt"]) == (-57, -40, -40)
    settlement = Settlement.objects.get()
    assert info["setl_id"] == settlement.undone_number != number
    assert not Settlement.objects.standing().exists()


def test_undone_by_two_words_it_has_one_refund() -> None:
    number = taken(settled())["setlinfo"]["setl_id"]
    first, again = (taken(undone(number, minute=minute))["setlinfo"] for minute in (4, 5))
    assert Settlement.objects.get().undone_number == first["setl_id"] == again["setl_id"]
    assert again["medfee_sumamt"] == -57


def test_a_settlement_undone_before_it_is_told_does_not_stand() -> None:
    refund = taken(undone("9903100000501"))["setlinfo"]
    assert (refund["medfee_sumamt"], refund["setl_id"] != "9903100000501") == (0, True)
    taken(settled(copy=paid()))
    settlement = Settlement.objects.get()
    assert (settlement.undone_number, settlement.body is not None) == (refund["setl_id"], True)
    assert not Settlement.objects.standing().exists()


def test_a_number_of_the_payers_undoes_the_settlement_that_we_know_by_our_own() -> None:
    taken(settled())
    refund = taken(undone("9903100000501"))["setlinfo"]
    assert refund["medfee_sumamt"] == -57
    assert not Settlement.objects.standing().exists()


@pytest.mark.parametrize("first", ["settled", "reversed"])
def test_a_message_whose_answer_was_lost_is_undone_by_its_number(first: str) -> None:
    said = settled()
    messages = [said, reversed_by_number(said)]
    for one in messages if first == "settled" else reversed(messages):
        taken(one)
    assert (Settlement.objects.count(), Settlement.objects.standing().count()) == (1, 0)


def test_only_what_may_be_undone_by_number_is() -> None:
    said = uploaded()
    assert "oinfno: is not one of" in take(reversed_by_number(said))["err_msg"]
    taken(said)
    other: dict[str, Any] = reversed_by_number(settled() | {"msgid": said["msgid"]})
    assert take(other)["err_msg"] == f"input.data.oinfno: {said['msgid']} is a 2204"
    assert not Reversal.objects.exists()


def test_an_admission_that_is_undone_says_nothing_any_more() -> None:
    said = admitted()
    taken(said)
    assert Encounter.objects.get().opened_at is not None
    taken(reversed_by_number(said))
    encounter = Encounter.objects.get()
    assert (encounter.opened_at, encounter.facts["mdtrtinfo"], encounter.diagnoses) == (None, None, [])


def test_an_admission_without_a_number_is_answered_and_kept_as_a_message_alone() -> None:
    said = admitted(mdtrt_id="")
    assert taken(said) == {"result": {}}
    assert not Encounter.objects.exists()
    copied = admitted(1, mdtrt_id="")
    copied["input"]["result"] = {"mdtrt_id": "9903200077"}
    assert taken(copied)["result"]["mdtrt_id"] == "9903200077"


def test_a_list_has_the_same_number_whenever_it_is_sent() -> None:
    first, again = (taken(listed(minute))["data"]["setl_list_id"] for minute in (8, 9))
    assert (first, len(first)) == (again, 9)
    assert [one["oprn_oprt_code"] for one in Encounter.objects.get().operations] == ["81.5100"]
