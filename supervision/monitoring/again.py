"""Runs one finding's rule again as it was run then: the same page, claims and knowledge must say the same."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Snapshot
from claims.warehouse import EngineError

from . import confined, engines, node
from .models import Demotion, Finding, FindingLine
from .rulebook import Rule
from .shaping import shape
from .standing import page_of

YUAN = Decimal("0.01")  # the engines count in fen
WORDS: Mapping[str, Promise] = {
    "institution": gettext_lazy("institution"), "claim": gettext_lazy("claim"), "subject": gettext_lazy("subject"),
    "member": gettext_lazy("member"), "insured_area": gettext_lazy("where insured"),
    "certainty": gettext_lazy("certainty"), "at_stake": gettext_lazy("amount at stake"),
    "fund_at_stake": gettext_lazy("what the fund paid of it"), "fund_method": gettext_lazy("how that was reckoned"),
    "because_en": gettext_lazy("reason in English"), "because_zh": gettext_lazy("reason in Chinese"),
}  # fmt: skip


class CannotRunAgain(Exception):
    """What it was found with is not there any more; the sentence says what."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    what: str
    then: str
    now: str

    def __str__(self) -> str:
        return _("%(what)s: then %(then)s, now %(now)s") % {
            "what": self.what, "then": self.then or "–", "now": self.now or "–",
        }  # fmt: skip


@dataclass(frozen=True)
class Again:
    """What the same page says about the same claims, beside what the finding says."""

    rule: Rule
    month: str
    snapshot: Snapshot
    knowledge_version: int
    differences: list[Difference] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return not self.differences


def run_again(finding: Finding) -> Again:
    """Ask the page of then about the claims of then with the knowledge of then, and compare."""
    rule = page_of(finding.rule, finding.page_hash)
    if rule is None:
        raise CannotRunAgain(_("The rule's page as it was then was not kept, or cannot be read any more."))
    run = finding.last_run
    if run is None:
        raise CannotRunAgain(_("People found it on the spot: there is no run to be made again."))
    again = Again(rule, finding.month, run.snapshot, finding.knowledge_version)
    if rule.hash != finding.page_hash:
        again.differences.append(Difference(_("the rule's page"), finding.page_hash, rule.hash))
        return again
    shaped = shape(rule, finding.month, answer(again))
    heads = shaped.findings.filter(pc.equal(shaped.findings["key"], finding.key)).to_pylist()
    if not heads:
        again.differences.append(Difference(_("the finding"), finding.key, _("nothing is found")))
        return again
    lines = shaped.lines.filter(pc.equal(shaped.lines["n"], heads[0]["n"])).to_pylist()
    again.differences.extend([*in_head(finding, heads[0]), *in_lines(finding, lines)])
    return again


def answer(again: Again) -> pa.Table:
    """The answer of the whole month: a page may weigh a claim against the others."""
    asked: Callable[..., pa.Table] = confined.answers if again.rule.stored else engines.answers
    try:
        return asked(again.rule, again.month, snapshot=again.snapshot, knowledge_version=again.knowledge_version)
    except (EngineError, FileNotFoundError) as error:
        raise CannotRunAgain(_("The claims as they stood then cannot be read any more: %s") % error) from error
    finally:
        node.engine.cache_clear()  # a page's process holds no month of claims


def in_head(finding: Finding, now: Mapping[str, Any]) -> Iterator[Difference]:
    said: dict[str, Any] = {name: now[name] or "" for name in WORDS}
    for name in ("at_stake", "fund_at_stake"):
        said[name] = now[name] * YUAN
    if said["certainty"] > finding.certainty and Demotion.objects.filter(rule=finding.rule).exists():
        said["certainty"] = finding.certainty  # reviews have made the rule less sure; its page still says what it said
    for name, words in WORDS.items():
        then = finding.institution_id or "" if name == "institution" else getattr(finding, name)
        if then != said[name]:
            yield Difference(str(words), str(then), str(said[name]))


def in_lines(finding: Finding, rows: list[dict[str, Any]]) -> Iterator[Difference]:
    """Each line is told by its whole content, so one that is changed is both missing and new."""
    then = {text_of(line): line for line in finding.lines.all()}
    now = {text(row): row for row in rows}
    for gone in then.keys() - now.keys():
        yield Difference(_("line %s") % then[gone], gone, "")
    for new in now.keys() - then.keys():
        yield Difference(_("line %s") % (now[new]["charge"] or now[new]["claim"] or ""), "", new)


def text_of(line: FindingLine) -> str:
    return told(
        line.claim, line.charge, line.role, line.at_stake, line.units, line.quantity, line.amount, line.evidence
    )


def text(row: Mapping[str, Any]) -> str:
    return told(
        row["claim"] or "", row["charge"] or "", row["role"], row["at_stake"] * YUAN, row["units"], row["of_quantity"],
        row["of_amount"], json.loads(row["evidence"]),
    )  # fmt: skip


def told(*parts: object) -> str:
    return json.dumps([str(part) if isinstance(part, Decimal) else part for part in parts], ensure_ascii=False,
                      sort_keys=True)  # fmt: skip
