"""The hospital's own eye for answers: it must see what is wrong, or its approval means nothing."""

from typing import Any

import pytest

from tests.review.hospital.brief import departures

ENVELOPE = {"infcode": 0, "inf_refmsgid": "990101202603100930010000000001", "err_msg": None}
DETAIL = {"jrd_id": "D1", "patn_id": "P1", "rx_id": "RX1", "vola_item_type": "1", "vola_amt": 60.0}
RESULT = {
    "jr_id": "J1",
    "rule_id": "r",
    "rule_name": "r",
    "vola_cont": "c",
    "patn_id": "P1",
    "vola_amt": 60.0,
    "vola_amt_stas": "1",
    "sev_deg": "1",
    "vola_bhvr_type": "2",
    "judge_result_detail_dtos": [DETAIL],
}
SETTLED = {
    **dict.fromkeys(("mdtrt_id", "setl_id", "psn_no", "psn_name", "psn_cert_type", "certno", "psn_type"), "1"),
    **dict.fromkeys(("cvlserv_flag", "med_type", "medins_setl_id", "clr_type"), "1"),
    **dict.fromkeys(("fulamt_ownpay_amt", "overlmt_selfpay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay"), 0),
    **dict.fromkeys(("maf_pay", "oth_pay", "acct_pay", "balc", "acct_mulaid_pay", "pool_prop_selfpay"), 0),
    "medfee_sumamt": 100.1,
    "preselfpay_amt": 10.1,
    "inscp_scp_amt": 90,
    "hifp_pay": 70,
    "fund_pay_sumamt": 70,
    "psn_part_amt": 30.1,
    "psn_cash_pay": 30.1,
}
FUND = {"fund_pay_type": "310100", "inscp_scp_amt": 90, "crt_payb_lmt_amt": 1000, "fund_payamt": 70}


def reviewed(**values: Any) -> dict[str, Any]:
    return {**ENVELOPE, "output": {"result": [{**RESULT, **values}]}}


def settled(**values: Any) -> dict[str, Any]:
    return {**ENVELOPE, "output": {"setlinfo": {**SETTLED, **values}, "setldetail": [FUND]}}


def test_a_whole_answer_is_whole() -> None:
    assert departures("3101", reviewed()) == []
    assert departures("2304", settled()) == []


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"jr_id": "J" * 41}, "jr_id"),
        ({"vola_amt": None}, "vola_amt"),
        ({"vola_amt": "60.00"}, "vola_amt"),
        ({"vola_amt": 60.001}, "vola_amt"),
        ({"sev_deg": "4"}, "sev_deg"),
        ({"judge_result_detail_dtos": [{**DETAIL, "vola_item_type": 1}]}, "vola_item_type"),
        ({"judge_result_detail_dtos": None}, "judge_result_detail_dtos"),
    ],
)
def test_a_result_that_departs_is_seen(values: dict[str, Any], seen: str) -> None:
    [wrong] = departures("3101", reviewed(**values))
    assert seen in wrong


def test_a_failure_says_why_and_a_success_says_nothing() -> None:
    assert departures("3101", {**reviewed(), "err_msg": "ok"}) == ["err_msg is filled on success"]
    assert departures("3101", {**ENVELOPE, "infcode": -1, "output": {}}) == ["a failure without err_msg"]


@pytest.mark.parametrize("name", ["medfee_sumamt", "fund_pay_sumamt", "psn_cash_pay"])
def test_a_settlement_that_does_not_add_up_is_seen(name: str) -> None:
    assert departures("2304", settled(**{name: 1}))
