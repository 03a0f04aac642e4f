"""What there is to do: exactly the steps whose inputs have changed since they were last done."""

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from claims import warehouse
from claims.models import Batch, MonthTotal, Snapshot
from supervision.monitoring.models import Step
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import in_force

if TYPE_CHECKING:
    from institutions.models import Account

# The engine looks there for the member, the amounts and the fund's share of what a page accuses.
ALWAYS = frozenset({"history", "stay_history", "visit_history"})
RETIRED = "retired"
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class RunRefused(Exception):
    """The run cannot be started; the sentence says why."""


@dataclass(frozen=True)
class Offer:
    """A rule over a month, and the hash of all that its answer depends on."""

    rule: Rule
    month: str
    inputs: str


class Ground:
    """One version of the warehouse, and the knowledge as it stands."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.knowledge = fingerprints()

    @cached_property
    def months(self) -> list[str]:
        """Those with claims, and those that had some when they were last judged."""
        judged = Step.objects.exclude(done_at=None).order_by().values_list("month", flat=True).distinct()
        return sorted({*warehouse.months(self.snapshot), *judged})

    def lacking(self, rule: Rule) -> list[str]:
        """What the rule needs and nobody has uploaded."""
        return [need for need in rule.needs if not warehouse.files(self.snapshot, need)]

    def inputs(self, rule: Rule, month: str) -> str:
        """A hash of the page with its parameters, of the knowledge it reads and of every file in its window."""
        around = warehouse.months_around(month, rule.back, rule.ahead)
        files = {
            relation: self._names(relation, around if is_history(relation) else [month])
            for relation in (rule.relations | ALWAYS) - set(self.knowledge)
        }
        known = {relation: self.knowledge[relation] for relation in rule.relations & set(self.knowledge)}
        if rule.stage == RETIRED:  # it says nothing any more, whatever it would read
            known, files = {}, {}
        facts = json.dumps([rule.hash, known, files], sort_keys=True)
        return hashlib.sha256(facts.encode()).hexdigest()

    def _names(self, relation: str, months: Sequence[str]) -> list[str]:
        """Files are never changed, so their names say what is in them."""
        table = "charge" if relation == "history" else relation.removesuffix("_history")
        files = warehouse.files(self.snapshot, table, None if table == "member" else months)
        return sorted("/".join(PurePosixPath(file).parts[-2:]) for file in files)


def is_history(relation: str) -> bool:
    return relation == "history" or relation.endswith("_history")


KNOWLEDGE = """
SELECT 'k_' || list_id, md5(string_agg(concat_ws('|', key, place, valid, point, values), chr(10)
    ORDER BY key, place, valid, point))
FROM knowledge_point WHERE ended_by_id IS NULL GROUP BY list_id
UNION ALL
SELECT 'code_list', md5(string_agg(concat_ws('|', list, low, high), chr(10) ORDER BY list, low, high))
FROM knowledge_range WHERE ended_by_id IS NULL
UNION ALL
SELECT 'k_' || name, '' FROM knowledge_list
WHERE name NOT IN (SELECT list_id FROM knowledge_point WHERE ended_by_id IS NULL)
"""


def fingerprints() -> dict[str, str]:
    """Each knowledge relation's content, as far as rules can tell."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWLEDGE)
        return dict(cursor.fetchall())


def chosen(rules: Collection[str] | None) -> list[Rule]:
    """The rules that take part in runs, or those of them that are named."""
    known = {code: rule for code, rule in in_force().items() if rule.runs and "audit" in rule.moments}
    if unknown := sorted(set(rules or ()) - known.keys()):
        raise RunRefused(_("Not in force or on trial: %(rules)s.") % {"rules": ", ".join(unknown)})
    return [rule for code, rule in known.items() if rules is None or code in rules]


def retired(rules: Collection[str] | None) -> list[Rule]:
    """Rules that the laboratory has ended: what they had found is withdrawn, month by month."""
    return [
        rule
        for code, rule in in_force().items()
        if rule.stage == RETIRED and rule.version and (rules is None or code in rules)
    ]


def offers(
    ground: Ground, rules: Collection[str] | None = None, months: Collection[str] | None = None
) -> tuple[list[Offer], dict[str, list[str]]]:
    """The steps whose inputs have changed, month by month; and the rules not runnable here, with what they lack."""
    if wrong := sorted(month for month in months or () if not MONTH.fullmatch(month)):
        raise RunRefused(_("Not a month: %(months)s.") % {"months": ", ".join(wrong)})
    done = last_done()
    ended = retired(rules)
    codes = None if rules is None else [code for code in rules if code not in {rule.code for rule in ended}]
    taking_part = chosen(codes)
    lacking = {rule.code: needs for rule in taking_part if (needs := ground.lacking(rule))}
    offered = [
        Offer(rule, month, inputs)
        for month in ground.months
        if months is None or month in months
        for rule in [*taking_part, *ended]
        # What was found in inputs since ended is withdrawn, and so is what a rule has found that is no more.
        if (rule.code not in lacking and rule.stage != RETIRED) or (rule.code, month) in done
        if (inputs := ground.inputs(rule, month)) != done.get((rule.code, month))
    ]
    return offered, lacking


def months_of(account: "Account") -> set[str]:
    """The months of which the account may see claims; those of later batches' forerunners too, for what they found.

    When claims of other places came in is nobody's business elsewhere. That a step of a shared month is owed still
    says that something it reads has changed, but not what: it may be a rule or a list.
    """
    return set(MonthTotal.objects.visible_to(account).order_by().values_list("month", flat=True).distinct())


def last_done() -> dict[tuple[str, str], str]:
    steps = Step.objects.exclude(done_at=None).order_by("rule", "month", "-done_at", "-pk").distinct("rule", "month")
    return {(rule, month): inputs for rule, month, inputs in steps.values_list("rule", "month", "inputs")}


def charges_in(month: str) -> int:
    """How many charges of the month are in the warehouse."""
    totals = MonthTotal.objects.filter(month=month, batch__status=Batch.Status.LOADED)
    return totals.aggregate(sum=Sum("charges"))["sum"] or 0
