"""The first screen of an institution: what waits for it in every part, the most urgent first, and who may do it."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import claims.waiting
import credit.commitments.waiting
import credit.points.waiting
import credit.waiting
import reporting.documents.waiting
import supervision.cases.waiting
import supervision.designation.waiting
import supervision.hearing.waiting
import supervision.inspections.waiting
import supervision.ledger.waiting
import supervision.major.waiting
import supervision.payments.waiting
import supervision.review.waiting
import supervision.selfchecks.waiting
from institutions.models import Account
from institutions.waiting import Entry, Kind

PARTS: Sequence[Callable[[Account], list[Entry]]] = (
    supervision.hearing.waiting.waiting,
    reporting.documents.waiting.waiting,
    supervision.designation.waiting.waiting,
    supervision.payments.waiting.waiting,
    supervision.selfchecks.waiting.waiting,
    supervision.major.waiting.waiting,
    supervision.inspections.waiting.waiting,
    credit.commitments.waiting.waiting,
    credit.points.waiting.waiting,
    credit.waiting.waiting,
    supervision.cases.waiting.waiting,
    supervision.ledger.waiting.waiting,
    supervision.review.waiting.waiting,
    claims.waiting.waiting,
)
DUTIES = (Kind.ANSWER, Kind.SIGN, Kind.CORRECT, Kind.PAY)  # what must be done; what may be done stands apart


@dataclass(frozen=True)
class Shown:
    """An entry as this account reads it: open to it, or with the names of those who may."""

    entry: Entry
    is_open: bool
    who: str


@dataclass(frozen=True)
class Desk:
    """What stands on the institution's desk."""

    overdue: list[Shown]
    due: list[Shown]
    rights: list[Shown]
    figures: list[tuple[Kind, int]]  # how much there is of each kind, overdue or not

    @property
    def late(self) -> int:
        """How many things are overdue, those counted together with them."""
        return sum(one.entry.overdue for one in self.overdue)

    @property
    def is_clear(self) -> bool:
        return not self.overdue and not self.due


def desk_of(account: Account) -> Desk:
    entries = sorted((entry for part in PARTS for entry in part(account)), key=urgency)
    people = list(Account.objects.filter(institution=account.institution_id, is_active=True).order_by("username"))
    shown = [Shown(entry, entry.may_be_done_by(account), names(entry, people)) for entry in entries]
    must = [one for one in shown if one.entry.kind in DUTIES]
    counted: Counter[Kind] = Counter()
    for one in must:
        counted[one.entry.kind] += one.entry.count
    return Desk(
        overdue=[one for one in must if one.entry.is_overdue],
        due=[one for one in must if not one.entry.is_overdue],
        rights=[one for one in shown if one.entry.kind not in DUTIES and not one.entry.is_overdue],
        figures=[(kind, counted[kind]) for kind in DUTIES],
    )


def urgency(entry: Entry) -> tuple[float, str]:
    """What is due first stands first, and what has no day stands last."""
    return (entry.due_at.timestamp() if entry.due_at else math.inf, entry.address)


def names(entry: Entry, people: Sequence[Account]) -> str:
    """Who of the institution may do it."""
    return ", ".join(str(one) for one in people if entry.duties and entry.may_be_done_by(one))
