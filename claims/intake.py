"""Taking in a batch: files are read, every row is checked, and all that is good counts at once, or nothing does."""

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims import warehouse
from claims.deriving import accept, derive
from claims.judging import (
    BESIDE,
    OF_A_CLAIM,
    REGISTERS,
    know_members,
    know_places,
    make_headers,
    place_children,
    refuse,
    stage_lines,
)
from claims.loading import Load, check_columns, keep_to_territory, read_all
from claims.models import Batch, BatchFile, Snapshot
from claims.profiles import load as load_profile
from claims.publishing import (
    Totals,
    copy_rejects,
    lay_out_rows,
    month_totals,
    rejects,
    seen_codes,
    territory,
    totals,
    upsert_registers,
)
from claims.recent import keeping
from claims.rejects import BatchRejected
from claims.sources import digest_of, listed, opened
from institutions.models import Division
from institutions.models.territory import NATION

if TYPE_CHECKING:
    from institutions.models import Account

LEASE = timedelta(seconds=90)
TRIES = 5
WAITING = 20  # batches of one account; everybody else's wait behind them


class AlreadyIn(Exception):
    """These very files are in already."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(f"batch {batch.pk}")
        self.batch = batch


class Superseded(Exception):
    """Somebody else has taken this batch up; what this process did does not count."""


@dataclass(frozen=True)
class Given:
    """A file as it was handed in."""

    path: Path
    name: str
    digest: str


Watcher = Callable[[str, float], None]


# --- Making a batch -----------------------------------------------------------------------------------------


def make(paths: Sequence[Path], *, profile: str, replaces: Batch | None = None, by: "Account | None" = None) -> Batch:
    """A waiting batch of these files, left where they lie; of files handed in before, the same batch."""
    given = [Given(path, path.name, digest_of(path)) for path in listed(paths)]
    name = ", ".join(path.name for path in paths)[:200]
    return _make(given, name, profile=profile, replaces=replaces, by=by)


def receive(
    files: Iterable["UploadedFile[Any]"], *, profile: str = "template", by: "Account", replaces: Batch | None = None
) -> Batch:
    """Keep uploaded files under their digest, make the batch and have a worker take it in."""
    load_profile(profile)
    if Batch.objects.underway().filter(loaded_by=by).count() >= WAITING:
        raise BatchRejected("too_many_waiting", str(WAITING))
    given = [_keep(file) for file in files]
    if not given:
        raise BatchRejected("no_files")
    name = ", ".join(file.name for file in given)[:200]
    batch = _make(given, name, profile=profile, replaces=replaces, by=by)
    # One's own waiting batch is offered to the workers again; anybody else's is theirs, and may not be seen.
    if batch.status != Batch.Status.WAITING or batch.loaded_by_id != by.pk:
        raise AlreadyIn(batch)
    from claims.tasks import take_in_batch  # noqa: PLC0415 (the tasks call this module)

    transaction.on_commit(lambda: take_in_batch.delay(batch.pk))
    return batch


def _keep(file: "UploadedFile[Any]") -> Given:
    digest = hashlib.sha256()
    incoming = Path(settings.FUND_HOME) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    part = incoming / f"{uuid.uuid4()}.part"
    with part.open("wb") as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            kept.write(chunk)
    target = incoming / digest.hexdigest()
    part.replace(target)
    return Given(target, Path(file.name or "upload").name[:255], digest.hexdigest())


def _make(given: Sequence[Given], name: str, *, profile: str, replaces: Batch | None, by: "Account | None") -> Batch:
    if not given:
        raise BatchRejected("no_files", name)
    if replaces is not None and replaces.status != Batch.Status.LOADED:
        raise BatchRejected("not_loaded", str(replaces.pk))
    digest = hashlib.sha256("\n".join([profile, *sorted(file.digest for file in given)]).encode()).hexdigest()
    territory_of = by.territory_id if by and by.territory_id else _of_institution(by)
    counting = [Batch.Status.WAITING, Batch.Status.READING, Batch.Status.LOADED]
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                name=name, profile=profile, digest=digest, territory_id=territory_of, loaded_by=by, replaces=replaces
            )
            BatchFile.objects.bulk_create(
                BatchFile(batch=batch, name=file.name, path=str(file.path.absolute()), digest=file.digest,
                          size=file.path.stat().st_size) for file in given
            )  # fmt: skip
    except IntegrityError:
        return Batch.objects.get(digest=digest, status__in=counting)
    return batch


def _of_institution(by: "Account | None") -> str:
    if by and by.institution:
        return by.institution.division_id
    return Division.objects.get_or_create(
        code=NATION, defaults={"name_zh": "全国", "name_en": "Nation", "level": Division.Level.NATION}
    )[0].pk


# --- Taking it in -------------------------------------------------------------------------------------------


def take_in(batch: Batch, *, wait: float = 0.0, watch: Watcher = lambda stage, share: None) -> Batch:
    """Take in a waiting batch, or one whose worker died. A refusal is kept with the batch."""
    owner = uuid.uuid4()
    with warehouse.writer(wait=wait):
        batch.refresh_from_db()
        if batch.status in Batch.UNDERWAY:
            _claim_lease(batch, owner)
            try:
                _take_in(batch, owner, watch)
            except BatchRejected as refusal:
                _fail(batch, owner, refusal.code, refusal.detail)
            except (OSError, warehouse.EngineError, warehouse.StoreError) as error:
                warehouse.forget(batch.pk)
                storage = warehouse.is_storage(error)
                _fail(batch, owner, "storage" if storage else "unforeseen", type(error).__name__)
                if not storage:
                    raise
    batch.refresh_from_db()
    if batch.status == Batch.Status.LOADED and batch.recent_at is None:
        keeping.keep(batch)  # outside the writer's turn: the next batch need not wait for it
    return batch


def _claim_lease(batch: Batch, owner: uuid.UUID) -> None:
    batch.owner, batch.lease_until = owner, timezone.now() + LEASE
    batch.status, batch.tries = Batch.Status.READING, batch.tries + 1
    batch.stage, batch.done_share = "reading", 0
    batch.save(update_fields=["owner", "lease_until", "status", "tries", "stage", "done_share"])


def _fail(batch: Batch, owner: uuid.UUID, code: str, detail: str) -> None:
    Batch.objects.filter(pk=batch.pk, owner=owner).update(
        status=Batch.Status.FAILED, failure=code, failure_detail=detail[:2000], finished_at=timezone.now(),
        owner=None, lease_until=None,
    )  # fmt: skip


def _take_in(batch: Batch, owner: uuid.UUID, watch: Watcher) -> None:
    if batch.replaces is not None and batch.replaces.status != Batch.Status.LOADED:
        raise BatchRejected("not_loaded", str(batch.replaces.pk))  # another correction came in first
    snapshot = warehouse.published()
    files = [(Path(file.path), file.name) for file in batch.files.order_by("pk")]
    with _workplace(batch.pk) as work, warehouse.connect() as con:
        load = Load(batch.pk, load_profile(batch.profile), con, work, progress=_progress(batch, owner, watch))
        load.only_for(batch.loaded_by)
        staged = judge(load, files, snapshot, ended=batch.replaces_id)
        made = derive(load, staged)
        load.progress("publishing", 1.0)
        versions = warehouse.write(batch.pk, made, ended=batch.replaces_id, tried=batch.tries)
        publish(load, batch, owner, snapshot, versions)


@contextmanager
def _workplace(number: int) -> Iterator[Path]:
    """A folder for what is on its way; killed intakes' folders go first, for the one writer has no neighbours."""
    places = Path(settings.FUND_HOME) / "tmp"
    for left in places.glob("batch-*"):
        shutil.rmtree(left, ignore_errors=True)
    work = places / f"batch-{number}"
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def judge(
    load: Load,
    files: Sequence[tuple[Path, str]],
    snapshot: Snapshot | None,
    *,
    ended: int | None = None,
    again: bool = False,
) -> list[Path]:
    """Read every row and decide which are refused; answers the fee lines as they were staged.

    What is in the warehouse is refused, unless it may be told `again`.
    """
    load.con.execute("SET preserve_insertion_order = false")
    for number, (path, name) in enumerate(files):
        load.progress("opening", number / len(files))
        load.sources += opened(path, work=load.work, name=name)
    check_columns(load)
    read_all(load, (*REGISTERS, *BESIDE, "claims", *OF_A_CLAIM))
    keep_to_territory(load, snapshot)
    know_places(load)
    know_members(load, snapshot)
    make_headers(load)
    place_children(load)
    staged = stage_lines(load)
    load.progress("checking", 1.0)
    refuse(load, None if again else snapshot, ended=ended)
    accept(load)
    lay_out_rows(load)
    return staged


def publish(load: Load, batch: Batch, owner: uuid.UUID, snapshot: Snapshot | None, versions: Mapping[str, int]) -> None:
    """Let the batch count: its totals, its rejects and the version that shows it, in one transaction."""
    with transaction.atomic():
        held = Batch.objects.select_for_update().filter(pk=batch.pk, owner=owner).first()
        latest = warehouse.published()
        if held is None or not warehouse.still_writer() or latest != snapshot:
            raise Superseded(batch.pk)
        upsert_registers(load)
        months = month_totals(load, held)
        if held.replaces is not None:
            months |= set(held.replaces.totals.values_list("month", flat=True))
            held.replaces.totals.all().delete()
            Batch.objects.filter(pk=held.replaces.pk).update(status=Batch.Status.ENDED)
        seen_codes(load)
        copy_rejects(load, held)
        totals(load).onto(held)
        held.warnings = load.warnings
        if held.loaded_by is None:
            held.territory_id = territory(load) or held.territory_id
        held.status, held.finished_at = Batch.Status.LOADED, timezone.now()
        held.owner = held.lease_until = None
        held.stage, held.done_share = "done", 100
        held.save()
        Snapshot.objects.create(batch=held, tables=dict(versions), months=sorted(months))


def _progress(batch: Batch, owner: uuid.UUID, watch: Watcher) -> Watcher:
    def tell(stage: str, share: float) -> None:
        Batch.objects.filter(pk=batch.pk, owner=owner).update(
            stage=stage, done_share=round(min(share, 1) * 100), lease_until=timezone.now() + LEASE
        )
        watch(stage, share)

    return tell


@dataclass(frozen=True)
class Trial:
    """What taking these files in would do."""

    totals: Totals
    rejects: list[tuple[object, ...]]
    warnings: list[tuple[str, str]]


def try_out(paths: Sequence[Path], *, profile: str, replaces: Batch | None = None) -> Trial:
    """Read and judge as an intake would, and keep nothing."""
    with tempfile.TemporaryDirectory(prefix="trial-", dir=_tmp()) as work, warehouse.connect() as con:
        load = Load(0, load_profile(profile), con, Path(work))
        files = [(path, path.name) for path in listed(paths)]
        if not files:
            raise BatchRejected("no_files", ", ".join(map(str, paths)))
        judge(load, files, warehouse.published(), ended=replaces.pk if replaces else None)
        return Trial(totals(load), list(rejects(load)), load.warnings)


def _tmp() -> Path:
    places = Path(settings.FUND_HOME) / "tmp"
    places.mkdir(parents=True, exist_ok=True)
    return places
