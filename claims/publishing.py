"""What PostgreSQL learns of a batch, in the one transaction that makes it count."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection

from claims.judging import BESIDE, OF_A_CLAIM, REGISTERS
from claims.loading import Load
from claims.models import Batch, MonthTotal, SeenCode
from institutions.models import Division, Institution, Practitioner, Registration
from institutions.romanizing import findable

AT_ONCE = 50_000  # rejects read from the engine


@dataclass
class Totals:
    """In = accepted + rejected, in rows and in fen."""

    rows_in: int
    rows_rejected: int
    fen_in: int
    fen_rejected: int
    claims_in: int
    claims_rejected: int
    members_touched: int

    def onto(self, batch: Batch) -> None:
        batch.rows_in, batch.rows_rejected = self.rows_in, self.rows_rejected
        batch.rows_accepted = self.rows_in - self.rows_rejected
        batch.amount_in, batch.amount_rejected = yuan(self.fen_in), yuan(self.fen_rejected)
        batch.amount_accepted = yuan(self.fen_in - self.fen_rejected)
        batch.claims_accepted = self.claims_in - self.claims_rejected
        batch.claims_rejected = self.claims_rejected
        batch.members_touched = self.members_touched


def yuan(fen: int) -> Decimal:
    return (Decimal(fen) / 100).quantize(Decimal("0.01"))


def lay_out_rows(load: Load) -> None:
    """Every row that came, with its claim and its fen: a line's amount, or a claim's total where a source has no lines.

    A value out of range counts nothing.
    """
    by_lines = load.profile.has("lines")
    within = "CASE WHEN {0} BETWEEN -100000000000 AND 100000000000 THEN {0} ELSE 0 END"
    total = "0" if by_lines else within.format("total")
    parts = [
        *(f"SELECT '{name}' AS \"table\", file_no, row, CAST(NULL AS VARCHAR) AS claim, 0 AS fen FROM in_{name}"
          for name in (*REGISTERS, *BESIDE)),
        f"SELECT 'claims', file_no, row, institution || ':' || claim_no, {total} FROM in_claims",
        *(f"SELECT '{name}', file_no, row, claim, 0 FROM of_{name}"
          for name in OF_A_CLAIM),
        f"SELECT 'lines', file_no, row, claim, {within.format('amount')} FROM staged",
    ]  # fmt: skip
    load.con.execute(f"CREATE VIEW arrived AS {' UNION ALL '.join(parts)}")
    load.con.execute("""
        CREATE TABLE own AS SELECT DISTINCT "table", file_no, row FROM refusal;
        CREATE TABLE refused AS
            SELECT a.*, o.row IS NOT NULL AS own FROM arrived AS a
            LEFT JOIN own AS o ON o."table" = a."table" AND o.file_no = a.file_no AND o.row = a.row
            WHERE o.row IS NOT NULL OR a.claim IN (SELECT claim FROM fallen)""")


def totals(load: Load) -> Totals:
    torn = number(load.one("SELECT count(*) FROM torn")[0])
    rows, fen = load.one("SELECT count(*), CAST(coalesce(sum(fen), 0) AS BIGINT) FROM arrived")
    out_rows, out_fen = load.one("SELECT count(*), CAST(coalesce(sum(fen), 0) AS BIGINT) FROM refused")
    claims, fallen, members = load.one("""
        SELECT (SELECT count(*) FROM header), (SELECT count(*) FROM header WHERE claim IN (SELECT claim FROM fallen)),
            (SELECT count(DISTINCT member) FROM accepted)""")
    return Totals(
        rows_in=number(rows) + torn,
        rows_rejected=number(out_rows) + torn,
        fen_in=number(fen),
        fen_rejected=number(out_fen),
        claims_in=number(claims),
        claims_rejected=number(fallen),
        members_touched=number(members),
    )


def number(value: object) -> int:
    assert isinstance(value, int)
    return value


def rejects(load: Load) -> Iterator[tuple[object, ...]]:
    """(claim, file, sheet, row, column, value, reason, detail, fen) of every refused row, in the order they came.

    A row's fen stand with its first reason, so that the rejects add up to what was refused.
    """
    cursor = load.con.execute("""
        WITH said AS (
            SELECT r.file_no, r.row, r.claim, r."column", r."value", r.code, r.detail, r."table" FROM refusal AS r
            UNION ALL
            SELECT file_no, row, claim, '', NULL, 'claim', claim, "table" FROM refused WHERE NOT own
            UNION ALL
            SELECT file_no, row, NULL, '', text, 'columns', '', '' FROM torn
        ), worth AS (SELECT "table", file_no, row, sum(fen) AS fen FROM refused GROUP BY ALL)
        SELECT coalesce(s.claim, ''), s.file_no, s.row, s."column", coalesce(s."value", ''), s.code, s.detail,
            CASE WHEN row_number() OVER (PARTITION BY s."table", s.file_no, s.row ORDER BY s.code, s."column") = 1
                THEN coalesce(w.fen, 0) ELSE 0 END
        FROM said AS s LEFT JOIN worth AS w USING ("table", file_no, row)
        ORDER BY s.file_no, s.row, s.code, s."column\"""")
    while rows := cursor.fetchmany(AT_ONCE):
        for claim, file_no, row, column, value, code, detail, fen in rows:
            source = load.sources[file_no]
            yield (
                _shown(claim, 120), source.name, source.sheet[:60], row, column[:60], _shown(value, 200), code,
                _shown(detail, 300), yuan(int(fen)),
            )  # fmt: skip


def copy_rejects(load: Load, batch: Batch) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(
            'COPY claims_reject (batch_id, claim, file, sheet, "row", "column", value, reason, detail, amount) '
            'FROM STDIN (FORMAT csv, FORCE_NOT_NULL (claim, file, sheet, "column", value, reason, detail))',
            _Lines((batch.pk, *row) for row in rejects(load)),
        )


class _Lines(io.RawIOBase):
    """Rows as a CSV file that is written while it is read."""

    def __init__(self, rows: Iterator[tuple[object, ...]]) -> None:
        self.rows = rows
        self.kept = ""

    def read(self, size: int = -1) -> str:  # text, as the driver takes it
        while len(self.kept) < size or size < 0:
            part = list(islice(self.rows, 2000))
            if not part:
                break
            text = io.StringIO()
            csv.writer(text).writerows(part)
            self.kept += text.getvalue()
        given, self.kept = (self.kept[:size], self.kept[size:]) if size >= 0 else (self.kept, "")
        return given


def _shown(value: str, width: int) -> str:
    """PostgreSQL stores no NUL; what cannot be printed is shown by its number."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in value[:width])[:width]


def upsert_registers(load: Load) -> None:
    """Divisions, institutions and practitioners as the batch knows them."""
    Division.objects.bulk_create(
        [
            Division(code=code, name_zh=name, name_en=name_en or "", level=int(level), parent_id=parent)
            for code, name, name_en, level, parent in _good(
                load, "divisions", "code, name, name_en, level, parent", "level")
        ],
        update_conflicts=True, unique_fields=["code"], update_fields=["name_zh", "name_en", "level", "parent"],
    )  # fmt: skip
    Institution.objects.bulk_create(
        [
            Institution(code=code, name_zh=name, name_en=name_en or "", kind=kind, level=int(level or 0),
                        division_id=division, beds=beds or 0, specialty=specialty or "", pinyin=findable(name))
            for code, name, name_en, kind, level, division, beds, specialty in _good(
                load, "institutions", "code, name, name_en, kind, level, division, beds, specialty", "code")
        ],
        batch_size=1000, update_conflicts=True, unique_fields=["code"],
        update_fields=["name_zh", "name_en", "kind", "level", "division", "beds", "specialty", "pinyin"],
    )  # fmt: skip
    rows = list(
        _good(load, "practitioners", "code, name, kind, title, institution, department, since, until, standing", "code")
    )
    Practitioner.objects.bulk_create(
        {row[0]: Practitioner(code=row[0], name=row[1], kind=row[2], title=row[3] or "") for row in rows}.values(),
        batch_size=1000, update_conflicts=True, unique_fields=["code"], update_fields=["name", "kind", "title"],
    )  # fmt: skip
    Registration.objects.bulk_create(
        [
            Registration(practitioner_id=row[0], institution_id=row[4], department=row[5] or "", since=row[6],
                         until=row[7])
            for row in rows
            if row[8] in (None, "normal")
        ],
        batch_size=1000, update_conflicts=True, unique_fields=["practitioner", "institution", "since"],
        update_fields=["department", "until"],
    )  # fmt: skip


def _good(load: Load, name: str, columns: str, order: str) -> list[tuple[Any, ...]]:
    return load.con.execute(f"""
        SELECT {columns} FROM in_{name} AS t WHERE NOT EXISTS (SELECT 1 FROM own AS o
            WHERE o."table" = '{name}' AND o.file_no = t.file_no AND o.row = t.row) ORDER BY {order}""").fetchall()


def month_totals(load: Load, batch: Batch) -> set[str]:
    """Keep the totals of each institution, month and kind; answers the months."""
    rows = load.con.execute("""
        SELECT e.institution, e.month, e.kind, count(*), coalesce(sum(c.charges), 0), count(DISTINCT e.member),
            sum(e.total), sum(coalesce(e.fund_paid, 0))
        FROM accepted AS e
        LEFT JOIN (SELECT claim, count(*) AS charges FROM staged GROUP BY claim) AS c ON c.claim = e.claim
        GROUP BY ALL""").fetchall()
    MonthTotal.objects.bulk_create(
        [
            MonthTotal(batch=batch, institution_id=institution, month=month, kind=kind, claims=claims,
                       charges=charges, members=members, total=yuan(int(total)), paid=yuan(int(paid)))
            for institution, month, kind, claims, charges, members, total, paid in rows
        ],
        batch_size=2000,
    )  # fmt: skip
    return {row[1] for row in rows}


def seen_codes(load: Load) -> None:
    codes = load.con.execute("SELECT DISTINCT code FROM ok_diagnosis ORDER BY 1").fetchall()
    SeenCode.objects.bulk_create([SeenCode(code=code) for (code,) in codes], batch_size=5000, ignore_conflicts=True)


def territory(load: Load) -> str:
    """The smallest division that holds every institution of the batch; members alone say nothing."""
    places = load.con.execute(
        "SELECT DISTINCT division FROM place WHERE code IN (SELECT institution FROM accepted)"
    ).fetchall()
    codes = [str(row[0]) for row in places]
    if not codes:
        return ""
    for digits in (6, 4, 2):
        if len({code[:digits] for code in codes}) == 1:
            return codes[0][:digits].ljust(6, "0")
    return "000000"
