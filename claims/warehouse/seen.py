"""What an account may see of the claims: its territory's institutions, and members insured there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from claims.models import Snapshot
from institutions.models import Institution

from .reading import Connection, connect, published, view
from .tables import natural

if TYPE_CHECKING:
    from institutions.models import Account

Row = Mapping[str, object]

# A claim's illness, money and dates, in the words both kinds of encounter share.
SHARED = (
    "claim, encounter, institution, member, sex, born, insured_area, insurance, illness, department, practitioner, "
    "settled_at, total, eligible, paid, account_paid, cash_paid, fund_ratio, sound, batch, month"
)
HEADER = f"""
    SELECT 'inpatient' AS kind, admitted AS begun, discharged AS ended, bed_days, course, transferred, newborn,
        pay_method, "group", {SHARED} FROM stay_all
    UNION ALL BY NAME SELECT kind, started AS begun, {SHARED} FROM visit_all"""
LINES = "SELECT * FROM fee_line_all WHERE member = $member AND claim = $claim ORDER BY done_at, row"
# Files of charges are sorted by item: named by hand, the items of a claim lead to a few parts of them.
NET = """
    SELECT charge, quantity, amount FROM charge_all
    WHERE item IN ({items}) AND member = $member AND claim = $claim"""


@dataclass(frozen=True)
class ClaimRecord:
    """One claim with all that belongs to it; money in yuan, quantities in natural numbers."""

    claim: str
    header: Row
    lines: Sequence[Row]  # as they came, reversals too; `net_quantity` and `net_amount` are what rules judged
    diagnoses: Sequence[Row]
    operations: Sequence[Row]
    settlements: Sequence[Row]
    scans: Sequence[Row]
    faults: Sequence[Row]


def rows(con: Connection, query: str, **values: object) -> list[Row]:
    """The rows of a query, as people read them."""
    answer = con.execute(query, {name: value for name, value in values.items() if f"${name}" in query})
    names = [column[0] for column in answer.description or ()]
    return [{name: natural(name, value) for name, value in zip(names, row, strict=True)}
            for row in answer.fetchall()]  # fmt: skip


def lines(con: Connection, member: object, claim: str) -> list[Row]:
    """The fee lines of a claim as they came, each with what was left of it for rules to judge."""
    came = rows(con, LINES, member=member, claim=claim)
    items = sorted({str(line["item"]) for line in came if line["item"]})
    places = {f"item{number}": item for number, item in enumerate(items)}
    query = NET.format(items=", ".join(f"${place}" for place in places) or "NULL")
    net = {row["charge"]: row for row in rows(con, query, member=member, claim=claim, **places)}
    nothing: Row = {"quantity": None, "amount": None}
    return [
        {
            **line,
            "net_quantity": net.get(line["charge"], nothing)["quantity"],
            "net_amount": net.get(line["charge"], nothing)["amount"],
            "netted": line["charge"] not in net,
        }
        for line in came
    ]


@dataclass
class SeenClaims:
    """The claims one account may see, at one published version."""

    account: "Account"
    snapshot: Snapshot | None = field(default_factory=published)

    @cached_property
    def _scope(self) -> tuple[str, dict[str, object]]:
        """The condition that comes before any other."""
        account = self.account
        if account.institution_id:
            return "institution = $institution", {"institution": account.institution_id}
        if account.territory is None:
            return "false", {}
        prefix = account.territory.prefix
        if not prefix:
            return "true", {}
        codes = list(Institution.objects.visible_to(account).values_list("pk", flat=True))
        return "(institution IN (SELECT unnest($codes)) OR starts_with(insured_area, $prefix))", {
            "codes": codes,
            "prefix": prefix,
        }

    def _open(self, tables: Sequence[str], of: Sequence[str] | None) -> Connection:
        con = connect(memory_mb=1024)
        for table in tables:
            view(con, f"{table}_all", self.snapshot, table, of)
        return con

    def claim(self, key: str, *, month: str | None = None) -> ClaimRecord | None:
        """One claim, or None where there is none or it is not this account's to see. Say the month if known."""
        scope, values = self._scope
        tables = ["stay", "visit", "fee_line", "charge", "diagnosis", "operation", "settlement", "scan", "fault"]
        with self._open(tables, [month] if month else None) as con:
            found = rows(con, f"SELECT * FROM ({HEADER}) WHERE claim = $claim AND {scope}", claim=key, **values)
            if not found:
                return None
            header = found[0]
            if month is None:
                for table in tables:
                    view(con, f"{table}_all", self.snapshot, table, [str(header["month"])])

            def of(table: str, order: str) -> list[Row]:
                query = f"SELECT * FROM {table}_all WHERE member = $member AND claim = $claim ORDER BY {order}"
                return rows(con, query, member=header["member"], claim=key)

            return ClaimRecord(
                claim=key,
                header=header,
                lines=lines(con, header["member"], key),
                diagnoses=of("diagnosis", "number"),
                operations=of("operation", "number"),
                settlements=of("settlement", "settled_at"),
                scans=of("scan", "done_at"),
                faults=of("fault", "fault"),
            )

    def timeline(self, member: str, until: datetime | None = None) -> list[Row]:
        """The member's encounters as this account may see them, latest first."""
        scope, values = self._scope
        last = "AND begun <= $until" if until else ""
        with self._open(["stay", "visit"], None) as con:
            query = f"SELECT * FROM ({HEADER}) WHERE member = $member AND {scope} {last} ORDER BY begun DESC, claim"
            return rows(con, query, member=member, until=until, **values)


def seen_by(account: "Account") -> SeenClaims:
    return SeenClaims(account)
