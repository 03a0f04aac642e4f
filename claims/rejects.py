"""Why a row, or a whole batch, was not taken in: each reason once, in words for both tongues."""

from django.utils.translation import gettext, gettext_noop

# Of one row.
REASONS = {
    "required": gettext_noop("must not be empty"),
    "not_a_number": gettext_noop("is not a number"),
    "too_precise": gettext_noop("has more decimal places than can be stored"),
    "too_large": gettext_noop("is larger than can be true"),
    "negative": gettext_noop("must not be negative"),
    "not_a_date": gettext_noop("is not a date or time of the form 2026-03-01 or 2026-03-01 09:30:00"),
    "implausible_date": gettext_noop("is a date that cannot be true"),
    "unknown_value": gettext_noop("is none of the values allowed here"),
    "not_an_area": gettext_noop("is not a division code of six digits"),
    "not_a_key": gettext_noop("must not hold a colon or spaces at its ends"),
    "too_long": gettext_noop("is longer than can be stored"),
    "control_character": gettext_noop("holds a character that cannot be printed"),
    "formula": gettext_noop("is a formula; give the value itself"),
    "cell_error": gettext_noop("is an error of the workbook"),
    "columns": gettext_noop("the row does not have as many values as the file has columns"),
    "ends_before": gettext_noop("ends before it begins"),
    "unknown_institution": gettext_noop("is not a designated institution known here"),
    "unknown_division": gettext_noop("is not a division known here"),
    "insured_elsewhere": gettext_noop("is insured in another area, whose agency keeps the register"),
    "unknown_claim": gettext_noop("names a claim that is neither in this batch nor already in"),
    "orphan": gettext_noop("its claim is not in this batch"),
    "ambiguous_claim": gettext_noop("its claim number stands for several institutions; say which"),
    "duplicate_claim": gettext_noop("the claim stands in this batch more than once"),
    "claim_already_in": gettext_noop("the claim is already in, taken in with batch"),
    "duplicate_row": gettext_noop("the row stands in this batch more than once"),
    "already_in": gettext_noop("the row is already in, taken in with batch"),
    "line_product": gettext_noop("is not quantity times price, within 0.01"),
    "line_signs": gettext_noop("quantity and amount disagree about their sign"),
    "total_differs": gettext_noop("is not the sum of the claim's lines, within 0.01; they add up to"),
    "reverses_unknown": gettext_noop("names a line that the claim does not have"),
    "reverses_itself": gettext_noop("a line cannot reverse itself or another reversal"),
    "claim": gettext_noop("belongs to a claim of which another row was refused: claim"),
}

# Of a whole batch.
FAILURES = {
    "unknown_profile": gettext_noop("There is no such profile, or it names unknown tables or columns."),
    "no_files": gettext_noop("There is no file to take in."),
    "unknown_files": gettext_noop("The profile knows none of these files."),
    "not_readable": gettext_noop("The file cannot be read as CSV, Excel or Parquet."),
    "not_text": gettext_noop("The file is neither UTF-8 nor GB18030; the place of the bad byte:"),
    "no_header": gettext_noop("The file has no header row."),
    "missing_file": gettext_noop("A file is missing that the profile puts together with the others:"),
    "missing_column": gettext_noop("A required column is missing:"),
    "duplicate_column": gettext_noop("A column stands twice in the header:"),
    "quotes": gettext_noop("A quotation mark is opened and never closed, near row:"),
    "too_big": gettext_noop("The file is larger than may be taken in:"),
    "bomb": gettext_noop("The file unpacks to far more than it should and was not opened:"),
    "locked": gettext_noop("The workbook is protected by a password."),
    "storage": gettext_noop("The storage is full or failed. Nothing of the batch was taken in; take it in again."),
    "occupied": gettext_noop("Another batch is being taken in. Try again when it has ended."),
    "too_many_waiting": gettext_noop("Upload more when some of your batches that wait have ended; so many may wait:"),
    "not_loaded": gettext_noop("The batch to be replaced is not one that counts:"),
    "too_many_tries": gettext_noop("It was begun five times and never ended."),
    "institution_only": gettext_noop("The files hold claims of other institutions:"),
    "unforeseen": gettext_noop("Something unforeseen stopped it; nothing of the batch was taken in:"),
}

# Worth saying about a batch that was taken in.
WARNINGS = {
    "unknown_column": gettext_noop("A column is not known and was left aside:"),
    "unknown_file": gettext_noop("A file or sheet is not known and was left aside:"),
    "left_aside": gettext_noop("Rows that the profile leaves aside:"),
    "empty_file": gettext_noop("A file holds no rows:"),
}


class BatchRejected(Exception):
    """The batch cannot be taken in at all."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{FAILURES[code]} {detail}".strip())
        self.code = code
        self.detail = detail


def reason_text(code: str, detail: str = "") -> str:
    """A reason in the reader's language."""
    return f"{gettext(REASONS[code])} {detail}".strip()


def failure_text(code: str, detail: str = "") -> str:
    return f"{gettext(FAILURES[code])} {detail}".strip() if code else ""


def warning_text(code: str, detail: str = "") -> str:
    return f"{gettext(WARNINGS[code])} {detail}".strip()
