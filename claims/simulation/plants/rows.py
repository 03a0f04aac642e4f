"""Sown cases as rows of the template's tables, and the truth about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.simulation.bills import SCANNED, share_of, to_fen
from claims.simulation.catalogue import PAYMENT_CLASSES, goods, illnesses, payment_class
from claims.simulation.encounters import KINDS
from claims.simulation.life import PER_BLOCK, PER_BLOCK_SCANS, prescriptions
from claims.simulation.people import member_codes
from claims.simulation.places import Places, practitioners
from claims.simulation.relations import NONE, Column, Columns, Numbers, Words, numbered, numerals
from claims.simulation.seasons import DAY, Month, day_of

from .case import FUND_RATIO, PAID, Bill, Case, Charge, Scan, Verdict
from .sowing import Sown

BLOCK, APART = 999, 998  # numbers of planted claims lie above those of all blocks of normal life
NAMES = {illness.code: illness.name for illness in illnesses()}


def tables(sown: Sown, months: list[Month], first_member: int) -> Iterator[tuple[str, Columns]]:
    """The plants' rows by table and month, and the truth about them."""
    apart = _Rows(sown.places, sown.apart, 1, months, first_member, APART)
    for rows in (apart, _Rows(sown.places, sown.cases, sown.repeats, months, first_member + len(apart.people), BLOCK)):
        yield "members", rows.members()
        for place, month in enumerate(months):
            yield f"claims-{month}", rows.claims(place)
            yield f"lines-{month}", rows.lines(place)
            yield f"diagnoses-{month}", rows.diagnoses(place)
            yield f"operations-{month}", rows.operations(place)
            if rows.readings:
                yield f"scans-{month}", rows.scans(place)
        yield "truth", rows.truth()
        yield "filings", rows.filings()
    yield from told(sown, months)


def told(sown: Sown, months: list[Month]) -> Iterator[tuple[str, Columns]]:
    """What the plants say of institutions and practitioners, and of the stock of their own."""
    cases = [*sown.cases, *sown.apart]
    beds = {case.own(n): case.beds for case in sown.apart for n in range(len(case.plant.own))}
    own = [
        one | {"beds": beds[number] or NONE} for number, one in enumerate(sown.places.institutions) if number in beds
    ]
    codes = {one["code"] for one in own}
    employed = [one for one in sown.places.practitioners if one["institution"] in codes]
    if own:
        yield "institutions", _table(own)
        yield "practitioners", practitioners(employed, months[0].later(-60).first)
    registers: dict[str, list[dict[str, Any]]] = {
        "practitioners": [row for case in cases for row in case.registered],
        "permits": [row for case in cases for row in case.permits],
        "equipment": [row for case in cases for row in case.equipment],
    }
    for name, rows in registers.items():
        if rows:
            yield name, _table(rows)
    moved = [{"movement_no": f"H{number}"} | row for number, row in enumerate(r for c in cases for r in c.stock)]
    if moved:
        yield f"stock-{months[0]}", _table(moved)


def lists(sown: Sown) -> Mapping[str, list[dict[str, str]]]:
    """The points that the register of measures, and the points of practitioners, would have told the rules."""
    cases = [*sown.cases, *sown.apart]
    return {
        "measure": dated([row for case in cases for row in case.measures], "invented register of measures"),
        "qualification": dated([row for case in cases for row in case.qualifications], "invented points"),
    }


def dated(rows: list[dict[str, Any]], source: str) -> list[dict[str, str]]:
    said = {"basis": "医疗保障服务协议", "source": source, "verified": "invented"}
    return [
        {**row, "since": f"{day_of(row['since'])}", "until": "" if row["until"] is None else f"{day_of(row['until'])}"}
        | said
        for row in rows
    ]


def _table(rows: list[dict[str, Any]]) -> Columns:
    """Rows as columns: words, or numbers where there are any."""
    columns: dict[str, Column] = {}
    for name in rows[0]:
        cells = [row[name] for row in rows]
        if any(isinstance(cell, str) for cell in cells):
            words = list(dict.fromkeys(cells))
            columns[name] = Words.of(words, np.array([words.index(cell) if cell else -1 for cell in cells]))
        else:
            columns[name] = np.array([NONE if cell is None else cell for cell in cells], np.int64)
    return columns


class _Rows:
    def __init__(
        self, places: Places, cases: list[Case], repeats: int, months: list[Month], first_member: int, block: int
    ) -> None:
        self.places, self.cases, self.repeats, self.months, self.block = places, cases, repeats, months, block
        self.people = [person for case in cases for person in case.members]
        self.bills = [bill for case in cases for bill in case.bills]
        self.readings = [scan for case in cases for scan in [*case.scans, *_read(case)]]
        starts = np.cumsum([0, *(len(case.members) for case in cases)])
        first = {id(case): int(start) for case, start in zip(cases, starts, strict=False)}
        self.first, self.first_member = first, first_member
        self.member = {id(bill): first[id(bill.case)] + bill.member for bill in self.bills}
        edges = np.array([month.first for month in months] + [months[-1].after])
        self.month = np.searchsorted(edges, [_settled(bill) // DAY for bill in self.bills], side="right") - 1
        self.by_month: dict[int, list[Bill]] = defaultdict(list)
        self.claim: dict[int, int] = {}
        for bill, place in zip(self.bills, self.month.tolist(), strict=True):
            self.claim[id(bill)] = len(self.by_month[place])
            self.by_month[place].append(bill)
        self.month_of = {id(bill): int(place) for bill, place in zip(self.bills, self.month, strict=True)}
        self.codes = {key: n for n, key in enumerate(dict.fromkeys((id(s.bill.case), s.code) for s in self.readings))}

    def _times(self, column: Numbers, step: int) -> Numbers:
        """The column once for each repeat, each time higher by a step."""
        turns = np.arange(self.repeats)[:, None] * step
        return np.where(column == NONE, NONE, column[None, :] + turns).ravel()

    def _again(self, column: list[int | None]) -> Numbers:
        return self._times(np.array([NONE if cell is None else cell for cell in column], np.int64), 0)

    def _words(self, cells: list[str]) -> Words:
        places = {word: n for n, word in enumerate(dict.fromkeys(cells))}
        return Words.of(list(places) or [""], self._again([places[cell] if cell else -1 for cell in cells]))

    def _claim_numbers(self, bills: list[Bill], place: int) -> Words:
        base = self.months[place].tag * 10**9 + self.block * PER_BLOCK
        rows = np.array([self.claim[id(bill)] for bill in bills], np.int64)
        return numbered(base + self._times(rows, len(self.by_month[place])))

    def _institutions(self, bills: list[Bill]) -> Words:
        return Words(self.places.codes, self._again([bill.place for bill in bills]))

    def _member_codes(self, bills: list[Bill]) -> Words:
        rows = np.array([self.member[id(bill)] for bill in bills], np.int64)
        return member_codes(self.first_member + self._times(rows, len(self.people)))

    def members(self) -> Columns:
        rows = np.arange(len(self.people))
        return {
            "member": member_codes(self.first_member + self._times(rows, len(self.people))),
            "sex": self._again([person.sex for person in self.people]),
            "born": self._again([person.born for person in self.people]),
            "insured_area": self._words([person.insured_area for person in self.people]),
            "died_on": self._again([person.died_on for person in self.people]),
            "died_at": self._again([person.died_at for person in self.people]),
        }

    def _person(self, bill: Bill, what: str) -> int:
        own = getattr(bill, what)
        return int(getattr(bill.case.members[bill.member], what) if own is None else own)

    def claims(self, place: int) -> Columns:
        bills = self.by_month[place]
        money = [_money(bill) for bill in bills]
        return {
            "claim_no": self._claim_numbers(bills, place),
            "institution": self._institutions(bills),
            "member": self._member_codes(bills),
            "kind": Words.of(KINDS, self._again([KINDS.index(bill.kind) for bill in bills])),
            "sex": self._again([self._person(bill, "sex") for bill in bills]),
            "born": self._again([self._person(bill, "born") for bill in bills]),
            "insured_area": self._words([bill.case.members[bill.member].insured_area for bill in bills]),
            "insurance": self._words([bill.insurance for bill in bills]),
            "admitted": self._again([bill.admitted for bill in bills]),
            "discharged": self._again([bill.discharged for bill in bills]),
            "settled_at": self._again([_settled(bill) for bill in bills]),
            "department": self._words([bill.department for bill in bills]),
            "practitioner": self._words([self._doctor(bill) for bill in bills]),
            "course": self._words([bill.course for bill in bills]),
            "transferred": self._again([int(bill.transferred) for bill in bills]),
            "newborn": self._again([int(bill.newborn) for bill in bills]),
            "pay_method": self._words([bill.pay_method for bill in bills]),
            "disease_group": self._words([bill.group for bill in bills]),
            "total": self._again([total for total, _, _ in money]),
            "eligible": self._again([eligible for _, eligible, _ in money]),
            "fund_paid": self._again([fund for _, _, fund in money]),
            "account_paid": self._again([0 for _ in money]),
            "cash_paid": self._again([_cash(bill) for bill in bills]),
        }

    def _doctor(self, bill: Bill) -> str:
        department = self.places.departments.index(bill.department or "A02")
        return str(self.places.doctor_codes[int(self.places.first_doctor[bill.place, department])])

    def _ordered(self, charge: Charge) -> str:
        return charge.practitioner or self._doctor(charge.bill)

    def lines(self, place: int) -> Columns:
        held = goods()
        charges = [charge for bill in self.by_month[place] for charge in bill.charges]
        bills = [charge.bill for charge in charges]
        item = self._again([charge.item for charge in charges])
        claims = self._claim_numbers(bills, place)
        quantity = self._again([charge.quantity for charge in charges])
        price = self._again([charge.price for charge in charges])
        amount = to_fen(quantity, price)
        return {
            "claim_no": claims,
            "institution": self._institutions(bills),
            "line_no": self._again([charge.number for charge in charges]),
            "reverses": self._again([charge.reverses for charge in charges]),
            "done_at": self._again([charge.done_at for charge in charges]),
            "item": Words(held.codes, item),
            "item_name": Words(held.names, item),
            "category": Words(held.categories, held.category[item]),
            "quantity": quantity,
            "price": price,
            "amount": amount,
            "eligible": share_of(amount, self._again([charge.share for charge in charges])),
            "days": self._again([charge.days for charge in charges]),
            "approved": self._again([int(charge.approved) for charge in charges]),
            "special": self._again([int(charge.special) for charge in charges]),
            "reason": self._words([charge.reason for charge in charges]),
            "department": self._words([bill.department for bill in bills]),
            "practitioner": self._words([self._ordered(charge) for charge in charges]),
            "prescription": prescriptions(claims.values, np.where(held.is_drug[item], claims.index, -1)),
            "taken_home": self._again([int(_taken_home(charge)) for charge in charges]),
            "payment_class": self._words([_payment_class(charge) for charge in charges]),
        }

    def diagnoses(self, place: int) -> Columns:
        cells = [(bill, n, code) for bill in self.by_month[place] for n, code in enumerate(bill.diagnoses)]
        bills = [bill for bill, _, _ in cells]
        return {
            "claim_no": self._claim_numbers(bills, place),
            "institution": self._institutions(bills),
            "number": self._again([n + 1 for _, n, _ in cells]),
            "code": self._words([code for _, _, code in cells]),
            "name": self._words([NAMES.get(code, code) for _, _, code in cells]),
            "main": self._again([int(n < bill.mains) for bill, n, _ in cells]),
        }

    def operations(self, place: int) -> Columns:
        cells = [(bill, n, row) for bill in self.by_month[place] for n, row in enumerate(bill.operations)]
        bills = [bill for bill, _, _ in cells]
        return {
            "claim_no": self._claim_numbers(bills, place),
            "institution": self._institutions(bills),
            "number": self._again([n + 1 for _, n, _ in cells]),
            "code": self._words([row[0] for _, _, row in cells]),
            "name": self._words([row[1] for _, _, row in cells]),
            "done_on": self._again([row[2] for _, _, row in cells]),
            "main": self._again([int(n == 0) for _, n, _ in cells]),
        }

    def scans(self, place: int) -> Columns:
        held = goods()
        readings = [scan for scan in self.readings if self.month_of[id(scan.bill)] == place]
        bills = [scan.bill for scan in readings]
        tag = self.months[place].tag * 10**12 + self.block * PER_BLOCK_SCANS
        code = np.array([self.codes[id(scan.bill.case), scan.code] for scan in readings], np.int64)
        claims = self._claim_numbers(bills, place)
        linked = np.tile(np.array([scan.charge is not None for scan in readings], bool), self.repeats)
        members = self._member_codes(bills)
        item: list[int | None] = [scan.charge.item if scan.charge else scan.bill.charges[0].item for scan in readings]
        return {
            "scan_no": numbered(tag + np.arange(len(readings) * self.repeats)),
            # One code is read in several months, so it is numbered apart from them.
            "code": numbered(self.block * 10**13 + self._times(code, len(self.codes)), "8110"),
            "event": self._words([scan.event for scan in readings]),
            "institution": self._institutions(bills),
            "claim_no": Words(claims.values, np.where(linked, claims.index, -1)),
            "line_no": self._again([scan.charge.number if scan.charge else None for scan in readings]),
            "member": Words(members.values, np.where(linked, members.index, -1)),
            "item": Words(held.codes, self._again(item)),
            "done_at": self._again([scan.done_at for scan in readings]),
            "loose": self._again([int(scan.loose) for scan in readings]),
        }

    def filings(self) -> Columns:
        filed = [(case, row) for case in self.cases for row in case.filings]
        rows = np.array([self.first[id(case)] + row["member"] for case, row in filed], np.int64)
        return {
            "member": member_codes(self.first_member + self._times(rows, len(self.people))),
            **{name: self._words([row[name] for _, row in filed]) for name in ("insured_area", "kind", "place")},
            **{name: self._again([row[name] for _, row in filed]) for name in ("since", "until")},
        }

    def truth(self) -> Columns:
        """A row for each verdict of a case, in each of its copies."""
        said = [
            (bill, charge, verdict)
            for bill in self.bills
            for charge, verdicts in [(None, bill.verdicts), *((c, c.verdicts) for c in bill.charges)]
            for verdict in verdicts
        ]
        bills = [bill for bill, _, _ in said]
        length = len(said) * self.repeats
        claims = self._claim_keys(bills)
        lines = pa.array([f":{charge.number}" if charge else "" for _, charge, _ in said] * self.repeats, pa.string())
        charges = pc.binary_join_element_wise(claims, lines, "")
        has = np.array([charge is not None for _, charge, _ in said] * self.repeats, bool)
        columns: dict[str, Column] = {
            "rule": self._words([verdict.rule for _, _, verdict in said]),
            "claim": self._accused([(bill, verdict) for bill, _, verdict in said], claims),
            "charge": Words(charges, np.where(has, np.arange(length), -1)),
            "accused": self._words(["yes" if verdict.accused else "no" for _, _, verdict in said]),
            "example": self._words([bill.case.plant.example for bill in bills]),
            "institution": self._institutions(bills),
            "at_stake": self._again([_at_stake(bill, verdict.at_stake) for bill, _, verdict in said]),
            "certainty": self._words([verdict.certainty for _, _, verdict in said]),
            "note": self._words([bill.case.plant.note for bill in bills]),
        }
        return columns

    def _accused(self, said: list[tuple[Bill, Verdict]], claims: pa.Array) -> Words:
        """The claim, or the institution or practitioner whom a verdict is about."""
        whom = {
            "institution": lambda bill: str(self.places.codes[bill.place]),
            "practitioner": lambda bill: self._ordered(bill.charges[0]),
        }
        about = [whom[verdict.about](bill) if verdict.about else None for bill, verdict in said] * self.repeats
        return Words(pc.coalesce(pa.array(about, pa.string()), claims), np.arange(len(claims)))

    def _claim_keys(self, bills: list[Bill]) -> pa.Array:
        """institution:claim_no, as the warehouse keys claims."""
        place = np.array([self.month_of[id(bill)] for bill in bills], np.int64)
        tag = np.array([month.tag for month in self.months])
        size = np.array([len(self.by_month[n]) for n in range(len(self.months))])
        row = np.array([self.claim[id(bill)] for bill in bills], np.int64)
        turns = np.arange(self.repeats)[:, None]
        numbers = (tag[place] * 10**9 + self.block * PER_BLOCK + row + turns * size[place]).ravel()
        codes = self.places.codes.take(pa.array(self._again([bill.place for bill in bills])))
        return pc.binary_join_element_wise(codes, numerals(numbers), ":")


def _payment_class(charge: Charge) -> str:
    return charge.payment_class or PAYMENT_CLASSES[int(payment_class(np.array([charge.share]))[0])]


def _taken_home(charge: Charge) -> bool:
    """A drug billed on the day of discharge."""
    discharged = charge.bill.discharged
    last = discharged is not None and charge.done_at // DAY == discharged // DAY
    return last and bool(goods().is_drug[charge.item])


def _read(case: Case) -> Iterator[Scan]:
    """A reading of a pack for each drug taken home of which the plant says nothing."""
    said = {id(scan.charge) for scan in case.scans}
    lines = [charge for bill in case.bills if not bill.unread for charge in bill.charges]
    for number, charge in enumerate(lines):
        takes_home = KINDS.index(charge.bill.kind) in SCANNED and goods().is_drug[charge.item]
        if takes_home and charge.quantity > 0 and id(charge) not in said:
            yield Scan(-1 - number, "sale", charge.bill, charge, charge.done_at, loose=False)


def _settled(bill: Bill) -> int:
    """Two hours after the end; later where the family settles later; never past midnight."""
    ended = max(bill.admitted, bill.discharged or bill.admitted)
    return min(ended + 7_200, (ended // DAY + 1) * DAY - 60) + bill.settled_days_later * DAY


def _amounts(bill: Bill) -> tuple[int, int]:
    quantity = np.array([charge.quantity for charge in bill.charges])
    amount = to_fen(quantity, np.array([charge.price for charge in bill.charges]))
    eligible = share_of(amount, np.array([charge.share for charge in bill.charges]))
    return int(amount.sum()), int(eligible.sum())


def _money(bill: Bill) -> tuple[int, int, int]:
    """Total, eligible amount and the fund's part, as they add up or as they are made not to."""
    total, eligible = _amounts(bill)
    total += bill.total_off
    if bill.eligible_over is not None:
        eligible = total + bill.eligible_over
    fund = eligible * FUND_RATIO // 10_000 if bill.paid_over is None else total + bill.paid_over
    return total, eligible, fund


def _cash(bill: Bill) -> int:
    total, _, fund = _money(bill)
    return max(0, total - fund) + bill.parts_over


def _at_stake(bill: Bill, stake: Decimal | None) -> int | None:
    if stake is None:
        return None
    return _money(bill)[2] if stake == PAID else int(stake * 100)
