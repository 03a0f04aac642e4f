"""Writing a version: what is refused, with its place, and what every save is held to."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring import confined, standing
from supervision.monitoring.rulebook import Example, PageRefused, Parameter, Rule, rulebook

from . import trying
from .models import Stage, Version, VersionEvent
from .workflow import MoveRefused

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
MOST_PAGE = 100_000  # characters
MOST_LINES = 3_000  # comparing two pages takes up to the square of their lines, for whoever opens the difference


@dataclass(frozen=True)
class Problem:
    """What is wrong with a page, and the line it stands in where that is known."""

    reason: str
    line: int | None = None


class PageNotSaved(Exception):
    """The page was not saved; `problems` say why, `verdicts` what its examples said."""

    def __init__(self, problems: Sequence[Problem], verdicts: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__("; ".join(problem.reason for problem in problems))
        self.problems, self.verdicts = list(problems), list(verdicts)


def save(
    code: str, text: str, *, by: Account, reason: str, origin: str, parent: Version | None = None,
    examples_changed: str = "",
) -> Version:  # fmt: skip
    """Keep the text as the next version of the rule, or raise PageNotSaved.

    `parent` is the version it was made from; None where that is the shipped page, or where the rule is new.
    """
    if not by.holds(Duty.WRITE_RULES) or by.territory is None:
        raise MoveRefused(_("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.WRITE_RULES.label})
    text = text.replace("\r\n", "\n")
    rule = readable(code, text, parent)
    if not reason.strip():
        raise PageNotSaved([Problem(_("Say what is changed, and why."))])
    try:
        with trying.turn(by):
            verdicts = tried(rule, golden(code, parent), examples_changed)
    except trying.Busy as busy:
        raise PageNotSaved([Problem(str(busy))]) from busy
    try:
        with transaction.atomic():
            latest = Version.objects.select_for_update().filter(rule=code).order_by("-number").first()
            made = Version.objects.create(
                rule=code, number=latest.number + 1 if latest else 1, text=text, hash=rule.hash, parent=parent,
                origin=origin, reason=reason.strip(), examples_changed=examples_changed.strip(), verdicts=verdicts,
                territory=by.territory, author=by,
            )  # fmt: skip
            VersionEvent.objects.create(version=made, move="written", after=Stage.DRAFT, by=by, note=made.reason)
            _leave_behind(parent, made, by)
            record(Act.RULE, by, str(made), move="written", hash=made.hash)
    except IntegrityError as clash:
        raise PageNotSaved([Problem(_("Somebody else has just saved a version of this rule. Try again."))]) from clash
    return made


def _leave_behind(parent: Version | None, made: Version, by: Account) -> None:
    """A draft that its own author has written anew is not a draft any more."""
    if parent is None:
        return
    former = Version.objects.select_for_update().get(pk=parent.pk)
    if former.stage == Stage.DRAFT and former.author_id == by.pk:
        VersionEvent.objects.create(
            version=former, move="rewritten", before=former.stage, after=Stage.RETIRED, by=by, note=str(made)
        )
        former.stage = Stage.RETIRED
        former.save(update_fields=["stage"])


def readable(code: str, text: str, parent: Version | None) -> Rule:
    """The rule that the text makes."""
    if not CODE.fullmatch(code) or len(code) > 60:
        raise PageNotSaved(
            [Problem(_("A rule's code has small letters, digits and _ between its words: drug_sex_restricted."))]
        )
    if len(text) > MOST_PAGE:
        raise PageNotSaved([Problem(_("A page has at most %(most)s characters.") % {"most": f"{MOST_PAGE:,}"})])
    if len(text.splitlines()) > MOST_LINES:
        raise PageNotSaved([Problem(_("A page has at most %(most)s lines.") % {"most": f"{MOST_LINES:,}"})])
    if "\0" in text:
        raise PageNotSaved([Problem(_("The page holds a zero character."), line_of(text, "\0"))])
    try:
        rule = standing.stored(code, text)
    except PageRefused as refusal:
        raise PageNotSaved([Problem(str(refusal).removeprefix(f"{code}: "), refusal.line)]) from refusal
    before = parent.hash if parent else getattr(rulebook().get(code), "hash", "")
    if rule.hash == before:
        raise PageNotSaved([Problem(_("Nothing was changed."))])
    flagged = {bool(row.get("flagged")) for one in rule.examples for rows in one.tables.values() for row in rows}
    if flagged != {True, False}:
        raise PageNotSaved([Problem(_("The examples must show what is accused, and what is not."))])
    return rule


def golden(code: str, parent: Version | None) -> list[Rule]:
    """The pages whose examples the new one is held to: the shipped one, the one in force, and the one it was made from.

    Whoever begins anew from another page than the one in force says why its examples are gone, too.
    """
    now = standing.in_force().get(code)
    pages = [rulebook().get(code), now if now and now.runs else None]
    pages.append(standing.stored(code, parent.text) if parent is not None else None)
    return list({page.hash: page for page in pages if page is not None}.values())


def tried(rule: Rule, before: Sequence[Rule], examples_changed: str) -> list[dict[str, Any]]:
    """The verdicts on its examples and on those of the pages before it, or PageNotSaved where they forbid saving.

    An example of an earlier page may be changed, left out or fail only where it is said why.
    """
    pages = [confined.Page(page.code, page.text) for page in before]
    try:
        verdicts = confined.verdicts(rule, pages)
    except confined.Confined as stopped:
        raise PageNotSaved([Problem(_("Its examples could not be tried: %(why)s") % {"why": stopped})]) from stopped
    kept = {same(rule, one) for one in rule.examples}
    former = {(number, one.title): same(page, one) for number, page in enumerate(before, 1) for one in page.examples}
    seen: set[str] = set()
    problems, shown = [], []
    for verdict in verdicts:
        if verdict["of"]:
            example = former[verdict["of"], verdict["title"]]
            if example in kept | seen:  # asked already
                continue
            seen.add(example)
        verdict["right"] = not verdict["node"] and not verdict["desk"]
        shown.append(verdict)
        if not verdict["of"] and not verdict["right"]:
            wrong = "; ".join(dict.fromkeys([*verdict["node"], *verdict["desk"]]))
            problems.append(
                Problem(_("Example “%(title)s”: %(wrong)s") % {"title": verdict["title"], "wrong": wrong},
                        line_of(rule.text, verdict["title"]))
            )  # fmt: skip
        elif verdict["of"] and not examples_changed.strip():
            problems.append(
                Problem(
                    _("Example “%(title)s” of the page before was changed or left out: say why.")
                    % {"title": verdict["title"]}
                )
            )
    if problems:
        raise PageNotSaved(problems, shown)
    return shown


def same(page: Rule, example: Example) -> str:
    """What makes two examples one: their tables, and what the page gives for all of them."""
    given = {name: rows for name, rows in page.given.items() if name not in example.tables}
    return json.dumps([example.title, given, example.tables], sort_keys=True, default=list)


def line_of(text: str, title: str) -> int | None:
    place = text.find(title)
    return text.count("\n", 0, place) + 1 if place >= 0 else None


# --- The parameters alone -----------------------------------------------------------------------------


def with_parameters(text: str, parameters: Sequence[Parameter]) -> str:
    """The page with these values in the place of its own; everything else to the letter as it was."""
    lines = text.split("\n")
    for name in dict.fromkeys(parameter.name for parameter in parameters):
        head, other = f"[parameters.{name}]", f"[[parameters.{name}.other]]"
        begin = next(number for number, line in enumerate(lines) if line.startswith(head))
        end = begin + 1
        while lines[end] != "*/" and (not lines[end].startswith("[") or lines[end].startswith(other)):
            end += 1
        while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
            end -= 1
        lines[begin:end] = spelt(name, [parameter for parameter in parameters if parameter.name == name])
    return "\n".join(lines)


def spelt(name: str, values: Sequence[Parameter]) -> list[str]:
    """The lines of one parameter in a page's header; the first value is the one that holds everywhere."""
    lines = []
    for number, value in enumerate(values):
        lines.append(f"[[parameters.{name}.other]]" if number else f"[parameters.{name}]")
        lines.append(f"value  = {literal(value.value)}")
        lines.append(f"source = {literal(value.source)}")
        if value.place != "000000":
            lines.append(f"place  = {literal(value.place)}")
        if value.since.year > 1:
            lines.append(f"since  = {value.since.isoformat()}")
        if value.until.year < 9999:
            lines.append(f"until  = {value.until.isoformat()}")
    return lines


def literal(value: int | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
