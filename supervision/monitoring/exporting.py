"""The findings as a table of their lines."""

from collections.abc import Iterator, Sequence

from supervision.exporting import Cell
from supervision.monitoring.models import Finding, FindingLine

# The columns' names are for programs too, so they are the same in both tongues.
HEADINGS = (
    "rule", "claim", "charge", "institution", "at_stake", "owned", "role", "certainty", "severity", "month", "subject",
    "status", "finding", "because", "because_zh",
)  # fmt: skip
COLUMNS = (
    "finding__rule", "claim", "charge", "finding__institution", "at_stake", "owned", "role", "finding__certainty",
    "finding__severity", "finding__month", "finding__subject", "finding__status", "finding", "finding__because_en",
    "finding__because_zh",
)  # fmt: skip
CERTAINTY, SEVERITY = HEADINGS.index("certainty"), HEADINGS.index("severity")
CHUNK = 5_000


def accused_lines() -> Iterator[Sequence[Cell]]:
    """Every line that an open finding accuses, read through a cursor of the server: never all at once."""
    lines = FindingLine.objects.filter(role=FindingLine.Role.ACCUSED, finding__status=Finding.Status.OPEN)
    names = {choice.value: choice.name.lower() for choice in Finding.Certainty}
    ordered = lines.order_by("finding__rule", "finding__month", "finding_id", "id").values_list(*COLUMNS)
    for line in ordered.iterator(chunk_size=CHUNK):
        row = list(line)
        row[CERTAINTY], row[SEVERITY] = names[row[CERTAINTY]], f"S{row[SEVERITY]}"
        yield row
