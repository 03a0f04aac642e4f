"""A batch's life: prepared, its difference shown, approved by a second person, in force; and the way back."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models.territory import NATION
from supervision.audit.chain import record
from supervision.audit.models import Act

from . import importing, sheets
from .differing import Change, bring, changes, facts, stored
from .loading import know_lists, lock, version
from .models import KnowledgeBatch, Point, Proposal, ProposedPoint, Range, RejectedRow
from .reading import Line
from .units import Unit
from .weighing import prefix_of

if TYPE_CHECKING:
    from institutions.models import Account

Kind = ProposedPoint.Kind
Status = Proposal.Status


class ProposalRefused(Exception):
    """The act cannot be done; the sentence says why."""


def place_of(account: "Account | None") -> str:
    """Whose knowledge an account may prepare: the nation's, its province's or its pooling area's.

    Nobody signed in is whoever keeps the installation, at its command line.
    """
    if account is None:
        return NATION
    if account.territory is None or account.territory.level > account.territory.Level.PREFECTURE:
        raise ProposalRefused(_("Knowledge is kept by the nation, by provinces and by pooling areas."))
    return account.territory.code


@transaction.atomic
def prepare(files: Sequence[tuple[str, bytes]], *, by: "Account | None" = None) -> Proposal:
    """A batch of these files (name and content), compared with what is in force. Nothing of it counts yet."""
    place = place_of(by)
    found = importing.read(sheets.of_batch(files), place=place)
    if not found.sheets:
        raise sheets.SheetRefused("no_sheet", "")
    lock()
    know_lists()
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    proposal = Proposal.objects.create(
        kind=Proposal.Kind.SHEETS, name=", ".join(name for name, _content in files)[:300], digest=digest.hexdigest(),
        place=place, base=version(), prepared_by=by, left_aside=found.left_aside,
        endings={number: day.isoformat() for number, day in found.endings.items()},
    )  # fmt: skip
    found_changes = _compare(proposal, found.lines)
    proposal.counts = counts(found, found_changes)
    if all(change.kind == Kind.SAME for change in found_changes):
        proposal.status = Status.NOTHING
    proposal.save()
    _keep(proposal, found_changes)
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                proposal=proposal, file=one.file, sheet=one.sheet, row=one.row, column=one.column, value=one.value,
                family=one.family, reason=one.reason, detail=one.detail, points=one.points,
            )
            for one in found.rejects
        ],
        batch_size=2000,
    )  # fmt: skip
    record(Act.UPLOAD, by or "", about(proposal), name=proposal.name, digest=proposal.digest)
    return proposal


def about(proposal: Proposal) -> str:
    return f"knowledge batch {proposal.pk}"


def _compare(proposal: Proposal, lines: Sequence[Line]) -> list[Change]:
    endings = {number: dt.date.fromisoformat(day) for number, day in proposal.endings.items()}
    return changes(lines, endings, prefix_of(proposal.place))


def _keep(proposal: Proposal, found: Iterable[Change]) -> None:
    ProposedPoint.objects.bulk_create(
        [
            ProposedPoint(
                **facts(change.line), proposal=proposal, kind=change.kind, before=change.before,
                remains=change.remains, file=change.line.file, row=change.line.row,
            )
            for change in found
        ],
        batch_size=2000,
    )  # fmt: skip


def counts(found: importing.Import, differences: Iterable[Change]) -> dict[str, Any]:
    """In = accepted + same + rejected, in points, by family; what becomes of the lists; rejects by reason."""
    kinds = {id(change.line): change.kind for change in differences if change.kind != Kind.ENDED}
    families: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in found.units:
        families[unit.family].update(["in", _outcome(unit, kinds)])
    lists: dict[str, Counter[str]] = defaultdict(Counter)
    for change in differences:
        lists[change.line.list][change.kind.value] += 1
    reasons = Counter(unit.reason for unit in found.units if unit.reason)
    total = sum(families.values(), Counter[str]())
    return {
        **{name: total[name] for name in ("in", "accepted", "same", "rejected")},
        "families": {name: dict(each) for name, each in sorted(families.items())},
        "lists": {name: dict(each) for name, each in sorted(lists.items())},
        "reasons": dict(reasons.most_common()),
    }


def _outcome(unit: Unit, kinds: Mapping[int, Kind]) -> str:
    if unit.reason:
        return "rejected"
    of_unit = {kinds.get(id(draft.line)) for draft in unit.drafts}
    return "same" if unit.said or of_unit <= {Kind.SAME} else "accepted"


@transaction.atomic
def approve(proposal: Proposal, *, by: "Account | None", base: int | None = None) -> Proposal:
    """Put a prepared batch in force: a new version, for all engines at once. `by` nobody is the installation itself.

    `base` is the version against which the difference was made that `by` has looked at: another is not approved.
    """
    lock()
    proposal = _waiting(proposal)
    if base is not None and base != proposal.base:
        raise ProposalRefused(_("The difference was written anew since you opened it. Look at it again."))
    if by is not None and by.pk == proposal.prepared_by_id:
        raise ProposalRefused(_("Whoever prepared a batch cannot approve it: a second person looks at it."))
    lines = list(proposal.lines.select_related("before"))
    if proposal.base != version() and not _still_true(proposal, lines):
        return proposal
    batch = KnowledgeBatch.objects.create(digest=proposal.digest, folder="", points=len(lines))
    bring(batch, lines)
    _decide(proposal, Status.IN_FORCE, by, version=batch)
    record(Act.REFERENCE, by or "", about(proposal), moved=Status.IN_FORCE.value, version=batch.pk)
    return proposal


def _still_true(proposal: Proposal, lines: Sequence[ProposedPoint]) -> bool:
    """Whether the difference is what it was; if another batch has come between, it is written down anew."""
    given = [stored(line, line.file) for line in lines if line.kind != Kind.ENDED]
    found = _compare(proposal, given)
    was = {(line.kind, stored(line).said, line.before_id) for line in lines}
    now = {(change.kind.value, change.line.said, change.before.pk if change.before else None) for change in found}
    if was == now:
        return True
    proposal.lines.all().delete()
    _keep(proposal, found)
    proposal.base = version()
    proposal.save(update_fields=["base"])
    return False


@transaction.atomic
def refuse(proposal: Proposal, *, by: "Account", note: str) -> Proposal:
    """Lay a prepared batch aside, with the reason. Whoever prepared it may take it back so, too."""
    lock()
    proposal = _waiting(proposal)
    if by.pk == proposal.prepared_by_id:
        by_other, note = None, f"{by}: {note}"
    else:
        by_other = by
    _decide(proposal, Status.REFUSED, by_other, note=note)
    record(Act.REFERENCE, by, about(proposal), moved=Status.REFUSED.value, note=note)
    return proposal


def _waiting(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not found.waits:
        raise ProposalRefused(_("This batch does not wait for approval any more."))
    return found


def _decide(proposal: Proposal, status: Status, by: "Account | None", **facts: Any) -> None:
    proposal.status, proposal.decided_by, proposal.decided_at = status, by, timezone.now()
    for name, value in facts.items():
        setattr(proposal, name, value)
    proposal.save()


@transaction.atomic
def take_back(proposal: Proposal, *, by: "Account | None") -> Proposal:
    """Restore what held before a batch, as a new batch. It brings nothing that was not approved before."""
    lock()
    undone = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if undone.version_id is None or hasattr(undone, "undone_by"):
        raise ProposalRefused(_("Only a batch that is in force can be taken back, and only once."))
    if undone.kind == Proposal.Kind.ACTS:
        raise ProposalRefused(_("A measure is lifted in its case, not here."))
    number = undone.version_id
    added, ended = Point.objects.filter(batch=number), Point.objects.filter(ended_by=number)
    if added.exclude(ended_by=None).exists() or _taken_since(ended, number):
        raise ProposalRefused(_("A later batch has changed the same points: take that one back first."))
    base, folder = version(), KnowledgeBatch.objects.get(pk=number).folder
    digest = hashlib.sha256(f"back from {number} at {base}".encode()).hexdigest()
    batch = KnowledgeBatch.objects.create(digest=digest, folder=folder, points=ended.count())
    copies = [Point(**facts(stored(point)), folder=point.folder, batch=batch) for point in ended]
    added.update(ended_by=batch)
    Point.objects.bulk_create(copies, batch_size=2000)
    _take_back_ranges(batch, number)
    back = Proposal.objects.create(
        kind=Proposal.Kind.RETURN, name=undone.name, digest=digest, place=undone.place, status=Status.IN_FORCE,
        base=base, prepared_by=by, decided_at=timezone.now(), version=batch, undoes=undone,
    )  # fmt: skip
    record(Act.REFERENCE, by or "", about(back), takes_back=undone.pk, version=batch.pk)
    return back


def _taken_since(ended: Any, number: int) -> bool:
    """Whether something later speaks of what the batch ended."""
    keys = set(ended.values_list("list", "key", "place"))
    later = Point.objects.in_force().filter(batch__gt=number).values_list("list", "key", "place")
    return not keys.isdisjoint(later)


def _take_back_ranges(batch: KnowledgeBatch, number: int) -> None:
    ended = Range.objects.filter(ended_by=number)
    copies = [Range(list=r.list, low=r.low, high=r.high, source=r.source, folder=r.folder, batch=batch) for r in ended]
    Range.objects.filter(batch=number, ended_by=None).update(ended_by=batch)
    Range.objects.bulk_create(copies, batch_size=2000)
