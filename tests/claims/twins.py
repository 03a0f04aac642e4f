"""What each rule means, said again in plain Python over simulated files: a second opinion on the plants."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from .prefecture import Charge, Claim, Row, World, faults

SEX_DRUG = {
    "ZD02AAF0202010105046": "2", "XG04CBA088A001010101467": "1", "ZD01BAY0318010100281": "2",
    "XG01AFK079D009010103649": "2", "XG04CBD247E002010101503": "1", "XH01BBS194B002010100112": "2",
    "XA11CCA351E002010101121": "2",
}  # fmt: skip
SEX_ITEM = {
    "002702000040200": "2", "002501040130000": "1", "003111000020000": "1", "003112010230000": "2",
    "003314000020000": "2", "003314000120000": "2", "003312010060000": "1", "003112010260000": "2",
    "002501040140000": "2", "002203020110100": "2",
}  # fmt: skip
CHILD = {
    "ZA01BAX0377010100093": (0, 17), "ZA06CAX0434010100026": (0, 17), "XC02KXB144A006010103973": (3, 12),
    "XR03DCM082M002010104021": (1, 14), "XM01AEX094D001010101792": (0, 17), "ZA14AAX0529010102840": (0, 17),
}  # fmt: skip
SEX_EXEMPT = ("Q56", "Q96", "Q97", "Q98", "Q99")
STROKE = ("I63", "I65", "I66", "G45", "I67")
INDICATION = {
    "XM04ABD376A001010185383": ("M10",),
    "XJ01XXL420A001010106571": ("J12", "J13", "J14", "J15", "J16", "J17", "J18"),
    "XJ01XXL420B004010106571": ("J12", "J13", "J14", "J15", "J16", "J17", "J18"),
    "XC09CAA284A001010100553": ("I10", "I11", "I12", "I13", "I15"), "XA10BXD360A001010100648": ("E11",),
    "XA10BKH120A001010101445": ("E11",), "XA02BCF721A001010100239": ("K21",),
    "XG04CBF019A001010100030": ("N40",),
    "XC10AXH118A001010104641": ("E78",), "XD11AXT002F001010101313": ("L20",),
    "XJ05AXM176A001010182682": ("J09", "J10", "J11"),
    "XM09AXD370B002010181788": ("M15", "M16", "M17", "M18", "M19"),
    "XA11CCA351E002010101121": ("M80", "M81"), "XJ05AFE013N001010104929": ("B18.0", "B18.1", "B16", "B19"),
    "XM01AXA267A001010101503": ("M05", "M06"), "XB01ADA066B001010178302": ("I21", "I22", *STROKE),
    "XB01ACT038B002010102189": ("I20.0", "I21", "I22", "I24"), "XC01CXZ065B002010100816": ("I50",),
    "XC01EBC109B001010102049": ("I50",), "XB01AXA223B002010100156": STROKE, "XB01AXA223B001010100269": STROKE,
    "XC02KXB144A006010103973": ("I27.0", "I27.2"), "XG01AFK079D009010103649": ("B37.3", "N76", "N77"),
}  # fmt: skip
COURSE = {
    "XB01AXA223": (14, False), "XN07XXT050": (14, False), "XC01EBC109": (3, True), "XC05CAQ005": (10, False),
}  # fmt: skip
ONE_A_DAY = {
    "001109000010000", "001109000030000", "001109000050000", "001102000050000", "001102000040000",
    "001201000030000", "001201000040000", "001201000050000", "001201000070000", "001201000090000",
    "001201000150000",
}  # fmt: skip
HOURLY = {"003107010220000", "003106030010000", "003107010280000", "001203000010000", "003107020020000"}
PAIRS = {  # what includes, what is included: the window, whether a reason excuses
    ("001103000010000", "001109000010000"): ("day", False),
    ("001202000010000", "001202000020000"): ("day", False),
    ("003205000020000", "003205000010000"): ("day", True),
    ("003205000030000", "003205000010000"): ("day", True),
    ("003110000100000", "003110000060000"): ("day", True),
    ("003310020050000", "003310020030000"): ("encounter", True),
    ("003107020020000", "003107010220000"): ("1h", True),
}
CAPS: dict[str, dict[str, str]] = {
    "002103000010000": {"1": "200", "2": "220", "3": "240"},
    "002103000020000": {"1": "300", "2": "330", "3": "360"},
    "001109000010000": {"0": "20", "1": "25", "2": "38", "3": "50"},
    "001109000030000": {"2": "90", "3": "120"},
    "001102000010000": {"0": "8", "1": "10", "2": "12", "3": "15"},
    "001102000030000": {"1": "15", "2": "18", "3": "20"},
    "001102000050000": {"0": "6", "1": "8", "2": "10", "3": "15"},
    "001201000030000": {"1": "20", "2": "25", "3": "30"},
    "001201000040000": {"0": "10", "1": "12", "2": "15", "3": "18"},
    "003107010220000": {"1": "3", "2": "4", "3": "5"},
    "001203000010000": {"0": "2", "1": "2", "2": "3", "3": "3"},
    "003110000060000": {"1": "380", "2": "400", "3": "420"},
    "002203010010000": {"1": "80", "2": "95", "3": "110"},
}  # fmt: skip
MRI, MRI_OLD, MRI_NEW = (
    "002102000010000",
    {"1": "420", "2": "460", "3": "500"},
    {"1": "380", "2": "410", "3": "450"},
)
BEDS = {"001109000010000", "001109000020000", "001109000030000", "001109000040000"}
EXEMPT = ("Z51.0", "Z51.1", "Z51.8", "Z49", "O", "K80", "H25", "H26", "F", "S", "T", "I21", "I63", "C", "K35")
MORTUARY = "009901000390000"


Accused = set[tuple[str, str]]  # claim, charge or ''


def claim_data_invalid(world: World) -> Accused:
    whole = {(claim.key, "") for claim in world.claims.values() if faults(claim)}
    return whole | {(claim.key, line) for claim in world.claims.values() for line in claim.odd_lines}


def _sex(world: World, allowed: dict[str, str], *, paid: bool) -> Accused:
    return {
        (c.claim.key, c.key)
        for c in world.charges
        if c.item in allowed and c.claim.row["sex"] in "12" and c.claim.row["sex"] != allowed[c.item]
        and not c.claim.newborn and not c.claim.has(SEX_EXEMPT) and (c.eligible > 0 or not paid)
    }  # fmt: skip


def drug_sex_restricted(world: World) -> Accused:
    return _sex(world, SEX_DRUG, paid=True)


def item_sex_restricted(world: World) -> Accused:
    return _sex(world, SEX_ITEM, paid=False)


def drug_child_only(world: World) -> Accused:
    return {
        (c.claim.key, c.key)
        for c in world.charges
        if c.item in CHILD and c.eligible > 0 and not c.claim.newborn
        and not CHILD[c.item][0] <= c.claim.age(c.day) <= CHILD[c.item][1]
    }  # fmt: skip


def drug_indication_limited(world: World) -> Accused:
    begun: dict[str, list[Claim]] = defaultdict(list)
    for claim in world.sound:
        begun[claim.member].append(claim)
    found = set()
    for c in world.charges:
        if c.item not in INDICATION or c.eligible <= 0 or c.row["approved"] == "Y" or c.claim.has(INDICATION[c.item]):
            continue
        before = (b for b in begun[c.claim.member] if 0 <= (c.day - b.admitted.date()).days <= 365)
        if not any(b.has(INDICATION[c.item]) for b in before):
            found.add((c.claim.key, c.key))
    return found


def drug_course_exceeded(world: World) -> Accused:
    uses: dict[tuple[str, ...], list[tuple[date, str, Charge]]] = defaultdict(list)
    for c in world.charges:
        if c.generic in COURSE and c.eligible > 0:
            stay = c.claim.key if COURSE[c.generic][1] else ""
            for n in range(c.days):
                uses[c.claim.member, c.generic, stay].append((c.day + timedelta(n), c.claim.main, c))
    found = set()
    for (_, generic, _), days in uses.items():
        number, last, illness = 0, None, ""
        for day, main, c in sorted(days, key=lambda use: (use[0], use[2].key)):
            if last is None or (day - last).days > 30 or main != illness:
                number = 1
            elif day != last:
                number += 1
            last, illness = day, main
            if number > COURSE[generic][0]:
                found.add((c.claim.key, c.key))
    return found


def _beyond(charges: list[Charge], allowed: Decimal) -> Accused:
    """The last lines, of which part or all lies beyond what is allowed."""
    used, found = Decimal(0), set()
    for c in sorted(charges, key=lambda c: (c.at, c.key)):
        used += c.quantity
        if used > allowed:
            found.add((c.claim.key, c.key))
    return found


def item_freq_per_day(world: World) -> Accused:
    days: dict[tuple[Any, ...], list[Charge]] = defaultdict(list)
    for c in world.charges:
        if (c.item in ONE_A_DAY or c.item in HOURLY - {"001203000010000"}) and not c.claim.newborn:
            days[c.claim.member, c.claim.institution, c.item, c.day].append(c)
    found = set()
    for charges in days.values():
        most = 1 if charges[0].item in ONE_A_DAY else 24
        found |= _beyond(charges, Decimal(most * max(c.days for c in charges)))
    return found


def item_pair_exclusive(world: World) -> Accused:
    held: dict[tuple[str, str, str], list[Charge]] = defaultdict(list)
    for c in world.charges:
        held[c.claim.member, c.claim.institution, c.item].append(c)
    found = set()
    for (whole, part), (window, excusable) in PAIRS.items():
        for (member, institution, item), charges in held.items():
            if item != part:
                continue
            for c in charges:
                beside = any(_near(m, c, window) for m in held.get((member, institution, whole), []))
                if beside and not (excusable and c.row["reason"]):
                    found.add((c.claim.key, c.key))
    return found


def _near(one: Charge, other: Charge, window: str) -> bool:
    return {
        "day": one.day == other.day,
        "encounter": one.claim is other.claim,
        "1h": abs(one.at - other.at) <= timedelta(hours=1),
    }[window]


def item_price_over_cap(world: World) -> Accused:
    found = set()
    for c in world.charges:
        caps = CAPS.get(c.item, {}) if c.item != MRI else MRI_OLD if c.day < date(2026, 2, 1) else MRI_NEW
        cap = caps.get(world.level[c.claim.institution])
        if cap and c.row["special"] != "Y" and c.price > Decimal(cap) * Decimal("1.005"):
            found.add((c.claim.key, c.key))
    return found


def item_qty_over_hours(world: World) -> Accused:
    days: dict[tuple[Any, ...], list[Charge]] = defaultdict(list)
    stays: dict[tuple[str, str], list[Charge]] = defaultdict(list)
    for c in world.charges:
        if c.item in HOURLY and not c.claim.newborn:
            days[c.claim.member, c.claim.institution, c.item, c.day].append(c)
            if c.claim.is_stay:
                stays[c.claim.key, c.item].append(c)
    found = set()
    for charges in days.values():
        found |= _beyond(charges, Decimal(24))
    for charges in stays.values():
        hours = ceil((charges[0].claim.left - charges[0].claim.admitted) / timedelta(hours=1))
        if sum(c.quantity for c in charges) > hours + 2:
            found |= _beyond(charges, Decimal(hours))
    return found


def bed_days_mismatch(world: World) -> Accused:
    found = set()
    for stay in world.stays:
        if not stay.newborn:
            days = max(1, (stay.left.date() - stay.admitted.date()).days)
            found |= _beyond([c for c in stay.charges if c.item in BEDS], Decimal(days))
    return found


def adm_readmit_split(world: World) -> Accused:
    found = set()
    for earlier, later in _stays_of_one(world):
        wards = {earlier.row["department"], later.row["department"]} - {""}
        same_ward = earlier.institution != later.institution or len(wards) < 2
        operated = {o["code"] for o in later.operations if o["main"] == "Y"} - {o["code"] for o in earlier.operations}
        if (
            later.admitted > earlier.left
            and (later.admitted.date() - earlier.left.date()).days <= 15
            and earlier.main[:3] == later.main[:3]
            and same_ward
            and not (operated or later.row["course"] or later.newborn or earlier.transferred or later.transferred)
            and later.row["pay_method"] != "bed_day"
            and not later.has(EXEMPT)
        ):
            found.add((later.key, ""))
    return found


def adm_overlap(world: World) -> Accused:
    found = set()
    for one, other in _stays_of_one(world):
        shared = min(one.left, other.left) - max(one.admitted, other.admitted)
        least = timedelta(hours=48 if one.transferred or other.transferred else 24)
        if one.institution != other.institution and shared >= least and not (one.newborn or other.newborn):
            found.add((max(one, other, key=lambda claim: (claim.row["settled_at"], claim.key)).key, ""))
    return found


def _stays_of_one(world: World) -> Iterator[tuple[Claim, Claim]]:
    """All pairs of stays of one member, the earlier first."""
    stays: dict[str, list[Claim]] = defaultdict(list)
    for stay in sorted(world.stays, key=lambda stay: (stay.admitted, stay.key)):
        yield from ((earlier, stay) for earlier in stays[stay.member])
        stays[stay.member].append(stay)


def charge_after_death(world: World) -> Accused:
    found = set()
    for c in world.charges:
        member = world.members[c.claim.member]
        if not member["died_on"] or c.eligible <= 0 or c.item == MORTUARY or c.claim.newborn:
            continue
        midnight = datetime.fromisoformat(member["died_on"])
        last = over = midnight + timedelta(days=1)
        died_at = datetime.fromisoformat(member["died_at"] or member["died_on"])
        if died_at != midnight:
            last = died_at + timedelta(hours=2)
        if c.at > last and c.at != over:
            found.add((c.claim.key, c.key))
    return found


def trace_duplicate(world: World) -> Accused:
    by_code: dict[str, list[Row]] = defaultdict(list)
    for scan in world.scans:
        by_code[scan["code"]].append(scan)
    found = set()
    for scans in by_code.values():
        sales = [s for s in scans if s["event"] == "sale" and s["loose"] != "Y" and s["item"][0] != "C"]
        keyed = [
            (s, f"{s['institution']}:{s['claim_no']}", f"{s['institution']}:{s['claim_no']}:{s['line_no']}")
            for s in sales
        ]
        keyed = [(s, claim, charge) for s, claim, charge in keyed if charge not in world.taken_back]
        for later, claim, charge in (one for one in keyed if one[0]["claim_no"]):
            for earlier, other, _ in keyed:
                back = any(
                    s["event"] in ("return", "in") and earlier["done_at"] <= s["done_at"] <= later["done_at"]
                    for s in scans
                )
                if other != claim and (earlier["done_at"], other) < (later["done_at"], claim) and not back:
                    found.add((claim, charge))
    return found


RULES = [
    claim_data_invalid, drug_sex_restricted, item_sex_restricted, drug_child_only, drug_indication_limited,
    drug_course_exceeded, item_freq_per_day, item_pair_exclusive, item_price_over_cap, item_qty_over_hours,
    bed_days_mismatch, adm_readmit_split, adm_overlap, charge_after_death, trace_duplicate,
]  # fmt: skip
