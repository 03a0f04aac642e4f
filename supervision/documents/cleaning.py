"""Makes a harmless copy of a file that somebody hands in, in a process of its own that knows neither site nor stores.

Nothing of the bytes that were given is kept as it is: pictures are drawn anew, PDFs are written anew without what acts,
workbooks are copied value by value. What cannot be proved by its content to be one of these is refused.
"""

import json
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image as Picture
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIGNATURES = {
    b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"RIFF....WEBPVP8": WEBP, b"PK\x03\x04": XLSX,
}  # fmt: skip
DRAWN_AS = {WEBP: JPEG}  # what every reader shows
MEMORY = 1 << 30  # bytes
SECONDS = 60  # of work
OBJECTS = 500_000  # in a PDF
QUALITY = 90  # of a picture
LARGEST = 256 << 20  # bytes of the copy
REFUSALS = {"bomb": "bomb", "too_big": "bomb", "locked": "locked"}  # of a workbook
NEEDED_IN_A_JPEG = {0xE0, 0xEE}  # of what stands beside the picture: how wide a point is, and how colours were mixed
LONGEST_CELL = 32_767  # characters; more no workbook holds

# What a PDF does by itself or when it is clicked on, and what it carries that is not a page.
ACTIVE = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/GoToE"}
CARRIERS = {"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"}
CARRIED = {"/EmbeddedFiles", "/EF", "/RichMediaContent"}


class NotClean(Exception):
    """The file is not taken: a code for which whoever asked has a sentence, and where."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


def kind_of(given: Path, among: Collection[str]) -> str:
    """What the content proves it to be, of the kinds that are taken; a name proves nothing."""
    with given.open("rb") as file:
        start = file.read(16)
    if not start:
        raise NotClean("empty")
    for signature, kind in SIGNATURES.items():
        if kind in among and re.match(literal(signature), start, re.DOTALL):
            return kind
    raise NotClean("unknown", named(given))


def literal(signature: bytes) -> bytes:
    """Each byte stands for itself, and a run of dots for bytes that may be any."""
    return re.escape(signature).replace(rb"\.\.\.\.", b"....")


def named(given: Path) -> str:
    """What kind of file it seems to be instead, for those who wonder."""
    import puremagic  # noqa: PLC0415 - asked only for what is refused

    try:
        found: str = puremagic.from_string(given.read_bytes()[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    return found


# --- Pictures -----------------------------------------------------------------------------------------


def picture(given: Path, kept: Path, kind: str, megapixels: int) -> None:
    """Drawn anew, the right way up, without what a camera writes beside it."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - each kind loads its own reader alone

    Image.MAX_IMAGE_PIXELS = None  # our own cap stands before anything is unpacked
    came, drawn_as = (one.removeprefix("image/").upper() for one in (kind, DRAWN_AS.get(kind, kind)))
    with Image.open(given, formats=(came,)) as image:
        if image.width * image.height > megapixels * 10**6:
            raise NotClean("pixels", f"{image.width} × {image.height}")
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        drawn = plainly(image, drawn_as)
        drawn.info.clear()  # colour profile, comments, place and time of a photograph
        drawn.save(kept, format=drawn_as, **({"quality": QUALITY} if drawn_as == "JPEG" else {"optimize": False}))


def plainly(image: "Picture", kind: str) -> "Picture":
    """In colours that every reader knows."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")  # a scanner's 16 bits a point
    transparent = kind == "PNG" and (image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info)
    mode = "RGBA" if transparent else "L" if image.mode in ("1", "L") else "RGB"
    return image if image.mode == mode else image.convert(mode)


# --- PDF ----------------------------------------------------------------------------------------------


def document(given: Path, kept: Path, kind: str, megapixels: int) -> None:
    """Written anew, without links and without who wrote it; refused where it would act or carries other files."""
    import pikepdf  # noqa: PLC0415

    try:
        with pikepdf.open(given, suppress_warnings=True) as pdf:
            for one in every(pdf):
                look_at(one)
                forget(one)
            if not len(pdf.pages):
                raise NotClean("damaged", "no pages")
            for name in ("/OpenAction", "/AA"):
                if name in pdf.Root:
                    del pdf.Root[name]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            with kept.open("wb") as copy:
                pdf.save(copy, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    except pikepdf.PasswordError as problem:
        raise NotClean("locked") from problem
    except pikepdf.PdfError as problem:
        raise NotClean("damaged", str(problem)) from problem


def every(pdf: "pikepdf.Pdf") -> "Iterator[pikepdf.Object]":
    """Every dictionary of the file, reachable or not, those inside others too."""
    import pikepdf  # noqa: PLC0415

    seen = 0
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            one = waiting.pop()
            seen += 1
            if seen > OBJECTS:
                raise NotClean("bomb", f"> {OBJECTS:,} objects")
            inside: list[pikepdf.Object] = []
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                inside = [value for _name, value in one.items()]
                yield one
            elif isinstance(one, pikepdf.Array):
                inside = list(one)
            # What is referred to comes by itself; numbers and the like are Python's own.
            waiting += [value for value in inside if not getattr(value, "is_indirect", True)]


def look_at(one: "pikepdf.Object") -> None:
    """Refuse what acts or carries; take the links out of what they are written on."""
    keys = set(one.keys())
    action, subtype = str(one.get("/S", "")), str(one.get("/Subtype", ""))
    if action in ACTIVE or keys & {"/JS", "/XFA"}:
        raise NotClean("active", action.strip("/"))
    if subtype in CARRIERS or keys & CARRIED or str(one.get("/Type", "")) == "/EmbeddedFile":
        raise NotClean("carries", subtype.strip("/"))
    for name in ("/A", "/PA", "/AA"):
        if name in keys and (name == "/AA" or leads_out(one[name])):
            del one[name]


def forget(one: "pikepdf.Object") -> None:
    """Take out what a page, a picture or a program wrote about itself, and what a camera wrote into a photograph."""
    import pikepdf  # noqa: PLC0415

    for name in ("/Metadata", "/PieceInfo", "/LastModified"):
        if name in one:
            del one[name]
    if isinstance(one, pikepdf.Stream) and filters(one) == ["/DCTDecode"]:
        how: Any = one.get("/DecodeParms")
        one.write(without_notes(one.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=how)


def filters(stream: "pikepdf.Stream") -> list[str]:
    """How a stream is packed, from the outermost."""
    import pikepdf  # noqa: PLC0415

    said = stream.get("/Filter", "")
    return [str(one) for one in said] if isinstance(said, pikepdf.Array) else [str(said)]


def without_notes(jpeg: bytes) -> bytes:
    """The same picture without the segments in which cameras write where, when and by whom it was taken."""
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and (mark := jpeg[place + 1]) != 0xDA:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in NEEDED_IN_A_JPEG:
            kept.append(jpeg[place:end])
        place = end
    return b"".join([*kept, jpeg[place:]])


def leads_out(action: "pikepdf.Object") -> bool:
    """Whether an action leaves the document; to turn to one of its pages does no harm."""
    import pikepdf  # noqa: PLC0415

    return isinstance(action, pikepdf.Dictionary) and "/S" in action and action["/S"] != "/GoTo"


# --- Workbooks ----------------------------------------------------------------------------------------


def workbook(given: Path, kept: Path, kind: str, megapixels: int) -> None:
    """Copied value by value: no formula, macro, link or drawing comes along."""
    import xlsxwriter  # noqa: PLC0415
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415

    from supervision.workbooks import WorkbookRefused, open_workbook  # noqa: PLC0415

    try:
        with zipfile.ZipFile(given) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise NotClean("unknown", "zip")
        open_workbook(given, given.name)  # weighs it before anything is laid out
        sheets = CalamineWorkbook.from_path(given)
        with xlsxwriter.Workbook(kept, {"constant_memory": True}) as copy:
            moment = copy.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            for name in sheets.sheet_names:
                page = copy.add_worksheet(name)
                for place, row in enumerate(sheets.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                    for column, cell in enumerate(row):
                        write(page, place, column, cell, moment)
    except WorkbookRefused as refusal:
        raise NotClean(REFUSALS.get(refusal.code, "damaged")) from refusal
    except (zipfile.BadZipFile, CalamineError, XlsxWriterException) as problem:
        raise NotClean("damaged", str(problem)) from problem


def write(page: "Worksheet", row: int, column: int, cell: object, moment: "Format") -> None:
    """One value, never as a formula."""
    match cell:
        case "" | None:
            pass
        case bool():
            page.write_boolean(row, column, cell)
        case int() | float():
            page.write_number(row, column, cell)
        case datetime():
            page.write_datetime(row, column, cell, moment)
        case _:
            page.write_string(row, column, str(cell)[:LONGEST_CELL])


# --- The process --------------------------------------------------------------------------------------

KINDS: Mapping[str, Callable[[Path, Path, str, int], None]] = {
    PDF: document, JPEG: picture, PNG: picture, WEBP: picture, XLSX: workbook
}  # fmt: skip


def main(given: str, kept: str, megapixels: str, *among: str) -> None:
    """Write the copy and say what kind it is, or say why there is none."""
    for limit, most in (
        (resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))
    warnings.simplefilter("ignore")
    try:
        kind = kind_of(Path(given), among)
        KINDS[kind](Path(given), Path(kept), kind, int(megapixels))
        answer = {"kind": DRAWN_AS.get(kind, kind)}
    except NotClean as refusal:
        answer = {"refused": refusal.code, "detail": refusal.detail[:200]}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception as problem:  # whatever a hostile file makes its reader say, it is not taken
        answer = {"refused": "damaged", "detail": f"{type(problem).__name__}: {problem}"[:200]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
