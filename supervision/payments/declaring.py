"""Lays down the settlements of a month from what the warehouse holds, and reckons one from the records."""

import re

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import warehouse
from claims.models import Snapshot
from institutions.models import Account, Agreement, Duty, Institution, Measure
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import limits, running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.moves import MoveRefused, refuse_unless

from . import gathering
from .models import MonthlySettlement, SettlementLine
from .models.settlements import State
from .reckoning import NOTHING, Reckoned, reckon

PAYMENT = "settlement_payment"  # the limit by which a month is paid
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
FIGURES = [figure.value for figure in SettlementLine.Figure]
LINKS = ("item", "measure", "prepayment", "earlier", "rate")


def declare(month: str, *, by: Account) -> list[MonthlySettlement]:
    """One settlement for each institution here and fund that settled in the month. Again: only what is new."""
    refuse_unless(bool(MONTH.fullmatch(month)), _("Write a month as 2026-03."))
    refuse_unless(
        by.holds(Duty.SETTLE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.SETTLE.label},
    )
    refuse_unless(month < f"{timezone.localdate():%Y-%m}", _("A month is settled when it is over."))
    snapshot = warehouse.published()
    if snapshot is None:
        raise MoveRefused(_("No claims have come in yet."))
    places = {one.pk: one for one in Institution.objects.visible_to(by).select_related("division")}
    sums = [one for one in warehouse.settled(snapshot, warehouse.Asked([month])) if one.institution in places]
    found = [laid_down(places[one.institution], one, snapshot, by) for one in sums]
    record(Act.SETTLEMENT, by, month, move="declare", settlements=len(found))
    return found


def declare_by_itself(month: str) -> int:
    """By the site, for whoever had an agreement in the month. Each is kept at once: cut off, it goes on by the next."""
    snapshot = warehouse.published()
    if snapshot is None:
        return 0
    places = {one.pk: one for one in under_agreement(month)}
    known = set(MonthlySettlement.objects.filter(month=month).values_list("institution", "fund"))
    sums = warehouse.settled(snapshot, warehouse.Asked([month]))
    new = [one for one in sums if one.institution in places and (one.institution, one.fund) not in known]
    for one in new:
        laid_down(places[one.institution], one, snapshot, None)
    if new:
        record(Act.SETTLEMENT, "", month, move="declare", settlements=len(new))
    return len(new)


def under_agreement(month: str) -> QuerySet[Institution]:
    """Whose agreement held on a day of the month, whatever became of it since."""
    first, last = gathering.first_and_last(month)
    held = Agreement.objects.filter(period__overlap=DateRange(first, last, bounds="[]"))
    return Institution.objects.filter(pk__in=held.values("institution")).select_related("division")


@transaction.atomic
def laid_down(place: Institution, sums: warehouse.Settled, snapshot: Snapshot, by: Account | None) -> MonthlySettlement:
    """The settlement of these sums; where there is one already, it stays as it is. Nobody: the site by itself."""
    settlement, made = MonthlySettlement.objects.get_or_create(
        institution=place, month=sums.month, fund=sums.fund,
        defaults={
            "number": f"JS-{place.pk}-{sums.month}-{sums.fund or '0'}", "place": place.division,
            "state": State.DECLARED,
            "snapshot": snapshot, "claims": sums.claims, "declared": sums.paid, "payable": sums.paid,
        },
    )  # fmt: skip
    if made:
        settlement.clock = started(settlement, PAYMENT, duty=Duty.SETTLE)
        settlement.due_on = day_of(settlement.clock.due_at)
        settlement.save(update_fields=["clock", "due_on"])
        settlement.events.create(move="declare", after=settlement.state, by=by)
    return settlement


def started(settlement: MonthlySettlement, code: str, *, duty: str = "", institution: str = "") -> Clock:
    """A clock of this settlement, by the limit that holds where the institution lies."""
    places = limits.places_of(settlement.place_id)
    limit = limits.limit(code, places, timezone.localdate())
    return running.start(
        code, subject=settlement.number, title_zh=f"{limit.name_zh}（{settlement.number}）"[:200],
        title_en=f"{limit.name_en} ({settlement.number})"[:200], address=settlement.get_absolute_url(),
        places=places, since=timezone.now(), duty=duty, institution=institution,
    )  # fmt: skip


def reckon_anew(settlement: MonthlySettlement) -> None:
    """Figures and lines as the records say now. From the same records always the same fen."""
    # Two settlements of one institution never take the same sum: of both only one is reckoned at a time.
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=settlement.institution_id)
    snapshot = warehouse.published()
    sums = gathering.sums_of(settlement, snapshot)
    found = reckon(gathering.wanted(settlement, snapshot, sums))
    settlement.snapshot, settlement.claims = snapshot, sums.claims if sums else 0
    keep(settlement, found)


def keep(settlement: MonthlySettlement, found: Reckoned) -> None:
    settlement.declared, settlement.payable = found.declared, found.left
    for figure in FIGURES:
        setattr(settlement, figure, found.figure(figure))
    settlement.withheld = found.left if held(settlement) else NOTHING
    settlement.lines.all().delete()
    SettlementLine.objects.bulk_create(
        SettlementLine(settlement=settlement, figure=line.figure, amount=line.amount, **line.of) for line in found.lines
    )


def holds(settlement: MonthlySettlement) -> list[Measure]:
    """The measures that hold its money back today."""
    return list(Measure.objects.filter(institution=settlement.institution_id).of_payment().in_force())


def held(settlement: MonthlySettlement) -> bool:
    return bool(holds(settlement))


def as_it_stands(settlement: MonthlySettlement) -> list[tuple[object, ...]]:
    """Figures and lines in a form that two reckonings can be compared by."""
    columns = (settlement.declared, settlement.claims, settlement.payable, *(getattr(settlement, f) for f in FIGURES))
    lines = settlement.lines.order_by("figure", *(f"{link}_id" for link in LINKS), "amount")
    return [columns, *lines.values_list("figure", "amount", *(f"{link}_id" for link in LINKS))]
