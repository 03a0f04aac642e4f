"""An invented prefecture whose claims are taken one after the other: asked about at the desk first, then taken in."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.netting import Line, net
from claims.simulation import Prefecture, simulate
from claims.simulation.seasons import Month
from tests.review.messages import message

Row = Mapping[str, str]
REGISTERS = ("divisions", "institutions", "practitioners", "members", "permits", "equipment", "filings")
OF_CLAIMS = ("claims", "lines", "diagnoses", "operations")
MED_TYPE = {
    "inpatient": "21", "outpatient": "11", "emergency": "13", "chronic": "14", "day_surgery": "28", "pharmacy": "41",
    "home_bed": "71",
}  # fmt: skip
LEVEL = {"A": "01", "B": "02", "C": "03"}


@dataclass
class Claim:
    """A claim as the simulator wrote it, with the lines that were left of its reversals."""

    header: Row
    rows: Mapping[str, list[Row]]

    @property
    def key(self) -> str:
        return f"{self.header['institution']}:{self.header['claim_no']}"

    @property
    def settled_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.header["settled_at"])

    def asking(self) -> dict[str, Any]:
        """The 3102 with which its institution asks just before it is settled."""
        head, diagnoses = self.header, sorted(self.rows["diagnoses"], key=lambda row: row["main"] != "Y")
        patient = {
            "patn_id": head["member"], "patn_name": "测试", "gend": head["sex"], "brdy": head["born"],
            "poolarea": head["insured_area"], "curr_mdtrt_id": head["claim_no"], "fsi_encounter_dtos": {
                "mdtrt_id": head["claim_no"], "medins_id": head["institution"], "adm_date": head["admitted"],
                "dscg_date": head["discharged"] if head["kind"] == "inpatient" else "",
                "dscg_main_dise_codg": next((row["code"] for row in diagnoses if row["main"] == "Y"), ""),
                "fsi_diagnose_dtos": [
                    {"maindise_flag": "1" if row["main"] == "Y" else "0", "dise_codg": row["code"],
                     "dise_name": row["name"]} for row in diagnoses
                ],
                "dr_codg": head["practitioner"], "adm_dept_codg": head["department"],
                "wardno": "1" if head["kind"] == "inpatient" else "", "insutype": head["insurance"],
                "med_mdtrt_type": {"inpatient": "2", "pharmacy": "3"}.get(head["kind"], "1"),
                "med_type": MED_TYPE[head["kind"]], "fsi_order_dtos": list(self.orders()),
                "fsi_operation_dtos": [
                    {"oprn_code": row["code"], "oprn_name": row["name"], "oprn_date": row["done_on"],
                     "main_oprn_flag": "1" if row["main"] == "Y" else "0"} for row in self.rows["operations"]
                ],
            },
        }  # fmt: skip
        msgid = f"{head['institution']}{head['claim_no']}"[-30:]
        return message(
            {"task_id": "T", "patient_dtos": patient}, "3102", msgid=msgid, fixmedins_code=head["institution"]
        )

    def orders(self) -> Iterator[dict[str, Any]]:
        left = self.left()
        for row in self.rows["lines"]:
            if row["line_no"] not in left:
                continue
            quantity, amount = left[row["line_no"]]
            billed = scaled(row["quantity"], 10**4)
            eligible = (scaled(row["eligible"], 100) * quantity * 2 + billed) // (billed * 2)
            yield {
                "rx_id": row["line_no"], "rxno": row["prescription"], "chrg_type": row["category"],
                "hilist_code": row["item"], "hilist_name": row["item_name"], "hilist_lv": LEVEL.get(row["payment_class"], ""),
                "cnt": str(Decimal(quantity) / 10**4), "pric": row["price"], "sumamt": str(Decimal(amount) / 100),
                "ownpay_amt": str(Decimal(amount - eligible) / 100), "drord_begn_date": row["done_at"],
                "drord_dept_codg": row["department"], "drord_dr_codg": row["practitioner"],
                "extend_order_map": {"o_prdDays": row["days"]},
            }  # fmt: skip

    def left(self) -> dict[str, tuple[int, int]]:
        """What is left of its lines after their reversals: quantity in 1/10000 and fen."""
        return net(
            Line(row["line_no"], (row["item"], row["price"]), scaled(row["quantity"], 10**4), scaled(row["price"], 10**6),
                 scaled(row["amount"], 100), dt.datetime.fromisoformat(row["done_at"]), row["reverses"] or None)
            for row in self.rows["lines"]
        ).left  # fmt: skip


def scaled(written: str, scale: int) -> int:
    return int(Decimal(written) * scale)


@dataclass(frozen=True)
class Lot:
    """Claims that are taken in together, in the order in which they were settled."""

    folder: Path
    claims: Sequence[Claim]


def lots(folder: Path, *, members: int, months: int, count: int, seed: int = 1) -> list[Lot]:
    """A prefecture's claims in lots of equal time. The first also brings the registers."""
    everything = folder / "all"
    simulate(Prefecture(members, months, seed, Month(2026, 1), copies=1), everything, kind="csv")
    claims = sorted(read(everything), key=lambda claim: (claim.settled_at, claim.key))
    first, last = claims[0].settled_at, claims[-1].settled_at
    width = (last - first) / count + dt.timedelta(seconds=1)
    found: list[list[Claim]] = [[] for _ in range(count)]
    for claim in claims:
        found[int((claim.settled_at - first) / width)].append(claim)
    made = [Lot(folder / f"lot-{number}", some) for number, some in enumerate(found)]
    for lot in made:
        write(lot)
    for name in REGISTERS:
        (made[0].folder / f"{name}.csv").write_bytes((everything / f"{name}.csv").read_bytes())
    return made


def read(folder: Path) -> Iterator[Claim]:
    rows: dict[str, dict[tuple[str, str], list[Row]]] = {name: defaultdict(list) for name in OF_CLAIMS}
    for name in OF_CLAIMS:
        for file in sorted(folder.glob(f"{name}-*.csv")):
            with file.open(encoding="utf-8", newline="") as opened:
                for row in csv.DictReader(opened):
                    rows[name][row["institution"], row["claim_no"]].append(row)
    for key, (header,) in rows["claims"].items():
        yield Claim(header, {name: rows[name].get(key, []) for name in OF_CLAIMS})


def write(lot: Lot) -> None:
    lot.folder.mkdir(parents=True)
    for name in OF_CLAIMS:
        rows = [row for claim in lot.claims for row in claim.rows[name]]
        if rows:
            with (lot.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
