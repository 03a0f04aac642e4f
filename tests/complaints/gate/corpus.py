"""Five hundred files that nobody should have to open, made by their recipes: each with what it is refused for, or kept as."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from tests.complaints.gate.fake_clamd import EICAR
from tests.complaints.gate.recordings import RECORDINGS, box, film
from tests.hearing import hostile

SCRIPT = b"<script>alert(1)</script>"
REPAIRED = "damaged, or repaired"  # a PDF's pages are looked for even where its end is lost
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NAMES = [
    "photo.jpg.exe", "photo.exe.jpg", "a\0.jpg", "photo\u202egpj.exe", "../../../etc/passwd", "..\\..\\boot.ini", "CON", "aux.jpg",
    "<img src=x onerror=alert(1)>.png", "'; DROP TABLE gate_upload; --.pdf", "=cmd|' /C calc'!A0.jpg", "\u200b\u200b.jpg", ".htaccess",
    "", " ", "照片" * 300 + ".jpg", "a\r\nSet-Cookie: x=1.jpg", "%2e%2e%2fpasswd", "{{7*7}}.jpg", "photo.php\x00.jpg", "\U000e0041.jpg",
]  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file; the code it is refused for, or nothing where a harmless copy of it is kept."""

    what: str
    name: str
    content: bytes
    refused: str = ""


def package(*parts: str) -> bytes:
    """A package of an office program."""
    return hostile.packed(**dict.fromkeys(("[Content_Types].xml", *parts), b"<x/>"))


def others() -> dict[str, bytes]:
    """What is none of what can be sent, whatever it is called."""
    gif = hostile.picture("GIF")
    return {
        "a page": b"<!doctype html><html>" + SCRIPT, "a page behind blanks": b"\n \t<html>" + SCRIPT, "a picture of words": SVG,
        "a picture of words with a head": b'<?xml version="1.0"?>' + SVG, "a style": b"body{background:url(javascript:1)}",
        "a GIF": gif, "a GIF with a script": b"GIF89a/*" + gif[8:] + b"*/=1;alert(1)", "a TIFF": hostile.picture("TIFF"),
        "a BMP": hostile.picture("BMP"), "an icon": hostile.picture("ICO"), "a HEIC": box(b"ftyp", b"heic\0\0\0\0mif1heic"),
        "an AVIF": box(b"ftyp", b"avif\0\0\0\0avifmif1"), "a Photoshop file": b"8BPS\0\1" + b"\0" * 20, "a program": b"MZ\x90\0" + b"\0" * 200,
        "a program of Linux": b"\x7fELF\2\1\1" + b"\0" * 99, "a program of a Mac": b"\xcf\xfa\xed\xfe" + b"\0" * 99,
        "a class": b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 99, "a script of a shell": b"#!/bin/sh\nrm -rf /\n", "a batch": b"@echo off\r\ndel *.*\r\n",
        "a script of PHP": b"<?php system($_GET['x']);", "a script of PHP in a comment": b"\xff\xd8" + b"<?php phpinfo();",
        "a document with macros": package("word/vbaProject.bin"), "a workbook with macros": package("xl/vbaProject.bin"),
        "a workbook": hostile.workbook(), "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "rich text": b"{\\rtf1{\\object\\objdata 0105}}", "a zip": hostile.packed(**{"a.exe": b"MZ"}), "a jar": package("META-INF/MANIFEST.MF"),
        "an app": package("AndroidManifest.xml"), "a rar": b"Rar!\x1a\7\1\0" + b"\0" * 99, "a 7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 99,
        "a gzip": b"\x1f\x8b\x08" + b"\0" * 99, "a disk": b"\0" * 32769 + b"CD001", "a shortcut": b"L\0\0\0\1\x14\2\0" + b"\0" * 99,
        "the test virus": EICAR, "a mail": b"From: x\r\nContent-Type: text/html\r\n\r\n" + SCRIPT, "a font": b"OTTO" + b"\0" * 99,
        "WebAssembly": b"\0asm\1\0\0\0", "a film of Windows": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + b"\0" * 99,
        "a film of Flash": b"FWS\x09" + b"\0" * 99, "AVI": b"RIFF\0\0\0\0AVI LIST", "Matroska": b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska",
        "a playlist": b"#EXTM3U\nhttp://tracker.example/x\n", "a text": b"they billed what was not done", "zeros": b"\0" * 5000, "one byte": b"\xff",
        "a byte order mark": b"\xef\xbb\xbf<html>", "UTF-16": "<html>".encode("utf-16"), "PostScript": b"%!PS-Adobe-3.0\n(x) run",
        "a certificate": b"-----BEGIN CERTIFICATE-----\n", "a database": b"SQLite format 3\0" + b"\0" * 99, "a PDF behind a GIF": gif + hostile.pdf(),
    }  # fmt: skip


def huge(kind: str) -> bytes:
    """A header that says 50,000 points by 50,000, and little behind it."""
    if kind == "JPEG":
        given = hostile.picture("JPEG", (64, 64))
        place = given.index(b"\xff\xc0") + 5
        return given[:place] + struct.pack(">HH", 50_000, 50_000) + given[place + 4 :]
    return hostile.claims_to_be_huge()


def unpacks() -> bytes:
    """A PNG of a few hundred kilobytes that is 9,000 by 9,000 points: within what is told, too much for the cap."""
    rows = zlib.compressobj(9)
    row = b"\0" * 27_001
    packed = b"".join(rows.compress(row) for _one in range(9000)) + rows.flush()
    header = struct.pack(">IIBBBBB", 9000, 9000, 8, 2, 0, 0, 0)
    parts = hostile.chunk(b"IHDR", header) + hostile.chunk(b"IDAT", packed) + hostile.chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def polyglots() -> Iterator[tuple[str, bytes, str]]:
    """Two things in one: the picture or the recording alone is kept, or nothing is."""
    archive, page = hostile.packed(**{"evil.html": SCRIPT}), b"<html>" + SCRIPT
    for kind in ("JPEG", "PNG", "WEBP"):
        for what, more in (
            ("an archive", archive),
            ("a page", page),
            ("a program", b"MZ" + b"\0" * 99),
            ("a PDF", hostile.pdf()),
        ):
            yield f"a {kind} that is {what} too", hostile.picture(kind) + more, ""
    comment = hostile.picture("JPEG", comment=b"*/=1;alert(1);/*" + SCRIPT)
    yield "a JPEG that is a script in its comment", comment, ""
    yield "a film that is an archive behind its end", film(more=archive), "damaged"
    yield "a film that is a page in a box", film(more=box(b"free", page)), ""
    yield "a film that is a page in a box nobody knows", film(more=box(b"evil", page)), ""
    for kind, content in RECORDINGS.items():
        yield f"{kind} with an archive in front", archive + content, "unknown"
        yield f"{kind} with a page in front", page + content, "unknown"


def cut() -> Iterator[tuple[str, bytes, str]]:
    """Whole ones cut off at many places."""
    whole = {
        "JPEG": hostile.picture("JPEG", (400, 400)), "PNG": hostile.picture("PNG", (400, 400)), "WebP": hostile.picture("WEBP", (400, 400)),
        "PDF": hostile.pdf(), "film": film(), "Ogg": RECORDINGS["audio/ogg"], "WebM": RECORDINGS["video/webm"],
    }  # fmt: skip
    for what, content in whole.items():
        for part in range(2, 9):
            place = len(content) * part // 10
            yield f"a {what} cut off at {part}/10", content[:place], REPAIRED if what == "PDF" else "damaged"


def noise() -> Iterator[tuple[str, bytes, str]]:
    """Signatures of what can be sent, and chance behind them."""
    chance = random.Random(735)
    for kind, start in {
        "JPEG": b"\xff\xd8\xff\xe0", "PNG": b"\x89PNG\r\n\x1a\n", "WebP": b"RIFF\xff\xff\0\0WEBPVP8 ", "PDF": b"%PDF-1.7\n",
        "film": b"\0\0\0\x18ftypisom", "Ogg": b"OggS\0\2",
    }.items():  # fmt: skip
        for number in range(14):
            yield (
                f"chance {number} that begins as a {kind}",
                start + chance.randbytes(chance.randrange(20, 6000)),
                "damaged",
            )


def corpus() -> list[Hostile]:
    endings = ("jpg", "pdf", "mp4", "png", "m4a", "html.jpg")
    made = [
        Hostile(f"{what} as {ending}", f"file.{ending}", content, "unknown")
        for what, content in others().items() for ending in endings[: 4 if len(content) > 3000 else 5]
    ]  # fmt: skip
    for what, (make, code) in hostile.REFUSED.items():
        if not what.startswith(("nothing", "a workbook", "an old", "a document of Word", "a zip", "a WebP")):
            made.append(Hostile(what, "file.pdf", make(), code))
    made += [Hostile("nothing", name, b"", "empty") for name in ("a.jpg", "a.pdf", "a.mp4")]
    made += [Hostile(f"a huge {kind}", "a.jpg", huge(kind), "pixels") for kind in ("JPEG", "PNG")]
    made.append(Hostile("a PNG that unpacks", "a.png", unpacks(), "pixels"))
    for several in (polyglots(), cut(), noise()):
        made += [Hostile(what, "file.jpg", content, code) for what, content, code in several]
    made += [Hostile(f"a photo named {name!r:.40}", name, hostile.picture("JPEG")) for name in NAMES]
    made += [Hostile(f"a film named {name!r:.40}", name, film()) for name in NAMES]
    return made


def photographed(number: int) -> bytes:
    """A photo as a telephone takes it: place, day, owner, a smaller picture of itself, and a note in each place for notes."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Invented", "Phone 9", "Li Ming of ward 7"
    exif[0x0132], exif[0x0112] = "2026:11:23 10:17:42", number % 8 + 1
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (39.0, 54.0, 15.12), "E", (116.0, 24.0, 26.64)
    place[29] = "2026:11:23"
    made, kind = Image.new("RGB", (60 + number, 40), (number * 6, 40, 90)), ("JPEG", "PNG", "WEBP")[number % 3]
    written = io.BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" author="Li Ming of ward 7" GPSLatitude="39,54.252N"/>'
    made.save(written, kind, exif=exif, **({"xmp": xmp} if kind != "PNG" else {}))
    return written.getvalue()


def bomb() -> bytes:
    """An archive that unpacks to three hundred megabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", b"\0" * (300 << 20))
    return made.getvalue()
