"""What the national interface says of answers, and every way in which an answer departs from it.

A table has a line a field: name, C text or N number, length, Y where it is required, and the values of a small dictionary.
Amounts have sixteen digits, of which so many decimals.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

ENVELOPE = """
inf_refmsgid C 30 Y
refmsg_time C 17
respond_time C 17
err_msg C 200
"""
RESULT = """
jr_id C 40 Y
rule_id C 50 Y
rule_name C 200 Y
vola_cont C 500 Y
patn_id C 50 Y
mdtrt_id C 50
vola_amt N 2 Y
vola_amt_stas C 3 Y 0,1
sev_deg C 3 Y 1,2,3
vola_evid C 500
vola_bhvr_type C 3 Y 1,2
task_id C 40000
"""
DETAIL = """
jrd_id C 50 Y
patn_id C 50 Y
mdtrt_id C 50
rx_id C 50
vola_item_type C 3 Y 1,2
vola_amt N 2 Y
"""
FEE = """
feedetl_sn C 30 Y
det_item_fee_sumamt N 2 Y
cnt N 4 Y
pric N 6 Y
pric_uplmt_amt N 6 Y
selfpay_prop N 4
fulamt_ownpay_amt N 2
overlmt_amt N 2
preselfpay_amt N 2
inscp_scp_amt N 2
chrgitm_lv C 3 Y
med_chrgitm_type C 6 Y
bas_medn_flag C 3
hi_nego_drug_flag C 3
chld_medc_flag C 3
list_sp_item_flag C 3
lmt_used_flag C 3 Y 0,1
drt_reim_flag C 3
memo C 500
exp_content C 4000
"""
SETTLEMENT = """
mdtrt_id C 30 Y
setl_id C 30 Y
psn_no C 30 Y
psn_name C 50 Y
psn_cert_type C 6 Y
certno C 50 Y
gend C 6
naty C 3
brdy C 10
age N 1
insutype C 6
psn_type C 6 Y
cvlserv_flag C 3 Y 0,1
setl_time C 19
mdtrt_cert_type C 3
med_type C 6 Y
medfee_sumamt N 2 Y
fulamt_ownpay_amt N 2 Y
overlmt_selfpay N 2 Y
preselfpay_amt N 2 Y
inscp_scp_amt N 2 Y
act_pay_dedc N 2
hifp_pay N 2 Y
pool_prop_selfpay N 4 Y
cvlserv_pay N 2 Y
hifes_pay N 2 Y
hifmi_pay N 2 Y
hifob_pay N 2 Y
hifdm_pay N 2
maf_pay N 2 Y
hosp_part_amt N 2
oth_pay N 2 Y
fund_pay_sumamt N 2 Y
psn_part_amt N 2
acct_pay N 2 Y
psn_cash_pay N 2 Y
balc N 2 Y
acct_mulaid_pay N 2 Y
medins_setl_id C 30 Y
clr_optins C 6
clr_way C 6
clr_type C 6 Y
exp_content C 4000
"""
REVERSAL = """
setl_id C 30 Y
mdtrt_id C 30
psn_no C 30
medfee_sumamt N 2
fund_pay_sumamt N 2
psn_part_amt N 2
"""
FUND = """
fund_pay_type C 6 Y
inscp_scp_amt N 2 Y
crt_payb_lmt_amt N 2 Y
fund_payamt N 2 Y
fund_pay_type_name C 200
setl_proc_info C 4000
"""
LIST = """
setl_list_id C 30 Y
"""
PARTS = (
    ("medfee_sumamt", ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")),
    ("medfee_sumamt", ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt")),
    (
        "fund_pay_sumamt",
        ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay"),
    ),
    ("psn_part_amt", ("acct_pay", "psn_cash_pay")),
)
ACCOUNT = "310200"  # the personal account, which the funds' sum leaves out


def departures(infno: str, answer: object) -> list[str]:
    """Everything in an answer that the interface does not say."""
    if not isinstance(answer, dict):
        return ["the answer is no object"]
    found = [*against(ENVELOPE, answer, "")]
    found += [
        f"{name} is not yyyyMMddHHmmssSSS" for name in ("refmsg_time", "respond_time") if not _moment(answer, name)
    ]
    if str(answer.get("infcode")) not in {"0", "-1"}:
        return [*found, f"infcode is {answer.get('infcode')!r}"]
    if not isinstance(answer.get("output"), dict):
        return [*found, "output is no object"]
    if str(answer["infcode"]) == "-1":
        return found if answer.get("err_msg") else [*found, "a failure without err_msg"]
    if answer.get("err_msg"):
        found.append("err_msg is filled on success")
    said = SAID.get(infno, _nothing)
    return [*found, *said(answer["output"])]


def against(table: str, row: object, where: str) -> Iterator[str]:
    """How one row departs from a table of fields."""
    if not isinstance(row, dict):
        yield f"{where or 'the answer'} is no object"
        return
    for line in table.split("\n")[1:-1]:
        name, kind, length, *rest = line.split()
        value, required, values = row.get(name), "Y" in rest[:1], rest[1].split(",") if len(rest) > 1 else None
        if value in (None, ""):
            if required:
                yield f"{where}{name} is missing"
        elif kind == "N" and not _number(value, decimals=int(length)):
            yield f"{where}{name} is {value!r}, no number of {length} decimals"
        elif kind == "C" and not (isinstance(value, str) and len(value) <= int(length)):
            yield f"{where}{name} is {value!r}, no text of at most {length} characters"
        elif values and value not in values:
            yield f"{where}{name} is {value!r}, none of {values}"


def _number(value: object, *, decimals: int) -> bool:
    """A plain number: a client reads it into one without looking."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < 10 ** (16 - decimals) and value == round(value, decimals)


def _moment(answer: Row, name: str) -> bool:
    return answer.get(name) in (None, "") or bool(re.fullmatch("[0-9]{17}", str(answer[name])))


def _rows(output: Row, name: str, table: str) -> Iterator[str]:
    rows = output.get(name)
    if not isinstance(rows, list):
        yield f"{name} is no list"
        return
    for number, row in enumerate(rows):
        yield from against(table, row, f"{name}[{number}].")


def _reviewed(output: Row) -> Iterator[str]:
    yield from _rows(output, "result", RESULT)
    for result in output.get("result") or []:
        yield from _rows(result, "judge_result_detail_dtos", DETAIL)


def _settled(output: Row) -> Iterator[str]:
    yield from against(SETTLEMENT, output.get("setlinfo"), "setlinfo.")
    yield from _rows(output, "setldetail", FUND)
    if isinstance(output.get("setlinfo"), dict):
        yield from sums(output["setlinfo"], output.get("setldetail") or [])


def sums(setlinfo: Row, setldetail: list[Row]) -> Iterator[str]:
    """Which of the sums that must hold does not."""
    amount = {name: round((value or 0) * 100) for name, value in setlinfo.items() if isinstance(value, int | float)}
    funds = [round(row["fund_payamt"] * 100) for row in setldetail if row["fund_pay_type"] != ACCOUNT]
    for whole, names in PARTS:
        if amount.get(whole, 0) != sum(amount.get(name, 0) for name in names):
            yield f"{whole} is not {' + '.join(names)}"
    if amount.get("fund_pay_sumamt", 0) != sum(funds):
        yield "fund_pay_sumamt is not the sum of setldetail.fund_payamt"


def _nothing(_output: Row) -> Iterator[str]:
    """Nothing is described: an empty object will do, and more does no harm."""
    return iter(())


def _charged(output: Row) -> Iterator[str]:
    return _rows(output, "result", FEE)


def _undone(output: Row) -> Iterator[str]:
    return against(REVERSAL, output.get("setlinfo"), "setlinfo.")


def _listed(output: Row) -> Iterator[str]:
    return against(LIST, output.get("data"), "data.")


SAID: dict[str, Callable[[Row], Iterator[str]]] = {
    "3101": _reviewed,
    "3102": _reviewed,
    "2204": _charged,
    "2301": _charged,
    "2207": _settled,
    "2304": _settled,
    "2208": _undone,
    "2305": _undone,
    "4101": _listed,
}
