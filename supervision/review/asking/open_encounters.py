"""A member's encounters of which messages have told, and of which the warehouse does not know yet.

Lines that were withdrawn count for nothing, and so does an encounter as a whole; of lines that were taken back in part
what is left counts.
"""

import datetime as dt
import math
from collections.abc import Iterable

from django.db import connection
from django.db.models import Prefetch, Q

from claims.lines import age, generic, item_kind
from claims.netting import Line as Billed
from claims.netting import net
from supervision.review import recalling
from supervision.review.messages.charging import FeeLine, Split
from supervision.review.messages.visiting import Change, Diagnosis, Leaving, Visit
from supervision.review.models import Encounter, Line

from .reading import CLASSES, INPATIENT, UNSETTLED, Judged, Row, Tables, kind_named, whereabouts, with_past

STANDING = Prefetch("lines", Line.objects.filter(withdrawn_at=None, body__isnull=False), "standing_lines")
UNKNOWN = Q(batch=None) | Q(batch__recent_at=None)


def of(judged: Judged) -> dict[str, Tables]:
    """The member's other encounters as histories, by claim."""
    if not _any(judged):
        return {}
    others = Encounter.objects.filter(UNKNOWN, member=judged.member).prefetch_related(STANDING)
    return {one.claim: _histories(one, judged) for one in others if one.claim != judged.claim and not _is_undone(one)}


def _any(judged: Judged) -> bool:
    """Whether there are any others at all: mostly there are none, and asking for them whole takes long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM review_encounter WHERE member = %s AND (institution_id, number) <> (%s, %s))",
            [judged.member, *judged.claim.split(":", 1)],
        )
        return bool(cursor.fetchone()[0])


def _is_undone(encounter: Encounter) -> bool:
    return "mdtrtinfo" in encounter.facts and encounter.facts["mdtrtinfo"] is None


def _histories(encounter: Encounter, judged: Judged) -> Tables:
    lines = [(FeeLine.model_validate(one.body), Split.model_validate(one.split or {})) for one in _lines(encounter)]
    where = whereabouts(judged.patient, recalling.institution(encounter.institution_id), encounter.number)
    visits = _visits(encounter)
    named = [one.med_type for one in visits] + [line.med_type for line, _split in lines]
    kinds = filter(None, map(kind_named, named))
    first = min((line.fee_ocur_time for line, _split in lines), default=judged.asked_at)
    return _tables(
        encounter, where, _charges(lines, where, judged), kind=next(kinds, "outpatient"),
        begun=next(filter(None, (one.begntime for one in visits)), first),
    )  # fmt: skip


def _lines(encounter: Encounter) -> Iterable[Line]:
    found: list[Line] = getattr(encounter, STANDING.to_attr or "")
    return found


def _visits(encounter: Encounter) -> list[Visit]:
    """What changed it, then what opened it."""
    kinds: tuple[tuple[str, type[Visit]], ...] = (("adminfo", Change), ("mdtrtinfo", Visit))
    return [kind.model_validate(encounter.facts[name]) for name, kind in kinds if encounter.facts.get(name)]


def _tables(encounter: Encounter, where: Row, charges: list[Row], *, kind: str, begun: dt.datetime) -> Tables:
    said = [Diagnosis.model_validate(node) for node in encounter.diagnoses]
    named = sorted(
        (one for one in said if one.diag_code and one.vali_flag != "0"), key=lambda one: one.maindiag_flag != "1"
    )
    illness = named[0].diag_code if named else None
    whole = {
        **where, "encounter": encounter.number, "illness": illness, "category": illness and illness[:3],
        "fund_ratio": UNSETTLED,
    }  # fmt: skip
    tables: Tables = {
        "charge": [{**row, "kind": kind} for row in charges],
        "stay": [{**whole, **_stay(encounter, begun)}] if kind == INPATIENT else [],
        "visit": [] if kind == INPATIENT else [{**whole, "kind": kind, "started": begun, "day": begun.date()}],
        "diagnosis": [
            {**where, "day": begun.date(), "number": number, "code": one.diag_code, "main": number == 1}
            for number, one in enumerate(named, 1)
        ],
    }
    return with_past(tables, judged=False)


def _stay(encounter: Encounter, begun: dt.datetime) -> Row:
    left = encounter.facts.get("dscginfo")
    ended = Leaving.model_validate(left).endtime if left else None
    return {
        "admitted": begun, "admitted_on": begun.date(), "discharged": ended, "discharged_on": ended and ended.date(),
        "transferred": False, "newborn": False,
    }  # fmt: skip


def _charges(lines: list[tuple[FeeLine, Split]], where: Row, judged: Judged) -> list[Row]:
    """What is left of the lines after their reversals."""
    left = net(
        Billed(line.feedetl_sn, (_item(line), line.pric), line.cnt, line.pric, line.det_item_fee_sumamt,
               line.fee_ocur_time, line.init_feedetl_sn or None)
        for line, _split in lines
    ).left  # fmt: skip
    return [
        _charge(line, split, left[line.feedetl_sn], where, judged) for line, split in lines if line.feedetl_sn in left
    ]


def _charge(line: FeeLine, split: Split, left: tuple[int, int], where: Row, judged: Judged) -> Row:
    (quantity, amount), item, day = left, _item(line), line.fee_ocur_time.date()
    own = split.fulamt_ownpay_amt if split.fulamt_ownpay_amt is not None else line.fulamt_ownpay_amt or 0
    return {
        **where, "charge": f"{where['claim']}:{line.feedetl_sn}", "item": item, "item_kind": item_kind(item),
        "generic": generic(item), "age": age(judged.patient.brdy, day), "category": split.med_chrgitm_type or None,
        "day": day, "done_at": line.fee_ocur_time, "quantity": quantity, "price": line.pric, "amount": amount,
        "eligible": max(0, amount - own), "days": max(1, math.ceil((line.prd_days or 0) / 100)),
        "approved": line.hosp_appr_flag == "1", "special": split.list_sp_item_flag == "1", "reason": None,
        "department": line.bilg_dept_codg or None, "practitioner": line.bilg_dr_codg or None,
        "prescription": line.rxno or line.drord_no or None, "taken_home": line.dscg_tkdrug_flag == "1",
        "payment_class": CLASSES.get(split.chrgitm_lv.lstrip("0")), "newborn": False, "fund_ratio": UNSETTLED,
    }  # fmt: skip


def _item(line: FeeLine) -> str:
    return line.med_list_codg or line.medins_list_codg
