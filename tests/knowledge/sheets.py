"""Small sheets in the layouts of the published ones."""

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence

import xlsxwriter

Row = Mapping[str, str]
FRAME = {"place": "", "since": "", "until": "", "basis": "price list", "source": "annex", "verified": "verified"}
POINT = {
    "kp_id": "", "rule_class": "药品限工伤保险", "gz_code": "GZ10000101001000", "level1": "", "level2": "", "med_code": "",
    "med_codes": "", "med_code_count": "", "item_name": "某药", "constraint": "限工伤保险", "detect_logic": "", "batch": "1.0",
    "batch_tag": "batch_03", "published_at": "", "supersedes": "", "announcement_url": "", "attachment_file": "第三批.xlsx",
    "attachment_row": "1", "pdf_page": "",
}  # fmt: skip


def national(number: str, codes: str, **facts: str) -> Row:
    return {**POINT, "kp_id": number, "med_codes": codes, **facts}


def bed(point: str, item: str, name: str = "ward bed", **facts: str) -> Row:
    return {"point": point, "item": item, "name": name, **FRAME, **facts}


def as_csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def packed(rows: Sequence[Row]) -> bytes:
    return gzip.compress(as_csv(rows))


def as_workbook(**sheets: Sequence[Row]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(rows[0]))
            for place, row in enumerate(rows, 1):
                for column, cell in enumerate(row.values()):
                    sheet.write_string(place, column, cell)
    return made.getvalue()


def index(constraints: Mapping[str, object], pairs: Sequence[object] = ()) -> bytes:
    return json.dumps({"meta": {}, "constraints": constraints, "exclusive_pairs": pairs}, ensure_ascii=False).encode()
