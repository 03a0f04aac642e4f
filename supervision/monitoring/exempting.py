"""Exemptions: what is found under one accuses nobody, until the last day of the exemption has passed.

The catalogue's order (section 6.3): a rule's page has left out already what is no violation in fact or by the
knowledge; then come exemptions of an institution or a member, then a rule switched off in a place. What a person has
reviewed stays as reviewed.
"""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from . import owning, thresholds, turns
from .guards import Exemption, ExemptionQuerySet, Measure

if TYPE_CHECKING:
    from institutions.models import Account

# The first exemption of each row, of institutions and members before places; `said` has the columns of a finding.
FIRST = """
SELECT DISTINCT ON (said.id) said.id, exempt.id AS exemption
FROM {rows} AS said LEFT JOIN institutions_institution AS at ON at.code = said.institution
JOIN monitoring_exemption AS exempt ON exempt.id = ANY(%(exemptions)s) AND (exempt.rule = '' OR exempt.rule = said.rule)
    AND (exempt.institution_id = said.institution
        OR (exempt.member = said.member AND starts_with(said.insured_area, exempt.prefix))
        OR (exempt.place_id IS NOT NULL AND starts_with(coalesce(at.division_id, said.insured_area), exempt.prefix)))
ORDER BY said.id, exempt.place_id IS NOT NULL, exempt.id
"""
STAGED = """(
    SELECT id, %(rule)s AS rule, institution, member, insured_area FROM staged
    WHERE NOT acted AND (kind <> 'kept' OR was = 'open')
)"""
MARK = f"""
UPDATE staged SET exemption = first.exemption, fate = 'withdrawn',
    kind = CASE kind WHEN 'kept' THEN 'again' ELSE kind END
FROM ({FIRST.format(rows=STAGED)}) AS first WHERE staged.id = first.id
"""
STORED = """(
    SELECT id, rule, institution_id AS institution, member, insured_area FROM monitoring_finding
    WHERE NOT acted_on AND (status IN ('open', 'held') OR (exemption_id IS NOT NULL AND withdrawn_because = 'exempted'))
        AND (rule = ANY(%(rules)s) OR %(every)s)
)"""
# What falls under an exemption now, what falls under another one, and what under none any more.
CHANGED = f"""
CREATE TEMPORARY TABLE exempted ON COMMIT DROP AS
SELECT found.id, first.exemption FROM monitoring_finding AS found
JOIN ({FIRST.format(rows=STORED)}) AS first ON first.id = found.id
WHERE found.exemption_id IS DISTINCT FROM first.exemption OR found.withdrawn_because <> 'exempted'
UNION ALL
SELECT found.id, NULL FROM monitoring_finding AS found
WHERE found.exemption_id IS NOT NULL AND found.withdrawn_because = 'exempted'
    AND NOT found.exemption_id = ANY(%(exemptions)s)
    AND found.id NOT IN (SELECT id FROM ({FIRST.format(rows=STORED)}) AS first)
"""
EXEMPT = """
UPDATE monitoring_finding AS found SET status = 'withdrawn', withdrawn_at = coalesce(withdrawn_at, now()), owned = 0,
    withdrawn_because = 'exempted', exemption_id = exempted.exemption
FROM exempted WHERE exempted.id = found.id AND exempted.exemption IS NOT NULL
"""
# What was held back before is held back again. A rule no longer in force does not speak again because of this.
ACCUSE_AGAIN = """
WITH fate AS (
    SELECT exempted.id, CASE WHEN NOT found.rule = ANY(%(running)s) THEN 'rule_ended'
        WHEN hold.decision = 'rejected' THEN 'rejected' WHEN hold.decision = '' THEN 'held' ELSE 'open' END AS word
    FROM exempted JOIN monitoring_finding AS found ON found.id = exempted.id
    LEFT JOIN monitoring_hold AS hold ON hold.id = found.hold_id
    WHERE exempted.exemption IS NULL
)
UPDATE monitoring_finding AS found SET exemption_id = NULL,
    status = CASE WHEN word IN ('open', 'held') THEN word ELSE 'withdrawn' END,
    withdrawn_at = CASE WHEN word NOT IN ('open', 'held') THEN withdrawn_at END,
    withdrawn_because = CASE WHEN word NOT IN ('open', 'held') THEN word ELSE '' END
FROM fate WHERE fate.id = found.id
"""
FREE = """
UPDATE monitoring_findingline AS line SET owned = 0
FROM exempted WHERE exempted.id = line.finding_id AND exempted.exemption IS NOT NULL AND line.owned <> 0
"""
UNSETTLE = """
INSERT INTO monitoring_unsettledclaim (claim)
SELECT line.claim FROM monitoring_findingline AS line
JOIN exempted ON exempted.id = line.finding_id WHERE line.claim <> ''
"""


class ExemptionRefused(Exception):
    """It cannot be approved or ended so; the sentence says why."""


def mark(cursor: CursorWrapper, rule: str) -> None:
    """Of what a step is about to write, whatever falls under an exemption accuses nobody."""
    in_force = Exemption.objects.in_force().filter(rule__in=["", rule])
    if exemptions := list(in_force.values_list("pk", flat=True)):
        cursor.execute(MARK, {"exemptions": exemptions, "rule": rule})


def apply(running: Collection[str], *, only: Exemption | None = None) -> None:
    """Make what is stored follow the exemptions of today. The caller settles the amounts."""
    in_force = Exemption.objects.in_force()
    if not in_force.exists() and not Exemption.objects.filter(exempted__withdrawn_because="exempted").exists():
        return
    rules = [only.rule] if only else list(in_force.order_by().values_list("rule", flat=True).distinct())
    facts: dict[str, Any] = {
        "exemptions": list(in_force.values_list("pk", flat=True)),
        "rules": rules,
        "every": "" in rules,
        "running": list(running),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        turns.alone()
        cursor.execute(CHANGED, facts)
        for statement in (EXEMPT, ACCUSE_AGAIN, FREE, UNSETTLE):
            cursor.execute(statement, facts)
        cursor.execute("DROP TABLE exempted")


def ask(exemption: Exemption, *, by: "Account") -> None:
    """Ask for an exemption, in the name of the asker's territory."""
    assert by.territory is not None
    exemption.asked_by, exemption.territory = by, by.territory
    exemption.prefix = (exemption.place or by.territory).prefix
    with transaction.atomic():
        exemption.save()
        record(Act.EXEMPTION, by, f"exemption {exemption.pk}", asked=True, rule=exemption.rule, reason=exemption.reason)


def longest() -> dt.timedelta:
    return dt.timedelta(days=int(thresholds.limit(Measure.EXEMPTION_DAYS)))


def approve(exemption: Exemption, *, by: "Account", running: Collection[str]) -> None:
    """From its first day on nobody is accused under it; by a second person."""
    with transaction.atomic():
        turns.alone()
        exemption.refresh_from_db()
        if exemption.state != "asked":
            raise ExemptionRefused(_("This exemption does not wait for an approval."))
        if exemption.asked_by_id == by.pk:
            raise ExemptionRefused(_("Whoever asked for an exemption does not approve it: ask a second person."))
        exemption.approved_by, exemption.approved_at = by, timezone.now()
        exemption.save(update_fields=["approved_by", "approved_at"])
        apply(running, only=exemption)
        owning.settle_between_runs()
        record(Act.EXEMPTION, by, f"exemption {exemption.pk}", approved=True)


def end(exemption: Exemption, *, by: "Account", reason: str) -> None:
    """Refuse it, or end it before its last day; the next run finds again what it covered."""
    with transaction.atomic():
        turns.alone()
        exemption.refresh_from_db()
        if exemption.state not in ("asked", "coming", "in_force"):
            raise ExemptionRefused(_("This exemption has ended already."))
        exemption.ended_by, exemption.ended_at, exemption.end_reason = by, timezone.now(), reason
        exemption.save(update_fields=["ended_by", "ended_at", "end_reason"])
        record(Act.EXEMPTION, by, f"exemption {exemption.pk}", ended=True, reason=reason)


def ending(exemptions: ExemptionQuerySet) -> ExemptionQuerySet:
    """Those that end soon, and those that ended as lately."""
    today, notice = timezone.localdate(), dt.timedelta(days=int(thresholds.limit(Measure.EXEMPTION_NOTICE)))
    near = Q(until__gte=today - notice, until__lte=today + notice)
    return exemptions.filter(near, approved_at__isnull=False, ended_at=None)
