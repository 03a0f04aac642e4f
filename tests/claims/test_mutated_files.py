"""Files that are damaged in every way we could think of: words, never a traceback, and sums that reconcile."""

import csv
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db.models import Sum

from claims import intake
from claims.models import Batch
from claims.rejects import FAILURES, REASONS, BatchRejected, failure_text, reason_text
from tests.faults.planted import a_claim, plant
from tests.faults.world import a_seed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
Files = dict[str, bytes]
Mutation = Callable[[bytes, random.Random], bytes]
TOGETHER = 25  # mutated files of one batch


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def swap_cell(value: str) -> Mutation:
    """A value in a random cell of a random row."""

    def mutate(content: bytes, chance: random.Random) -> bytes:
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        row = chance.choice(rows[1:])
        row[chance.randrange(len(row))] = value
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()

    return mutate


def lines_of(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Mutation:
    return lambda content, chance: b"\n".join(change(content.split(b"\n"), chance))


def doubled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(1, len(lines) - 1)
    return lines[:at] + lines[at : at + 1] + lines[at:]


def dropped(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(1, len(lines) - 1)
    return lines[:at] + lines[at + 1 :]


def shuffled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    body = lines[1:-1]
    chance.shuffle(body)
    return [lines[0], *body, lines[-1]]


def torn(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(1, len(lines) - 1)
    return [*lines[:at], lines[at][: chance.randrange(len(lines[at]))], *lines[at + 1 :]]


def blank(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(1, len(lines))
    return [*lines[:at], b"", *lines[at:]]


def more_columns(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\r\n", b",x\r\n")


def no_column(content: bytes, chance: random.Random) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    at = chance.randrange(len(rows[0]))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([row[:at] + row[at + 1 :] for row in rows])
    return text.getvalue().encode()


def a_byte(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def a_quote(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(content.index(b"\n"), len(content))
    return content[:at] + b'"' + content[at:]


# One file among many: whatever happens to it, the others stay as they are.
GENTLE: dict[str, Mutation] = {
    **{f"the value {value[:12]!r}": swap_cell(value) for value in (
        "", " ", "NaN", "-Infinity", "1e400", "1e-400", "9" * 60, "-0", "0x1F", "１２", "1_000", "1,000.00", "=1+1",
        "@SUM(A1)", "2026-13-45", "0000-00-00", "9999-12-31 23:59:59", "2026-03-01T08:00:00Z", "true", "null", "'; DROP TABLE",
        "a:b", "\u202e", "é" * 300, "\x07", "H404", "c1", "\ufeff", "{{7*7}}", "-1", "0", "00000000000001", "2.5.5",
    )},
    "a row twice": lines_of(doubled), "a row lost": lines_of(dropped), "rows in another order": lines_of(shuffled),
    "a torn row": lines_of(torn), "a blank line": lines_of(blank), "a column more": more_columns,
    "a mark in front": lambda content, chance: b"\xef\xbb\xbf" + content,
    "other line ends": lambda content, chance: content.replace(b"\r\n", b"\n"),
    "in another encoding": lambda content, chance: content.decode().encode("gb18030"),
    "with semicolons": lambda content, chance: content.replace(b'"\xe6\xa3\x80\xe6\x9f\xa5, ""\xe5\xb8\xb8\xe8\xa7\x84"""', b"x").replace(b",", b";"),
}  # fmt: skip
# One file that may bring its whole batch down.
HARSH: dict[str, Mutation] = {
    "cut off": lambda content, chance: content[: chance.randrange(len(content))],
    "a changed byte": a_byte, "a stray quotation mark": a_quote, "a column less": no_column,
    "nothing": lambda content, chance: b"",
    "noise": lambda content, chance: chance.randbytes(2000),
    "in UTF-16": lambda content, chance: content.decode().encode("utf-16"),
    "half of it in another encoding": lambda content, chance: content[:500] + content[500:].decode("utf-8", "ignore").encode("gb18030"),
    "a column twice": lambda content, chance: content.replace(b"item_name", b"item", 1),
    "no header": lambda content, chance: content.partition(b"\n")[2],
    "old line ends": lambda content, chance: content.replace(b"\r\n", b"\r"),
    "zeros": lambda content, chance: content[:300] + b"\0" * 50 + content[350:],
    "a very long line": lambda content, chance: content + b"x" * (20 << 20),
    "very many columns": lambda content, chance: b"," * 100_000 + b"\r\n" + content,
    "a picture": lambda content, chance: b"\x89PNG\r\n\x1a\n" + chance.randbytes(500),
    "packed": lambda content, chance: b"\x1f\x8b" + chance.randbytes(500),
    "an old workbook": lambda content, chance: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(500),
}  # fmt: skip


def beside(number: int, chance: random.Random) -> dict[str, list[dict[str, str]]]:
    """Registers and stock, in files as small."""
    since, until = {"since": f"20{number % 20:02}-01-01"}, {"until": ""}
    permit = {"institution": "H1", "kind": f"k{number}"} | since | until
    moved = {"movement_no": str(number), "institution": "H1", "item": f"i{chance.randint(1, 50)}", "kind": "purchase",
             "quantity": str(chance.randint(0, 99)), "done_at": "2026-03-01 08:00:00"}  # fmt: skip
    return {
        "practitioners": [
            {"code": f"D{number}", "name": "王", "kind": "nurse", "institution": "H1", "standing": ""} | since | until
        ],
        "permits": [permit],
        "equipment": [permit | {"devices": "2", "hours": "16"}],
        "filings": [{"member": f"m{number}", "insured_area": "990200", "kind": "referral", "place": "990100"} | since],
        "stock": [moved, moved | {"kind": "count"}],
    }


def reconciles(batch: Batch) -> None:
    """What holds of every batch, whatever was in its files."""
    if batch.status == "failed":
        assert batch.failure in FAILURES and batch.failure != "unforeseen"
        assert failure_text(batch.failure, batch.failure_detail)
        assert not batch.rejects.exists()
        return
    assert batch.status == "loaded"
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected
    assert batch.amount_in == batch.amount_accepted + batch.amount_rejected
    rejects = list(batch.rejects.values_list("reason", "detail"))
    assert (batch.rejects.aggregate(sum=Sum("amount"))["sum"] or 0) == batch.amount_rejected
    assert len(set(batch.rejects.values_list("file", "sheet", "row"))) == batch.rows_rejected
    for code, detail in set(rejects):
        assert code in REASONS and reason_text(code, detail)


def run(folder: Path) -> Batch | None:
    try:
        return intake.take_in(intake.make([folder], profile="template"))
    except BatchRejected as refusal:
        print(failure_text(refusal.code, refusal.detail))  # in words, of a known code
        return None


def gentle(folder: Path, chance: random.Random, first: int) -> None:
    """Many small files in one batch, each mutated by itself; a clean one must come through whole."""
    folder.mkdir(parents=True)
    for number in range(first, first + TOGETHER):
        pairs = [a_claim(f"c{number}x{place}", "H1", chance) for place in range(3)]
        files = {
            "claims": as_csv([header for header, _lines in pairs]),
            "lines": as_csv([line for _h, lines in pairs for line in lines]),
        }
        files |= {name: as_csv(rows) for name, rows in beside(number, chance).items()}
        mutated, name = chance.choice(["claims", "lines", *beside(0, chance)]), chance.choice(list(GENTLE))
        files[mutated] = GENTLE[name](files[mutated], chance)
        for table, content in files.items():
            (folder / f"{table}-{number}.csv").write_bytes(content)
    clean = plant(folder / "clean", claims=3, chance=chance, share=0, institution="P1", prefix=f"clean{first}x")
    for table in ("claims", "lines"):
        (folder / "clean" / f"{table}.csv").rename(folder / f"{table}-clean.csv")
    (folder / "clean").rmdir()
    batch = run(folder)
    assert batch is not None
    reconciles(batch)
    if batch.status == "loaded":
        assert not batch.rejects.filter(file__endswith="-clean.csv").exists(), sorted(clean.good)


def harsh(folder: Path, chance: random.Random) -> None:
    folder.mkdir(parents=True)
    pairs = [a_claim(f"c{chance.randrange(10**9)}", "H1", chance) for _place in range(3)]
    files: Files = {
        "claims.csv": as_csv([header for header, _lines in pairs]),
        "lines.csv": as_csv([line for _h, lines in pairs for line in lines]),
    }
    name, mutation = chance.choice(list(files)), chance.choice(list(HARSH))
    files[name] = HARSH[mutation](files[name], chance)
    for table, content in files.items():
        (folder / table).write_bytes(content)
    if (batch := run(folder)) is not None:
        reconciles(batch)


def damaged(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            return content[:at]
        case 1:
            return a_byte(content, chance)
        case 2:
            return content[:at] + chance.randbytes(30) + content[at + 30 :]
        case _:
            return content


def packed(folder: Path, chance: random.Random) -> None:
    """Workbooks and Parquet files with damaged bytes, cut off, or with formulas and cells of the wrong type."""
    folder.mkdir(parents=True)
    pairs = [a_claim(f"c{chance.randrange(10**9)}", "H1", chance) for _place in range(2)]
    tables = {"claims": [header for header, _lines in pairs], "lines": [line for _h, lines in pairs for line in lines]}
    if chance.random() < 0.5:
        book = openpyxl.Workbook(write_only=False)
        del book["Sheet"]
        for title, rows in tables.items():
            sheet = book.create_sheet(title)
            sheet.append(list(rows[0]))
            for row in rows:
                sheet.append(list(row.values()))
            if chance.random() < 0.5:
                sheet.cell(2, chance.randint(1, len(rows[0]))).value = chance.choice(
                    ["=1/0", 1.5, True, "#N/A", None, "=A1"]
                )
        made = io.BytesIO()
        book.save(made)
        contents = {"march.xlsx": made.getvalue()}
    else:
        contents = {}
        for title, rows in tables.items():
            made = io.BytesIO()
            pq.write_table(pa.Table.from_pylist(rows), made)
            contents[f"{title}.parquet"] = made.getvalue()
    for name, content in contents.items():
        (folder / name).write_bytes(damaged(content, chance))
    if (batch := run(folder)) is not None:
        reconciles(batch)


def bomb(folder: Path, chance: random.Random) -> None:
    folder.mkdir(parents=True)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b'<workbook><sheets><sheet name="claims" r:id="1"/></sheets></workbook>')
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (chance.randint(50, 100) << 20))
    (folder / "march.xlsx").write_bytes(made.getvalue())
    batch = run(folder)
    assert batch is not None and batch.failure == "bomb"


def mutate(home: Path, *, files: int, seed: int) -> None:
    chance, done = random.Random(seed), 0
    while done < files:
        kind = chance.choices(["gentle", "harsh", "packed", "bomb"], [60, 20, 19, 1])[0]
        folder = home / f"m{done}"
        if kind == "gentle":
            gentle(folder, chance, done)
            done += TOGETHER
            continue
        {"harsh": harsh, "packed": packed, "bomb": bomb}[kind](folder, chance)
        done += 1


def test_hundreds_of_mutated_files_are_told_about_in_words(home: Path) -> None:
    mutate(home, files=200, seed=a_seed())


@pytest.mark.parametrize("name", HARSH)
def test_a_file_spoilt_in_this_way_is_told_about_in_words(home: Path, name: str) -> None:
    chance = random.Random(name)
    pairs = [a_claim("c1", "H1", chance)]
    (home / "in").mkdir()
    (home / "in" / "claims.csv").write_bytes(as_csv([pairs[0][0]]))
    (home / "in" / "lines.csv").write_bytes(HARSH[name](as_csv(pairs[0][1]), chance))
    if (batch := run(home / "in")) is not None:
        reconciles(batch)


@pytest.mark.long
def test_ten_thousand_mutated_files_are_told_about_in_words(home: Path) -> None:
    mutate(home, files=10_000, seed=a_seed())
