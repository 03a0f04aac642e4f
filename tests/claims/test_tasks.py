import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from claims import intake, tasks, warehouse
from claims.models import Batch
from claims.rejects import BatchRejected
from institutions.models import Account

from .building import a_claim, a_line, stored, write_csv, write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def clerk(places: None) -> Account:
    return Account.objects.create(username="clerk", territory_id="990100")


def uploaded(folder: Path) -> list[SimpleUploadedFile]:
    files = {"claims.csv": a_claim(), "lines.csv": a_line()}
    return [SimpleUploadedFile(name, write_csv(folder / name, [row]).read_bytes()) for name, row in files.items()]


def test_an_upload_is_kept_and_taken_in_by_a_worker(
    home: Path, clerk: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = intake.receive(uploaded(home / "up"), by=clerk)
    assert batch.status == "waiting"
    batch.refresh_from_db()
    assert (batch.status, batch.loaded_by, batch.territory_id) == ("loaded", clerk, "990100")
    assert sorted(path.name for path in (home / "home" / "incoming").iterdir()) == sorted(
        batch.files.values_list("digest", flat=True)
    )
    with pytest.raises(intake.AlreadyIn) as already:
        intake.receive(uploaded(home / "up"), by=clerk)
    assert already.value.batch == batch


def test_an_upload_of_an_unknown_layout_is_refused_at_once(home: Path, clerk: Account) -> None:
    with pytest.raises(BatchRejected):
        intake.receive(uploaded(home / "up"), profile="nowhere", by=clerk)
    with pytest.raises(BatchRejected):
        intake.receive([], by=clerk)


def a_waiting_batch(home: Path) -> Batch:
    return intake.make([write_folder(home / "in", claims=[a_claim()], lines=[a_line()])], profile="template")


def test_a_task_that_runs_twice_takes_a_batch_in_once(home: Path) -> None:
    batch = a_waiting_batch(home)
    tasks.take_in_batch(batch.pk)
    tasks.take_in_batch(batch.pk)
    assert len(stored("charge", "charge")) == 1


def left_behind(batch: Batch, *, tries: int = 1, seconds_ago: int = 1) -> None:
    until = timezone.now() - timedelta(seconds=seconds_ago)
    Batch.objects.filter(pk=batch.pk).update(status="reading", owner=uuid.uuid4(), lease_until=until, tries=tries)


def test_the_sweep_takes_up_what_a_dead_worker_left(home: Path) -> None:
    batch = a_waiting_batch(home)
    left_behind(batch)
    tasks.sweep_batches()
    batch.refresh_from_db()
    assert (batch.status, batch.tries) == ("loaded", 2)


def test_the_sweep_leaves_alone_what_a_worker_still_holds(home: Path) -> None:
    batch = a_waiting_batch(home)
    left_behind(batch, seconds_ago=-60)
    tasks.sweep_batches()
    batch.refresh_from_db()
    assert batch.status == "reading"


def test_what_failed_five_times_is_parked_with_its_reason(home: Path) -> None:
    batch = a_waiting_batch(home)
    left_behind(batch, tries=intake.TRIES)
    tasks.sweep_batches()
    batch.refresh_from_db()
    assert (batch.status, batch.failure) == ("failed", "too_many_tries")


def test_a_last_try_that_is_still_at_work_is_not_parked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def occupied() -> None:
        raise warehouse.Occupied

    batch = a_waiting_batch(home)
    left_behind(batch, tries=intake.TRIES)
    monkeypatch.setattr(warehouse, "writer", occupied)
    tasks.sweep_batches()
    batch.refresh_from_db()
    assert batch.status == "reading"


def test_a_worker_that_lost_its_batch_publishes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = a_waiting_batch(home)
    write = warehouse.write

    def lose(number: int, tables: dict[str, Path], *, ended: int | None, tried: int) -> dict[str, int]:
        Batch.objects.filter(pk=batch.pk).update(owner=uuid.uuid4())
        return write(number, tables, ended=ended, tried=tried)

    monkeypatch.setattr(warehouse, "write", lose)
    with pytest.raises(intake.Superseded):
        intake.take_in(batch)
    assert stored("charge", "charge") == []
