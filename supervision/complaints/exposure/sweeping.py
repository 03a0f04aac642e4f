"""Finds the published cases whose decision fell: cases do not know who tells of them, so they are asked."""

from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import THE_SITE, MoveRefused

from . import decisions
from .models import ErrorClaim, Exposed, TypicalCase
from .workflow import TYPICAL_CASE


def sweep() -> list[TypicalCase]:
    """Those that are now to be withdrawn within the time of P09. Sweeping again finds nothing new."""
    due = []
    for typical in TypicalCase.objects.filter(state=Exposed.PUBLISHED).select_related("case", "place"):
        gone = decisions.fallen(typical.case, typical.published_on)
        if gone is None:
            continue
        try:
            note = str(gone.proceeding)
            due.append(TYPICAL_CASE.make(typical, "fall_due", by=THE_SITE, note=note, turn=typical.turn))
        except MoveRefused:
            continue  # somebody has withdrawn it meanwhile
    return due


def note_claims() -> int:
    """Take into the chain which claims of errors came since the last night: never at the moment they came."""
    fresh = list(ErrorClaim.objects.filter(noted=False).order_by("receipt").values_list("receipt", flat=True))
    if fresh:
        ErrorClaim.objects.filter(receipt__in=fresh).update(noted=True)
        record(Act.EXPOSURE, "", "error claims", receipts=fresh)
    return len(fresh)
