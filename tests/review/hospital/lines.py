"""The lines of an order and of its bill, and how a hospital says them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

Node = dict[str, Any]
numbers = count(1)


@dataclass(frozen=True)
class Item:
    code: str
    own: str
    name: str
    price: float
    kind: str = "201"
    charge: str = "03"


# A point of the shipped list: for women.
FOR_WOMEN = Item("002101030310000", "XM002101", "子宫输卵管碘油造影", 90.0)
# Of no list that is shipped: nothing is said about these.
FILM = Item("009912020010000", "XM002201", "测试摄片", 25.0)
MIXTURE = Item("", "ZJ000001", "自制合剂", 12.0, kind="104", charge="14")  # the hospital's own, without a national code
DRUG = Item("XA02BCZ900A001010199901", "YP000123", "测试抑酸药肠溶胶囊", 28.5, kind="101", charge="09")


@dataclass(frozen=True)
class Line:
    """One line of an order, which becomes one line of the bill."""

    item: Item
    ordered: datetime
    quantity: int = 1
    number: int = field(default_factory=lambda: next(numbers))
    refunds: "Line | None" = None

    @property
    def rx(self) -> str:
        return f"RX-{self.number:05d}"

    @property
    def serial(self) -> str:
        return f"{self.ordered:%Y%m%d}{self.number:07d}"

    @property
    def amount(self) -> float:
        return round(self.quantity * self.item.price, 2)

    def given_back(self, quantity: int) -> "Line":
        return Line(self.item, self.ordered + timedelta(hours=2), -quantity, refunds=self)


def said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def ordered(line: Line) -> Node:
    """A line of an order, as 3101 and 3102 have it."""
    return {
        "rx_id": line.rx,
        "rxno": f"CF{line.number:05d}",
        "grpno": "1",
        "long_drord_flag": "0",
        "hilist_type": line.item.kind,
        "chrg_type": line.item.charge,
        "drord_bhvr": "1",
        "hilist_code": line.item.code,
        "hilist_name": line.item.name,
        "hilist_lv": "01",
        "hilist_pric": line.item.price,
        "hosplist_code": line.item.own,
        "hosplist_name": line.item.name,
        "cnt": line.quantity,
        "pric": line.item.price,
        "sumamt": line.amount,
        "ownpay_amt": 0,
        "selfpay_amt": 0,
        "spec": "-",
        "spec_unt": "次",
        "drord_begn_date": said(line.ordered),
        "drord_stop_date": "",
        "drord_dept_codg": "A03.04",
        "drord_dept_name": "消化内科专业",
        "drord_dr_codg": "D990101000001",
        "drord_dr_name": "测试医师",
        "drord_dr_profttl": "232",
        "curr_drord_flag": "1",
    }


def billed(line: Line) -> Node:
    """A line of a bill, as 2204 and 2301 have it."""
    return {
        "feedetl_sn": line.serial,
        "fee_ocur_time": said(line.ordered),
        "med_list_codg": line.item.code,
        "medins_list_codg": line.item.own,
        "det_item_fee_sumamt": line.amount,
        "cnt": line.quantity,
        "pric": line.item.price,
        "bilg_dept_codg": "A03.04",
        "bilg_dept_name": "消化内科专业",
        "bilg_dr_codg": "D990101000001",
        "bilg_dr_name": "测试医师",
        "acord_dept_codg": "",
        "acord_dept_name": "",
        "hosp_appr_flag": "0",
        "memo": "",
        "exp_content": "",
    }
