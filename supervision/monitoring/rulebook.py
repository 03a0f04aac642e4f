"""The rule library: a page is its header and its query, and reading it makes a rule."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import prod
from pathlib import Path

from django.conf import settings
from sqlglot import exp

from supervision.language import in_chinese

from . import dialect, schema
from .header import Example, Header, PageRefused, Parameter, Row
from .needs import Need, needs

__all__ = ["Example", "PageRefused", "Parameter", "Row", "Rule", "read", "rulebook"]

STAGES = ("draft", "expert_review", "trial", "in_force", "suspended", "retired")
RUNNING = ("trial", "in_force")
MOMENTS = ("remind", "review", "audit")
CERTAINTIES = ("lead", "remind", "low", "high", "certain")
SEVERITIES = ("S1", "S2", "S3", "S4")
SUBJECTS = ("member", "practitioner", "institution")
KINDS = ("qty", "price", "yuan", "institution")
# What an answer may hold beside its evidence (docs/rules.md).
ANSWER = ("institution", "claim", "charge", "subject", "role", "at_stake", "certainty", "finding", "units")
JUDGED = ("charge", "stay", "visit", "scan", "fault", "diagnosis", "operation")
# What a page may read: what is judged, what surrounds it, the register, the lists.
READABLE = frozenset({*schema.CLAIMS, *schema.knowledge()})
MOST_VARIANTS = 100
MOST_AROUND = 36  # months
PAGE = re.compile(r"\A/\*\n(?P<header>.*?)\n\*/\n(?P<sql>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """One page of the library."""

    code: str
    title: str
    title_zh: str
    basis: str
    basis_zh: str
    about: str
    about_zh: str
    innocent: str
    innocent_zh: str
    because: str
    because_zh: str
    stage: str
    moments: tuple[str, ...]
    certainty: str
    severity: str
    violations: tuple[str, ...]
    natl_rule: tuple[str, ...]
    needs: tuple[str, ...]
    back: int
    ahead: int
    subject: str
    parameters: tuple[Parameter, ...]
    given: Mapping[str, tuple[Row, ...]]
    examples: tuple[Example, ...]
    columns: Mapping[str, str]
    sql: str
    text: str
    hash: str
    tree: exp.Query
    stored: bool = False  # written on the site, not shipped with it
    version: int = 0  # its number in the laboratory; 0 as shipped

    def said(self, key: str) -> str:
        """A text of the page in the reader's language: said("title")."""
        return str(getattr(self, f"{key}_zh" if in_chinese() else key))

    @cached_property
    def relations(self) -> frozenset[str]:
        return dialect.relations(self.tree)

    @cached_property
    def reads(self) -> tuple[Need, ...]:
        """What it reads of histories and registers."""
        return needs(self.tree)

    @property
    def lists(self) -> frozenset[str]:
        """The knowledge lists the page joins on."""
        return frozenset(name.removeprefix("k_") for name in self.relations if name.startswith("k_"))

    @property
    def runs(self) -> bool:
        return self.stage in RUNNING

    @property
    def values(self) -> dict[str, int | str | bool]:
        """The parameters as they hold everywhere."""
        return {one.name: one.value for one in reversed(self.parameters)}

    def values_at(self, province: str, area: str, day: dt.date) -> dict[str, int | str | bool]:
        """The parameters as they hold in a place on a day: the narrower place first, then the later value."""
        found = self.values
        chain = ("000000", province, area)
        others = [one for one in self.parameters if one is not self._first(one.name) and one.place in chain]
        for one in sorted(others, key=lambda one: (chain.index(one.place), one.since)):
            if one.since <= day <= one.until:
                found[one.name] = one.value
        return found

    def variants(self) -> list[dict[str, int | str | bool]]:
        """Every set of values that may hold somewhere; most pages have one."""
        names = list(self.values)
        sets = [list(dict.fromkeys(one.value for one in self.parameters if one.name == name)) for name in names]
        return [dict(zip(names, values, strict=True)) for values in product(*sets)]

    def _first(self, name: str) -> Parameter:
        return next(one for one in self.parameters if one.name == name)

    @property
    def answered(self) -> list[str]:
        """The columns of its answer, evidence included."""
        return list(self.tree.named_selects)

    @property
    def evidence(self) -> list[str]:
        return [name for name in self.answered if name not in ANSWER]


def library() -> Path:
    return Path(settings.BASE_DIR) / "supervision" / "rules"


@cache
def rulebook() -> Mapping[str, Rule]:
    """Every page of the library by its code."""
    return {page.stem: read(page.stem, page.read_text("utf-8")) for page in sorted(library().glob("*.sql"))}


def read(code: str, text: str) -> Rule:
    """One page, or the sentence that says what is wrong with it."""
    page = PAGE.match(text)
    if page is None:
        raise PageRefused(f"{code}: a page opens with its header between /* and */, then comes its query", 1)
    try:
        tree = dialect.parse(page["sql"])
    except dialect.SqlRefused as refusal:
        before = text.count("\n", 0, page.start("sql"))
        at = f"line {refusal.line + before}, column {refusal.column}: " if refusal.line else ""
        raise PageRefused(f"{code}: {at}{refusal}", refusal.line and refusal.line + before) from refusal
    header = Header(code, page["header"])
    read_from = dialect.relations(tree)
    judged = next((name for name in JUDGED if name in read_from), "")
    judged = judged or next((name for history, name in schema.JUDGED.items() if history in read_from), "")
    rule = Rule(
        code=code,
        title=header.take("title", str),
        title_zh=header.take("title_zh", str),
        basis=header.take("basis", str),
        basis_zh=header.take("basis_zh", str),
        about=header.take("about", str),
        about_zh=header.take("about_zh", str),
        innocent=header.take("innocent", str),
        innocent_zh=header.take("innocent_zh", str),
        because=header.take("because", str),
        because_zh=header.take("because_zh", str),
        stage=header.one_of("stage", STAGES),
        moments=header.words("moments", MOMENTS),
        certainty=header.one_of("certainty", CERTAINTIES),
        severity=header.one_of("severity", SEVERITIES),
        violations=header.words("violations"),
        natl_rule=header.words("natl_rule"),
        needs=header.words("needs", missing=[]),
        back=header.take("back", int, 0),
        ahead=header.take("ahead", int, 0),
        subject=header.one_of("subject", ("", *SUBJECTS), missing=""),
        parameters=header.parameters(),
        given=header.tables("given"),
        examples=header.examples(judged),
        columns=header.kinds("columns", KINDS),
        sql=page["sql"],
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        tree=tree,
    )
    header.nothing_left()
    _compare(rule, header)
    return rule


def _compare(rule: Rule, header: Header) -> None:
    """What the header speaks of, the query has."""
    answered = set(rule.answered)
    _bounded(rule, header)
    if missing := {"institution", "claim", "at_stake"} - answered:
        raise header.refuse("query", f"answers no {', '.join(sorted(missing))}")
    if bool(rule.subject) != ("subject" in answered):
        raise header.refuse("subject", "the header says its kind when the query answers one")
    named = {parameter.name for parameter in rule.parameters}
    if odd := named ^ dialect.parameters(rule.tree):
        raise header.refuse("parameters", f"{', '.join(sorted(odd))}: in the header and in the query, or in neither")
    for key in ("because", "because_zh"):
        if unknown := set(re.findall(r"{(\w+)}", getattr(rule, key))) - answered:
            raise header.refuse(key, f"the query answers no {', '.join(sorted(unknown))}")
    if unknown := set(rule.columns) - answered:
        raise header.refuse("columns", f"the query answers no {', '.join(sorted(unknown))}")


def _bounded(rule: Rule, header: Header) -> None:
    """It reads what there is, names what it answers, and stays within what an engine can be asked."""
    answered = set(rule.answered)
    if unknown := rule.relations - READABLE:
        raise header.refuse("query", f"there is no relation {', '.join(sorted(unknown))}")
    if len(answered) != len(rule.answered) or not all(dialect.NAME.fullmatch(name) for name in answered):
        raise header.refuse("query", "every column of the answer has a name of its own")
    if not (0 <= rule.back <= MOST_AROUND and 0 <= rule.ahead <= MOST_AROUND):
        raise header.refuse("back", f"a page looks back, and ahead, {MOST_AROUND} months at most")
    if prod(len({one.value for one in rule.parameters if one.name == name}) for name in rule.values) > MOST_VARIANTS:
        raise header.refuse("parameters", f"hold in more than {MOST_VARIANTS} combinations")
