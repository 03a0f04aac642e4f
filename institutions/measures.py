"""Writes the register of measures: imposed once, lifted once. The only place that does."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Institution, Measure
from supervision.refusal import Refused


class MeasureRefused(Refused):
    """What cannot be imposed so; the sentence says why."""


def impose(
    kind: Measure.Kind, institution: Institution, *, because: str, code: str = "", since: dt.date | None = None,
    until: dt.date | None = None,
) -> Measure:  # fmt: skip
    """From this day on it is in force, today if none is said."""
    since = since or timezone.localdate()
    if until is not None and until < since:
        raise MeasureRefused(_("The measure would end before it begins."))
    return Measure.objects.create(
        kind=kind, institution=institution, code=code, since=since, until=until, because=because
    )


def lift(
    measures: QuerySet[Measure], *, because: str, on: dt.date | None = None, annulled: bool = False
) -> list[Measure]:
    """From this day on they hold no more; what was annulled never held. Those lifted before stay as they are."""
    on, lifted = on or timezone.localdate(), []
    for measure in measures.select_for_update(of=("self",)).filter(lifted_on=None).order_by("pk"):
        measure.lifted_on = measure.since if annulled else max(on, measure.since)
        measure.lifted_because = because[:200]
        measure.save(update_fields=["lifted_on", "lifted_because"])
        lifted.append(measure)
    return lifted
