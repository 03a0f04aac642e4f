"""A settled encounter as rows of the national settlement tables, out of everything that was told of it.

What its own messages do not say (sex, birth, diagnoses …) is taken from the payer's answers, the settlement list and
the latest review about it; what nobody has said stays empty, and intake judges.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from supervision.review.asking import reading
from supervision.review.messages.charging import Trace
from supervision.review.messages.listing import Operation
from supervision.review.messages.settling import ACCOUNT, FUNDS

from .recounting import Recounted, known, said_of

Row = Mapping[str, str]
FLAGS = ("0", "1")
SOLD = "4"  # inv_data_type
MOST_WORDS = 200  # of a remark that intake keeps


def header(told: Recounted) -> Row:
    """Its row of mdtrt_d."""
    encounter, listed, paid = told.encounter, told.listed, [one.paid for one in told.payings]
    return {
        "mdtrt_id": encounter.number,
        "fixmedins_code": encounter.institution_id,
        "psn_no": encounter.member or (listed.hi_no if listed else ""),
        "med_type": told.category,
        "gend": said_of("gend", *paid, listed, told.patient),
        "brdy": _day(known("brdy", *paid, listed, told.patient)),
        "insu_admdvs": told.insured,
        "insutype": said_of(
            "insutype", *(one.told for one in told.payings), *paid, *told.visits, told.leaving, told.asked
        ),
        "begntime": _moment(told.begun),
        "endtime": _moment(told.ended),
        "adm_dept_codg": said_of("adm_dept_codg", *told.visits, told.asked) or said_of("adm_dept_code", listed),
        "chfpdr_code": told.practitioner,
        "dscg_way": said_of("dscg_way", told.leaving, listed),
    }


def settlements(told: Recounted) -> Iterator[Row]:
    """Its rows of setl_d: those that stand."""
    alone = len(told.payings) == 1
    funds = [one.fund_payamt or 0 for one in told.funds if one.fund_pay_type != ACCOUNT]
    account = [one.fund_payamt or 0 for one in told.funds if one.fund_pay_type == ACCOUNT]
    for one in told.payings:
        fund = known("fund_pay_sumamt", one.paid)
        if fund is None and one.paid and all(getattr(one.paid, name) is not None for name in FUNDS):
            fund = sum(getattr(one.paid, name) for name in FUNDS)
        if fund is None and alone and told.funds:
            fund = sum(funds)
        own = known("acct_pay", one.paid)
        yield {
            "mdtrt_id": told.encounter.number,
            "fixmedins_code": told.encounter.institution_id,
            "setl_id": one.number,
            "setl_time": _moment(one.settled_at),
            "medfee_sumamt": _yuan(one.told.medfee_sumamt),
            "inscp_amt": _yuan(known("inscp_scp_amt", one.paid, one.told)),
            "fund_pay_sumamt": _yuan(fund),
            "acct_pay": _yuan(sum(account) if own is None and alone and account else own),
            "cash_payamt": _yuan(known("psn_cash_pay", one.paid)),
        }


def lines(told: Recounted) -> Iterator[Row]:
    """Its rows of fee_list_d: the lines that stand, at a clinic those of the charging batches that were settled."""
    batches = {one.told.chrg_bchno for one in told.payings}
    for line, split in told.lines:
        if "" not in batches and line.chrg_bchno and line.chrg_bchno not in batches:
            continue
        yield {
            "mdtrt_id": told.encounter.number,
            "fixmedins_code": told.encounter.institution_id,
            "bkkp_sn": line.feedetl_sn,
            "init_feedetl_sn": line.init_feedetl_sn,
            "fee_ocur_time": _moment(line.fee_ocur_time),
            "med_list_codg": line.med_list_codg or line.medins_list_codg,
            "medins_list_name": _plain(line.medins_list_name) or _plain(told.name_of(line.med_list_codg)),
            "med_chrgitm_type": split.med_chrgitm_type or line.med_chrgitm_type,
            "cnt": _number(line.cnt, 4),
            "pric": _number(line.pric, 6),
            "det_item_fee_sumamt": _yuan(line.det_item_fee_sumamt),
            "inscp_amt": _yuan(known("inscp_scp_amt", split, line)),
            "prd_days": str(math.ceil(line.prd_days / 100)) if line.prd_days and line.prd_days > 0 else "",
            "hosp_appr_flag": line.hosp_appr_flag,
            "list_sp_item_flag": _flag(split.list_sp_item_flag or line.list_sp_item_flag),
            "lmt_used_flag": _flag(split.lmt_used_flag or line.lmt_used_flag),
            "memo": _plain(line.memo),
            "bilg_dept_codg": line.bilg_dept_codg,
            "bilg_dr_code": line.bilg_dr_codg,
            "rx_drord_no": line.rxno or line.drord_no,
            "dscg_tkdrug_flag": _flag(line.dscg_tkdrug_flag),
            "chrgitm_lv": split.chrgitm_lv or line.chrgitm_lv,
        }


def diagnoses(told: Recounted) -> Iterator[Row]:
    """Its rows of setl_list_diag_d, the main one first, each once. The table names no institution."""
    valid = [one for one in told.diagnoses if one.vali_flag != "0"]
    named = [(one.diag_code, one.diag_name, one.maindiag_flag == "1") for one in valid]
    if not any(code for code, _name, _main in named):
        visits = [one for one in told.visits if one.dscg_maindiag_code]
        named = [(one.dscg_maindiag_code, one.dscg_maindiag_name, True) for one in visits[:1]]
    if not named and told.asked:
        named = [(code, name, False) for code, name in reading.diagnosed(told.asked)]
    named.sort(key=lambda one: not one[2])
    flagged = any(main for _code, _name, main in named)
    told_of: set[str] = set()
    for number, (code, name, main) in enumerate(named):
        if code and code not in told_of:
            told_of.add(code)
            yield {
                "mdtrt_id": told.encounter.number,
                "diag_code": code,
                "diag_name": _plain(name),
                "maindiag_flag": "1" if main or (not flagged and number == 0) else "0",
            }


def operations(told: Recounted) -> Iterator[Row]:
    """Its rows of setl_list_oprn_d."""
    said = [Operation.model_validate(node) for node in told.encounter.operations]
    rows = [
        (one.oprn_oprt_code, one.oprn_oprt_name, one.oprn_oprt_type, one.oprn_oprt_date or one.oprn_oprt_begntime)
        for one in said
    ]
    if not said and told.asked and told.listed is None:
        rows = [
            (one.oprn_code, one.oprn_name, one.main_oprn_flag, one.oprn_date) for one in told.asked.fsi_operation_dtos
        ]
    for code, name, main, done in rows:
        if code:
            yield {
                "mdtrt_id": told.encounter.number,
                "oprn_oprt_code": code,
                "oprn_oprt_name": _plain(name),
                "main_oprn_flag": "1" if main == "1" else "0",
                "oprn_oprt_date": _day(done),
            }


def scans(told: Recounted) -> Iterator[Row]:
    """Its rows of selinfo: the traceability codes that came with its lines or its settlements."""
    of_lines: dict[str, list[Trace]] = {line.feedetl_sn: list(line.drugtracinfo) for line, _split in told.lines}
    for paying in told.payings:
        for trace in paying.told.drugtracinfo:
            of_lines.get(trace.feedetl_sn, []).append(trace)
    for line, _split in told.lines:
        for code in {
            trace.drug_trac_codg: trace for trace in of_lines[line.feedetl_sn] if trace.drug_trac_codg
        }.values():
            told_as = f"{told.encounter.claim}:{line.feedetl_sn}:{code.drug_trac_codg}"
            yield {
                "fixmedins_bchno": hashlib.sha256(told_as.encode()).hexdigest()[:32],
                "drug_trac_codg": code.drug_trac_codg,
                "inv_data_type": SOLD if line.cnt > 0 else "return",
                "fixmedins_code": told.encounter.institution_id,
                "mdtrt_sn": told.encounter.number,
                "feedetl_sn": line.feedetl_sn,
                "psn_no": told.encounter.member,
                "med_list_codg": line.med_list_codg,
                "sel_retn_time": _moment(line.fee_ocur_time),
                "trdn_flag": _flag(code.trdn_flag),
            }


TABLES: Mapping[str, Callable[[Recounted], Iterator[Row]]] = {
    "mdtrt_d": lambda told: iter([header(told)]),
    "setl_d": settlements,
    "fee_list_d": lines,
    "setl_list_diag_d": diagnoses,
    "setl_list_oprn_d": operations,
    "selinfo": scans,
}


# --- As the tables write it ------------------------------------------------------------------------------


def _number(whole: int, places: int) -> str:
    return f"{Decimal(whole).scaleb(-places):f}"


def _yuan(fen: object) -> str:
    return _number(fen, 2) if isinstance(fen, int) else ""


def _moment(moment: dt.datetime | None) -> str:
    return moment.isoformat(" ", "seconds")[:19] if moment else ""


def _day(day: object) -> str:
    return day.isoformat()[:10] if isinstance(day, dt.date) else ""


def _flag(flag: str) -> str:
    return flag if flag in FLAGS else ""


def _plain(words: str) -> str:
    """In one line, and as long as intake takes it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:MOST_WORDS]
