"""Self-checks: an institution's files, checked as intake would and reviewed by the rules that count before payment.

Nothing of it goes to the warehouse, becomes a finding or is seen by anybody else. PostgreSQL knows which are owed; a
worker holds a lease, and what a killed one leaves is taken up again (docs/adr/0004).
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims import rehearsing, warehouse
from claims.publishing import yuan
from claims.rejects import BatchRejected
from institutions.models import Account, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.knowledge import loading
from supervision.monitoring import aside, leases, standing
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.shaping import Shaped

from .models import SelfCheck, SelfCheckFile, SelfCheckReject, SelfCheckRemark

MOMENT = "review"
LEASE = timedelta(minutes=2)
TRIES = 5
WAITING = 3  # of an institution; everybody else's wait behind them
LEFT = "self-checks"  # the folder of the files
AT_ONCE = 2_000
READING = 50  # per cent of the work, before the rules are asked


@transaction.atomic
def ask(files: Iterable["UploadedFile[Any]"], *, profile: str, by: Account) -> SelfCheck:
    """Keep the files, and have a worker check them."""
    assert by.institution is not None
    # Two at once would both find room. No key of the row: the messages that name it meanwhile do not wait.
    Institution.objects.select_for_update(no_key=True).get(pk=by.institution_id)
    if SelfCheck.objects.filter(institution=by.institution, status__in=SelfCheck.UNDERWAY).count() >= WAITING:
        raise BatchRejected("too_many_waiting", str(WAITING))
    kept = [_keep(file) for file in files]
    names = ", ".join(name for _path, name in kept)[:200]
    made: SelfCheck = SelfCheck.objects.create(institution=by.institution, asked_by=by, profile=profile, name=names)
    SelfCheckFile.objects.bulk_create(SelfCheckFile(self_check=made, path=str(path), name=name) for path, name in kept)
    from .tasks import self_check  # noqa: PLC0415 (the tasks call this module)

    transaction.on_commit(lambda: self_check.delay(made.pk))
    record(Act.UPLOAD, by, f"self-check {made.pk}", name=names)
    return made


def _keep(file: "UploadedFile[Any]") -> tuple[Path, str]:
    folder = Path(settings.FUND_HOME) / LEFT
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = Path(file.name or "upload").name[:255]
    path = folder / f"{uuid.uuid4().hex}{Path(name).suffix.lower()[:10]}"
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path, name


def check(number: int) -> None:
    """Do the self-check, unless it is done or another worker is at it. Doing it again changes nothing."""
    owner = uuid.uuid4()
    if not _taken(number, owner):
        return
    mine = SelfCheck.objects.filter(pk=number, owner=owner)
    try:
        with leases.renewed(mine, lease=LEASE, every=LEASE.total_seconds() / 4):
            _check(mine.get(), mine)
    except BatchRejected as refusal:
        _end(mine, SelfCheck.Status.FAILED, failure=refusal.code, failure_detail=refusal.detail[:2000])
    except (OSError, warehouse.StoreError, warehouse.EngineError) as error:
        code = "storage" if warehouse.is_storage(error) else "unforeseen"
        _end(mine, SelfCheck.Status.FAILED, failure=code, failure_detail=type(error).__name__)
        if code == "unforeseen":
            raise


def _taken(number: int, owner: uuid.UUID) -> bool:
    with transaction.atomic():
        found = owed().filter(pk=number).select_for_update(skip_locked=True).first()
        if found is None:
            return False
        found.owner, found.lease_until, found.tries = owner, timezone.now() + LEASE, found.tries + 1
        found.status, found.done_share = SelfCheck.Status.READING, 0
        found.save(update_fields=["owner", "lease_until", "tries", "status", "done_share"])
    return True


def owed() -> QuerySet[SelfCheck]:
    """Those that nobody is at: new ones, and what a killed worker has left."""
    left = Q(status=SelfCheck.Status.READING, lease_until__lt=timezone.now())
    return SelfCheck.objects.filter(Q(status=SelfCheck.Status.WAITING) | left)


def _check(one: SelfCheck, mine: QuerySet[SelfCheck]) -> None:
    files = [(Path(file.path), file.name) for file in one.files.order_by("pk")]
    with rehearsing.rehearsed(
        files, profile=one.profile, by=one.asked_by, progress=lambda _stage, share: _tell(mine, share * READING)
    ) as rehearsal:
        known = loading.version()
        said = _said(mine, rehearsal.made, known)
        refused = list(_rejects(one, rehearsal.rejects))
    remarks = [remark for rule, found in said if found for remark in _remarks(one, rule.code, found)]
    counted = rehearsal.totals
    _keep_found(one, mine, remarks, refused, {
        "rows_in": counted.rows_in, "rows_rejected": counted.rows_rejected, "claims_in": counted.claims_in,
        "claims_rejected": counted.claims_rejected, "warnings": list(rehearsal.warnings), "knowledge_version": known,
        "rules": {rule.code: rule.hash for rule, found in said if found},
        "unasked": [rule.code for rule, found in said if not found],
    })  # fmt: skip


def _said(mine: QuerySet[SelfCheck], made: Mapping[str, Path], known: int) -> list[tuple[Rule, Shaped | None]]:
    """What each rule of the moment says; nothing of one that could not be asked."""
    rules = [rule for rule in standing.in_force().values() if MOMENT in rule.moments and rule.runs]
    found = []
    for answer in aside.answers(rules, made, snapshot=warehouse.published(), knowledge_version=known):
        found.append((answer.rule, answer.shaped))
        _tell(mine, READING + (100 - READING) * len(found) / len(rules))
    return found


def _tell(mine: QuerySet[SelfCheck], per_cent: float) -> None:
    mine.update(done_share=round(min(per_cent, 100)))


@transaction.atomic
def _keep_found(
    one: SelfCheck, mine: QuerySet[SelfCheck], remarks: Sequence[SelfCheckRemark],
    rejects: Sequence[SelfCheckReject], facts: Mapping[str, object],
) -> None:  # fmt: skip
    """Everything that was found, in place of what an earlier try may have left."""
    if mine.select_for_update().first() is None:
        return  # another worker has taken it up
    one.rejects.all().delete()
    one.remarks.all().delete()
    SelfCheckReject.objects.bulk_create(rejects, batch_size=AT_ONCE)
    SelfCheckRemark.objects.bulk_create(remarks, batch_size=AT_ONCE)
    _end(mine, SelfCheck.Status.DONE, done_share=100, **facts)


def _end(mine: QuerySet[SelfCheck], status: str, **facts: object) -> None:
    mine.update(status=status, finished_at=timezone.now(), owner=None, lease_until=None, **facts)


def _rejects(one: SelfCheck, rows: Iterable[tuple[Any, ...]]) -> Iterator[SelfCheckReject]:
    for claim, file, sheet, row, column, value, reason, detail, amount in rows:
        yield SelfCheckReject(
            self_check=one, claim=claim, file=file, sheet=sheet, row=row, column=column, value=value, reason=reason,
            detail=detail, amount=amount,
        )  # fmt: skip


def _remarks(one: SelfCheck, rule: str, shaped: Shaped) -> Iterator[SelfCheckRemark]:
    """Of each finding the sentence, the amount and the lines accused; whose claim they are, and nothing of others'."""
    mine = f"{one.institution_id}:"
    charges: dict[int, list[str]] = {}
    for line in shaped.lines.select(["n", "role", "charge"]).to_pylist():
        if line["role"] == "accused" and (line["charge"] or "").startswith(mine):
            charges.setdefault(line["n"], []).append(line["charge"])
    for found in shaped.findings.to_pylist():
        if found["claim"] and not found["claim"].startswith(mine):
            continue  # a page may look around, and speak of what is another's
        yield SelfCheckRemark(
            self_check=one, rule=rule, claim=found["claim"] or "", certainty=int(found["certainty"]),
            at_stake=yuan(int(found["at_stake"])), because_en=found["because_en"],
            because_zh=found["because_zh"], charges=charges.get(found["n"], []),
        )  # fmt: skip


def sweep() -> None:
    """Offer again what is owed; give up what was begun too often."""
    for one in owed():
        if one.tries < TRIES:
            from .tasks import self_check  # noqa: PLC0415 (the tasks call this module)

            self_check.delay(one.pk)
        else:
            _end(SelfCheck.objects.filter(pk=one.pk), SelfCheck.Status.FAILED, failure="too_many_tries")


def forget() -> int:
    """Delete the files of self-checks that ended long enough ago; what was found stays."""
    rehearsing.clear()
    ended = timezone.now() - timedelta(days=settings.REVIEW_SELF_CHECK_DAYS)
    forgotten = 0
    for one in SelfCheck.objects.filter(finished_at__lt=ended, forgotten_at=None):
        for file in one.files.all():
            Path(file.path).unlink(missing_ok=True)
        one.forgotten_at = timezone.now()
        one.save(update_fields=["forgotten_at"])
        forgotten += 1
    return forgotten
