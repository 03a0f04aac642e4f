"""H1, E2: of five hundred hostile files none acts, none is shown that we have not drawn, and each refusal says why."""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from supervision.complaints.gate import keeping
from supervision.complaints.gate.models import Kind, State, Upload
from supervision.complaints.gate.refusing import REASONS, UploadRefused
from supervision.invisible import IN_A_VALUE
from tests.complaints.gate.corpus import REPAIRED, SCRIPT, Hostile, bomb, corpus, photographed
from tests.complaints.gate.fake_clamd import EICAR
from tests.complaints.gate.sent import given, on_disk
from tests.hearing import hostile

pytestmark = pytest.mark.django_db
Committing = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]
SLICES = 10
ACTIVE = (SCRIPT, b"alert(1)", b"evil.html", b"<?php", b"/JavaScript", EICAR)
# Draws a file that wants twice the memory that whoever draws has.
WANTS_MORE = """
import sys
from supervision.documents import cleaning
cleaning.KINDS = {cleaning.PNG: lambda *_: bytearray(2 * cleaning.MEMORY)}
cleaning.main(sys.argv[1], sys.argv[2], "50", cleaning.PNG)
"""
OURS = 150_000  # thousand bytes by which our own process may have grown


@pytest.fixture(scope="module")
def five_hundred() -> list[Hostile]:
    return corpus()


def test_there_are_five_hundred_and_no_two_alike(five_hundred: list[Hostile]) -> None:
    assert len(five_hundred) >= 500
    assert len({(one.content, one.name) for one in five_hundred}) >= 490


@pytest.mark.parametrize("part", range(SLICES))
def test_h1_each_is_refused_in_words_or_kept_harmless(
    five_hundred: list[Hostile], part: int, django_capture_on_commit_callbacks: Committing
) -> None:
    before, wrong = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, []
    for one in five_hundred[part::SLICES]:
        with django_capture_on_commit_callbacks(execute=True):
            said, upload = tried(one)
        if said != one.refused and not (one.refused == REPAIRED and said in ("", "damaged")):
            wrong.append(f"{one.what}: {said or 'kept'}, not {one.refused or 'kept'}")
        if upload:
            wrong += [f"{one.what}: {problem}" for problem in harmful(upload)]
            with django_capture_on_commit_callbacks(execute=True):
                assert keeping.erase(claimed(upload)) == 1
    assert not wrong, "\n".join(wrong)
    assert (Upload.objects.count(), on_disk()) == (0, {})
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < OURS


def tried(one: Hostile) -> tuple[str, Upload | None]:
    """The code it was refused for, in the words of that code; or what was kept."""
    try:
        return "", given(one.content, one.name)
    except UploadRefused as refused:
        words = str(REASONS[refused.code]).partition("%")[0]
        return refused.code if str(refused).startswith(words) else str(refused), None


def claimed(upload: Upload) -> str:
    keeping.claim([upload.token], subject=f"JB-{upload.pk}")
    return f"JB-{upload.pk}"


def harmful(upload: Upload) -> list[str]:
    """What is wrong with what was kept."""
    content, answer, wrong = keeping.opened(upload), keeping.download(upload), []
    drawn = upload.kind == Kind.PHOTO
    if drawn and any(one in content for one in ACTIVE):
        wrong.append("it still holds what acts")
    if keeping.may_be_shown(upload) != drawn:
        wrong.append("it is shown")
    if not answer.headers["Content-Disposition"].startswith(f'attachment; filename="evidence-{upload.pk}.'):
        wrong.append(answer.headers["Content-Disposition"])
    headers = (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"])
    if headers != ("application/octet-stream", "nosniff") or "sandbox" not in answer.headers["Content-Security-Policy"]:
        wrong.append(str(headers))
    if IN_A_VALUE.search(keeping.name_of(upload)) or "/" in keeping.name_of(upload):
        wrong.append(f"it is called {keeping.name_of(upload)!r}")
    if upload.state != State.KEPT:
        wrong.append(upload.state)
    return wrong


def test_h1_an_archive_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    packed = bomb()
    with pytest.raises(UploadRefused, match="none of what can be sent"):
        given(packed, "photo.jpg")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < OURS


def test_h1_whoever_draws_anew_is_stopped_where_a_file_wants_too_much(tmp_path: Path) -> None:
    given_as = tmp_path / "photo.png"
    given_as.write_bytes(hostile.picture("PNG"))
    drawn = subprocess.run(
        [sys.executable, "-c", WANTS_MORE, given_as, tmp_path / "copy"], capture_output=True, check=True, timeout=60
    )
    assert json.loads(drawn.stdout)["refused"] == "bomb"


def test_e2_of_forty_photos_neither_place_nor_owner_nor_smaller_picture_is_kept(
    django_capture_on_commit_callbacks: Committing,
) -> None:
    told = (
        b"Li Ming",
        b"ward 7",
        b"Phone 9",
        b"Invented",
        b"Exif",
        b"GPS",
        b"xmpmeta",
        b"2026:11:23",
        b"eXIf",
        b"ICC_PROFILE",
    )
    for number in range(40):
        photo = photographed(number)
        assert b"Li Ming" in photo and b"Phone 9" in photo
        with django_capture_on_commit_callbacks(execute=True):
            upload = given(photo, f"IMG_{number}.jpg")
        served = keeping.opened(upload)
        assert [one for one in told if one in served] == []
        assert keeping.shown(upload).content == served
        with Image.open(io.BytesIO(served)) as image:
            assert dict(image.getexif()) == {} and set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
            }
    stored = b"".join(on_disk().values())
    assert [one for one in told if one in stored] == []
    rows = str(list(Upload.objects.values()))
    assert "IMG_" not in rows and "Li Ming" not in rows
    assert len(on_disk()) == 40


def test_e2_a_photo_inside_a_pdf_forgets_its_place_too() -> None:
    def with_photo(made: pikepdf.Pdf) -> None:
        picture = made.make_stream(photographed(0), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
                                   ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)  # fmt: skip
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))

    whole = hostile.pdf(with_photo)
    assert b"Li Ming" in whole
    kept = keeping.opened(given(whole, "scan.pdf"))
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert b"Li Ming" not in image.read_raw_bytes() and b"Exif" not in image.read_raw_bytes()
        assert isinstance(image, pikepdf.Stream) and pikepdf.PdfImage(image).as_pil_image().size == (60, 40)
