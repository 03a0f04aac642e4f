"""The circuit breaker: a rule that accuses more than its budget stops, and a person is asked before anybody sees it.

A step is weighed in the transaction that writes its findings, by what it would newly accuse: what is open already was
seen already. Each step is weighed by itself and against earlier runs only, so that neither the order of the steps nor
the count of workers makes a difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from math import sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Batch, MonthTotal
from supervision.audit.chain import record
from supervision.audit.models import Act

from . import owning, thresholds, turns
from .guards import Hold, Measure
from .models import Finding, Step

if TYPE_CHECKING:
    from institutions.models import Account

PER = 10_000  # charges
FRESH = "staged.kind <> 'kept' AND staged.exemption IS NULL"
COUNTED = f"SELECT institution, count(*) FROM staged WHERE {FRESH} GROUP BY institution"
# The institution, or None for all of them.
HELD = f"{FRESH} AND (%(institution)s::text IS NULL OR staged.institution = %(institution)s)"
SUMMED = f"SELECT count(*), coalesce(sum(at_stake), 0) FROM staged WHERE {HELD}"
PLACES = f"""
SELECT DISTINCT coalesce(place.division_id, staged.insured_area, '')
FROM staged LEFT JOIN institutions_institution AS place ON place.code = staged.institution WHERE {HELD}
"""
HOLD = f"UPDATE staged SET fate = 'held', hold = %(hold)s WHERE {HELD}"
RELEASE = """
UPDATE monitoring_finding SET status = 'open' WHERE hold_id = %s AND status = 'held'
"""
REJECT = """
UPDATE monitoring_finding SET status = 'withdrawn', withdrawn_at = now(), withdrawn_because = 'rejected'
WHERE hold_id = %s AND status = 'held'
"""


class DecisionRefused(Exception):
    """The hold cannot be decided so; the sentence says why."""


@dataclass(frozen=True)
class Excess:
    """A budget that a step goes over: for an institution, or (None) for the month."""

    institution: str | None
    cause: Hold.Cause
    value: Decimal
    limit: Decimal


def weigh(cursor: CursorWrapper, step: Step, *, found: int, charges: int) -> list[Hold]:
    """Hold back what a step that is about to be written accuses beyond its budget."""
    outdate(step)
    cursor.execute(COUNTED)
    fresh: dict[str | None, int] = dict(cursor.fetchall())
    return [hold_back(cursor, step, excess) for excess in excesses(step, fresh, found=found, charges=charges)]


def outdate(step: Step) -> None:
    """What earlier runs held back of this rule and month, and nobody has decided, is judged anew by this one."""
    Hold.objects.undecided().filter(rule=step.rule, month=step.month).update(decision=Hold.Decision.OUTDATED)


def excesses(step: Step, fresh: Mapping[str | None, int], *, found: int, charges: int) -> Sequence[Excess]:
    """The whole month's excess; else those of institutions."""
    if not fresh:
        return []
    limits = {name: one.value for name, one in thresholds.limits(step.rule).items()}
    whole = next(of_the_month(step, sum(fresh.values()), limits, found=found, charges=charges), None)
    return [whole] if whole else list(of_institutions(step, fresh, limits))


def of_the_month(
    step: Step, fresh: int, limits: Mapping[str, Decimal], *, found: int, charges: int
) -> Iterator[Excess]:
    if None in rejected(step):
        yield Excess(None, Hold.Cause.REJECTED, Decimal(fresh), Decimal(0))
    if fresh < limits[Measure.LEAST] or not charges:
        return
    share = Decimal(fresh) * PER / charges
    if share > limits[Measure.MONTH_SHARE]:
        yield Excess(None, Hold.Cause.MONTH_SHARE, share, limits[Measure.MONTH_SHARE])
    height = jump(step, found, charges, least=int(limits[Measure.JUMP_MONTHS]))
    if height is not None and height > limits[Measure.JUMP]:
        yield Excess(None, Hold.Cause.JUMP, height, limits[Measure.JUMP])


def of_institutions(step: Step, fresh: Mapping[str | None, int], limits: Mapping[str, Decimal]) -> Iterator[Excess]:
    again = rejected(step)
    many = [code for code, count in fresh.items() if code and count >= limits[Measure.LEAST]]
    charges = charges_of(many, step.month) if many else {}
    for code, count in sorted((code, count) for code, count in fresh.items() if code):
        if code in again:
            yield Excess(code, Hold.Cause.REJECTED, Decimal(count), Decimal(0))
        elif charges.get(code) and (share := Decimal(count) * PER / charges[code]) > limits[Measure.INSTITUTION_SHARE]:
            yield Excess(code, Hold.Cause.INSTITUTION_SHARE, share, limits[Measure.INSTITUTION_SHARE])


def charges_of(institutions: Sequence[str], month: str) -> dict[str, int]:
    loaded = MonthTotal.objects.filter(institution__in=institutions, month=month, batch__status=Batch.Status.LOADED)
    return dict(loaded.order_by().values("institution").annotate(n=Sum("charges")).values_list("institution", "n"))


def rejected(step: Step) -> set[str | None]:
    """The institutions (None: all) for which this month was rejected on the same grounds."""
    holds = Hold.objects.filter(rule=step.rule, month=step.month, grounds=step.grounds)
    return set(holds.filter(decision=Hold.Decision.REJECTED).values_list("institution", flat=True))


def jump(step: Step, found: int, charges: int, *, least: int) -> Decimal | None:
    """How many sigma the step lies above the months of earlier runs; None where these are too few.

    Counts vary by chance as well: sigma is never less than that of the expected count.
    """
    done = Step.objects.filter(rule=step.rule, run__lt=step.run_id, done_at__isnull=False, charges__gt=0)
    latest = done.order_by("month", "-done_at", "-pk").distinct("month")
    stopped = {"", Hold.Decision.REJECTED, Hold.Decision.OUTDATED}
    held = set(Hold.objects.filter(rule=step.rule, decision__in=stopped).values_list("step", flat=True))
    rates = [one.found * PER / one.charges for one in latest if one.pk not in held]
    if len(rates) < max(least, 2):
        return None
    mean = fmean(rates)
    by_chance = sqrt(max(mean * charges / PER, 1)) * PER / charges
    return round(Decimal((found * PER / charges - mean) / max(stdev(rates), by_chance)), 2)


def hold_back(cursor: CursorWrapper, step: Step, excess: Excess) -> Hold:
    which = {"institution": excess.institution}
    cursor.execute(SUMMED, which)
    count, stake = cursor.fetchone()
    cursor.execute(PLACES, which)
    hold = Hold.objects.create(
        step=step, rule=step.rule, month=step.month, institution_id=excess.institution, grounds=step.grounds,
        area=shared([place for (place,) in cursor.fetchall()]), cause=excess.cause, value=round(excess.value, 2),
        limit=excess.limit, findings=count, at_stake=stake / Decimal(100),
    )  # fmt: skip
    cursor.execute(HOLD, which | {"hold": hold.pk})
    return hold


def shared(places: Sequence[str]) -> str:
    """The leading digits of the narrowest division that holds them all."""
    levels = [[place[0:2], place[2:4], place[4:6]] for place in places]
    agreed = takewhile(lambda parts: len(set(parts)) == 1, zip(*levels, strict=True))
    return "".join(takewhile(lambda part: part not in ("", "00"), (parts[0] for parts in agreed)))


def write_down(holds: Sequence[Hold]) -> None:
    """What was held back enters the chain of acts, as the last statements of the step."""
    for hold in holds:
        record(Act.HOLD, "", f"hold {hold.pk}", rule=hold.rule, month=hold.month, cause=hold.cause,
               institution=hold.institution_id, findings=hold.findings)  # fmt: skip


def release(hold: Hold, *, by: "Account", reason: str) -> None:
    """The rule is right: from now on its findings accuse like any others."""
    with transaction.atomic():
        decide(hold, Hold.Decision.RELEASED, by=by, reason=reason)
        with connection.cursor() as cursor:
            cursor.execute(RELEASE, [hold.pk])
        owning.unsettle(Finding.objects.filter(hold=hold, status=Finding.Status.OPEN))
        owning.settle_between_runs()
        record(Act.HOLD, by, f"hold {hold.pk}", decision=hold.decision, reason=reason)


def reject(hold: Hold, *, by: "Account", reason: str) -> None:
    """The rule is wrong: these findings are withdrawn, and the same grounds do not find them again."""
    with transaction.atomic():
        decide(hold, Hold.Decision.REJECTED, by=by, reason=reason)
        with connection.cursor() as cursor:
            cursor.execute(REJECT, [hold.pk])
        record(Act.HOLD, by, f"hold {hold.pk}", decision=hold.decision, reason=reason)


def decide(hold: Hold, decision: Hold.Decision, *, by: "Account", reason: str) -> None:
    """Write the decision down, if it is still to be taken and this person may take it."""
    turns.alone()
    hold.refresh_from_db()
    if hold.decision:
        raise DecisionRefused(
            _("This has been decided already: %(decision)s.") % {"decision": hold.get_decision_display()}
        )
    if hold.step.run.started_by_id == by.pk:
        raise DecisionRefused(_("Whoever started the run does not decide on what it held back: ask a second person."))
    if not reason.strip():
        raise DecisionRefused(_("A decision needs its reason."))
    hold.decision, hold.reason, hold.decided_by, hold.decided_at = decision, reason, by, timezone.now()
    hold.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
