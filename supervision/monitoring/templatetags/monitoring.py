"""Codes of findings, rules and claims, in the reader's words."""

from datetime import timedelta
from decimal import Decimal

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from supervision.monitoring import columns, evidence, terms
from supervision.monitoring.guards import Exemption
from supervision.monitoring.models import Finding, FindingLine, Run
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import lately

register = template.Library()

Words = str | Promise
LOUDNESS = {Finding.Certainty.CERTAIN: "bad", Finding.Certainty.HIGH: "warn", Finding.Certainty.LOW: "info"}
RUN_TONES = {Run.Status.RUNNING: "info", Run.Status.DONE: "good", Run.Status.PARKED: "warn"}
EXEMPTION_TONES = {"in_force": "good", "asked": "warn", "coming": "info"}
STAGE_TONES = {"in_force": "good", "trial": "info", "suspended": "warn"}

LISTS_OF: dict[str, frozenset[str]] = {}

register.filter("rule_title", terms.rule_title)
register.filter("family", terms.family)
register.filter("masked", evidence.masked)
register.filter("in_words", columns.in_words)


def badge(words: Words, tone: str | None) -> SafeString:
    """The word itself, with a colour beside it."""
    return format_html('<span class="badge badge-{}">{}</span>', tone or "plain", words)


@register.filter
def column_word(name: str) -> Words:
    """What a column of a list is called; one we have no word for goes by its own name."""
    return columns.COLUMNS.get(name, name)


@register.simple_tag
def rules_of(name: str) -> list[Rule]:
    """The rules that consult a list."""
    found = []
    for rule in lately().values():
        if rule.hash not in LISTS_OF:  # read off the page's query once
            LISTS_OF[rule.hash] = rule.lists
        if name in LISTS_OF[rule.hash]:
            found.append(rule)
    return found


@register.filter
def certainty_badge(certainty: int) -> SafeString:
    choice = Finding.Certainty(certainty)
    return badge(choice.label, LOUDNESS.get(choice))


@register.filter
def certainty_words(certainty: int) -> Words:
    return terms.CERTAINTY_SENTENCES[certainty]


@register.filter
def certainty_name(word: str) -> Words:
    """A rule's header says its certainty by name."""
    return terms.CERTAINTIES.get(word, word)


@register.filter
def severity_words(severity: int | str) -> Words:
    return terms.SEVERITIES.get(int(str(severity).removeprefix("S")), "")


@register.filter
def stage_badge(stage: str) -> SafeString:
    return badge(terms.STAGES.get(stage, stage), STAGE_TONES.get(stage))


@register.filter
def moments(rule: Rule) -> str:
    return _(", ").join(str(terms.MOMENTS.get(moment, moment)) for moment in rule.moments)


@register.filter
def result_type(rule: Rule) -> Words:
    """What the national rule cards call its results: definite violations, or suspicions."""
    return terms.RESULT_TYPES["definite" if rule.certainty == "certain" else "suspicious"]


@register.filter
def scenarios(rule: Rule) -> str:
    """The kinds of encounter that the page judges, told by what it reads."""
    return _(", ").join(str(terms.SCENARIOS[name]) for name in terms.scenarios(rule))


@register.filter
def run_badge(run: Run) -> SafeString:
    return badge(run.get_status_display(), RUN_TONES.get(Run.Status(run.status)))


@register.filter
def exemption_badge(exemption: Exemption) -> SafeString:
    return badge(terms.EXEMPTION_STATES[exemption.state], EXEMPTION_TONES.get(exemption.state))


@register.filter
def role_badge(role: str) -> SafeString | str:
    if not role:
        return ""
    return badge(FindingLine.Role(role).label, "bad" if role == FindingLine.Role.ACCUSED else "info")


@register.filter
def fund_method(method: str) -> Words:
    return terms.FUND_METHODS.get(method, method)


@register.filter
def encounter_kind(kind: str) -> Words:
    return terms.ENCOUNTERS.get(kind, kind)


@register.filter
def sex(code: str | None) -> Words:
    return terms.SEXES.get(code or "", _("sex not stated"))


@register.filter
def claim_number(claim: str) -> str:
    """A claim's number as its institution knows it; our key puts the institution's code before it."""
    return claim.partition(":")[2] or claim


@register.filter
def line_number(charge: str) -> str:
    """The last part of a charge's key."""
    return charge.rpartition(":")[2]


@register.filter
def quantity(number: Decimal | None) -> str:
    """Without the zeros that only its column asks for."""
    return "–" if number is None else f"{number.normalize():,f}".replace("-", "\N{MINUS SIGN}")


@register.filter
def price(number: Decimal | None) -> str:
    """With two decimals, or as many more as it has."""
    if number is None:
        return "–"
    decimals = max(2, -int(number.normalize().as_tuple().exponent))
    return f"¥{number:,.{decimals}f}"


@register.filter
def span(time: timedelta) -> str:
    """About how long: seconds below two minutes, then minutes, then hours."""
    seconds = round(time.total_seconds())
    for size, words in (7200, ngettext_lazy("%d hour", "%d hours")), (120, ngettext_lazy("%d minute", "%d minutes")):
        if seconds >= size:
            return str(words % round(seconds / (size / 2)))
    return ngettext("%d second", "%d seconds", seconds) % seconds


@register.filter
def said(rule: Rule, key: str) -> str:
    """A text of the rule's page in the reader's language."""
    return rule.said(key)


@register.filter
def blanks(sentence: str) -> str:
    """A rule's sentence before it is filled: its blanks in square brackets."""
    return sentence.replace("{", "[").replace("}", "]")
