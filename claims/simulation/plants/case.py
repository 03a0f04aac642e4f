"""One planted case: its own members, their bills, and what the rules must say of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from claims.simulation.catalogue import goods
from claims.simulation.places import COUNTIES, Places
from claims.simulation.seasons import DAY, day_of, number_of

MALE, FEMALE, UNKNOWN, NOT_STATED = 1, 2, 0, 9
PAID = Decimal(-1)  # at stake is what the fund paid for the whole claim
FUND_RATIO = 7_000


@dataclass(frozen=True)
class Plant:
    """How a case is made, and which days it needs around its first day."""

    rule: str
    example: str  # 'B20-1' is row 1 of the catalogue, 'B20/24' lies beside its rows
    note: str
    grow: Callable[["Case"], None]
    before: int = 0
    span: int = 1
    since: date = date.min
    on: date | None = None
    own: tuple[str, ...] = ()  # the kinds of institutions of its own, where nobody else is treated
    within: str = ""  # all its days lie in one "month", or one "year"


PLANTS: list[Plant] = []


def plant(
    rule: str,
    example: str,
    note: str,
    *,
    before: int = 0,
    span: int = 1,
    since: date = date.min,
    on: date | None = None,
    own: tuple[str, ...] = (),
    within: str = "",
) -> Callable[[Callable[["Case"], None]], Callable[["Case"], None]]:
    """Register a case: `before` and `span` days around its first day must lie within the months."""

    def register(grow: Callable[["Case"], None]) -> Callable[["Case"], None]:
        PLANTS.append(Plant(rule, example, note, grow, before, span, since, on, own, within))
        return grow

    return register


@dataclass
class Person:
    sex: int
    born: int
    died_on: int | None = None
    died_at: int | None = None
    insured_area: str = COUNTIES[0][0]


@dataclass
class Verdict:
    rule: str
    accused: bool
    at_stake: Decimal | None
    certainty: str = ""
    about: str = ""  # 'institution' or 'practitioner': whom a rule accuses that accuses no claim


@dataclass
class Charge:
    """A fee line of a bill."""

    bill: "Bill"
    number: int
    item: int
    quantity: int
    price: int
    done_at: int
    days: int
    share: int
    approved: bool
    special: bool
    reason: str
    payment_class: str = ""  # where it is not what the share says
    practitioner: str = ""  # where another than the claim's ordered it
    reverses: int | None = None
    verdicts: list[Verdict] = field(default_factory=list)

    def accuse(self, at_stake: str | None = None, *, certainty: str = "", rule: str = "") -> "Charge":
        stake = None if at_stake is None else Decimal(at_stake)
        self.verdicts.append(Verdict(rule or self.bill.case.plant.rule, True, stake, certainty))
        return self

    def spare(self, *, rule: str = "") -> "Charge":
        self.verdicts.append(Verdict(rule or self.bill.case.plant.rule, False, None))
        return self

    def take_back(self, quantity: float | None = None, *, named: bool = True, price: str = "") -> "Charge":
        """Reverse the line, whole or in part, naming it or not, at its price or another; returns the line."""
        back = replace(
            self,
            number=len(self.bill.charges) + 1,
            quantity=-self.quantity if quantity is None else -round(quantity * 10_000),
            price=round(Decimal(price) * 1_000_000) if price else self.price,
            done_at=self.done_at + 1_800,
            reverses=self.number if named else None,
            verdicts=[],
        )
        self.bill.charges.append(back)
        return self

    def scanned(
        self, code: int, *, event: str = "sale", day: float = 0, loose: bool = False, insured: bool = True
    ) -> "Charge":
        """A pack is read, for this line unless nobody's insurance knows of it; returns the line."""
        line = self if insured and event in ("sale", "return") else None
        self.bill.case.scans.append(Scan(code, event, self.bill, line, self.done_at + int(day * DAY), loose))
        return self


@dataclass
class Scan:
    code: int
    event: str
    bill: "Bill"
    charge: Charge | None
    done_at: int
    loose: bool


@dataclass
class Bill:
    """A claim: a visit or a stay of one member."""

    case: "Case"
    member: int
    place: int
    kind: str
    admitted: int
    discharged: int | None
    diagnoses: list[str]
    department: str
    course: str = ""
    transferred: bool = False
    newborn: bool = False
    pay_method: str = "item"
    group: str = ""  # of diseases, where it is paid by group
    settled_days_later: int = 0
    mains: int = 1  # how many of the diagnoses are said to be the main one
    total_off: int = 0  # fen by which the total misses its lines
    eligible_over: int | None = None  # fen by which the eligible amount, the fund's part, or
    paid_over: int | None = None  # all parts together are said to be more than the total
    parts_over: int = 0
    insurance: str = "390"
    unread: bool = False  # no pack of its drugs was read
    sex: int | None = None  # where it differs from the register
    born: int | None = None
    charges: list[Charge] = field(default_factory=list)
    operations: list[tuple[str, str, int]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def line(
        self, item: str, quantity: float = 1, *, day: int | None = None, time: str = "", price: str = "",
        days: int = 1, self_paid: bool = False, share: int | None = None, approved: bool = False,
        special: bool = False, reason: str = "", payment_class: str = "", practitioner: str = "",
    ) -> Charge:  # fmt: skip
        """A fee line; without a day and time an hour after the begin, on a later day at ten."""
        held, number = goods(), goods().keys[item]
        level = int(self.case.places.level[self.place])
        charge = Charge(
            bill=self,
            number=len(self.charges) + 1,
            item=number,
            quantity=round(quantity * 10_000),
            price=round(Decimal(price) * 1_000_000) if price else int(held.price[number, level]),
            done_at=self._moment(day, time),
            days=days,
            share=0 if self_paid else int(held.share[number]) if share is None else share,
            approved=approved,
            special=special,
            reason=reason,
            payment_class=payment_class,
            practitioner=practitioner,
        )
        self.charges.append(charge)
        return charge

    def _moment(self, day: int | None, time: str) -> int:
        if day is None and not time:
            return self.admitted + 3_600
        start = self.case.day if day is None else self.case.day + day
        return start * DAY + seconds(time or "10:00")

    def daily(
        self, item: str, quantity: float, first: int, days: int, *, time: str = "10:00", price: str = ""
    ) -> list[Charge]:
        """The same line on so many days from a day on."""
        return [self.line(item, quantity, day=first + n, time=time, price=price) for n in range(days)]

    def beds(self, item: str = "BED_WARD", price: str = "") -> "Bill":
        """One bed fee for each day in hospital, the day of discharge not counted."""
        first = self.admitted // DAY - self.case.day
        last = (self.discharged or self.admitted) // DAY - self.case.day
        self.line(item, price=price).done_at = self.admitted + 1_200
        self.daily(item, 1, first + 1, last - first - 1, time="20:00", price=price)
        return self

    def operated(self, code: str, name: str, day: int = 0) -> "Bill":
        self.operations.append((code, name, self.case.day + day))
        return self

    def accuse(self, at_stake: Decimal | None = PAID, *, certainty: str = "", rule: str = "") -> "Bill":
        self.verdicts.append(Verdict(rule or self.case.plant.rule, True, at_stake, certainty))
        return self

    def spare(self, *, rule: str = "") -> "Bill":
        self.verdicts.append(Verdict(rule or self.case.plant.rule, False, None))
        return self

    def accuse_its(self, about: str, *, certainty: str = "", rule: str = "") -> "Bill":
        """Its institution, or the practitioner of its first line, is accused, not the claim."""
        self.verdicts.append(Verdict(rule or self.case.plant.rule, True, Decimal(0), certainty, about))
        return self

    def spare_its(self, about: str, *, rule: str = "") -> "Bill":
        self.verdicts.append(Verdict(rule or self.case.plant.rule, False, None, about=about))
        return self


@dataclass
class Case:
    """The ground of one copy of a plant; its days count from the copy's own first day."""

    plant: Plant
    places: Places
    day: int
    turn: int
    number: int  # of all cases
    first_own: int = 0  # the first of its own institutions, where the plant asks for any
    members: list[Person] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    scans: list[Scan] = field(default_factory=list)
    beds: int = 0  # of its own institutions; 0: not told
    registered: list[dict[str, Any]] = field(default_factory=list)  # rows of practitioners
    permits: list[dict[str, Any]] = field(default_factory=list)
    equipment: list[dict[str, Any]] = field(default_factory=list)
    filings: list[dict[str, Any]] = field(default_factory=list)
    stock: list[dict[str, Any]] = field(default_factory=list)
    measures: list[dict[str, Any]] = field(default_factory=list)  # points of the list `measure`
    qualifications: list[dict[str, Any]] = field(default_factory=list)  # points of the list `qualification`

    def member(
        self,
        sex: int = FEMALE,
        age: int = 45,
        *,
        birthday_in: int = -40,
        died: int | None = None,
        died_time: str = "",
        insured_area: str = COUNTIES[0][0],
    ) -> int:
        """A member of an age on the first day of the case, whose birthday is in so many days."""
        birthday = day_of(self.day + birthday_in)
        years = age if birthday_in <= 0 else age + 1
        born = number_of(
            date(
                birthday.year - years,
                birthday.month,
                min(birthday.day, 28) if birthday.month == 2 else birthday.day,
            )
        )
        died_on = None if died is None else self.day + died
        died_at = None if died_on is None or not died_time else died_on * DAY + seconds(died_time)
        self.members.append(Person(sex, born, died_on, died_at, insured_area))
        return len(self.members) - 1

    def practitioner(
        self, place: int, *, since: int = -1_000, until: int | None = None, standing: str = "normal", code: str = "",
        kind: str = "physician",
    ) -> str:  # fmt: skip
        """A practitioner of the case, or of this code, registered at a place from a day to a day; answers the code."""
        code = code or f"D{COUNTIES[0][0]}8{self.number:05}{len(self.registered)}"
        self.registered.append({
            "code": code, "name": "甲医生", "kind": kind, "title": "主治医师",
            "institution": self.places.institutions[place]["code"], "department": "", "since": self.day + since,
            "until": None if until is None else self.day + until, "standing": standing,
        })  # fmt: skip
        return code

    def permit(self, kind: str, *, since: int = -1_000, until: int | None = None) -> None:
        """What the case's own institution may do from a day to a day."""
        self.permits.append({"institution": self._own_code, "kind": kind} | self._from(since, until))

    def suspended(
        self, about: str = "institution", code: str = "", *, since: int = -30, until: int | None = None,
        measure: str = "",
    ) -> None:  # fmt: skip
        """The case's own institution, a department or a person of it, is suspended from a day to a day."""
        number = f"invented {self.number}-{len(self.measures)}"
        words = {"institution": "suspended"}
        self.measures.append({
            "point": number, "number": number, "institution": self._own_code, "about": about,
            "code": code or self._own_code, "measure": measure or words.get(about, about), "because": number,
            "place": f"{self.places.institutions[self.own()]['division']:.4}00",
        } | self._from(since, until))  # fmt: skip

    def disqualified(
        self, practitioner: str, *, since: int = -30, until: int | None = None, standing: str = "suspended"
    ) -> None:
        """The fund does not pay for what a practitioner orders from a day to a day, at any institution."""
        number = f"invented {self.number}-J{len(self.qualifications)}"
        self.qualifications.append({
            "point": number, "number": number, "practitioner": practitioner, "standing": standing, "because": number,
            "place": "000000",
        } | self._from(since, until))  # fmt: skip

    def device(self, kind: str, devices: int, hours: int, *, since: int = -1_000, until: int | None = None) -> None:
        row = {"institution": self._own_code, "kind": kind, "devices": devices, "hours": hours}
        self.equipment.append(row | self._from(since, until))

    def filed(
        self, member: int, place: str, *, kind: str = "temporary", since: int = 0, until: int | None = None
    ) -> None:
        """Care away from home is filed for a place from a day to a day."""
        area = self.members[member].insured_area
        row = {"member": member, "insured_area": area, "kind": kind, "place": place}
        self.filings.append(row | self._from(since, until))

    def moved(self, kind: str, item: str, quantity: float, *, day: int, time: str = "21:00") -> None:
        """The stock of the case's own institution is counted or changes."""
        self.stock.append({
            "institution": self._own_code, "item": str(goods().codes[goods().keys[item]]), "kind": kind,
            "quantity": round(quantity * 10_000), "done_at": (self.day + day) * DAY + seconds(time),
        })  # fmt: skip

    @property
    def _own_code(self) -> str:
        return str(self.places.institutions[self.own()]["code"])

    def _from(self, since: int, until: int | None) -> dict[str, int | None]:
        return {"since": self.day + since, "until": None if until is None else self.day + until}

    def own(self, number: int = 0) -> int:
        """An institution where nobody else is treated, by the number of the case's own."""
        assert number < len(self.plant.own)
        return self.first_own + number

    def hospital(self, level: int = 2, other: int = 0) -> int:
        found = self.places.of_kind("hospital", level)
        return found[(self.turn + other) % len(found)]

    def pharmacy(self, other: int = 0) -> int:
        found = self.places.of_kind("pharmacy")
        return found[(self.turn + other) % len(found)]

    def visit(
        self, member: int, *diagnoses: str, place: int | None = None, kind: str = "outpatient", day: int = 0,
        time: str = "09:00", department: str = "A02", newborn: bool = False, level: int = 2,
    ) -> Bill:  # fmt: skip
        if place is None:
            place = self.pharmacy() if kind == "pharmacy" else self.hospital(level)
        begun = (self.day + day) * DAY + seconds(time)
        bill = Bill(self, member, place, kind, begun, None, list(diagnoses), department, newborn=newborn)
        self.bills.append(bill)
        return bill

    def stay(
        self, member: int, *diagnoses: str, days: int, day: int = 0, place: int | None = None,
        time: str = "09:00", until: str = "10:00", department: str = "A03.01", course: str = "",
        transferred: bool = False, newborn: bool = False, level: int = 2, bare: bool = False,
        pay_method: str = "item", group: str = "",
    ) -> Bill:  # fmt: skip
        """A stay from a day for so many days, with a ward bed each day unless bare."""
        first = (self.day + day) * DAY
        bill = Bill(
            self, member, self.hospital(level) if place is None else place, "inpatient",
            first + seconds(time), first + days * DAY + seconds(until), list(diagnoses), department,
            course, transferred, newborn, pay_method, group,
        )  # fmt: skip
        self.bills.append(bill)
        return bill if bare else bill.beds()


def seconds(time: str) -> int:
    """'09:30' or '09:30:15' as seconds of the day."""
    hours, minutes, *rest = (int(part) for part in time.split(":"))
    return hours * 3_600 + minutes * 60 + (rest[0] if rest else 0)
