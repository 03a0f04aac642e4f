"""Random histories of a few people, made so that a rule has something to say about them.

Most begin as one or two of the rule's own examples, whose claims are then moved, doubled, bent and emptied; some have
claims out of nothing besides. What is drawn are the edges: midnight, the full hour, a month's end, nothing, zero, less than
zero, one more than the limit, the largest amount that intake lets in.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from claims import warehouse
from supervision.monitoring import examples, schema
from supervision.monitoring.examples import Value, Values
from supervision.monitoring.rulebook import Example, Rule
from supervision.monitoring.schema import HISTORIES

# What is no claim's: registers beside that of members, and stock. It comes from an example as it stands.
OTHERS = ("institution", "registration", "permit", "equipment", "filing", "stock", "stock_history")
PAST = {kind: history for kind, history in HISTORIES.items() if kind not in OTHERS}
PLAIN = "009900000000001"  # on no list
FIRST = dt.date(2026, 2, 20)
KINDS = (*PAST, "fault")
MOMENTS = {"done_at": "day", "admitted": "admitted_on", "discharged": "discharged_on", "started": "day"}
EDGES = (0, 0, 1, -1, 3600, -3600, 3599, 86_399, 86_400, -86_400, 7 * 86_400)
# Of what a claim says of itself, what nobody can leave out.
KEPT = {"claim", "charge", "scan", "member", "institution", "encounter", "month", "sound", "batch", "event", "quantity",
    "amount", "eligible", "paid", "total", "days", "number", "bed_days", *MOMENTS, *MOMENTS.values()}  # fmt: skip
LONG_AGO = dt.datetime(1900, 1, 1)
MOST = 10**11  # fen, or ten-thousandths: more is refused at intake
Rows = dict[str, list[Values]]


@dataclass
class World:
    """A history: everything that was ever billed, by kind; which claims are judged; the register."""

    rows: Rows
    judged: set[Value]
    members: list[Values]
    others: Rows = field(default_factory=dict)

    def claims(self) -> list[Value]:
        """Its claims in the order in which they ended, which is when all of each was known."""
        ends: dict[Value, dt.datetime] = {}
        for kind in PAST:
            for row in self.rows[kind]:
                moments = [row.get(name) for name in ("done_at", "discharged", "started", "admitted")]
                latest = max((at for at in moments if isinstance(at, dt.datetime)), default=LONG_AGO)
                ends[row["claim"]] = max(ends.get(row["claim"], LONG_AGO), latest)
        ends.pop(None, None)
        return sorted(ends, key=lambda claim: (ends[claim], str(claim)))

    def relations(self, judged: Callable[[Values], bool], known: Callable[[Values], bool]) -> Rows:
        """What a page reads: of what is known, what is judged, and that with what surrounds it."""
        found: Rows = {
            **self.others,
            "member": self.members,
            "fault": [row for row in self.rows["fault"] if judged(row)],
        }
        for kind, history in PAST.items():
            found[history] = [{**row, "judged": judged(row)} for row in self.rows[kind] if known(row)]
            found[kind] = [row for row in self.rows[kind] if known(row) and judged(row)]
        return found

    def whole(self) -> Rows:
        """A month of it, and all of it around."""
        return self.relations(lambda row: row["claim"] in self.judged, lambda _row: True)

    def known_at(self, step: int) -> Rows:
        """What a run would judge just after the step's claim had ended."""
        known = {*self.claims()[: step + 1], None}
        return self.relations(lambda row: row["claim"] in known, lambda row: row["claim"] in known)

    def at_desk(self, step: int) -> Rows:
        """What the desk is handed with this claim: it, its member's past, and the past of the packs it uses."""
        claims = self.claims()
        claim, known = claims[step], {*claims[: step + 1], None}
        own = {row["member"] for kind in PAST for row in self.rows[kind] if row["claim"] == claim}
        packs = {row["code"] for row in self.rows["scan"] if row["claim"] == claim}
        found = self.relations(lambda row: row["claim"] == claim, lambda row: row["claim"] in known)
        theirs = {row["claim"] for kind in PAST for row in self.rows[kind] if row["member"] in own} - {None}
        for history in PAST.values():  # a claim comes whole, even one whose rows name several members
            found[history] = [
                row
                for row in found[history]
                if row["member"] in own or row["claim"] in theirs or (row.get("scan") and row["code"] in packs)
            ]
        found["member"] = [row for row in self.members if row["member"] in own]
        return found


def lists(rule: Rule, random: Random) -> Mapping[str, list[Values]]:
    """The lists of one of the rule's examples."""
    names = sorted(filter(schema.is_knowledge, rule.relations))
    return {name: examples.rows_of(rule, random.choice(rule.examples), name) for name in names}


def history(rule: Rule, random: Random) -> World:
    world = World({kind: [] for kind in KINDS}, set(), [])
    for number in range(random.choice([1, 1, 2])):
        take(world, rule, random.choice(rule.examples), f"{number}-")
    if random.random() < 0.4:
        invent(world, rule, random)
    for _ in range(random.choice([0, 1, 1, 2, 3, 5])):
        random.choice(CHANGES)(world, random)
    known = {row["member"] for row in world.members}
    people = {row["member"] for kind in KINDS for row in world.rows[kind] if row.get("member")}
    world.members += [person(str(member), random) for member in sorted(people - known, key=str)]
    return world


def take(world: World, rule: Rule, example: Example, name: str) -> None:
    """The claims of an example, under names of their own."""
    for kind in KINDS:
        all_of = examples.rows_of(rule, example, PAST.get(kind, kind))
        judged = {row["claim"] for row in examples.rows_of(rule, example, kind)}
        world.judged |= {f"{name}{claim}" for claim in judged}
        for row in all_of:
            own = {key: f"{name}{row[key]}" for key in ("claim", "charge", "scan") if row.get(key) is not None}
            world.rows[kind].append({**row, **own})
    for relation in OTHERS:
        known = world.others.setdefault(relation, [])
        names = [name.strip() for name in warehouse.REGISTERS.get(relation, "").split(",") if name]
        taken = [{name: row[name] for name in names or row} for row in known]  # a register speaks of a thing once
        known += [
            row
            for row in examples.rows_of(rule, example, relation)
            if {name: row[name] for name in names or row} not in taken
        ]
    members = {row["member"] for row in world.members}
    world.members += [row for row in examples.rows_of(rule, example, "member") if row["member"] not in members]


def invent(world: World, rule: Rule, random: Random) -> None:
    """Claims of nothing but the rule's items and codes."""
    own = [row for one in rule.examples for name, rows in {**one.tables, **rule.given}.items() for row in rows]
    items = [
        PLAIN,
        *sorted({row[key] for row in own for key in ("item", "other") if row.get(key, "-") not in ("", "-")}),
    ]
    codes = ["I10.x00", "J18.900", *sorted({row["code"] for row in own if row.get("code", "-") not in ("", "-")})]
    for number in range(random.randint(1, 4)):
        claim = f"c{number}"
        one_claim(world.rows, random, claim, items, codes)
        if random.random() < 0.7:
            world.judged.add(claim)


def one_claim(found: Rows, random: Random, claim: str, items: list[str], codes: list[str]) -> None:
    begun = dt.datetime.combine(FIRST, dt.time(random.choice([0, 9, 23]))) + dt.timedelta(random.randint(0, 40))
    ended = begun + dt.timedelta(random.choice([0, 0, 1, 3, 8, 20]), random.choice([0, 3600, 40_000, 86_399]))
    shared: Values = {
        "claim": claim, "member": random.choice(["Li", "Li", "Wu"]), "institution": random.choice(["North", "South"]),
        "newborn": random.random() < 0.1, "sex": random.choice(["1", "2", "0"]), "age": random.choice([2, 3, 12, 13, 40, None]),
    }  # fmt: skip
    stay = row("stay", random, **shared, illness=random.choice(codes))
    stay |= {"admitted": begun, "discharged": ended, "settled_at": ended, "admitted_on": begun.date()}
    stay |= {"discharged_on": ended.date(), "bed_days": max(1, (ended.date() - begun.date()).days)}
    stay |= {"category": str(stay["illness"])[:3], "transferred": random.random() < 0.1}
    found["stay"].append(stay)
    for number, code in enumerate(random.sample(codes, 2)):
        found["diagnosis"].append(row("diagnosis", random, **shared, code=code, day=begun.date(), main=number == 0))
    if random.random() < 0.3:
        found["operation"].append(row("operation", random, **shared, code=random.choice(["1", "2"]), main=True))
    for number in range(random.randint(1, 6)):
        found["charge"].append(one_line(random, f"{claim}:{number}", shared, begun, random.choice(items)))
        if random.random() < 0.6:
            line = found["charge"][-1]
            scan = row("scan", random, **{**shared, "charge": line["charge"], "scan": f"{claim}:{number}"})
            scan |= {"code": random.choice("xyz"), "event": random.choice(["sale", "sale", "return"])}
            found["scan"].append(
                scan | {"done_at": line["done_at"], "day": line["day"], "loose": random.random() < 0.1}
            )


def one_line(random: Random, charge: str, shared: Values, begun: dt.datetime, item: str) -> Values:
    at = begun + dt.timedelta(random.randint(0, 3), random.choice([0, 3600, 7200, 86_399]))
    line = row("charge", random, **shared, charge=charge, item=item)
    line |= examples.derived({"item": item}, "") | {"charge": charge, "claim": shared["claim"]}
    line |= {"done_at": at, "day": at.date(), "quantity": random.choice([10_000, 5_000, 250_000, 310_000])}
    line |= {"price": random.choice([10**6, 220 * 10**6, 300 * 10**6]), "amount": random.randint(1, 10**6)}
    line |= {
        "eligible": random.choice([0, 1, 500]),
        "days": random.choice([1, 1, 2, 14]),
        "level": random.choice([2, 3]),
    }
    line |= {"approved": random.random() < 0.1, "reason": random.choice([None, None, "x"])}
    return {name: line.get(name) for name in schema.types("charge")}


def row(relation: str, random: Random, **values: object) -> Values:
    """A row with what an ordinary one has, and what is said here as far as the relation has it."""
    kinds = schema.types(relation)
    whole = examples.complete(relation, f"{relation}{random.random()}", {})
    return whole | {name: value for name, value in values.items() if name in kinds}  # type: ignore[return-value]


def person(member: str, random: Random) -> Values:
    died = FIRST + dt.timedelta(random.randint(0, 40)) if random.random() < 0.3 else None
    at = dt.datetime.combine(died, dt.time(random.choice([0, 9]))) if died and random.random() < 0.5 else None
    return row("member", random, member=member, died_on=died, died_at=at)


def any_row(world: World, random: Random, kinds: Iterable[str] = KINDS) -> Values | None:
    rows = [one for kind in kinds for one in world.rows[kind]]
    return random.choice(rows) if rows else None


def shift(one: Values, by: dt.timedelta) -> None:
    """Move the moments of a row; days follow them."""
    for at, on in MOMENTS.items():
        moment, day = one.get(at), one.get(on)
        if isinstance(moment, dt.datetime):
            moved = moment + by
            one[at] = moved
            if on in one:
                one[on] = moved.date()
        elif at not in one and isinstance(day, dt.date):
            one[on] = day + dt.timedelta(by.days)
    begun, ended = one.get("admitted_on"), one.get("discharged_on")
    if isinstance(begun, dt.date) and isinstance(ended, dt.date):
        one["bed_days"] = max(1, (ended - begun).days)


def move_claim(world: World, random: Random) -> None:
    """A claim earlier or later, by days or by an hour, or onto the end of a month."""
    if (some := any_row(world, random)) is None:
        return
    by = dt.timedelta(random.choice([0, 0, 1, -1, 2, 7, 14, 15, 29, 30, 31, -30]), random.choice(EDGES))
    for kind in KINDS:
        for one in world.rows[kind]:
            if one["claim"] == some["claim"]:
                shift(one, by)


def move_line(world: World, random: Random) -> None:
    """A line or a reading earlier or later; or to midnight, or to the full hour."""
    if (some := any_row(world, random, ("charge", "scan", "visit"))) is None:
        return
    name = "started" if "started" in some else "done_at"
    at = some[name]
    if isinstance(at, dt.datetime):
        hour = random.choice([at, at.replace(hour=0, minute=0, second=0), at.replace(minute=0, second=0)])
        shift(some, hour + dt.timedelta(seconds=random.choice(EDGES)) - at)


def double(world: World, random: Random) -> None:
    """A line once more: at the same moment, or shortly after, in the same claim or another."""
    if (some := any_row(world, random, ("charge", "scan"))) is None:
        return
    kind = "scan" if "scan" in some else "charge"
    for number in range(random.choice([1, 1, 2])):
        again = {**some, kind: f"{some[kind]}+{number}{random.randint(0, 9)}"}
        if again[kind] in {one[kind] for one in world.rows[kind]}:
            continue
        shift(again, dt.timedelta(random.choice([0, 0, 0, 1]), random.choice([0, *EDGES])))
        if (other := any_row(world, random, ("charge",))) and random.random() < 0.3:
            again |= {name: other[name] for name in ("claim", "institution", "member")}
        world.rows[kind].append(again)


def bend(world: World, random: Random) -> None:
    """A number one more, one less, doubled, nothing, below zero, or as large as intake lets in."""
    if (some := any_row(world, random)) is None:
        return
    names = [name for name, value in some.items() if isinstance(value, int) and not isinstance(value, bool)]
    names = [name for name in names if name not in ("batch", "number")]
    if not names:
        return
    name = random.choice(names)
    was = some[name]
    assert isinstance(was, int)
    some[name] = random.choice(
        [was + 1, was - 1, was * 2, was * 3, was // 2, 0, 1, -was, MOST if name in LARGE else was]
    )
    if name in ("quantity", "days", "bed_days"):  # what divides is at least one
        some[name] = max(1, int(str(some[name])))
    if name == "price":
        some[name] = max(0, int(str(some[name])))


LARGE = ("amount", "eligible", "paid", "total", "quantity")


def empty(world: World, random: Random) -> None:
    """What need not be known is not; or a flag is the other one."""
    if (some := any_row(world, random)) is None:
        return
    name = random.choice([name for name in some if name not in KEPT])
    value = some[name]
    some[name] = not value if isinstance(value, bool) and random.random() < 0.7 else None


def give(world: World, random: Random) -> None:
    """A claim belongs to somebody else, or was billed elsewhere."""
    some, other = any_row(world, random), any_row(world, random)
    if some is None or other is None:
        return
    name = random.choice(["member", "institution"])
    value = other[name]
    for kind in KINDS:
        for one in world.rows[kind]:
            if one["claim"] == some["claim"] and name in one:
                one[name] = value


CHANGES = (move_claim, move_claim, move_line, move_line, double, double, bend, bend, empty, give)
