"""Files that nobody should have to open, made small; and harmless ones that carry what is nobody's business."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import xlsxwriter
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

Pdf = pikepdf.Pdf


# --- PDF ----------------------------------------------------------------------------------------------


def pdf(change: Callable[[Pdf], None] = lambda _pdf: None, **saved: Any) -> bytes:
    """One white page, and what else somebody puts in."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    change(made)
    written = io.BytesIO()
    made.save(written, **saved)
    return written.getvalue()


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


SCRIPT = {"JS": String("app.alert(1)")}


def opens_with(kind: str, **more: Any) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        made.Root.OpenAction = action(kind, **more)

    return change


def annotated(subtype: str, **more: Any) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        mark = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[0, 0, 99, 99], **more)
        made.pages[0].Annots = Array([made.make_indirect(mark)])

    return change


def scripted_names(made: Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), action("JavaScript", **SCRIPT)]))


def scripted_page(made: Pdf) -> None:
    made.pages[0].AA = Dictionary(O=action("JavaScript", **SCRIPT))


def hidden_script(made: Pdf) -> None:
    """Reachable from nowhere, as an incremental update would leave it."""
    made.Root.PieceInfo = Dictionary(x=made.make_indirect(Dictionary(deep=[[[action("JavaScript", **SCRIPT)]]])))


def chained(made: Pdf) -> None:
    made.Root.OpenAction = action("GoTo", D=[made.pages[0].obj, Name.Fit], Next=action("JavaScript", **SCRIPT))


def dynamic_form(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def embedding(made: Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ"


def without_pages(made: Pdf) -> None:
    del made.pages[0]


def signed_by_a_camera(made: Pdf) -> None:
    made.docinfo["/Author"] = "Li Ming of ward 7"
    with made.open_metadata() as about:
        about["dc:creator"] = ["Li Ming of ward 7"]
    annotated("Link", A=action("URI", URI=String("https://tracker.example/?who=7")))(made)


def object_bomb() -> bytes:
    """An object stream that unpacks a thousandfold."""
    packed = zlib.compress(b"0 " * (300 << 20), 9)
    head = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    stream = b"3 0 obj\n<</Type/ObjStm/N 99999999/First 9/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return head + stream + packed + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


# --- Pictures -----------------------------------------------------------------------------------------


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saved: Any) -> bytes:
    """A red field with a blue corner at its upper left."""
    made = Image.new(mode, size, "red" if mode in ("RGB", "RGBA") else 1)
    if mode in ("RGB", "RGBA"):
        made.paste("blue", (0, 0, size[0] // 2, size[1] // 2))
    written = io.BytesIO()
    made.save(written, format=kind, **saved)
    return written.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def claims_to_be_huge() -> bytes:
    """A kilobyte that says it is 50,000 points wide and high."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def texts_that_unpack() -> bytes:
    given = picture()
    bomb = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"\0" * (200 << 20), 9))
    return given[:33] + bomb + given[33:]


def photographed() -> bytes:
    """Turned on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x010E] = "ward 7, bed 12"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"Li Ming of ward 7")


def annotated_png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Li Ming of ward 7")
    return picture("PNG", pnginfo=said)


# --- Workbooks ----------------------------------------------------------------------------------------


def workbook(**extra: bytes) -> bytes:
    """Two rows with a formula; and further parts of the package."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as made:
        page = made.add_worksheet("Lines")
        page.write_row(0, 0, ["line", "amount"])
        page.write_row(1, 0, [17, 12.5])
        page.write_formula(2, 1, '=WEBSERVICE("https://tracker.example/")', None, 25)
        page.write_string(3, 0, "=1+1")
    with zipfile.ZipFile(written, "a") as packed:
        for name, content in extra.items():
            packed.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def packed(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def sheet(content: str) -> bytes:
    """A package whose one sheet is what is said."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        **{
            "xl/workbook.xml": f'<workbook {space} xmlns:r="{rels}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.xml": content.replace("<worksheet>", f"<worksheet {space}>").encode(),
        }
    )


def cells(address: str) -> str:
    return f'<worksheet><sheetData><row><c r="A1"><v>1</v></c></row><row><c r="{address}"><v>1</v></c></row></sheetData></worksheet>'


XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + cells("A2")
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

# What is refused, and for which of the reasons.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a script on opening": (lambda: pdf(opens_with("JavaScript", **SCRIPT)), "active"),
    "a script by name": (lambda: pdf(scripted_names), "active"),
    "a script on a page": (lambda: pdf(scripted_page), "active"),
    "a script behind a turn of the page": (lambda: pdf(chained), "active"),
    "a script that nothing points at": (lambda: pdf(hidden_script), "active"),
    "a script in an object stream": (
        lambda: pdf(scripted_names, object_stream_mode=pikepdf.ObjectStreamMode.generate), "active"
    ),
    "a script on an annotation": (lambda: pdf(annotated("Link", A=action("JavaScript", **SCRIPT))), "active"),
    "a program that is started": (lambda: pdf(opens_with("Launch", F=String("cmd.exe"))), "active"),
    "a form that is sent": (lambda: pdf(annotated("Link", A=action("SubmitForm", F=String("http://x")))), "active"),
    "data that are taken in": (lambda: pdf(opens_with("ImportData", F=String("x.fdf"))), "active"),
    "a jump into an embedded file": (lambda: pdf(opens_with("GoToE", T=Dictionary())), "active"),
    "a form of its own language": (lambda: pdf(dynamic_form), "active"),
    "a file inside": (lambda: pdf(embedding), "carries"),
    "a file pinned to a page": (lambda: pdf(annotated("FileAttachment", FS=Dictionary())), "carries"),
    "a film": (lambda: pdf(annotated("RichMedia")), "carries"),
    "an older film": (lambda: pdf(annotated("Movie")), "carries"),
    "a sound": (lambda: pdf(annotated("Sound")), "carries"),
    "a password to open": (lambda: pdf(encryption=pikepdf.Encryption(user="x", owner="y")), "locked"),
    "no page": (lambda: pdf(without_pages), "damaged"),
    "a PDF cut off": (lambda: pdf()[:60], "damaged"),
    "a PDF by its first line alone": (lambda: b"%PDF-1.7\n", "damaged"),
    "a PDF behind something else": (lambda: b"GIF89a " + pdf(), "unknown"),
    "a PDF that unpacks a thousandfold": (object_bomb, "damaged"),
    "a picture of 2,500 million points": (claims_to_be_huge, "pixels"),
    "a PNG whose texts unpack": (texts_that_unpack, "damaged"),
    "a PNG cut off": (lambda: picture()[:90], "damaged"),
    "a JPEG cut off": (lambda: picture("JPEG", (400, 400))[:700], "damaged"),
    "a JPEG by its first bytes alone": (lambda: b"\xff\xd8\xff\xe0" + b"nothing" * 20, "damaged"),
    "a GIF": (lambda: picture("GIF"), "unknown"),
    "a TIFF": (lambda: picture("TIFF"), "unknown"),
    "a WebP": (lambda: picture("WEBP"), "unknown"),
    "an SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "unknown"),
    "a page of HTML": (lambda: b"<!doctype html><script>alert(1)</script>", "unknown"),
    "a text": (lambda: b"line,amount\n17,12.50\n", "unknown"),
    "a program of Windows": (lambda: b"MZ\x90\x00" + b"\0" * 200, "unknown"),
    "a program of Linux": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 200, "unknown"),
    "the test virus": (lambda: EICAR, "unknown"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown"),
    "a document of Word": (lambda: packed(**{"word/document.xml": b"<w/>"}), "unknown"),
    "a zip": (lambda: packed(**{"a.exe": b"MZ"}), "unknown"),
    "a zip cut off": (lambda: workbook()[:200], "damaged"),
    "a workbook that unpacks a thousandfold": (lambda: packed(**{"xl/workbook.xml": b" " * (300 << 20)}), "bomb"),
    "a workbook of two cells far apart": (lambda: sheet(cells("XFD1048576")), "bomb"),
    "a workbook that reads our files": (lambda: sheet(XXE), "damaged"),
    "nothing": (lambda: b"", "empty"),
}  # fmt: skip
