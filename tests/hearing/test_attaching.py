"""H1: what stands beside a finding is harmless, proved by its content, and seen by both sides."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from institutions.models import Account, Institution
from supervision.audit.models import Entry
from supervision.documents import apart
from supervision.hearing import attaching
from supervision.hearing.attaching import FileRefused
from supervision.hearing.models import Attachment, Hearing
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.hearing import hostile
from tests.hearing.heard import answered, make_answerer, make_lines, make_reviewer, notified, run_out


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def hearing(first: Account, place: Institution) -> Hearing:
    return notified(make_lines("60", place=place), first)


def given(content: bytes, name: str = "record.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return bytes(file.read())


def on_disk(settings: Settings) -> list[str]:
    return [file.name for file in Path(settings.MEDIA_ROOT).rglob("hearing/**/*") if file.is_file()]


@pytest.mark.parametrize("what", hostile.REFUSED)
def test_h1_is_refused(what: str) -> None:
    make, code = hostile.REFUSED[what]
    with pytest.raises(FileRefused) as refusal, attaching.cleaned(given(make())):
        pass
    assert refusal.value.code == code


def test_h1_of_what_is_refused_nothing_is_kept(hearing: Hearing, hospital: Account, settings: Settings) -> None:
    with pytest.raises(FileRefused, match="script"):
        attaching.attach(hearing, given(hostile.pdf(hostile.scripted_page)), by=hospital)
    assert (Attachment.objects.count(), on_disk(settings)) == (0, [])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("record.pdf", hostile.pdf(), "application/pdf"),
        ("photo.JPG", hostile.picture("JPEG"), "image/jpeg"),
        ("scan.png", hostile.picture("PNG"), "image/png"),
        ("scan.png", hostile.picture("PNG", mode="I;16"), "image/png"),
        ("lines.xlsx", hostile.workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_h1_is_taken_and_its_digests_are_of_what_was_given_and_of_what_is_kept(
    hearing: Hearing, hospital: Account, name: str, content: bytes, kind: str
) -> None:
    attachment = attaching.attach(hearing, given(content, name), by=hospital)
    assert (attachment.kind, attachment.size) == (kind, len(kept(attachment)))
    assert attachment.digest == hashlib.sha256(kept(attachment)).hexdigest()
    assert attachment.given_digest == hashlib.sha256(content).hexdigest()
    assert Entry.objects.latest("number").facts == {"file": attachment.name, "digest": attachment.digest}


def test_h1_a_photograph_is_turned_upright_and_forgets_where_it_was_taken(hearing: Hearing, hospital: Account) -> None:
    content = kept(attaching.attach(hearing, given(hostile.photographed(), "a.jpg"), by=hospital))
    assert b"ward 7" not in content and b"Exif" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})
        red, _green, blue = image.convert("RGB").getpixel((35, 5))  # type: ignore[misc]
        assert blue > 200 > red  # the blue corner has turned to the upper right


def test_h1_texts_inside_a_picture_are_left_out(hearing: Hearing, hospital: Account) -> None:
    assert b"Li Ming" not in kept(attaching.attach(hearing, given(hostile.annotated_png(), "a.png"), by=hospital))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_h1_of_a_picture_that_is_an_archive_too_the_picture_alone_is_kept(
    hearing: Hearing, hospital: Account, kind: str
) -> None:
    both = hostile.picture(kind) + hostile.packed(**{"evil.html": b"<script>"})
    assert zipfile.is_zipfile(io.BytesIO(both))
    content = kept(attaching.attach(hearing, given(both, "a.png"), by=hospital))
    assert not zipfile.is_zipfile(io.BytesIO(content)) and b"script" not in content


def test_h1_a_pdf_forgets_its_author_and_its_links(hearing: Hearing, hospital: Account) -> None:
    content = kept(attaching.attach(hearing, given(hostile.pdf(hostile.signed_by_a_camera)), by=hospital))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert (len(pdf.pages), "/Info" in pdf.trailer, "/Metadata" in pdf.Root) == (1, False, False)
        assert "/A" not in pdf.pages[0].Annots[0]
    assert b"tracker" not in content


def test_h1_what_stands_behind_a_pdf_is_left_out(hearing: Hearing, hospital: Account) -> None:
    content = kept(attaching.attach(hearing, given(hostile.pdf() + b"<script>alert(1)</script>"), by=hospital))
    assert content.startswith(b"%PDF-") and b"<script>" not in content


def test_h1_of_a_workbook_the_values_alone_are_kept(hearing: Hearing, hospital: Account) -> None:
    macros = hostile.workbook(xl__vbaProject=b"Sub AutoOpen()", xl__externalLinks__externalLink1=b"<x/>")
    content = kept(attaching.attach(hearing, given(macros, "lines.xlsm"), by=hospital))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Lines").to_python()
    assert rows == [["line", "amount"], [17.0, 12.5], ["", 25.0], ["=1+1", ""]]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
        assert not any("vba" in name or "external" in name for name in packed.namelist())
    assert b"<f>" not in everything and b"tracker" not in everything


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Windows\\virus.exe", "virus.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("病历 第3页.PDF", "病历 第3页.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie: x.pdf"),
        ("." * 300, "file.pdf"),
        ("<img src=x>.pdf", "<img src=x>.pdf"),
        ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_a_name_is_text_and_no_path(
    hearing: Hearing, hospital: Account, settings: Settings, name: str, shown: str
) -> None:
    file = given(hostile.pdf())
    file._name = name  # type: ignore[attr-defined]  # as a hostile browser sends it
    attachment = attaching.attach(hearing, file, by=hospital)
    assert attachment.name == shown
    (stored,) = on_disk(settings)
    assert len(stored) == len("0" * 32 + ".pdf")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    hearing: Hearing, hospital: Account, settings: Settings
) -> None:
    settings.ATTACHMENT_LIMIT = 1 << 20
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        attaching.attach(hearing, given(b"%PDF-" + b"0" * (1 << 20)), by=hospital)


def test_a_finding_takes_so_many_files_and_the_same_one_once(
    hearing: Hearing, hospital: Account, settings: Settings
) -> None:
    settings.ATTACHMENTS_MOST = 2
    content = hostile.pdf()
    one, again = (attaching.attach(hearing, given(content), by=hospital) for _time in range(2))
    assert one == again
    attaching.attach(hearing, given(hostile.picture()), by=hospital)
    with pytest.raises(FileRefused, match="At most 2 files"):
        attaching.attach(hearing, given(hostile.picture("JPEG")), by=hospital)


def test_a_file_stands_beside_a_line_of_its_own_finding_only(
    hearing: Hearing, hospital: Account, first: Account, place: Institution
) -> None:
    other = notified(make_lines("5", place=place), first)
    with pytest.raises(MoveRefused, match="not a line"):
        attaching.attach(hearing, given(hostile.pdf()), by=hospital, line=other.lines.get())


def test_both_sides_see_files_the_institutions_once_it_has_answered(
    hearing: Hearing, hospital: Account, first: Account, second: Account
) -> None:
    neighbour = make_answerer(make_institution("H99010100002"), "neighbour")
    elsewhere = make_reviewer("elsewhere", "990200")
    attaching.attach(hearing, given(hostile.pdf(), "ours.pdf"), by=hospital)
    attaching.attach(hearing, given(hostile.picture(), "theirs.png"), by=first)

    def seen_by(account: Account) -> list[str]:
        return list(Attachment.objects.visible_to(account).values_list("name", flat=True))

    assert [seen_by(hospital), seen_by(second)] == [["ours.pdf", "theirs.png"], ["theirs.png"]]
    answered(hearing, hospital, "the register is wrong")
    assert [seen_by(hospital), seen_by(second)] == [["ours.pdf", "theirs.png"]] * 2
    assert [seen_by(neighbour), seen_by(elsewhere)] == [[], []]


def test_a_file_is_taken_back_until_the_answer_is_sent(
    hearing: Hearing, hospital: Account, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    attachment = attaching.attach(hearing, given(hostile.pdf()), by=hospital)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        attaching.remove(attachment, by=hospital)
    assert (Attachment.objects.count(), on_disk(settings)) == (0, [])
    assert Entry.objects.latest("number").facts["removed"] == "record.pdf"
    later = attaching.attach(hearing, given(hostile.pdf()), by=hospital)
    answered(hearing, hospital, "the register is wrong")
    with pytest.raises(MoveRefused):
        attaching.remove(later, by=hospital)


def test_nobody_takes_back_what_the_reviewers_attached(hearing: Hearing, hospital: Account, first: Account) -> None:
    attachment = attaching.attach(hearing, given(hostile.pdf()), by=first)
    with pytest.raises(MoveRefused, match="own institution"):
        attaching.remove(attachment, by=hospital)


def test_the_institution_attaches_within_its_window_and_reviewers_until_the_end(
    hearing: Hearing, hospital: Account, first: Account
) -> None:
    run_out(hearing)
    with pytest.raises(MoveRefused, match="run out"):
        attaching.attach(hearing, given(hostile.pdf()), by=hospital)
    assert attaching.attach(hearing, given(hostile.pdf()), by=first).pk
    Hearing.objects.filter(pk=hearing.pk).update(state="closed", measure="refuse")
    with pytest.raises(MoveRefused):
        attaching.attach(hearing, given(hostile.picture()), by=first)


def test_nobody_attaches_to_what_is_not_theirs(hearing: Hearing, settings: Settings) -> None:
    neighbour = make_answerer(make_institution("H99010100002"), "neighbour")
    for account in (neighbour, make_reviewer("elsewhere", "990200"), make_reviewer("reader", duties=["read"])):
        with pytest.raises(MoveRefused):
            attaching.attach(hearing, given(hostile.pdf()), by=account)
    assert on_disk(settings) == []


def test_a_download_is_saved_and_never_opened_in_the_site(hearing: Hearing, hospital: Account) -> None:
    attachment = attaching.attach(hearing, given(hostile.pdf(), "病历.pdf"), by=hospital)
    answer = attaching.download(attachment)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer) == kept(attachment)


def test_the_checking_process_is_told_nothing_of_the_site(
    monkeypatch: pytest.MonkeyPatch, hearing: Hearing, hospital: Account
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    told: list[dict[str, str]] = []
    run = subprocess.run

    def watched(*arguments: Any, **facts: Any) -> Any:
        told.append(facts["env"])
        return run(*arguments, **facts)

    monkeypatch.setattr(subprocess, "run", watched)
    attaching.attach(hearing, given(hostile.pdf()), by=hospital)
    assert "secret" not in str(told) and set(told[0]) <= set(apart.ENVIRONMENT)
