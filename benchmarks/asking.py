"""Signed requests of hospitals' systems: visits of the latest month as 3102, each filled up to twenty lines."""

import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims import warehouse
from supervision.review.gateway import signing
from supervision.review.models import Key

LINES = 20
ADULT = 18
MSGID, MDTRT_ID, PATN_ID = "M" * 30, "E" * 20, "P" * 20  # each of them stands in for another one in every request
KINDS = {"outpatient": "11", "chronic": "14", "special": "14", "emergency": "13", "pharmacy": "41"}
CLASSES = {"A": "01", "B": "02", "C": "03"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A message whose ids are still open."""

    institution: str
    body: bytes

    def signed(self, *, number: int, member: str, run: str) -> bytes:
        """The request, whole, with ids of its own and the signature of its institution."""
        body = self.body.replace(MSGID.encode(), f"{self.institution}{run}{number:09}"[:30].ljust(30, "0").encode())
        body = body.replace(MDTRT_ID.encode(), f"{run}{number:012}".ljust(20, "0").encode())
        body = body.replace(PATN_ID.encode(), member.ljust(20).encode())
        header = signing.sign(f"{self.institution}.1", body)
        return (
            f"POST /api/national/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: {header}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def templates(count: int) -> list[Template]:
    """Visits of the latest month, filled up with what others like them were given.

    First with what was given for the same illness, then with services, so that there is no more to remark than usual.
    """
    rows, drawn = _charges(count), random.Random(1)
    visits = list(_visits(list(rows)))
    alike: dict[object, list[Row]] = defaultdict(list)
    for visit in visits:
        alike[_like(visit, rows)] += [{**row, "illness": visit["category"]} for row in rows[visit["claim"]]]
    made = []
    for visit in visits:
        given = {row["generic"]: row for row in rows[visit["claim"]]}
        others = alike[_like(visit, rows)]
        drawn.shuffle(others)
        for row in sorted(others, key=lambda row: (row["illness"] != visit["category"], row["item_kind"] != "service")):
            given.setdefault(row["generic"], row)
        lines = list(given.values())[:LINES]
        if len(lines) < LINES:
            continue
        made.append(Template(visit["institution"], json.dumps(_message(visit, lines), ensure_ascii=False).encode()))
    _open_keys({one.institution for one in made})
    return made


def _like(visit: Row, rows: Mapping[str, list[Row]]) -> tuple[object, ...]:
    """What the hospital's level and kind, the person's sex and being a child make alike."""
    first = rows[visit["claim"]][0]
    return first["level"], visit["kind"], visit["sex"], (first["age"] or 0) < ADULT


def _open_keys(institutions: set[str]) -> None:
    Key.objects.bulk_create(
        [Key(institution_id=code, number=1) for code in sorted(institutions)], ignore_conflicts=True
    )


def _charges(count: int) -> Mapping[str, list[Row]]:
    """The lines of so many visits."""
    found: dict[str, list[Row]] = defaultdict(list)
    asked = (
        "SELECT * FROM read_parquet($charges) WHERE claim IN "
        "(SELECT claim FROM read_parquet($visits) WHERE kind <> 'pharmacy' ORDER BY hash(claim) LIMIT $count) "
        "ORDER BY charge"
    )
    for row in _rows(asked, charges=_latest("charge"), visits=_latest("visit"), count=count):
        found[row["claim"]].append(row)
    return found


def _visits(claims: Sequence[str]) -> Iterator[Row]:
    asked = "SELECT * FROM read_parquet($visits) WHERE list_contains($claims, claim) ORDER BY claim"
    yield from _rows(asked, visits=_latest("visit"), claims=list(claims))


def _latest(table: str) -> list[str]:
    snapshot = warehouse.published()
    assert snapshot is not None
    return list(warehouse.files(snapshot, table, [max(warehouse.months(snapshot))]))


def _rows(asked: str, **given: object) -> list[dict[str, Any]]:
    con = warehouse.connect()
    found = con.execute(asked, given)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _message(visit: Row, lines: Sequence[Row]) -> dict[str, Any]:
    encounter = {
        "mdtrt_id": MDTRT_ID, "medins_id": visit["institution"], "medins_name": "示例医院", "medins_type": "A1",
        "medins_lv": "02", "wardno": "", "bedno": "", "adm_date": _moment(visit["started"]), "dscg_date": "",
        "dscg_main_dise_codg": visit["illness"] or "", "dscg_main_dise_name": "",
        "fsi_diagnose_dtos": [
            {"dise_id": "1", "inout_dise_type": "1", "maindise_flag": "1", "dias_srt_no": "1",
             "dise_codg": visit["illness"] or "", "dise_name": "示例诊断", "dise_date": _moment(visit["started"])},
        ],
        "dr_codg": visit["practitioner"] or "", "adm_dept_codg": visit["department"] or "", "med_mdtrt_type": "1",
        "med_type": KINDS.get(visit["kind"], "11"), "matn_stas": "1", "medfee_sumamt": 0,
        "insutype": visit["insurance"] or "310", "reim_flag": "2", "out_setl_flag": "0", "fsi_operation_dtos": [],
        "fsi_order_dtos": [_order(number, line, visit) for number, line in enumerate(lines, 1)],
    }  # fmt: skip
    patient = {
        "patn_id": PATN_ID, "patn_name": "示例", "gend": visit["sex"], "brdy": visit["born"].isoformat(),
        "poolarea": visit["insured_area"] or visit["area"], "curr_mdtrt_id": MDTRT_ID,
        "fsi_encounter_dtos": [encounter],
    }  # fmt: skip
    data = {"syscode": "HIS", "task_id": "T1", "rule_ids": "", "trig_scen": "2", "patient_dtos": [patient]}
    return {
        "infno": "3102", "msgid": MSGID, "mdtrtarea_admvs": visit["area"], "insuplc_admdvs": visit["area"],
        "recer_sys_code": "SUPV", "infver": "V1.0", "opter_type": "1", "opter": "000123", "opter_name": "示例",
        "inf_time": _moment(visit["started"]), "fixmedins_code": visit["institution"], "fixmedins_name": "示例医院",
        "sign_no": "", "input": {"data": data},
    }  # fmt: skip


def _order(number: int, line: Row, visit: Row) -> dict[str, Any]:
    return {
        "rx_id": f"{number}", "rxno": f"RX{number // 6}", "grpno": "1", "long_drord_flag": "0", "hilist_type": "101",
        "chrg_type": line["category"] or "", "drord_bhvr": "1", "hilist_code": line["item"], "hilist_name": "示例项目",
        "hilist_lv": CLASSES.get(line["payment_class"] or "", ""), "hosplist_code": line["item"],
        "hosplist_name": "示例项目", "cnt": line["quantity"] / 10**4, "pric": line["price"] / 10**6,
        "sumamt": line["amount"] / 100, "ownpay_amt": (line["amount"] - line["eligible"]) / 100, "selfpay_amt": 0,
        "spec": "-", "spec_unt": "盒", "drord_begn_date": _moment(visit["started"] + dt.timedelta(minutes=number)),
        "drord_stop_date": "", "drord_dept_codg": line["department"] or "", "drord_dept_name": "示例科室",
        "drord_dr_codg": visit["practitioner"] or "", "drord_dr_name": "示例", "drord_dr_profttl": "232",
        "curr_drord_flag": "1", "extend_order_map": {"o_prdDays": str(line["days"])},
    }  # fmt: skip


def _moment(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
