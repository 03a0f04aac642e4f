"""One finding laid out for the institution that answers it: from frozen rows alone, so that it never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from institutions.models import Account, Institution
from supervision.documents.models import Service
from supervision.hearing import booked
from supervision.hearing.freezing import frozen_for
from supervision.hearing.models import Attachment, Draft, FrozenClaim, Hearing, HearingEvent, HearingLine, State
from supervision.hearing.workflow import HEARING
from supervision.ledger import booking
from supervision.ledger.models import RETURNED, Item, Stage
from supervision.monitoring.models import FindingLine
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.wording import called, tongue

Row = Mapping[str, object]
AMOUNTS = ("total", "eligible", "paid", "amount", "price", "quantity")


@dataclass(frozen=True)
class Accused:
    """One line that the institution is heard on, with all that is said of it."""

    heard: HearingLine
    said: FindingLine
    row: Row | None  # the fee line as it was frozen; of a claim as a whole, none
    draft: Draft | None
    files: Sequence[Attachment]

    @property
    def number(self) -> str:
        """What the institution calls the line."""
        return self.heard.charge.rpartition(":")[2]

    @property
    def by_silence(self) -> bool:
        return self.heard.answer == HearingLine.Answer.ACCEPTED and self.heard.answered_by_id is None


@dataclass(frozen=True)
class Marked:
    """A fee line of a frozen claim, and what the finding says of it."""

    row: Row
    role: str
    suspected: Decimal | None


@dataclass(frozen=True)
class Shown:
    """A frozen claim, as its institution reads it."""

    frozen: FrozenClaim
    header: Row
    lines: Sequence[Marked]

    @property
    def rows(self) -> Mapping[str, Sequence[Row]]:
        rows: Mapping[str, Sequence[Row]] = self.frozen.rows
        return rows


@dataclass(frozen=True)
class Step:
    """A move in the history, told without the names of reviewers."""

    at: datetime
    words: object
    who: object
    note: str


def accused(lines: "QuerySet[HearingLine]", claims: Sequence[Shown]) -> list[Accused]:
    """These lines, each with its row, its draft and its files."""
    rows = {marked.row["charge"]: marked.row for shown in claims for marked in shown.lines}
    found = lines.select_related("line", "draft__saved_by", "answered_by").prefetch_related("attachments__added_by")
    return [
        Accused(one, one.line, rows.get(one.charge), getattr(one, "draft", None), list(one.attachments.all()))
        for one in found
    ]


def claims(hearing: Hearing) -> list[Shown]:
    """The institution's own claims on which the finding stands; others' that its lines name are not its to read."""
    heard = {line.charge: line.suspected for line in hearing.lines.all() if line.charge}
    roles = dict(hearing.finding.lines.exclude(charge="").values_list("charge", "role"))
    return [
        shown(frozen, heard, roles)
        for frozen in frozen_for(hearing.finding)
        if frozen.claim.partition(":")[0] == hearing.institution_id
    ]


def shown(frozen: FrozenClaim, heard: Mapping[str, Decimal], roles: Mapping[str, str]) -> Shown:
    encounters = [*frozen.rows.get("stay", []), *frozen.rows.get("visit", [])]
    lines = [
        Marked(natural(row), roles.get(row["charge"], ""), heard.get(row["charge"]))
        for row in frozen.rows.get("fee_line", [])
    ]
    return Shown(frozen, begun(natural(encounters[0])) if encounters else {}, lines)


def natural(row: Row) -> Row:
    """A frozen row as templates write it: amounts are numbers again, moments are moments."""
    read = {name: Decimal(str(row[name])) for name in AMOUNTS if row.get(name) is not None}
    moments = {
        name: datetime.fromisoformat(str(value))
        for name, value in row.items()
        if name in ("admitted", "discharged", "started", "settled_at", "done_at") and value
    }
    return {**row, **read, **moments}


def begun(header: Row) -> Row:
    """A stay and a visit in the same words."""
    return {"kind": "inpatient", **header, "begun": header.get("admitted") or header.get("started"),
            "ended": header.get("discharged")}  # fmt: skip


def names(rule: Rule | None, lines: Sequence[Accused]) -> Mapping[str, str]:
    """What the institutions are called whose codes stand in the evidence."""
    columns = [name for name, kind in rule.columns.items() if kind == "institution"] if rule else []
    codes = {str(one.said.evidence[name]) for one in lines for name in columns if one.said.evidence.get(name)}
    return {one.pk: called(str(one), one.pk, tongue()) for one in Institution.objects.filter(pk__in=codes)}


def history(hearing: Hearing, account: Account) -> list[Step]:
    """From the notice on. The institution's own people go by their names, others by their department."""
    events = hearing.events.select_related("by__department", "by__insurer", "by__territory", "by__institution")
    told = [event for event in events if event.at >= (hearing.notified_at or event.at) or event.move == "notify"]
    return [step(event, account) for event in told if event.move not in ("open", "take_up")]


def step(event: HearingEvent, account: Account) -> Step:
    move, by = HEARING.moves.get(event.move), event.by
    ours = by is not None and by.institution_id == account.institution_id
    who: object = by
    if by is not None and not ours:
        who = by.department or by.insurer or by.territory
    # What reviewers write to each other is theirs; what they tell the institution stands at the lines.
    note = event.note if ours else str(event.facts.get("seen", ""))
    return Step(event.at, move.words if move else event.move, who, note)


def amounts(hearing: Hearing) -> dict[str, Decimal]:
    """What of the finding is confirmed, demanded, returned and still owed, by the ledger."""
    references = [booked.reference(line) for line in hearing.lines.all()]
    stands = booking.totals(Item.objects.filter(reference__in=references))
    returned = sum((stands[stage] for stage in RETURNED), Decimal(0))
    return {
        "confirmed": stands[Stage.CONFIRMED] + stands[Stage.DEMANDED] + returned + stands[Stage.WRITTEN_OFF],
        "demanded": stands[Stage.DEMANDED] + returned,
        "returned": returned,
        "owed": stands[Stage.DEMANDED],
    }


def letters(hearing: Hearing) -> "QuerySet[Service]":
    """The documents about this finding that were served on the institution."""
    served = Service.objects.filter(document__about=str(hearing), institution=hearing.institution_id)
    return served.select_related("document")


def is_decided(hearing: Hearing) -> bool:
    return hearing.state in (State.UPHELD, State.WITHDRAWN, State.HANDLED, State.CLOSED)
