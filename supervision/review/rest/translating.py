"""Plain words as the national message that says the same, so that there is one way in for both."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from supervision.review.models import Remark

EDITION = "REST"  # in place of the interface's edition: such a message was not written by its sender in this form
INFNO = {"remind": "3101", "review": "3102"}
TOLD = "3103"
MED_TYPES = {
    "outpatient": "11", "emergency": "13", "chronic": "14", "day_surgery": "28", "pharmacy": "41", "home_bed": "71",
    "inpatient": "21",
}  # fmt: skip
PLACES = {"inpatient": "2", "pharmacy": "3"}  # med_mdtrt_type; all others 1
SEXES = {"male": "1", "female": "2", "unknown": "0"}
CLASSES = {"A": "01", "B": "02", "C": "03"}
CHOICES = {"obeyed": Remark.Choice.OBEYED.value, "overrode": Remark.Choice.OVERRODE.value}

Words = Mapping[str, Any]


def asking(said: Words, *, institution: str) -> bytes:
    """3101 or 3102."""
    encounter = said["encounter"]
    patient = {
        "patn_id": said["member"]["number"], "gend": SEXES[said["member"]["sex"]],
        "brdy": _written(said["member"].get("born")), "poolarea": said["member"].get("insured_area", ""),
        "curr_mdtrt_id": encounter["number"], "fsi_encounter_dtos": [_encounter(encounter)],
    }  # fmt: skip
    return _message(INFNO[said["moment"]], said["id"], {"patient_dtos": [patient]}, institution)


def telling(said: Words, *, institution: str) -> bytes:
    """3103."""
    warns = [
        {"warn_rslt_id": one["remark"], "dspo_way": CHOICES[one["choice"]], "dspo_way_rea": one["reason"]}
        for one in said["choices"]
    ]
    return _message(TOLD, said["id"], {"warn_type": "1", "warns": warns}, institution)


def _message(infno: str, msgid: str, data: Words, institution: str) -> bytes:
    message = {
        "infno": infno, "msgid": msgid, "infver": EDITION, "fixmedins_code": institution, "input": {"data": data},
    }  # fmt: skip
    return json.dumps(message, ensure_ascii=False).encode()


def _encounter(said: Words) -> Words:
    main = next((one for one in said["diagnoses"] if one["main"]), None)
    return {
        "mdtrt_id": said["number"], "med_type": MED_TYPES[said["kind"]],
        "med_mdtrt_type": PLACES.get(said["kind"], "1"), "adm_date": _written(said["begun_at"]),
        "dscg_date": _written(said.get("ended_at")), "adm_dept_codg": said["department"],
        "dr_codg": said["practitioner"], "wardno": said["ward"], "bedno": said["bed"],
        "insutype": said["insurance"], "dscg_main_dise_codg": main["code"] if main else "",
        "dscg_main_dise_name": main["name"] if main else "",
        "fsi_diagnose_dtos": [
            {"dise_codg": one["code"], "dise_name": one["name"], "maindise_flag": "1" if one["main"] else "0"}
            for one in said["diagnoses"]
        ],
        "fsi_operation_dtos": [
            {
                "oprn_code": one["code"], "oprn_name": one["name"], "main_oprn_flag": "1" if one["main"] else "0",
                "oprn_date": _written(one.get("day")),
            }
            for one in said["operations"]
        ],
        "fsi_order_dtos": [_order(one) for one in said["lines"]],
    }  # fmt: skip


def _order(said: Words) -> Words:
    return {
        "rx_id": said["id"], "hilist_code": said["item"], "hosplist_code": said["own_item"],
        "hilist_name": said["name"], "cnt": _written(said["quantity"]), "pric": _written(said.get("price")),
        "sumamt": _written(said.get("amount")), "ownpay_amt": _written(said.get("self_paid")),
        "drord_begn_date": _written(said.get("ordered_at")), "drord_dept_codg": said["department"],
        "drord_dr_codg": said["practitioner"], "rxno": said["prescription"], "chrg_type": said.get("category", ""),
        "hilist_lv": CLASSES.get(said.get("payment_class", ""), ""),
        "curr_drord_flag": "1" if said["present"] else "0", "extend_order_map": {"o_prdDays": str(said["days"])},
    }  # fmt: skip


def _written(value: Decimal | dt.date | None) -> str:
    """As the interface writes it: an amount as a plain number, a moment on Chinese clocks."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return value.isoformat() if isinstance(value, dt.date) else f"{value:f}"


def is_ours(body: str) -> bool:
    """Whether a message was told here in plain words."""
    return bool(json.loads(body).get("infver") == EDITION)
