"""Messages as hospitals' systems send them, made up: what a test does not say is ordinary."""

import json
from typing import Any

INSTITUTION = "H99010100001"
FOR_WOMEN = "002101030310000"  # hysterosalpingography, as the national list of items by sex has it
MOMENT = "2026-03-10 09:30:00"


def order(number: int = 1, item: str = "XA02BCZ900A001010199901", **facts: Any) -> dict[str, Any]:
    """A line of an order: two units at 28.50 yuan."""
    return {
        "rx_id": f"RX-{number}", "rxno": "RX1", "grpno": "1", "long_drord_flag": "0", "hilist_type": "101",
        "chrg_type": "09", "drord_bhvr": "1", "hilist_code": item, "hilist_name": "示例药品", "hilist_lv": "02",
        "hilist_pric": 28.5, "hosplist_code": f"YP{number:06}", "hosplist_name": "示例药品", "cnt": 2, "pric": 28.5,
        "sumamt": 57.0, "ownpay_amt": 0, "selfpay_amt": 5.7, "spec": "-", "spec_unt": "盒",
        "drord_begn_date": "2026-03-10 09:28:00", "drord_stop_date": "", "drord_dept_codg": "A03.04",
        "drord_dept_name": "消化内科专业", "drord_dr_codg": "D990001000001", "drord_dr_name": "测试医师",
        "drord_dr_profttl": "232", "curr_drord_flag": "1", **facts,
    }  # fmt: skip


def encounter(*orders: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A clinic's visit of a man of 64 with gastritis."""
    return {
        "mdtrt_id": "9903100001", "medins_id": INSTITUTION, "medins_name": "示例市第一医院", "medins_admdvs": "990101",
        "medins_type": "A1", "medins_lv": "02", "wardno": "", "bedno": "", "adm_date": "2026-03-10 09:12:00",
        "dscg_date": "", "dscg_main_dise_codg": "K29.500", "dscg_main_dise_name": "慢性胃炎",
        "fsi_diagnose_dtos": [
            {"dise_id": "1", "inout_dise_type": "1", "maindise_flag": "1", "dias_srt_no": "1", "dise_codg": "K29.500",
             "dise_name": "慢性胃炎", "dise_date": "2026-03-10 09:20:00"},
        ],
        "dr_codg": "D990001000001", "adm_dept_codg": "A03.04", "adm_dept_name": "消化内科专业", "med_mdtrt_type": "1",
        "med_type": "11", "fsi_order_dtos": list(orders) or [order()], "matn_stas": "1", "medfee_sumamt": 57.0,
        "insutype": "310", "reim_flag": "2", "out_setl_flag": "0", "fsi_operation_dtos": [], **facts,
    }  # fmt: skip


def patient(*encounters: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {
        "patn_id": "99000100000000000000000001", "patn_name": "测试甲", "gend": "1", "brdy": "1961-05-20",
        "poolarea": "990100", "curr_mdtrt_id": "9903100001", "fsi_encounter_dtos": list(encounters) or [encounter()],
        **facts,
    }  # fmt: skip


def message(data: dict[str, Any], infno: str = "3101", **facts: Any) -> dict[str, Any]:
    return {
        "infno": infno, "msgid": "H99010100001202603100930000001", "mdtrtarea_admvs": "990101",
        "insuplc_admdvs": "990100", "recer_sys_code": "SUPV", "infver": "V1.0", "opter_type": "1", "opter": "000123",
        "opter_name": "测试操作员", "inf_time": MOMENT, "fixmedins_code": INSTITUTION,
        "fixmedins_name": "示例市第一医院", "sign_no": "", "input": {"data": data}, **facts,
    }  # fmt: skip


def asking(*encounters: dict[str, Any], infno: str = "3101", **facts: Any) -> dict[str, Any]:
    """A 3101, or a 3102, about one patient."""
    data = {"syscode": "HIS", "task_id": "T1", "rule_ids": "", "trig_scen": "2", "patient_dtos": [patient(*encounters)]}
    return message(data, infno, **facts)


def told(*warns: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A 3103."""
    return message({"warn_type": "1", "warns": list(warns)}, "3103", **facts)


def sent(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()
