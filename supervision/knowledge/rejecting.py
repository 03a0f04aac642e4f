"""Why a row of a sheet, or a whole file, is not used: each reason once, in words for both tongues."""

from django.utils.translation import gettext, gettext_noop

# Of one row.
REASONS = {
    "no_code": gettext_noop("names no code; the place's own code list would have to give it"),
    "not_a_code": gettext_noop("is not a code"),
    "no_list": gettext_noop("no list of ours takes points of this rule type"),
    "limit_not_readable": gettext_noop("states no limit that a machine can read, for"),
    "limit_inferred": gettext_noop("its limit was inferred by whoever merged the sheet, not published"),
    "contradiction": gettext_noop(
        "says otherwise than another row of this import about the same thing on the same days:"
    ),
    "faulty": gettext_noop("cannot be used:"),
    "torn": gettext_noop("has more or fewer cells than columns, or a formula"),
    "elsewhere": gettext_noop("holds outside the territory of whoever prepares the batch:"),
    "code_list": gettext_noop("code lists come with a folder of lists, not in a batch"),
}

# Of a whole file.
FAILURES = {
    "not_readable": gettext_noop("The file cannot be read as CSV, JSON or Excel."),
    "not_text": gettext_noop("The file is neither UTF-8 nor GB18030."),
    "no_header": gettext_noop("The file has no header row, or a column stands in it twice."),
    "too_big": gettext_noop("The file is larger than may be taken in."),
    "bomb": gettext_noop("The file unpacks to far more than it should and was not opened."),
    "locked": gettext_noop("The workbook is protected by a password."),
    "no_sheet": gettext_noop("None of the files is a sheet or a list that is known here."),
}


def reason_text(code: str, detail: str = "") -> str:
    return f"{gettext(REASONS[code])} {detail}".strip()


def failure_text(code: str, name: str = "") -> str:
    return f"{name}: {gettext(FAILURES[code])}" if name else gettext(FAILURES[code])
