"""A message of review as the relations that rules read: what is judged, and what stands beside it in the message."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from claims import profiles
from institutions.models import Institution
from supervision.monitoring.schema import HISTORIES

from .messages import Asked, Encounter, Message, Order, Patient

Row = dict[str, object]
Tables = dict[str, list[Row]]

INPATIENT = "inpatient"
UNSETTLED = 10_000  # 1/10000: until a claim is settled nobody knows what the fund pays of it; as if all of it
CATEGORIES = frozenset(f"{number:02}" for number in range(1, 15))
CLASSES = {"1": "A", "2": "B", "3": "C"}  # chrgitm_lv, with and without a leading zero
DRUG = re.compile(r"X.{19,22}|Z.{19}", re.DOTALL)  # the shapes of the national codes, as claims.charging knows them
SERVICE, CONSUMABLE, SLICE = re.compile(r"00.{13,}", re.DOTALL), re.compile(r"C(.{19}|.{26})", re.DOTALL), 10


@dataclass(frozen=True)
class Judged:
    """An encounter to be judged: its claim, its relations, and which order stands behind each charge."""

    patient: Patient
    encounter: Encounter
    claim: str
    tables: Tables
    orders: Mapping[str, Order]

    def is_current(self, charge: str) -> bool:
        """Whether the line belongs to the present order. Clients that mark none mean all of them."""
        marked = any(order.curr_drord_flag == "1" for order in self.orders.values())
        return not marked or self.orders[charge].curr_drord_flag == "1"

    @property
    def codes(self) -> set[str]:
        """The diagnosis codes that it names."""
        return {str(row["code"]) for row in self.tables["diagnosis_history"] if row["code"]}


def judged(message: Message, place: Institution, *, now: dt.datetime) -> list[Judged]:
    """The encounters that a message asks about, each with what the message says beside it."""
    assert isinstance(message.data, Asked)
    return [one for patient in message.data.patient_dtos for one in _of(patient, place, now)]


def _of(patient: Patient, place: Institution, now: dt.datetime) -> Iterator[Judged]:
    encounters = patient.fsi_encounter_dtos
    current = [one for one in encounters if one.mdtrt_id == patient.curr_mdtrt_id] or list(encounters)
    for encounter in current:
        tables: Tables = defaultdict(list)
        claim, orders = f"{place.pk}:{encounter.mdtrt_id}", {}
        for one in encounters:
            own = one is encounter
            rows, lines = _rows(patient, one, place, now)
            if own:
                orders = lines
            for relation, some in rows.items():
                if own:
                    tables[relation] += some
                if relation in HISTORIES:
                    tables[HISTORIES[relation]] += [{**row, "judged": own} for row in some]
        yield Judged(patient, encounter, claim, tables, orders)


def _rows(
    patient: Patient, encounter: Encounter, place: Institution, now: dt.datetime
) -> tuple[Tables, dict[str, Order]]:
    """What one encounter lays out, and its orders by charge."""
    division = str(place.division_id)
    where: Row = {
        "institution": place.pk, "province": f"{division[:2]}0000", "area": f"{division[:4]}00", "level": place.level,
        "member": patient.patn_id or f"{place.pk}:{patient.curr_mdtrt_id}", "sex": patient.gend or "0",
        "sound": True, "claim": f"{place.pk}:{encounter.mdtrt_id}",
    }  # fmt: skip
    kind, begun = kind_of(encounter), encounter.adm_date or now
    insured = f"{patient.poolarea[:4]}00" if len(patient.poolarea) >= 6 else None
    diagnoses = list(_diagnoses(encounter))
    illness = diagnoses[0][0] if diagnoses else None
    lines = {f"{where['claim']}:{number}": one for number, one in enumerate(encounter.fsi_order_dtos, 1)}
    charges = [_charge(key, order, patient, kind, begun, where) for key, order in lines.items()]
    total = sum(int(str(row["amount"])) for row in charges)
    whole: Row = {
        **where, "encounter": encounter.mdtrt_id, "born": patient.brdy, "insured_area": insured,
        "insurance": encounter.insutype or None, "illness": illness, "category": illness and illness[:3],
        "department": encounter.adm_dept_codg or None, "practitioner": encounter.dr_codg or None,
        "settled_at": None, "total": total, "eligible": sum(int(str(row["eligible"])) for row in charges),
        "paid": None, "fund_ratio": UNSETTLED,
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


def _diagnoses(encounter: Encounter) -> Iterator[tuple[str, str]]:
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
    age = _age(patient.brdy, done_at.date())
    return {
        **where, "charge": key, "age": age, "kind": kind, "item": item, "item_kind": item_kind(item),
        "generic": generic(item), "category": order.chrg_type if order.chrg_type in CATEGORIES else None,
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


def _age(born: dt.date | None, day: dt.date) -> int | None:
    if born is None:
        return None
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def kind_of(encounter: Encounter) -> str:
    """The kind of encounter. A clinic's visit that calls itself a stay has no bed and ends when it begins."""
    kinds = _kinds()
    named = encounter.med_type
    kind = kinds.get(named) or next(
        (kinds[f"{named[:length]}*"] for length in range(len(named), 0, -1) if f"{named[:length]}*" in kinds), ""
    )
    in_bed = bool(encounter.wardno or encounter.bedno)
    if (
        kind == INPATIENT
        and not in_bed
        and (encounter.med_mdtrt_type in ("1", "3") or encounter.dscg_date == encounter.adm_date is not None)
    ):
        return "pharmacy" if encounter.med_mdtrt_type == "3" else "outpatient"
    return kind or {"2": INPATIENT, "3": "pharmacy"}.get(encounter.med_mdtrt_type, "outpatient")


@cache
def _kinds() -> Mapping[str, str]:
    """med_type and what it is called here, as the national profile of intake says it."""
    claims = next(shape for shape in profiles.load("national").shapes if shape.table.name == "claims")
    return claims.origins["kind"].map or {}


def item_kind(item: str) -> str:
    """drug, slice, service, consumable or other, by the shape of the code."""
    if DRUG.fullmatch(item):
        return "drug"
    if item.startswith("T") and len(item) == SLICE:
        return "slice"
    if SERVICE.fullmatch(item):
        return "service"
    return "consumable" if CONSUMABLE.fullmatch(item) else "other"


def generic(item: str) -> str:
    """One generic drug: ten characters of a western code, eleven of a Chinese one; else the item."""
    if not DRUG.fullmatch(item):
        return item
    return item[: 10 if item.startswith("X") else 11]
