"""Asks the rules of a moment about an encounter, and says in the words of the national message what they found."""

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

from supervision.monitoring import shaping, wording
from supervision.monitoring.desk import NotWhole
from supervision.monitoring.rulebook import CERTAINTIES, Rule
from supervision.review import recalling

from . import surroundings
from .library import Library
from .reading import Judged

MOMENTS = {"3101": "remind", "3102": "review"}
SEV_DEG = {"certain": "1", "high": "2"}  # 明确违规, 高度可疑; all others 轻度可疑
SLIGHT = "3"
ASKED = {"ask": "【须填写理由方可继续】", "block": "【不得继续，请修改】"}  # before the sentence that the doctor reads
MOST_SAID = 500  # characters of vola_cont and vola_evid
MOST_NAMED = 200
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A charge that a remark speaks of: accused or involved, in fen."""

    charge: str
    role: str
    at_stake: int


@dataclass(frozen=True)
class Remark:
    """One finding about an encounter that is not settled yet: a reminder or a doubt, no accusation."""

    key: str  # of the finding, as a later run will find it
    rule: Rule
    certainty: str
    at_stake: int  # fen
    because: str
    because_zh: str
    lines: tuple[Line, ...]
    department: str = ""
    practitioner: str = ""
    way: str = "tell"  # what is done about it here: it is said, a reason is asked for, or the order is blocked


def remarks(library: Library, judged: Judged, moment: str) -> list[Remark]:
    """What the rules of the moment say about the encounter; of a reminder, about the present order alone."""
    library.know(judged.codes)
    found = []
    with library.desk.review(judged.tables) as desk:
        for rule in surroundings.lay_out(desk, judged, library.known.of(moment)):
            try:
                found += _of(rule, desk.answer(rule), judged)
            except (NotWhole, sqlite3.Error):  # one rule that fails keeps no other from speaking
                log.exception("%s could not be asked about %s", rule.code, judged.claim)
    if moment == "remind":
        found = [one for one in found if any(judged.is_current(line.charge) for line in one.lines) or not one.lines]
    return sorted(found, key=lambda one: one.rule.code)


def _of(rule: Rule, answer: Sequence[Mapping[str, object]], judged: Judged) -> list[Remark]:
    if not answer:
        return []
    grouped: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in answer:
        grouped[str(row["finding"])].append(row)
    made = (_remark(rule, key, rows, judged) for key, rows in sorted(grouped.items()))
    return [one for one in made if one is not None]


def _remark(rule: Rule, key: str, rows: Sequence[Mapping[str, object]], judged: Judged) -> Remark | None:
    accused = [row for row in rows if row["role"] == "accused" and row["claim"] == judged.claim]
    if not accused:
        return None
    first = accused[0]
    kinds = shaping.IMPLIED_KINDS | dict(rule.columns)
    spoken = _spoken(rule.because) | _spoken(rule.because_zh)
    names = recalling.called(
        frozenset(str(first[one]) for one in spoken if kinds.get(one) == "institution" and first[one])
    )
    return Remark(
        key, rule, min((str(row["certainty"]) for row in accused), key=CERTAINTIES.index),
        sum(int(str(row["at_stake"] or 0)) for row in accused),
        wording.sentence(rule.because, first, kinds, "en", names[0]),
        wording.sentence(rule.because_zh, first, kinds, "zh", names[1]),
        tuple(
            Line(str(row["charge"]), str(row["role"]), int(str(row["at_stake"] or 0)))
            for row in rows if row["charge"] in judged.orders
        ),
        *_ordered_by(str(first["charge"]), judged),
    )  # fmt: skip


@cache
def _spoken(template: str) -> set[str]:
    return wording.spoken(template)


def _ordered_by(charge: str, judged: Judged) -> tuple[str, str]:
    """The department and the doctor of a line; of what is about the whole encounter, the encounter's."""
    order, encounter = judged.orders.get(charge), judged.encounter
    return (
        (order and order.drord_dept_codg) or encounter.adm_dept_codg,
        (order and order.drord_dr_codg) or encounter.dr_codg,
    )


# --- In the words of the national message ---------------------------------------------------------------


def result(remark: Remark, judged: Judged, *, task_id: str) -> dict[str, object]:
    """A row of `result` in the answer to 3101 and 3102."""
    patn_id, mdtrt_id = judged.patient.patn_id or judged.patient.curr_mdtrt_id, judged.encounter.mdtrt_id
    return {
        "jr_id": f"JR{uuid4().hex}",
        "rule_id": remark.rule.code[:50],
        "rule_name": cut(remark.rule.title_zh, MOST_NAMED),
        "vola_cont": cut(ASKED.get(remark.way, "") + remark.because_zh, MOST_SAID),
        "patn_id": patn_id,
        "mdtrt_id": mdtrt_id,
        "vola_amt": yuan(remark.at_stake),
        "vola_amt_stas": "1",
        "sev_deg": SEV_DEG.get(remark.certainty, SLIGHT),
        "vola_evid": cut(remark.rule.basis_zh, MOST_SAID),
        "vola_bhvr_type": "2" if remark.lines else "1",
        "task_id": task_id,
        "dspo_way_req": remark.way,
        "judge_result_detail_dtos": [
            {
                "jrd_id": f"JD{uuid4().hex}",
                "patn_id": patn_id,
                "mdtrt_id": mdtrt_id,
                "rx_id": judged.orders[line.charge].rx_id,
                "vola_item_type": "1" if line.role == "accused" else "2",
                "vola_amt": yuan(line.at_stake),
            }
            for line in remark.lines
        ],
    }


def yuan(fen: int) -> float:
    """As the message writes an amount: a number with two decimals, never null."""
    return round(fen / 100, 2)


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
