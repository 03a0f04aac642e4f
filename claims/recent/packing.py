"""How a claim is packed: column by column, a column that says the same on every line once, and deflated.

A pack is an array in JSON. Its columns stand in the order of the tuples here, at whose end new ones may come: a pack
made before says nothing of them. DuckDB writes the arrays of a whole batch; what is read comes out as the desk keeps
it, days and moments as whole numbers since 1970.
"""

import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from claims.lines import age, generic, item_kind, worth

Row = dict[str, object]

DAY = 86_400  # seconds
EPOCH = dt.date(1970, 1, 1)
LEVEL, WINDOW = 6, -12  # of deflating; more takes longer and saves little
FROM, STEPS = "from", "on"

# What stands in nearly every pack. The end of it is the nearest.
USUAL = (
    b'"X00A","category","chronic","day_surgery","home_bed","pharmacy","emergency","outpatient","inpatient","capitation",'
    b'"bed_day","dip","drg","item","990000","990100","390","310","A","B","C","part",null,null,null,null,null,null,'
    b'0,0,0,[[],null,"01","02","03","04","05","06","07","08","09","10","11","12","13","14",'
    b'"0000000000001","000000000","A03.04","A010","ZA09AAX00A001010100001","XA00AAA000A001010100001",10000,20000,30000,'
    b"50000,100000,true,false,[false,true],[0,0,0,0,0,0,0,0],[0,1,2,3,4,5,6,7,8,9,10,11,12],[0,60,120,300,3600,86400,172800,"
)

HEADER = (
    "kind", "province", "area", "level", "sex", "born", "insured_area", "insurance", "begun", "ended", "bed_days",
    "illness", "department", "practitioner", "course", "transferred", "newborn", "pay_method", "group", "settled_at",
    "total", "eligible", "paid", "account_paid", "cash_paid", "fund_ratio",
)  # fmt: skip
LINES = (
    "done_at", "number", "item", "category", "quantity", "price", "unexplained", "own", "days", "approved", "special",
    "reason", "department", "practitioner", "prescription", "taken_home", "payment_class", "newborn",
)  # fmt: skip
DIAGNOSES = OPERATIONS = ("day", "number", "code", "name", "main")
OF_CLAIM = ("province", "area", "level", "sex", "kind", "fund_ratio")


def deflated(text: str) -> bytes:
    packer = zlib.compressobj(LEVEL, wbits=WINDOW, zdict=USUAL)
    return packer.compress(text.encode()) + packer.flush()


def inflated(pack: bytes | memoryview) -> list[Any]:
    found: list[Any] = json.loads(zlib.decompressobj(wbits=WINDOW, zdict=USUAL).decompress(pack))
    return found


# --- Read -------------------------------------------------------------------------------------------------


class Packed:
    """A claim as it was packed, read part by part."""

    def __init__(self, member: str, claim: str, header: bytes | memoryview) -> None:
        self.member, self.claim = member, claim
        self.header = dict(zip(HEADER, inflated(header), strict=False))
        self.institution = claim.partition(":")[0]
        self.shared: Row = {
            "claim": claim, "member": member, "institution": self.institution, "sound": True, "judged": False,
        }  # fmt: skip

    @property
    def is_stay(self) -> bool:
        return str(self.header["kind"]) == "inpatient"

    def encounter(self) -> Row:
        """Its row of stay or visit."""
        told = {**self.header, **self.shared, "encounter": self.claim.partition(":")[2]}
        begun, ended, illness = told.pop("begun"), told.pop("ended"), self.header["illness"]
        told["category"] = illness and illness[:3]
        if self.is_stay:
            return told | {
                "admitted": begun, "admitted_on": begun // DAY, "discharged": ended,
                "discharged_on": None if ended is None else ended // DAY,
            }  # fmt: skip
        return told | {"started": begun, "day": begun // DAY}

    def lines(
        self, pack: bytes | memoryview, may_count: Callable[[str], bool], counts: Callable[[Row], bool] = bool
    ) -> Iterator[Row]:
        """Its charges of the items that may count, those that do."""
        count, done_at, number, item, *others = inflated(pack)
        items = item if isinstance(item, list) else [item] * count
        wanted = [place for place, one in enumerate(items) if may_count(one)]
        if not wanted:
            return
        shared = self.shared | {name: self.header[name] for name in OF_CLAIM}
        columns = {
            "done_at": stepped_out(done_at),
            "number": stepped_out(number),
            **dict(zip(LINES[3:], others, strict=False)),
        }
        for place in wanted:
            row = {name: one[place] if isinstance(one, list) else one for name, one in columns.items()}
            if counts(line := self._line(items[place], row, shared)):
                yield line

    def _line(self, item: str, said: dict[str, Any], shared: Row) -> Row:
        day = said["done_at"] // DAY
        amount = worth(said["price"] or 0, said["quantity"]) + said.pop("unexplained")
        own, born = said.pop("own"), self.header["born"]
        return {
            **said, **shared, "charge": f"{self.claim}:{said.pop('number')}", "item": item, "generic": generic(item),
            "item_kind": item_kind(item), "day": day, "amount": amount,
            "eligible": None if own is None else amount - own, "age": None if born is None else age_at(born, day),
        }  # fmt: skip

    def codes(self, pack: bytes | memoryview) -> list[Row]:
        """Its diagnoses, or its operations."""
        columns = spread(DIAGNOSES, inflated(pack))
        rows = zip(*columns.values(), strict=True)
        return [{**self.shared, **dict(zip(columns, row, strict=True))} for row in rows]


def spread(names: Sequence[str], pack: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """The columns of a pack, each with a value a row."""
    count, *columns = pack
    return {
        name: column if isinstance(column, list) else [column] * count
        for name, column in zip(names, columns, strict=False)
    }


def stepped_out(column: Any) -> Any:
    """Numbers that were counted from the first, as they are."""
    return [column[FROM] + step for step in column[STEPS]] if isinstance(column, dict) else column


@lru_cache(maxsize=100_000)
def age_at(born: int, day: int) -> int | None:
    return age(EPOCH + dt.timedelta(born), EPOCH + dt.timedelta(day))


# --- Written ----------------------------------------------------------------------------------------------

# What a line says that nothing else does: its number within the claim; what of its amount price and quantity do not
# explain; what of it is not eligible. All three are nearly always the plainest there is.
OF_LINES = """
SELECT claim, CAST(epoch(done_at) AS BIGINT) AS done_at, substr(charge, length(claim) + 2) AS number, item, category,
    quantity, price, CAST(amount - coalesce((CAST(price AS HUGEINT) * quantity + 50000000) // 100000000, 0) AS BIGINT)
        AS unexplained,
    amount - eligible AS own, days, approved, special, reason, department, practitioner, prescription, taken_home,
    payment_class, newborn
FROM ({0}) WHERE sound"""
OF_CODES = "SELECT claim, day - DATE '1970-01-01' AS day, number, code, name, main FROM ({0}) WHERE sound"
# A stay and a visit say the same in different words; what only a stay says, a visit leaves open.
OF_STAY = """
    'inpatient' AS kind, CAST(epoch(admitted) AS BIGINT) AS begun, CAST(epoch(discharged) AS BIGINT) AS ended, bed_days,
    course, transferred, newborn, pay_method, "group" """
OF_VISIT = """
    kind, CAST(epoch(started) AS BIGINT) AS begun, NULL AS ended, NULL AS bed_days, NULL AS course, NULL AS transferred,
    NULL AS newborn, NULL AS pay_method, NULL AS "group" """
OF_ENCOUNTER = """
SELECT claim, member, month, province, area, level, sex, born - DATE '1970-01-01' AS born, insured_area, insurance,
    illness, department, practitioner, CAST(epoch(settled_at) AS BIGINT) AS settled_at, total, eligible, paid,
    account_paid, cash_paid, fund_ratio, {1}
FROM ({0}) WHERE sound"""


def headers(rows: str, said: str) -> str:
    """SQL of the packed headers of stays or visits: claim, member, month, pack."""
    columns = ", ".join(f'"{name}"' for name in HEADER)
    packed = f"CAST(json_array({columns}) AS VARCHAR) AS pack"
    return f"SELECT claim, member, month, {packed} FROM ({OF_ENCOUNTER.format(rows, said)})"


def lines(rows: str) -> str:
    """SQL of the packed lines of charges."""
    return packs(OF_LINES.format(rows), LINES, order="done_at, number")


def codes(rows: str) -> str:
    """SQL of packed diagnoses or operations."""
    return packs(OF_CODES.format(rows), DIAGNOSES, order="number, code, day")


def packs(rows: str, names: Sequence[str], *, order: str) -> str:
    """SQL that packs rows claim by claim: the claim, and the array of its columns as text."""
    struct = ", ".join(f"{name} := {name}" for name in names)
    told = ", ".join(
        f"min({name}) AS least_{name}, max({name}) AS most_{name}, count({name}) AS of_{name}" for name in names
    )
    canonical = "false"
    if "done_at" in names:
        canonical = "bool_and(length(number) < 18 AND CAST(TRY_CAST(number AS BIGINT) AS VARCHAR) = number)"
    return f"""
        SELECT claim, CAST(json_array(rows, {", ".join(map(column, names))}) AS VARCHAR) AS pack FROM (
            SELECT claim, count(*) AS rows, list(struct_pack({struct}) ORDER BY {order}) AS listed, {told},
                {canonical} AS canonical
            FROM ({rows}) GROUP BY claim)"""


def column(name: str) -> str:
    """SQL of one column of a pack: nothing, a value for all rows, steps from the first, or a value a row."""
    steps = ""
    if name == "done_at":
        steps = f"WHEN true THEN {stepped('{0}.done_at')}"
    elif name == "number":
        steps = f"WHEN canonical THEN {stepped('TRY_CAST({0}.number AS BIGINT)')}"
    return f"""CASE WHEN of_{name} = 0 THEN CAST('null' AS JSON)
        WHEN of_{name} = rows AND least_{name} = most_{name} THEN to_json(least_{name}) {steps}
        ELSE to_json(list_transform(listed, lambda r: r.{name})) END"""


def stepped(value: str) -> str:
    """SQL of numbers as steps from the first: they are small, and deflate well."""
    first = value.format("listed[1]")
    return f"json_object('{FROM}', {first}, '{STEPS}', list_transform(listed, lambda r: {value.format('r')} - {first}))"
