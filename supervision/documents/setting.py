"""Sets a letter on A4: as PDF, which counts, and as DOCX, in which an office may go on working."""

import datetime as dt
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import docx
import typst
from django.conf import settings
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from .letter import Block, Letter

HERE = Path(__file__).parent
CHINESE, LATIN = "宋体", "Times New Roman"  # faces that every office has; a PDF carries its own


class FontsMissing(RuntimeError):
    """Chinese cannot be set without its letters."""


@cache
def fonts() -> typst.Fonts:
    """Noto Sans SC out of npm's locked package and nothing else, so that a letter looks alike on every machine."""
    folder = Path(settings.BASE_DIR) / "build" / "fonts"
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if "Noto Sans SC" not in found.families():
        raise FontsMissing(f"{folder} holds no Noto Sans SC: run `make setup`.")
    return found


def pdf(letter: Letter, *, at: dt.datetime) -> bytes:
    """The same letter of the same moment gives the same file."""
    return set_page(HERE / "letter.typ", letter.as_facts(), at=at)


def set_page(page: Path, facts: Any, *, at: dt.datetime) -> bytes:
    """A page of typst with facts, handed over as data: nothing of them is read as an instruction."""
    compiled = typst.compile(
        page,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(compiled, bytes)
    return compiled


def word(letter: Letter, *, at: dt.datetime) -> bytes:
    """The same letter for an office program."""
    paper = docx.Document()
    paper.core_properties.title, paper.core_properties.author = letter.title, letter.office
    paper.core_properties.created = paper.core_properties.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    _measure(paper)
    _line(paper, letter.office, size=16, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(paper, letter.title, size=20, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(paper, letter.reference, align=WD_ALIGN_PARAGRAPH.CENTER)
    for block in letter.blocks:
        _block(paper, block)
    _line(paper, f"{letter.office}（印章）", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(paper, letter.day, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _foot(paper, letter)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _measure(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin = section.right_margin = Mm(27)
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)


def _block(paper: Paper, block: Block) -> None:
    match block.what:
        case "heading":
            _line(paper, block.text, bold=True)
        case "table":
            _table(paper, block)
        case "sign":
            _line(paper, f"{block.text}________________________")
        case "addressee":
            _line(paper, block.text)
        case _:
            _line(paper, block.text, indent=24)


def _line(paper: Paper, text: str, *, size: int = 12, bold: bool = False, indent: int = 0,
          align: WD_ALIGN_PARAGRAPH | None = None) -> None:  # fmt: skip
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = Pt(indent)
    paragraph.paragraph_format.line_spacing = 1.5


def _table(paper: Paper, block: Block) -> None:
    rows = block.rows
    table = paper.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for cell in table.rows[0].cells if block.head else ():
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _foot(paper: Paper, letter: Letter) -> None:
    foot = paper.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{letter.reference}　验证码 {letter.code}　第 ")
    _field(foot, "PAGE")
    foot.add_run(" 页，共 ")
    _field(foot, "NUMPAGES")
    foot.add_run(" 页")


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that the office program works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
