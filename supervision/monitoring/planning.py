"""What there is to do: exactly the steps whose inputs have changed since they were last done."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from claims import warehouse
from claims.models import Batch, MonthTotal, Snapshot
from supervision.monitoring import reviewing, schema
from supervision.monitoring.models import Finding, FindingTotal, Step
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import in_force

if TYPE_CHECKING:
    from institutions.models import Account

# The engine looks there for the member, the amounts and the fund's share of what a page accuses.
ALWAYS = frozenset({"history", "stay_history", "visit_history"})
ENDED = "the rule is not in force any more"
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class RunRefused(Exception):
    """The run cannot be started; the sentence says why."""


@dataclass(frozen=True)
class Offer:
    """A rule over a month, and the hash of all that its answer depends on; of a rule that ended, ENDED."""

    code: str
    month: str
    inputs: str
    page_hash: str = ""
    grounds: str = ""


class Ground:
    """One version of the warehouse, and the knowledge as it stands."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.knowledge = fingerprints()
        self.known = in_force()

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
            relation: self._names(relation, around if relation in schema.JUDGED else [month])
            for relation in (rule.relations | ALWAYS) - set(self.knowledge)
        }
        return hashed([*self._grounds(rule), files])

    def grounds(self, rule: Rule) -> str:
        """A hash of what its answers depend on beside the claims: the page, and the knowledge it reads."""
        return hashed(self._grounds(rule))

    def _grounds(self, rule: Rule) -> list[object]:
        known = {relation: self.knowledge[relation] for relation in rule.relations & set(self.knowledge)}
        demoted = rule.certainty != self.known.get(rule.code, rule).certainty
        return [rule.hash, *([rule.certainty] if demoted else []), known]

    def _names(self, relation: str, months: Sequence[str]) -> list[str]:
        """Files are never changed, so their names say what is in them."""
        table = schema.table_of(relation)
        files = warehouse.files(self.snapshot, table, months if warehouse.TABLES[table].partitioned else None)
        return sorted("/".join(PurePosixPath(file).parts[-2:]) for file in files)


def hashed(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


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


def running() -> dict[str, Rule]:
    """The rules that take part in runs, each as sure as its reviews have left it."""
    return reviewing.standing(
        {code: rule for code, rule in in_force().items() if rule.runs and "audit" in rule.moments}
    )


def chosen(rules: Collection[str] | None, ended: Collection[str] = ()) -> list[Rule]:
    """The rules that take part in runs, or those of them that are named; the ended only have to go."""
    known = running()
    if unknown := sorted(set(rules or ()) - known.keys() - set(ended)):
        raise RunRefused(_("Not in force or on trial: %(rules)s.") % {"rules": ", ".join(unknown)})
    return [rule for code, rule in known.items() if rules is None or code in rules]


def offers(
    ground: Ground, rules: Collection[str] | None = None, months: Collection[str] | None = None
) -> tuple[list[Offer], dict[str, list[str]]]:
    """The steps whose inputs have changed, month by month; and the rules not runnable here, with what they lack.

    What rules have found that are not in force any more is owed as well: it is to be withdrawn.
    """
    if wrong := sorted(month for month in months or () if not MONTH.fullmatch(month)):
        raise RunRefused(_("Not a month: %(months)s.") % {"months": ", ".join(wrong)})
    done = last_done()
    ended = ends(done)
    runnable = chosen(rules, {offer.code for offer in ended})
    lacking = {rule.code: needs for rule in runnable if (needs := ground.lacking(rule))}
    grounds = {rule.code: ground.grounds(rule) for rule in runnable}
    offered = [
        Offer(rule.code, month, inputs, rule.hash, grounds[rule.code])
        for month in ground.months
        if months is None or month in months
        for rule in runnable
        if rule.code not in lacking or (rule.code, month) in done  # what was found in inputs since ended is withdrawn
        if (inputs := ground.inputs(rule, month)) != done.get((rule.code, month))
    ]
    over = [
        offer for offer in ended if (rules is None or offer.code in rules) and (months is None or offer.month in months)
    ]
    return over + offered, lacking


def ends(done: Mapping[tuple[str, str], str]) -> list[Offer]:
    """A step for each month in which a rule that is not in force any more still accuses somebody."""
    accusing = FindingTotal.objects.exclude(status=Finding.Status.WITHDRAWN).filter(findings__gt=0)
    kinds = accusing.exclude(rule__in=running()).order_by("rule", "month").values_list("rule", "month").distinct()
    return [Offer(code, month, ENDED) for code, month in kinds if done.get((code, month)) != ENDED]


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
