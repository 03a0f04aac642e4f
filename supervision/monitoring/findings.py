"""Writes what a step found: copied beside the findings, then merged in one transaction that only the owner may end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2.extras import Json
from pyarrow import csv

from supervision.monitoring import breaker, exempting, turns
from supervision.monitoring.models import Finding, Step
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.shaping import Shaped, shape


class LeaseLost(Exception):
    """Another worker has taken the step over, or the run was cancelled: nothing may be written."""


class TwoMonths(Exception):
    """Two months of one run find the same key: the page's `finding` does not tell them apart."""


STAGE = """
CREATE TEMPORARY TABLE staged (
    n bigint, key text, institution text, claim text, subject text, member text, insured_area text,
    certainty smallint, at_stake bigint, fund_at_stake bigint, fund_method text, because_en text, because_zh text,
    content uuid, variant integer,
    id bigint DEFAULT nextval('monitoring_finding_id_seq'), kind text DEFAULT 'new',
    was text DEFAULT '', acted boolean DEFAULT false,
    fate text DEFAULT 'open', exemption bigint, hold bigint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_line (
    n bigint, place bigint, claim text, charge text, role text, at_stake bigint, units bigint, quantity bigint,
    amount bigint, evidence jsonb
) ON COMMIT DROP;
"""
COLUMNS = (
    "n, key, institution, claim, subject, member, insured_area, certainty, at_stake, fund_at_stake, fund_method, "
    "because_en, because_zh, content, variant"
)
LINE_COLUMNS = "n, place, claim, charge, role, at_stake, units, quantity, amount, evidence"

# What is found again keeps its row. What somebody has acted on stays as it was read by them; what they withdrew comes
# back only if it says something else. What was held back and rejected stays so on the same grounds.
RECOGNISE = """
UPDATE staged SET id = known.id, was = known.status,
    acted = known.acted_on AND (known.status <> 'withdrawn' OR known.content = staged.content),
    kind = CASE
    WHEN known.acted_on AND (known.status <> 'withdrawn' OR known.content = staged.content) THEN 'kept'
    WHEN known.content <> staged.content THEN 'changed'
    WHEN known.status = 'open' THEN 'kept'
    WHEN known.withdrawn_because = 'rejected' AND EXISTS (
        SELECT FROM monitoring_hold AS hold WHERE hold.id = known.hold_id AND hold.grounds = %(grounds)s
    ) THEN 'kept'
    ELSE 'again' END
FROM monitoring_finding AS known
WHERE known.rule = %(rule)s AND known.key = staged.key
"""
TWO_MONTHS = """
SELECT known.key FROM staged JOIN monitoring_finding AS known ON known.id = staged.id
WHERE staged.kind <> 'new' AND known.month <> %(month)s AND known.last_run_id = %(run)s
    AND (known.status <> 'withdrawn' OR known.withdrawn_because = 'exempted')
LIMIT 1
"""
# What was decided stays, and is labelled where this run says otherwise, or does not say it any more.
DIFFERS = """
CASE WHEN known.page_hash <> %(page_hash)s OR known.knowledge_version <> %(knowledge)s THEN 'knowledge'
    ELSE 'claims' END
"""
RELABEL = f"""
WITH said AS (
    SELECT known.id, CASE WHEN staged.id IS NULL THEN {DIFFERS} ELSE '' END AS label
    FROM monitoring_finding AS known
    LEFT JOIN staged ON staged.id = known.id AND staged.content = known.content
    WHERE known.rule = %(rule)s AND known.month = %(month)s AND known.acted_on AND known.status = 'open'
)
UPDATE monitoring_finding AS known SET relabelled = said.label
FROM said WHERE said.id = known.id AND known.relabelled <> said.label
"""
# A page with values for other places and days was run once with each set of them: the one that found it.
PARAMETERS = "%(variants)s::jsonb -> staged.variant"
SEEN = f"""
    page_hash = %(page_hash)s, parameters = {PARAMETERS}, knowledge_version = %(knowledge)s, last_run_id = %(run)s
"""
SEE_AGAIN = f"""
UPDATE monitoring_finding AS known SET {SEEN}
FROM staged WHERE staged.id = known.id AND staged.kind = 'kept' AND NOT known.acted_on
"""
CHANGE = f"""
UPDATE monitoring_finding AS known SET
    status = staged.fate, exemption_id = staged.exemption, hold_id = staged.hold,
    withdrawn_at = CASE staged.fate WHEN 'withdrawn' THEN coalesce(known.withdrawn_at, now()) END,
    withdrawn_because = CASE staged.fate WHEN 'withdrawn' THEN 'exempted' ELSE '' END,
    acted_on = false, relabelled = CASE WHEN known.acted_on THEN {DIFFERS} ELSE '' END,
    month = %(month)s, institution_id = staged.institution,
    claim = coalesce(staged.claim, ''), subject = coalesce(staged.subject, ''), member = coalesce(staged.member, ''),
    insured_area = coalesce(staged.insured_area, ''), certainty = staged.certainty, severity = %(severity)s,
    at_stake = staged.at_stake * 0.01, owned = 0, fund_at_stake = staged.fund_at_stake * 0.01,
    fund_method = staged.fund_method, because_en = staged.because_en, because_zh = staged.because_zh,
    content = staged.content, {SEEN}
FROM staged WHERE staged.id = known.id AND staged.kind IN ('changed', 'again')
"""
ADD = f"""
INSERT INTO monitoring_finding (
    id, rule, key, status, month, institution_id, claim, subject, member, insured_area, certainty, severity, at_stake,
    owned, fund_at_stake, fund_method, because_en, because_zh, content, page_hash, parameters, knowledge_version,
    first_run_id, last_run_id, found_at, acted_on, relabelled, exemption_id, hold_id, withdrawn_at, withdrawn_because)
SELECT id, %(rule)s, key, fate, %(month)s, institution, coalesce(claim, ''), coalesce(subject, ''),
    coalesce(member, ''), coalesce(insured_area, ''), certainty, %(severity)s, at_stake * 0.01, 0, fund_at_stake * 0.01,
    fund_method, because_en, because_zh, content, %(page_hash)s, {PARAMETERS}, %(knowledge)s, %(run)s, %(run)s,
    now(), false, '', exemption, hold, CASE fate WHEN 'withdrawn' THEN now() END,
    CASE fate WHEN 'withdrawn' THEN 'exempted' ELSE '' END
FROM staged WHERE kind = 'new' ORDER BY n
"""
# Whose amounts must be settled anew when the run ends: what the lines say now, and what they said before.
UNSETTLE = """
INSERT INTO monitoring_unsettledclaim (claim)
SELECT line.claim FROM staged_line AS line JOIN staged USING (n) WHERE staged.kind <> 'kept' AND line.claim IS NOT NULL
UNION ALL
SELECT line.claim FROM monitoring_findingline AS line JOIN staged ON staged.id = line.finding_id
WHERE staged.kind = 'changed' AND line.claim <> ''
"""
FREE = """
UPDATE monitoring_findingline AS line SET owned = 0 FROM staged
WHERE line.finding_id = staged.id AND staged.kind = 'again' AND line.owned <> 0
"""
DROP_LINES = """
DELETE FROM monitoring_findingline AS line USING staged WHERE line.finding_id = staged.id AND staged.kind = 'changed'
"""
ADD_LINES = """
INSERT INTO monitoring_findingline (
    finding_id, claim, charge, role, at_stake, owned, units, quantity, amount, evidence)
SELECT staged.id, coalesce(line.claim, ''), coalesce(line.charge, ''), line.role, line.at_stake * 0.01, 0, line.units,
    line.quantity, line.amount, line.evidence
FROM staged_line AS line JOIN staged USING (n) WHERE staged.kind IN ('new', 'changed') ORDER BY line.place
"""
# Of this rule and month, what does not hold any more. It owns nothing from now on. The conditions stand outside too:
# while this waits for a row, another month's step may find it there, and only the row's own columns are read again.
WITHDRAW = """
WITH gone AS (
    UPDATE monitoring_finding AS known
    SET status = 'withdrawn', withdrawn_at = now(), withdrawn_because = %(gone)s, owned = 0, last_run_id = %(run)s
    WHERE known.rule = %(rule)s AND known.month = %(month)s AND known.status IN ('open', 'held') AND NOT known.acted_on
        AND known.id IN (
            SELECT id FROM monitoring_finding
            WHERE rule = %(rule)s AND month = %(month)s AND status IN ('open', 'held') AND NOT acted_on
            EXCEPT SELECT id FROM staged)
    RETURNING known.id
), freed AS (
    UPDATE monitoring_findingline AS line SET owned = 0 FROM gone WHERE line.finding_id = gone.id
    RETURNING line.claim
), unsettled AS (
    INSERT INTO monitoring_unsettledclaim (claim) SELECT claim FROM freed WHERE claim <> ''
)
UPDATE monitoring_step SET withdrawn = (SELECT count(*) FROM gone) WHERE id = %(step)s
"""
# What was exempted and is not found any more does not come back when the exemption ends.
FORGET_EXEMPTED = """
UPDATE monitoring_finding SET withdrawn_because = %(gone)s, exemption_id = NULL
WHERE rule = %(rule)s AND month = %(month)s AND exemption_id IS NOT NULL AND withdrawn_because = 'exempted'
    AND id NOT IN (SELECT id FROM staged)
"""
STATEMENTS = (
    WITHDRAW, FORGET_EXEMPTED, RELABEL, SEE_AGAIN, CHANGE, ADD, UNSETTLE, FREE, DROP_LINES, ADD_LINES,
)  # fmt: skip
STILL_RUNNING = "SELECT FROM monitoring_run WHERE number = %(run)s AND status = 'running' FOR SHARE"
FENCE = """
UPDATE monitoring_step SET done_at = now(), lease_until = NULL, found = %(found)s, charges = %(charges)s,
    digest = %(digest)s
WHERE id = %(step)s AND owner = %(owner)s AND done_at IS NULL
"""


def merge(step: Step, rule: Rule, answer: pa.Table, *, owner: UUID, charges: int) -> None:
    """Make the findings of this rule and month those of the answer, and the step done: all of it, or nothing."""
    shaped = shape(rule, step.month, answer)
    found = shaped.findings.num_rows
    facts = facts_of(step, rule) | {"owner": owner, "found": found, "charges": charges, "digest": shaped.digest}
    with transaction.atomic(), connection.cursor() as cursor:
        turns.beside_others()
        stage(cursor, shaped)
        fence(cursor, step, facts)
        cursor.execute(RECOGNISE, facts)
        cursor.execute(TWO_MONTHS, facts)
        if clash := cursor.fetchone():
            raise TwoMonths(f"{rule.code}: {clash[0]}")
        exempting.mark(cursor, step.rule)
        held = breaker.weigh(cursor, step, found=found, charges=charges)
        for statement in (
            WITHDRAW,
            FORGET_EXEMPTED,
            RELABEL,
            SEE_AGAIN,
            CHANGE,
            ADD,
            UNSETTLE,
            FREE,
            DROP_LINES,
            ADD_LINES,
        ):
            cursor.execute(statement, facts)
        cursor.execute("DROP TABLE staged, staged_line")
        breaker.write_down(held)


def end(step: Step, *, owner: UUID) -> None:
    """Withdraw what a rule that is not in force any more has found in this month, and the step done."""
    facts: dict[str, Any] = {
        "step": step.pk,
        "rule": step.rule,
        "month": step.month,
        "run": step.run_id,
        "owner": owner,
    }
    facts |= {"gone": Finding.Withdrawn.RULE_ENDED, "found": 0, "charges": 0, "digest": ""}
    with transaction.atomic(), connection.cursor() as cursor:
        turns.beside_others()
        cursor.execute(STAGE)
        fence(cursor, step, facts)
        cursor.execute(WITHDRAW, facts)
        cursor.execute(FORGET_EXEMPTED, facts)
        cursor.execute("DROP TABLE staged, staged_line")
        breaker.outdate(step)


def fence(cursor: CursorWrapper, step: Step, facts: Mapping[str, Any]) -> None:
    """Only who still holds the step of a run that goes on may write."""
    for condition in (STILL_RUNNING, FENCE):
        cursor.execute(condition, facts)
        if not cursor.rowcount:
            raise LeaseLost(str(step))


def facts_of(step: Step, rule: Rule) -> dict[str, Any]:
    """What every finding of the step keeps, so that it can be proved years later."""
    return {
        "step": step.pk,
        "rule": step.rule,
        "month": step.month,
        "run": step.run_id,
        "severity": int(rule.severity.removeprefix("S")),
        "page_hash": step.page_hash,
        "grounds": step.grounds,
        "gone": Finding.Withdrawn.GONE,
        "variants": Json(rule.variants()),
        "knowledge": step.run.knowledge_version,
    }


def stage(cursor: CursorWrapper, shaped: Shaped) -> None:
    cursor.execute(STAGE)
    copy(cursor, f"staged ({COLUMNS})", shaped.findings)
    copy(cursor, f"staged_line ({LINE_COLUMNS})", shaped.lines)
    cursor.execute("ANALYZE staged (n, key, id, kind); ANALYZE staged_line (n)")


def copy(cursor: CursorWrapper, where: str, rows: pa.Table) -> None:
    """Copy rows as CSV: Arrow quotes every text, so an empty one is told from a missing one."""
    text = pa.BufferOutputStream()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    cursor.copy_expert(f"COPY {where} FROM STDIN WITH (FORMAT csv)", pa.BufferReader(text.getvalue()))
