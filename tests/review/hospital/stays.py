"""What a hospital knows of days in a bed, and how it says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from tests.review.hospital.client import now
from tests.review.hospital.lines import Item, Line, Node, billed, ordered, said
from tests.review.hospital.visits import Visit


@dataclass(frozen=True)
class Stay(Visit):
    """Days in a bed of the hospital."""

    began: datetime = field(default_factory=lambda: now().replace(microsecond=0) - timedelta(days=5))
    ended: datetime = field(default_factory=lambda: now().replace(microsecond=0) - timedelta(hours=1))
    category: str = "21"
    bed: str = "12"

    def refunding(self, item: Item, quantity: int) -> Self:
        """The same stay with some of a line given back."""
        return replace(self, lines=(*self.lines, self.line(item).given_back(quantity)))

    def _encounter(self) -> Node:
        kept = [line for line in self.lines if line.refunds is None]
        return {
            **super()._encounter(),
            "dscg_date": said(self.ended),
            "wardarea_codg": "B07",
            "wardno": "0703",
            "bedno": self.bed,
            "med_mdtrt_type": "2",
            "fsi_order_dtos": [ordered(line) for line in kept],
        }

    def admission(self) -> Node:
        """The nodes of 2401, before the payer gave the stay its number."""
        told = {key: value for key, value in self._admitted().items() if key != "mdtrt_id"}
        rows = [{"psn_no": self.person.number, "maindiag_flag": "1", "adm_cond": "", **self._diagnosis()}]
        return {"mdtrtinfo": told, "diseinfo": rows}

    def admission_changed(self) -> Node:
        """The nodes of 2403."""
        rows = [{**self.who, "maindiag_flag": "1", "adm_cond": "", **self._diagnosis()}]
        return {"adminfo": self._admitted(), "diseinfo": rows}

    def _admitted(self) -> Node:
        code, name = self.illness
        return {
            **self.who,
            "insutype": self.person.insurance,
            "begntime": said(self.began),
            "mdtrt_cert_type": "02",
            "med_type": self.category,
            "ipt_no": f"ZY{self.number:07d}",
            "atddr_no": "D990101000001",
            "chfpdr_name": "测试医师",
            "adm_diag_dscr": name,
            "adm_dept_codg": "A03.04",
            "adm_dept_name": "消化内科专业",
            "adm_bed": self.bed,
            "dscg_maindiag_code": code,
            "dscg_maindiag_name": name,
        }

    def bill(self, lines: Iterable[Line] | None = None) -> Node:
        """The node of 2301."""
        return {
            "feedetail": [
                {
                    **billed(line),
                    **self.who,
                    "med_type": self.category,
                    "drord_no": (line.refunds or line).rx,
                    "init_feedetl_sn": line.refunds.serial if line.refunds else "",
                }
                for line in lines or self.lines
            ]
        }

    def leaving(self) -> Node:
        """The nodes of 2402."""
        told = {
            **self.who,
            "insutype": self.person.insurance,
            "endtime": said(self.ended),
            "dscg_dept_codg": "A03.04",
            "dscg_dept_name": "消化内科专业",
            "dscg_bed": self.bed,
            "dscg_way": "1",
        }
        return {"dscginfo": told, "diseinfo": [{**self.who, "maindiag_flag": "1", **self._diagnosis()}]}

    def settlement(self) -> Node:
        """The node of 2304."""
        return {"data": {**self._money(), "invono": "", "mid_setl_flag": "0", "dscgTime": f"{self.ended:%Y-%m-%d}"}}

    def settlement_list(self, settlement: str) -> Node:
        """The nodes of 4101 in its present shape."""
        code, name = self.illness
        told = {
            **self.who,
            "setl_id": settlement,
            "medcasno": f"BA{self.number:07d}",
            "ntly": "CHN",
            "prfs": "80",
            "patn_rlts": "10",
            "coner_name": "测试联系人",
            "coner_addr": "测试路1号",
            "coner_tel": "00000000000",
            "adm_way": "1",
            "trt_type": "10",
            "adm_time": said(self.began),
            "adm_caty": "A03.04",
            "dscg_time": said(self.ended),
            "dscg_caty": "A03.04",
            "dscg_way": "1",
            "vent_used_dura": "0/0/0",
            "lv1_nurscare_days": 0,
            "bill_code": "99060126",
            "bill_no": f"{self.number:010d}",
            "biz_sn": f"BS{self.id}",
            "setl_begn_date": f"{self.began:%Y-%m-%d}",
            "setl_end_date": f"{self.ended:%Y-%m-%d}",
            "medins_fill_dept": "医保办公室",
            "medins_fill_psn": "测试填报人",
            "hi_paymtd": "1",
        }
        row = {"diag_type": "1", "diag_code": code, "diag_name": name, "adm_cond_type": "1", "maindiag_flag": "1"}
        empty: Node = {"payinfo": [], "opspdiseinfo": [], "oprninfo": [], "icuinfo": [], "bldinfo": []}
        return {"setlinfo": told, "diseinfo": [row], **empty}
