"""A letter whose move failed leaves its file behind: no number is missing, and the file goes."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from pytest_django import Settings

from supervision.audit.models import Act, Entry
from supervision.documents import leftovers, tasks
from supervision.documents.models import Document
from tests.documents.building import make_document

pytestmark = pytest.mark.django_db


class Failed(Exception):
    """Something after the letter."""


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def papers(letter: Document) -> list[str]:
    return sorted([str(letter.pdf.name), str(letter.docx.name)])


def age(folder: Path, hours: float) -> None:
    """All files there were written so long ago."""
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - hours * 3600,) * 2)


@transaction.atomic
def issue_and_fail(references: list[str]) -> None:
    references.append(make_document().reference)
    raise Failed


def fail_after_a_letter() -> str:
    """Issue a letter in a transaction that fails; the number it would have had."""
    references: list[str] = []
    with pytest.raises(Failed):
        issue_and_fail(references)
    return references[0]


def test_what_failed_leaves_no_gap_and_its_file_goes_with_a_record(media: Path) -> None:
    reference = fail_after_a_letter()
    left = files(media)
    assert len(left) == 2
    age(media, 3)
    tasks.remove_leftovers()
    assert files(media) == []
    told = Entry.objects.filter(act=Act.DOCUMENT, account="").values_list("subject", "facts__what")
    assert sorted(told) == [(name, "removed a file that no row names") for name in left]
    assert make_document().reference == reference


def test_the_next_letter_of_that_number_is_kept_under_its_own_name(media: Path) -> None:
    fail_after_a_letter()
    letter = make_document()
    assert letter.pdf.name == f"documents/{letter.year}/990100/prior_notice-000001.pdf"
    assert papers(letter) == files(media)


def test_what_a_row_names_stays_however_old(media: Path) -> None:
    letter = make_document()
    age(media, 24 * 400)
    assert leftovers.remove() == 0
    assert files(media) == papers(letter)


def test_what_may_still_be_named_by_a_transaction_under_way_stays(media: Path) -> None:
    fail_after_a_letter()
    age(media, 1)
    assert leftovers.remove() == 0
    assert len(files(media)) == 2


def test_files_of_every_app_are_looked_after(media: Path) -> None:
    default_storage.save("hearing/2026/11/nobody.pdf", ContentFile(b"%PDF"))
    age(media, 3)
    assert leftovers.remove() == 1


def test_many_are_removed_in_turns(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "AT_ONCE", 3)
    kept = make_document()
    for number in range(7):
        default_storage.save(f"documents/{number}.pdf", ContentFile(b"%PDF"))
    age(media, 3)
    assert leftovers.remove() == 7
    assert files(media) == papers(kept)
