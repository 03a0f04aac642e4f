"""Tries a version on stored claims beside the page in force: back-tests, and the turns of a trial.

PostgreSQL knows which months are owed; a worker takes one by a lease, as the steps of runs are taken. What a killed
worker leaves, another takes up.
"""

import hashlib
import json
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from claims import warehouse
from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.knowledge import loading
from supervision.monitoring import confined, leases, planning, queue, standing
from supervision.monitoring.models import Run
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.shaping import Shaped, shape

from .models import (
    Change,
    ChangedFinding,
    ChangeTotal,
    ComparedMonth,
    ComparedMonthQuerySet,
    Comparison,
    Stage,
    Version,
)
from .workflow import MoveRefused, reaches_all

LEASE = timedelta(seconds=20)
RENEWED_EVERY = 5.0
TRIES = 3
WAIT = timedelta(seconds=2)
SAMPLES = {Comparison.Kind.BACKTEST: 40, Comparison.Kind.TRIAL: 1000}  # of each kind of change and month
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has this month, or the comparison has ended."""


# --- What is owed -------------------------------------------------------------------------------------


def back_test(version: Version, months: Collection[str], *, by: Account) -> Comparison:
    """Owe a back-test of the version over these months of the published claims."""
    duties = (Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE)
    if by.territory is None or not any(by.holds(duty) for duty in duties):
        raise MoveRefused(_("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.WRITE_RULES.label})
    if version.stage == Stage.RETIRED:
        raise MoveRefused(_("This version is retired."))
    snapshot = warehouse.published()
    unknown = sorted(set(months) - set(warehouse.months(snapshot)))
    if snapshot is None or not months:
        raise MoveRefused(_("Choose at least one month."))
    if unknown:
        raise MoveRefused(_("There are no claims of %(months)s.") % {"months": ", ".join(unknown)})
    rule = standing.stored(version.rule, version.text)
    if lacking := planning.Ground(snapshot).lacking(rule):
        raise MoveRefused(_("Nobody has uploaded what it needs: %(needs)s.") % {"needs": ", ".join(lacking)})
    facts = {"kind": Comparison.Kind.BACKTEST, "snapshot": snapshot, "knowledge_version": loading.version()}
    try:
        with transaction.atomic():
            made = owe(version, sorted(months), asked_by=by, **facts)
            record(Act.RULE, by, str(version), move="back_test", comparison=made.pk, hash=version.hash)
    except IntegrityError as clash:
        raise MoveRefused(_("A back-test of this version is going on already.")) from clash
    return made


def owe(version: Version, months: Sequence[str], **facts: Any) -> Comparison:
    """A comparison with the page that counts now; its months are handed to the workers."""
    now = standing.in_force().get(version.rule)
    against = now if now and now.runs else None
    if against is not None:
        standing.keep([against])
    made = Comparison.objects.create(
        version=version, hash=version.hash, against=against.hash if against else "", **facts
    )
    ComparedMonth.objects.bulk_create(ComparedMonth(comparison=made, month=month) for month in months)
    transaction.on_commit(lambda: hurry(made))
    return made


def trials() -> None:
    """Every version on trial takes its turn beside the newest run that has ended."""
    run = Run.objects.exclude(status=Run.Status.RUNNING).select_related("snapshot").first()
    if run is None:
        return
    for version in Version.objects.filter(stage=Stage.TRIAL):
        turns = version.comparisons.filter(kind=Comparison.Kind.TRIAL)
        if turns.filter(run__gte=run.pk).exists() or turns.filter(status=Comparison.Status.RUNNING).exists():
            continue
        # The first turn goes over all months; later ones over those that the run has judged anew.
        fresh = list(run.steps.order_by("month").values_list("month", flat=True).distinct())
        there = warehouse.months(run.snapshot)
        months = [month for month in there if month in fresh] if turns.filter(status=Comparison.Status.DONE) else there
        facts = {"snapshot": run.snapshot, "knowledge_version": run.knowledge_version, "run": run.pk}
        try:
            with transaction.atomic():
                made = owe(version, months, kind=Comparison.Kind.TRIAL, **facts)
                finish(made)
        except IntegrityError:
            continue  # another sweep was quicker


# --- Doing it -----------------------------------------------------------------------------------------


def do_month(number: int) -> None:
    """Do a month that is free. Doing it again, or by several at once, changes nothing."""
    owner = uuid4()
    if not take(number, owner):
        return
    month = ComparedMonth.objects.select_related("comparison__version", "comparison__snapshot").get(pk=number)
    try:
        with leases.renewed(held(number, owner), lease=LEASE, every=RENEWED_EVERY):
            found = found_in(month)
            write(month, owner, found)
    except LeaseLost:
        log.warning("Month %s of a comparison was taken over", number)
    except Exception as error:
        log.exception("Month %s of a comparison failed", number)
        fail(number, owner, error)
    finish(month.comparison)


def take(number: int, owner: UUID) -> bool:
    """Take a lease. One UPDATE, so of several who try one gets it."""
    free = ComparedMonth.objects.free().filter(pk=number, tries__lt=TRIES)
    return bool(free.update(owner=owner, lease_until=Now() + LEASE, tries=F("tries") + 1))


def held(number: int, owner: UUID) -> ComparedMonthQuerySet:
    """The month, as long as it is owed and this owner's."""
    return ComparedMonth.objects.owed().filter(pk=number, owner=owner)


@dataclass(frozen=True)
class Said:
    """What one page says of one finding."""

    key: str
    institution: str | None
    insured_area: str
    claim: str
    certainty: int
    at_stake: int  # fen
    because_en: str
    because_zh: str


@dataclass(frozen=True)
class Both:
    """A finding before and after the change; one of them may be missing."""

    before: Said | None
    after: Said | None

    @property
    def said(self) -> Said:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def change(self) -> Change:
        if self.before is None:
            return Change.NEW
        if self.after is None:
            return Change.GONE
        alike = (self.before.at_stake, self.before.certainty) == (self.after.at_stake, self.after.certainty)
        return Change.SAME if alike else Change.CHANGED

    @property
    def stakes(self) -> tuple[int, int]:
        return (self.before.at_stake if self.before else 0, self.after.at_stake if self.after else 0)


def found_in(month: ComparedMonth) -> list[Both]:
    """The version's findings of the month beside those of the page in force, in the order of their keys."""
    comparison = month.comparison
    version = comparison.version
    rules = [standing.stored(version.rule, version.text)]
    if comparison.against:
        against = standing.page_of(version.rule, comparison.against)
        if against is None:
            raise confined.Confined(_("The page it was compared with cannot be read any more."))
        rules.append(against)
    answers = confined.of_pages(
        rules, month.month, snapshot=comparison.snapshot, knowledge_version=comparison.knowledge_version,
        seen=seen_in(comparison),
    )  # fmt: skip
    after, *before = [said(rule, shape(rule, month.month, answer)) for rule, answer in zip(rules, answers, strict=True)]
    former: Mapping[str, Said] = before[0] if before else {}
    return [Both(former.get(key), after.get(key)) for key in sorted(former.keys() | after.keys())]


def seen_in(comparison: Comparison) -> confined.Seen | None:
    """A back-test reads what its asker may see: nobody else has read the page yet. A trial reads everything."""
    asker = comparison.asked_by
    if asker is None or reaches_all(asker, comparison.snapshot):
        return None
    assert asker.territory is not None
    here = Institution.objects.visible_to(asker).order_by("pk").values_list("pk", flat=True)
    return confined.Seen(list(here), asker.territory.prefix)


def said(rule: Rule, shaped: Shaped) -> dict[str, Said]:
    columns = ["key", "institution", "insured_area", "claim", "certainty", "at_stake", "because_en", "because_zh"]
    rows = zip(*(shaped.findings[name].to_pylist() for name in columns), strict=True)
    return {
        key: Said(key, institution, area or "", claim or "", certainty, stake, english, chinese)
        for key, institution, area, claim, certainty, stake, english, chinese in rows
    }


def write(month: ComparedMonth, owner: UUID, found: Sequence[Both]) -> None:
    """Keep what was found, and the month as done: all of it, or nothing."""
    told = [[both.change.value, both.said.key, *both.stakes] for both in found]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    known = set(Institution.objects.values_list("pk", flat=True))
    with transaction.atomic():
        running = Comparison.objects.select_for_update(no_key=True).filter(pk=month.comparison_id)
        mine = ComparedMonth.objects.filter(pk=month.pk, owner=owner, done_at=None)
        going_on = running.get().status == Comparison.Status.RUNNING
        if not going_on or not mine.update(done_at=Now(), lease_until=None, digest=digest):
            raise LeaseLost
        ChangeTotal.objects.bulk_create(totals(month, found, known), batch_size=2000)
        most = SAMPLES[Comparison.Kind(month.comparison.kind)]
        ChangedFinding.objects.bulk_create(samples(month, found, known, most), batch_size=2000)


def totals(month: ComparedMonth, found: Sequence[Both], known: Collection[str]) -> list[ChangeTotal]:
    counted: Counter[tuple[str, str | None, str]] = Counter()
    sums: dict[tuple[str, str | None, str], list[int]] = defaultdict(lambda: [0, 0])
    for both in found:
        place = both.said.institution if both.said.institution in known else None
        kind = (both.change.value, place, both.said.insured_area)
        counted[kind] += 1
        for number, stake in enumerate(both.stakes):
            sums[kind][number] += stake
    return [
        ChangeTotal(
            month=month, change=change, institution_id=place, insured_area=area, findings=number,
            before=yuan(sums[change, place, area][0]), after=yuan(sums[change, place, area][1]),
        )
        for (change, place, area), number in sorted(counted.items(), key=str)
    ]  # fmt: skip


def samples(month: ComparedMonth, found: Sequence[Both], known: Collection[str], most: int) -> Iterator[ChangedFinding]:
    """Of each kind of change some, drawn by the hash of their keys: the same ones each time, and no favourites."""
    by_change: dict[Change, list[Both]] = defaultdict(list)
    for both in found:
        by_change[both.change].append(both)
    for change, some in by_change.items():
        for both in sorted(some, key=lambda both: hashlib.sha256(both.said.key.encode()).digest())[:most]:
            before, after = both.stakes
            one = both.said
            yield ChangedFinding(
                month=month, change=change, key=one.key, insured_area=one.insured_area, claim=one.claim,
                institution_id=one.institution if one.institution in known else None, certainty=one.certainty,
                before=yuan(before), after=yuan(after), because_en=one.because_en, because_zh=one.because_zh,
            )  # fmt: skip


def yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def fail(number: int, owner: UUID, error: Exception) -> None:
    """Leave the month to be tried again; a page that was stopped would only be stopped again."""
    stopped = confined.Confined
    leases.give_back(held(number, owner), error, tries=TRIES, wait=WAIT, hopeless=(stopped,), in_words=stopped)


def finish(comparison: Comparison) -> None:
    """Close a comparison of which nothing is owed any more."""
    if comparison.months.filter(done_at=None, parked="").exists():
        return
    with transaction.atomic():
        ended = (
            Comparison.objects.select_for_update()
            .filter(pk=comparison.pk, status=Comparison.Status.RUNNING)
            .select_related("version")
            .first()
        )
        if ended is None or ended.months.filter(done_at=None, parked="").exists():
            return
        digests = list(ended.months.order_by("month").values_list("month", "digest"))
        ended.digest = hashlib.sha256(json.dumps(digests).encode()).hexdigest()
        parked = ended.months.exclude(parked="").exists()
        ended.status = Comparison.Status.FAILED if parked else Comparison.Status.DONE
        ended.finished_at = timezone.now()
        ended.save(update_fields=["status", "digest", "finished_at"])
        record(
            Act.RULE, "", str(ended.version), move=f"{ended.kind}_ended", comparison=ended.pk, status=ended.status,
            hash=ended.hash, digest=ended.digest,
        )  # fmt: skip


# --- Not forgotten ------------------------------------------------------------------------------------


def hurry(comparison: Comparison) -> None:
    """Hand the free months to the workers. Without them they wait for the sweep."""
    from .tasks import do_month as task  # noqa: PLC0415 - the tasks call what calls this

    try:
        for number in comparison.months.filter(done_at=None, parked="").values_list("pk", flat=True):
            task.apply_async((number,), retry=False)
    except OperationalError:
        log.warning("The queue cannot be reached: months wait for the sweep", exc_info=True)


def sweep() -> None:
    """Take up what lost workers and a forgetful queue have left, and let trials take their turns."""
    ComparedMonth.objects.free().filter(tries__gte=TRIES).update(
        owner=None, lease_until=None, parked=_("Its workers were lost.")
    )
    for comparison in Comparison.objects.filter(status=Comparison.Status.RUNNING):
        finish(comparison)
    waited = timezone.now() - LEASE
    left = ComparedMonth.objects.free().filter(comparison__asked_at__lt=waited).select_related("comparison")
    for comparison in {month.comparison_id: month.comparison for month in left}.values():
        if not queue.waiting():
            hurry(comparison)
    trials()
