"""Puts facts on record and ends them: the only place that does. Noting a fact twice changes nothing."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.calendar import months_after

from .models import CreditEnding, CreditEvent, Indicator, RecordKind, Scheme

NOTHING = Decimal(0)


@transaction.atomic
def note(
    institution: Institution, indicator: Indicator, *, kind: RecordKind, number: str, happened_on: dt.date,
    known_on: dt.date | None = None, amount: Decimal = NOTHING,
) -> CreditEvent:  # fmt: skip
    """The record as it stands now: where its sum has changed, the former one is withdrawn and a further one follows."""
    known = known_on or timezone.localdate()
    rows = CreditEvent.objects.filter(institution=institution, record_kind=kind, record=number, indicator=indicator)
    last = rows.select_for_update().order_by("nth").last()
    if last is not None and (last.amount == amount or last.endings.exclude(why=CreditEnding.Why.WITHDRAWN).exists()):
        return last
    if last is not None:
        withdraw(last, because=number)
        known = timezone.localdate()
    event = CreditEvent.objects.create(
        institution=institution, indicator=indicator, record_kind=kind, record=number,
        happened_on=min(happened_on, known), known_on=known, amount=amount, nth=last.nth + 1 if last else 1,
    )  # fmt: skip
    record(Act.CREDIT, "", institution.pk, noted=indicator, record=number, known_on=known.isoformat())
    return event


def withdraw(event: CreditEvent, *, because: str, on: dt.date | None = None) -> None:
    """Its decision fell or was changed: from that day on it counts no more. What counted before, counted."""
    end(event, CreditEnding.Why.WITHDRAWN, because=because, on=on)


def correct(event: CreditEvent, *, because: str, by: Account) -> None:
    """An objection showed that it is wrong."""
    end(event, CreditEnding.Why.CORRECTED, because=because, by=by)


def repair(event: CreditEvent, scheme: Scheme, *, because: str, by: Account) -> None:
    """It was put right: left out at once, or from the next year on, as the scheme of the place says."""
    today = timezone.localdate()
    from_on = today if scheme.repaired == Scheme.Repaired.AT_ONCE else months_after(today.replace(month=1, day=1), 12)
    end(event, CreditEnding.Why.REPAIRED, because=because, by=by, from_on=from_on)


def end(
    event: CreditEvent, why: CreditEnding.Why, *, because: str, by: Account | None = None, on: dt.date | None = None,
    from_on: dt.date | None = None,
) -> None:  # fmt: skip
    day = max(on or timezone.localdate(), event.known_on)
    values = {"known_on": day, "from_on": from_on or day, "record": because[:80], "by": by}
    _ending, new = CreditEnding.objects.get_or_create(event=event, why=why, defaults=values)
    if new:
        record(Act.CREDIT, by or "", event.institution_id, ended=why, record=event.record, because=because)
