"""A message of review as the relations that rules read: what is judged, and what stands beside it in the message."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from claims import profiles
from claims.lines import age, generic, item_kind
from institutions.models import Institution
from supervision.monitoring.schema import HISTORIES
from supervision.review.messages import Asked, Encounter, Message, Order, Patient

Row = dict[str, object]
Tables = dict[str, list[Row]]

INPATIENT = "inpatient"
# Until a claim is settled nobody knows what the fund pays of it: it is judged as if it were settled now, and all of
# what is eligible paid.
UNSETTLED = 10_000  # 1/10000
CATEGORIES = frozenset(f"{number:02}" for number in range(1, 15))
CLASSES = {"1": "A", "2": "B", "3": "C"}  # chrgitm_lv, with and without a leading zero


@dataclass(frozen=True)
class Judged:
    """An encounter to be judged: its claim, its relations, and which order stands behind each charge."""

    patient: Patient
    encounter: Encounter
    claim: str
    asked_at: dt.datetime
    tables: Tables
    beside: Mapping[str, Tables]  # by claim: the member's other encounters in the message
    orders: Mapping[str, Order]

    @property
    def member(self) -> str:
        return str(self.tables["member"][0]["member"])

    def is_current(self, charge: str) -> bool:
        """Whether the line belongs to the present order. Clients that mark none mean all of them."""
        return not self._is_marked or self.orders[charge].curr_drord_flag == "1"

    @cached_property
    def _is_marked(self) -> bool:
        return any(order.curr_drord_flag == "1" for order in self.orders.values())

    @property
    def codes(self) -> set[str]:
        """The diagnosis codes that it names."""
        told = [self.tables, *self.beside.values()]
        return {str(row["code"]) for tables in told for row in tables["diagnosis_history"] if row["code"]}


def judged(message: Message, place: Institution, *, now: dt.datetime) -> list[Judged]:
    """The encounters that a message asks about, each with what the message says beside it."""
    assert isinstance(message.data, Asked)
    return [one for patient in message.data.patient_dtos for one in _of(patient, place, now)]


def _of(patient: Patient, place: Institution, now: dt.datetime) -> Iterator[Judged]:
    encounters = patient.fsi_encounter_dtos
    told = {f"{place.pk}:{one.mdtrt_id}": (one, *_rows(patient, one, place, now)) for one in encounters}
    for encounter in patient.present:
        claim = f"{place.pk}:{encounter.mdtrt_id}"
        others = {name: with_past(rows, judged=False) for name, (_one, rows, _lines) in told.items() if name != claim}
        _one, rows, orders = told[claim]
        yield Judged(patient, encounter, claim, now, with_past(rows, judged=True), others, orders)


def with_past(rows: Tables, *, judged: bool) -> Tables:
    """Relations of an encounter with the histories in which its rows stand; of what is not judged, these alone."""
    mark = {"judged": judged}
    past = {HISTORIES[name]: [{**row, **mark} for row in some] for name, some in rows.items() if name in HISTORIES}
    return defaultdict(list, {**rows, **past} if judged else past)


def _rows(
    patient: Patient, encounter: Encounter, place: Institution, now: dt.datetime
) -> tuple[Tables, dict[str, Order]]:
    """What one encounter lays out, and its orders by charge."""
    where = whereabouts(patient, place, encounter.mdtrt_id)
    kind, begun = kind_of(encounter), encounter.adm_date or now
    insured = f"{patient.poolarea[:4]}00" if len(patient.poolarea) >= 6 else None
    diagnoses = list(diagnosed(encounter))
    illness = diagnoses[0][0] if diagnoses else None
    lines = keyed(encounter, str(where["claim"]))
    charges = [_charge(key, order, patient, kind, begun, where) for key, order in lines.items()]
    total, eligible = (sum(int(str(row[name])) for row in charges) for name in ("amount", "eligible"))
    whole: Row = {
        **where, "encounter": encounter.mdtrt_id, "born": patient.brdy, "insured_area": insured,
        "insurance": encounter.insutype or None, "illness": illness, "category": illness and illness[:3],
        "department": encounter.adm_dept_codg or None, "practitioner": encounter.dr_codg or None,
        "settled_at": now, "total": total, "eligible": eligible, "paid": eligible, "fund_ratio": UNSETTLED,
    }  # fmt: skip
    tables: Tables = {"charge": charges, "stay": [], "visit": []}
    if kind == INPATIENT:
        ended = encounter.dscg_date if encounter.dscg_date and encounter.dscg_date > begun else None
        tables["stay"] = [{
            **whole, "admitted": begun, "admitted_on": begun.date(), "discharged": ended,
            "discharged_on": ended and ended.date(), "bed_days": ended and max(1, (ended.date() - begun.date()).days),
            "transferred": False, "newborn": False,
        }]  # fmt: skip
    else:
        tables["visit"] = [{**whole, "kind": kind, "started": begun, "day": begun.date()}]
    tables["diagnosis"] = [
        {**where, "day": begun.date(), "number": number, "code": code, "name": name, "main": number == 1}
        for number, (code, name) in enumerate(diagnoses, 1)
    ]
    tables["operation"] = [
        {
            **where, "day": one.oprn_date or begun.date(), "number": number, "code": one.oprn_code,
            "name": one.oprn_name, "main": one.main_oprn_flag == "1",
        }
        for number, one in enumerate(encounter.fsi_operation_dtos, 1) if one.oprn_code
    ]  # fmt: skip
    tables["member"] = [{
        "member": where["member"], "sex": where["sex"], "born": patient.brdy, "insured_area": insured, "died_on": None,
    }]  # fmt: skip
    return tables, lines


def whereabouts(patient: Patient, place: Institution, number: str) -> Row:
    """What every row of an encounter says: whose it is, and where."""
    division = str(place.division_id)
    return {
        "institution": place.pk, "province": f"{division[:2]}0000", "area": f"{division[:4]}00", "level": place.level,
        "member": patient.patn_id or f"{place.pk}:{patient.curr_mdtrt_id}", "sex": patient.gend or "0",
        "sound": True, "claim": f"{place.pk}:{number}",
    }  # fmt: skip


def keyed(encounter: Encounter, claim: str) -> dict[str, Order]:
    """The orders by the charges they will be: rx_id is the number of the fee line, unless several share one."""
    orders = encounter.fsi_order_dtos
    counted = Counter(order.rx_id for order in orders)
    by_place = "" in counted or max(counted.values(), default=1) > 1
    return {f"{claim}:{place if by_place else one.rx_id}": one for place, one in enumerate(orders, 1)}


def diagnosed(encounter: Encounter) -> Iterator[tuple[str, str]]:
    """Codes with names, the main one first, each once: some clients mark all as main, or repeat the last."""
    main = encounter.dscg_main_dise_codg
    named = [(one.dise_codg, one.dise_name, one.maindise_flag) for one in encounter.fsi_diagnose_dtos if one.dise_codg]
    if not main:
        main = next((code for code, _name, flag in named if flag == "1"), "")
    found = {main: encounter.dscg_main_dise_name} if main else {}
    found |= {code: name for code, name, _flag in named if code not in found}
    yield from found.items()


def _charge(key: str, order: Order, patient: Patient, kind: str, begun: dt.datetime, where: Row) -> Row:
    item = order.hilist_code or order.hosplist_code
    done_at, amount = order.drord_begn_date or begun, amount_of(order)
    return {
        **where, "charge": key, "age": age(patient.brdy, done_at.date()), "kind": kind, "item": item,
        "item_kind": item_kind(item), "generic": generic(item),
        "category": order.chrg_type if order.chrg_type in CATEGORIES else None,
        "day": done_at.date(), "done_at": done_at, "quantity": order.cnt, "price": price_of(order, amount),
        "amount": amount, "eligible": max(0, amount - (order.ownpay_amt or 0)), "days": days_of(order),
        "approved": False, "special": False, "reason": None, "department": order.drord_dept_codg or None,
        "practitioner": order.drord_dr_codg or None, "prescription": order.rxno or None, "taken_home": None,
        "payment_class": CLASSES.get(order.hilist_lv.lstrip("0")), "newborn": False, "fund_ratio": UNSETTLED,
    }  # fmt: skip


def amount_of(order: Order) -> int:
    """Fen. Quantity times price where the total is another by more than a hundredth: one client sends the stay's."""
    reckoned = None
    if order.pric is not None and order.cnt is not None:
        reckoned = (order.pric * order.cnt + 5 * 10**7) // 10**8  # 10^-6 yuan times 1/10000 is 10^-10 yuan
    if order.sumamt is None:
        return reckoned or 0
    if reckoned is not None and abs(order.sumamt - reckoned) > max(1, reckoned // 100):
        return reckoned
    return order.sumamt


def price_of(order: Order, amount: int) -> int:
    """10^-6 yuan."""
    if order.pric is not None:
        return order.pric
    return amount * 10**8 // (order.cnt or 10**4)


def days_of(order: Order) -> int:
    """Days of supply; at least one."""
    said = order.extend_order_map.get("o_prdDays", "")
    return max(1, min(int(float(said)), 3650)) if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", said) else 1


def kind_of(encounter: Encounter) -> str:
    """The kind of encounter. A clinic's visit that calls itself a stay has no bed and ends when it begins."""
    kind = kind_named(encounter.med_type)
    in_bed = bool(encounter.wardno or encounter.bedno)
    if (
        kind == INPATIENT
        and not in_bed
        and (encounter.med_mdtrt_type in ("1", "3") or encounter.dscg_date == encounter.adm_date is not None)
    ):
        return "pharmacy" if encounter.med_mdtrt_type == "3" else "outpatient"
    return kind or {"2": INPATIENT, "3": "pharmacy"}.get(encounter.med_mdtrt_type, "outpatient")


def kind_named(med_type: str) -> str:
    """The kind that a med_type names, or nothing."""
    kinds = _kinds()
    starts = (f"{med_type[:length]}*" for length in range(len(med_type), 0, -1))
    return kinds.get(med_type) or next((kinds[start] for start in starts if start in kinds), "")


@cache
def _kinds() -> Mapping[str, str]:
    """med_type and what it is called here, as the national profile of intake says it."""
    claims = next(shape for shape in profiles.load("national").shapes if shape.table.name == "claims")
    return claims.origins["kind"].map or {}
