"""Messages that tell of a visit or a stay, made up: what a test does not say is ordinary."""

import json
from typing import Any

from supervision.review import reviewing
from tests.review.messages import FOR_WOMEN, INSTITUTION, message, sent

Row = dict[str, Any]
MEMBER = "99000100000000000000000001"
VISIT, STAY = "9903100001", "9903200077"
WHO = {"mdtrt_id": VISIT, "psn_no": MEMBER}
IN_BED = {"mdtrt_id": STAY, "psn_no": MEMBER}


def telling(infno: str, minute: int, **nodes: Any) -> Row:
    """A message of its own number, sent so many minutes after half past nine."""
    said = message(
        {},
        infno,
        msgid=f"{INSTITUTION}{infno}{minute:04}",
        inf_time=f"2026-03-10 {9 + minute // 60:02}:{minute % 60:02}:00",
    )
    return {**said, "input": nodes}


def take(said: Row) -> Row:
    """The answer as a client reads it."""
    answer: Row = json.loads(json.dumps(reviewing.take(sent(said), institution=INSTITUTION)))
    return answer


def taken(said: Row) -> Row:
    """The output of a message that is not refused."""
    answer = take(said)
    assert (answer["infcode"], answer["err_msg"]) == (0, None), answer["err_msg"]
    output: Row = answer["output"]
    return output


def fee(number: int = 1, item: str = "XA02BCZ900A001010199901", **facts: Any) -> Row:
    """A fee line of a visit: two units at 28.50 yuan."""
    return {
        "feedetl_sn": f"2026031000000{number:02}", **WHO, "chrg_bchno": "CB1", "rxno": "RX1", "rx_circ_flag": "0",
        "fee_ocur_time": "2026-03-10 09:40:00", "med_list_codg": item, "medins_list_codg": f"YP{number:06}",
        "det_item_fee_sumamt": 57.0, "cnt": 2, "pric": 28.5, "prd_days": 14, "bilg_dept_codg": "A03.04",
        "bilg_dept_name": "消化内科专业", "bilg_dr_codg": "D990001000001", "bilg_dr_name": "测试医师",
        "hosp_appr_flag": "0", "dscg_tkdrug_flag": "0", "memo": "", "exp_content": "", **facts,
    }  # fmt: skip


def for_women(number: int = 2, **facts: Any) -> Row:
    """60 yuan for an examination of women."""
    return fee(number, FOR_WOMEN, det_item_fee_sumamt=60, cnt=1, pric=60, prd_days=0, **facts)


def diagnosis(code: str = "K29.500", name: str = "慢性胃炎", **facts: Any) -> Row:
    return {
        "diag_type": "1", "diag_srt_no": 1, "diag_code": code, "diag_name": name, "diag_dept": "A03.04",
        "dise_dor_no": "D990001000001", "dise_dor_name": "测试医师", "diag_time": "2026-03-10 09:20:00",
        "vali_flag": "1", **facts,
    }  # fmt: skip


def opened(minute: int = 0, **facts: Any) -> Row:
    """2203: a clinic's visit."""
    visit = {**WHO, "med_type": "11", "begntime": "2026-03-10 09:12:00", "dise_codg": "", "dise_name": "", **facts}
    return telling("2203", minute, mdtrtinfo=visit, diseinfo=[diagnosis()])


def uploaded(*lines: Row, minute: int = 1, infno: str = "2204", **nodes: Any) -> Row:
    """2204, or 2301."""
    return telling(infno, minute, feedetail=list(lines) or [fee()], **nodes)


def withdrawn(*rows: Row, minute: int = 2, infno: str = "2205") -> Row:
    return telling(infno, minute, data=[{**WHO, **row} for row in rows])


def settled(total: float = 57.0, *, minute: int = 3, infno: str = "2207", copy: Row | None = None, **facts: Any) -> Row:
    """2207, or 2304; `copy` is the payer's answer beside it."""
    data = {
        **WHO, "mdtrt_cert_type": "02", "mdtrt_cert_no": "990001196105200000", "psn_cert_type": "01",
        "certno": "990001196105200000", "psn_type": "11", "psn_name": "测试甲", "medfee_sumamt": total,
        "psn_setlway": "01", "chrg_bchno": "CB1", "insutype": "310", "acct_used_flag": "0", "med_type": "11",
        "insuplc_admdvs": "990100", "mdtrtarea_admvs": "990101", "fulamt_ownpay_amt": 0, "overlmt_selfpay": 0,
        "preselfpay_amt": 0, "inscp_scp_amt": total, **facts,
    }  # fmt: skip
    return telling(infno, minute, data=data, **(copy or {}))


def paid(total: float = 57.0, fund: float = 40.0, **facts: Any) -> Row:
    """The payer's answer to a settlement."""
    info = {
        **WHO, "setl_id": "9903100000501", "gend": "1", "brdy": "1961-05-20", "setl_time": "2026-03-10 09:33:05",
        "med_type": "11", "medfee_sumamt": total, "fulamt_ownpay_amt": 0, "overlmt_selfpay": 0, "preselfpay_amt": 0,
        "inscp_scp_amt": total, "hifp_pay": fund, "cvlserv_pay": 0, "hifes_pay": 0, "hifmi_pay": 0, "hifob_pay": 0,
        "hifdm_pay": 0, "maf_pay": 0, "oth_pay": 0, "hosp_part_amt": 0, "fund_pay_sumamt": fund,
        "psn_part_amt": round(total - fund, 2), "acct_pay": 0, "psn_cash_pay": round(total - fund, 2), **facts,
    }  # fmt: skip
    row = {"fund_pay_type": "310100", "inscp_scp_amt": total, "crt_payb_lmt_amt": 9999, "fund_payamt": fund}
    return {"setlinfo": info, "setldetail": [row]}


def undone(number: str, *, minute: int = 4, infno: str = "2208", **facts: Any) -> Row:
    return telling(infno, minute, data={**WHO, "setl_id": number, **facts})


def reversed_by_number(original: Row, *, minute: int = 5) -> Row:
    """2601 of a message whose answer was lost."""
    data = {"psn_no": MEMBER, "omsgid": original["msgid"], "oinfno": original["infno"]}
    return telling("2601", minute, data=data)


# --- A stay -----------------------------------------------------------------------------------------------


def admitted(minute: int = 0, **facts: Any) -> Row:
    """2401, with the number that the payer gave."""
    stay = {
        **IN_BED, "insutype": "310", "begntime": "2026-03-01 15:40:00", "med_type": "21", "ipt_no": "ZY77",
        "atddr_no": "D990001000001", "adm_dept_codg": "A04.03", "adm_dept_name": "骨科专业", "adm_bed": "12",
        "dscg_maindiag_code": "S72.000", "dscg_maindiag_name": "股骨颈骨折", **facts,
    }  # fmt: skip
    return telling("2401", minute, mdtrtinfo=stay, diseinfo=[diagnosis("S72.000", "股骨颈骨折", maindiag_flag="1")])


def changed(minute: int = 1, **facts: Any) -> Row:
    """2403."""
    stay = {**IN_BED, "begntime": "2026-03-01 15:00:00", "med_type": "21", "adm_dept_codg": "A04.04", **facts}
    return telling("2403", minute, adminfo=stay, diseinfo=diagnosis("S72.100", "股骨转子间骨折", maindiag_flag="1"))


def discharged(minute: int = 2, **facts: Any) -> Row:
    """2402."""
    leaving = {**IN_BED, "insutype": "310", "endtime": "2026-03-08 10:00:00", "dscg_way": "1", **facts}
    return telling("2402", minute, dscginfo=leaving, diseinfo=[])


def listed(minute: int = 8, **facts: Any) -> Row:
    """4101 in its present shape."""
    info = {
        **IN_BED, "setl_id": "9903200000501", "ntly": "CHN", "prfs": "80", "adm_time": "2026-03-01 15:40:00",
        "dscg_time": "2026-03-08 10:00:00", "dscg_way": "1", "bill_code": "1", "bill_no": "2", "biz_sn": "3",
        "chfpdr_code": "D990001000002", "setl_begn_date": "2026-03-01", "setl_end_date": "2026-03-08", **facts,
    }  # fmt: skip
    operation = {
        "oprn_oprt_type": "1", "oprn_oprt_name": "全髋关节置换", "oprn_oprt_code": "81.5100",
        "oper_dr_code": "D990001000001", "oprn_oprt_begntime": "2026-03-03 09:10:00",
    }  # fmt: skip
    rows = [diagnosis("S72.000", "股骨颈骨折", maindiag_flag="1"), diagnosis("I10.x00", "高血压", maindiag_flag="0")]
    funds = [{"fund_pay_type": "310100", "fund_payamt": 30}, {"fund_pay_type": "310200", "fund_payamt": 7}]
    return telling("4101", minute, setlinfo=info, payinfo=funds, diseinfo=rows, oprninfo=operation, icuinfo=[])


def in_bed(number: int = 1, **facts: Any) -> Row:
    """A fee line of the stay."""
    return fee(number, **{**IN_BED, "fee_ocur_time": "2026-03-03 10:00:00", "med_type": "21", "init_feedetl_sn": "",
                          "chrg_bchno": "", **facts})  # fmt: skip
