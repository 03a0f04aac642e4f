"""What a hospital knows of a visit to its clinic, and how it says so: the nodes of the messages, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self

from tests.review.hospital.client import now
from tests.review.hospital.lines import Item, Line, Node, billed, numbers, ordered, said


@dataclass(frozen=True)
class Person:
    number: str
    name: str
    sex: str
    born: date
    insurance: str = "310"


def man() -> Person:
    """A man whom nobody has seen before."""
    return Person(f"9901010000000000000{next(numbers):07d}", "测试甲", "1", date(1961, 5, 20))


@dataclass(frozen=True)
class Visit:
    """A visit to the clinic: no bed, and it ends when it begins."""

    person: Person
    institution: str
    lines: tuple[Line, ...] = ()
    began: datetime = field(default_factory=lambda: now().replace(microsecond=0) - timedelta(hours=1))
    number: int = field(default_factory=lambda: next(numbers))
    illness: tuple[str, str] = ("K29.500", "慢性胃炎")
    category: str = "11"

    @property
    def id(self) -> str:
        return f"99{self.began:%y%m%d}{self.number:06d}"

    @property
    def who(self) -> Node:
        return {"mdtrt_id": self.id, "psn_no": self.person.number}

    @property
    def total(self) -> float:
        return round(sum(line.amount for line in self.lines), 2)

    def ordering(self, *items: Item, quantity: int = 1) -> Self:
        """The same visit with more on its order."""
        more = tuple(Line(item, self.began + timedelta(minutes=10), quantity) for item in items)
        return replace(self, lines=self.lines + more)

    def without(self, item: Item) -> Self:
        return replace(self, lines=tuple(line for line in self.lines if line.item != item))

    def line(self, item: Item) -> Line:
        return next(line for line in self.lines if line.item == item)

    # --- what is asked before an order stands, and before money moves ---

    def order(self, *, scene: str = "2") -> Node:
        """The node of 3101 and 3102."""
        person = {
            "patn_id": self.person.number,
            "patn_name": self.person.name,
            "gend": self.person.sex,
            "brdy": str(self.person.born),
            "poolarea": self.institution[1:7],
            "curr_mdtrt_id": self.id,
            "fsi_encounter_dtos": [self._encounter()],
        }
        task = f"T{self.id}{next(numbers)}"
        return {"syscode": "HIS", "task_id": task, "rule_ids": "", "trig_scen": scene, "patient_dtos": [person]}

    def _encounter(self) -> Node:
        code, name = self.illness
        diagnosis = {
            "dise_id": f"DX-{self.number}",
            "inout_dise_type": "1",
            "maindise_flag": "1",
            "dias_srt_no": "1",
            "dise_codg": code,
            "dise_name": name,
            "dise_date": said(self.began + timedelta(minutes=5)),
        }
        return {
            "mdtrt_id": self.id,
            "medins_id": self.institution,
            "medins_name": "测试医院",
            "medins_admdvs": self.institution[1:7],
            "medins_type": "A1",
            "medins_lv": "02",
            "wardarea_codg": "",
            "wardno": "",
            "bedno": "",
            "adm_date": said(self.began),
            "dscg_date": said(self.began),
            "dscg_main_dise_codg": code,
            "dscg_main_dise_name": name,
            "fsi_diagnose_dtos": [diagnosis],
            "dr_codg": "D990101000001",
            "adm_dept_codg": "A03.04",
            "adm_dept_name": "消化内科专业",
            "dscg_dept_codg": "A03.04",
            "dscg_dept_name": "消化内科专业",
            "med_mdtrt_type": "1",
            "med_type": self.category,
            "fsi_order_dtos": [ordered(line) for line in self.lines],
            "matn_stas": "1",
            "medfee_sumamt": self.total,
            "ownpay_amt": 0,
            "selfpay_amt": 0,
            "acct_payamt": 0,
            "ma_amt": 0,
            "hifp_payamt": 0,
            "setl_totlnum": 0,
            "insutype": self.person.insurance,
            "reim_flag": "2",
            "out_setl_flag": "0",
            "fsi_operation_dtos": [],
        }

    # --- what is told: the diagnoses, the bill, the settlement ---

    def diagnoses(self) -> Node:
        """The nodes of 2203."""
        told = {
            "med_type": self.category,
            "begntime": said(self.began),
            "main_cond_dscr": "",
            "dise_codg": "",
            "dise_name": "",
        }
        return {"mdtrtinfo": {**self.who, **told}, "diseinfo": [{**self._diagnosis(), "vali_flag": "1"}]}

    def _diagnosis(self) -> Node:
        code, name = self.illness
        return {
            "diag_type": "1",
            "diag_srt_no": 1,
            "diag_code": code,
            "diag_name": name,
            "diag_dept": "A03.04",
            "dise_dor_no": "D990101000001",
            "dise_dor_name": "测试医师",
            "diag_time": said(self.began + timedelta(minutes=5)),
        }

    def bill(self, lines: Iterable[Line] | None = None) -> Node:
        """The node of 2204."""
        more = {"chrg_bchno": f"CB{self.id}", "rxno": f"RX{self.id}", "rx_circ_flag": "0", "prd_days": 7}
        return {"feedetail": [{**billed(line), **self.who, **more} for line in lines or self.lines]}

    def settlement(self) -> Node:
        """The node of 2207."""
        return {"data": {**self._money(), "chrg_bchno": f"CB{self.id}", "med_type": self.category}}

    def _money(self) -> Node:
        return {
            **self.who,
            "mdtrt_cert_type": "02",
            "mdtrt_cert_no": "990101196105200017",
            "psn_cert_type": "01",
            "certno": "990101196105200017",
            "psn_type": "11",
            "psn_name": self.person.name,
            "medfee_sumamt": self.total,
            "psn_setlway": "01",
            "insutype": self.person.insurance,
            "acct_used_flag": "0",
            "insuplc_admdvs": self.institution[1:7],
            "mdtrtarea_admvs": self.institution[1:7],
            "fulamt_ownpay_amt": 0,
            "overlmt_selfpay": 0,
            "preselfpay_amt": 0,
            "inscp_scp_amt": self.total,
        }

    def undone(self, settlement: str) -> Node:
        """The node of 2208 and 2305."""
        return {"data": {**self.who, "setl_id": settlement}}
