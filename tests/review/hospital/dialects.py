"""How four kinds of real clients, and two more, write the same message. Each takes a plain message and says it anew."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.review.hospital.client import Message

REVIEWS = {"3101", "3102"}
BROKER = ("infno", "msgid", "insuplc_admdvs", "mdtrtarea_admvs", "input")


def plain(message: Message) -> Message:
    return message


def lists_and_strings(message: Message) -> Message:
    """Numbers are text, the last row comes twice, nothing is the present order, and the visit goes by another number."""
    told = deepcopy(message)
    for patient, encounter in _encounters(told):
        patient["curr_mdtrt_id"] = "ZY0000077"
        encounter |= {"dscg_date": "", "med_mdtrt_type": "0", "fsi_operation_dtos": None}
        encounter["fsi_diagnose_dtos"].append(encounter["fsi_diagnose_dtos"][-1])
        for order in encounter["fsi_order_dtos"]:
            order |= {"curr_drord_flag": "0", "hilist_type": "1", "chrg_type": "1"}
            if not order["hilist_code"]:
                order |= {"hilist_code": "0", "hilist_name": "默认"}
    if told["infno"] in REVIEWS:
        told["input"]["data"] = {"trig_scen": "1", "patient_dtos": told["input"]["data"]["patient_dtos"]}
    return numbers_as_text(told)


def objects_and_dashes(message: Message) -> Message:
    """One row is an object, what is not known is a dash, rows come under two names, and a broker owes the envelope."""
    told = deepcopy(message)
    for _patient, encounter in _encounters(told):
        encounter |= {"medins_name": "-", "med_mdtrt_type": "210", "cvlserv_flag": "0"}
        for order in encounter["fsi_order_dtos"]:
            order |= {"drord_bhvr": "-", "drord_dr_profttl": "-", "hilist_lv": "1"}
        encounter |= {"order_dtos": encounter["fsi_order_dtos"], "diagnose_dtos": encounter["fsi_diagnose_dtos"]}
    _in_objects(told)
    for row in _rows(told["input"].get("feedetail", [])):
        row |= {"acord_dept_codg": "-", "acord_dept_name": "-", "memo": "-"}
    if len(told["input"].get("feedetail", [])) == 1:
        told["input"]["feedetail"] = told["input"]["feedetail"][0]
    code = told["fixmedins_code"]
    return {**{name: told[name] for name in BROKER}, "medins_code": code, "insur_code": code}


def hospital_codes_only(message: Message) -> Message:
    """Orders carry the hospital's own codes alone, and every diagnosis is the main one."""
    told = deepcopy(message)
    for _patient, encounter in _encounters(told):
        del encounter["fsi_operation_dtos"]
        encounter |= {"dscg_date": None, "dscg_dept_codg": None, "dscg_dept_name": None, "out_setl_flag": "1"}
        for diagnosis in encounter["fsi_diagnose_dtos"]:
            diagnosis["dise_id"] = "1"
        for order in encounter["fsi_order_dtos"]:
            order |= {"hilist_code": "", "hilist_name": "", "hilist_lv": "", "hilist_pric": "0.00"}
    if told["infno"] in REVIEWS:
        told["input"]["data"] |= {"rule_ids": [told["infno"]], "trig_scen": "5"}
    _in_objects(told)
    return told


def one_line_id_per_prescription(message: Message) -> Message:
    """Every line goes by its prescription's number, what is empty is null, and a clinic is spoken of as a ward."""
    told = deepcopy(message)
    for _patient, encounter in _encounters(told):
        encounter["med_type"] = "21"
        for order in encounter["fsi_order_dtos"]:
            order |= {"rx_id": "RX1", "rxno": "RX1", "drord_bhvr": "0"}
    if told["infno"] in REVIEWS:
        told["input"]["data"] |= {"rule_ids": None, "trig_scen": "5", "syscode": told["infno"]}
    _in_objects(told)
    told["input"] = _each(told["input"], lambda value: None if value == "" else value)
    return numbers_as_text(told) | {"fixmedins_soft_fcty": "测试软件公司"}


def numbers_as_text(message: Message) -> Message:
    return {**message, "input": _each(message["input"], _number_as_text)}


def unknown_fields(message: Message) -> Message:
    """Fields that nobody described, at every level."""
    told: Message = _with_more(message)
    return told


def _encounters(message: Message) -> list[tuple[Message, Message]]:
    """The patients of a review with their encounters, as a plain message has them: in lists."""
    if message["infno"] not in REVIEWS:
        return []
    patients = message["input"]["data"]["patient_dtos"]
    return [(patient, encounter) for patient in patients for encounter in patient["fsi_encounter_dtos"]]


def _in_objects(message: Message) -> None:
    if message["infno"] in REVIEWS:
        [patient] = message["input"]["data"]["patient_dtos"]
        [patient["fsi_encounter_dtos"]] = patient["fsi_encounter_dtos"]
        message["input"]["data"]["patient_dtos"] = patient


def _rows(rows: Message | list[Message]) -> list[Message]:
    return rows if isinstance(rows, list) else [rows]


def _each(node: Any, said: Callable[[Any], Any]) -> Any:
    """A node with every value said anew."""
    if isinstance(node, dict):
        return {name: _each(value, said) for name, value in node.items()}
    return [_each(value, said) for value in node] if isinstance(node, list) else said(node)


def _with_more(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_more(value) for value in node]
    if not isinstance(node, dict):
        return node
    more: Message = {
        "expUnheard": {"a": [1, None, {"b": "?"}]},
        "x_list": [],
        "x_null": None,
        "x_text": "未知",
        "x_number": -1.5e3,
    }
    return {name: _with_more(value) for name, value in node.items()} | more


def _number_as_text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value:.2f}" if isinstance(value, float) else str(value)
