"""Reads the fields of a package out of a case, a finding or an institution, persons masked unless they may be shown.

Values are Chinese text, the tongue that counts: sums in yuan with two decimals, days as 2026-03-01. Who somebody is
stands in fields of its own; in running text the codes of those concerned, and any long number, are masked as well.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution, Practitioner
from supervision.cases import owed
from supervision.cases.models import Case, Proceeding, Violation
from supervision.cases.workflows import WORKFLOWS
from supervision.ledger.models import Item
from supervision.monitoring.evidence import masked
from supervision.monitoring.models import Finding
from supervision.monitoring.terms import rule_title

About = Case | Finding | Institution
# An identity card, a bank card, a telephone, a member's number: eleven digits and more that no letter leads.
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{11,}[Xx]?(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Field:
    """One field: what it is called, and how it is read."""

    words: Promise
    read: Callable[..., str]
    person: bool = False  # its whole value says who somebody is
    text: bool = False  # running text, in which somebody may be named


@dataclass(frozen=True)
class Value:
    """A field as it would be given."""

    code: str
    name_zh: str
    name_en: str
    value: str
    person: bool


def yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"


# --- A case -------------------------------------------------------------------------------------------


def findings_of(case: Case) -> str:
    rows = [row.hearing for row in case.findings.select_related("hearing")]
    return "\n".join(
        f"{rule_title(one.rule)}，{one.month}，认定{yuan(one.confirmed)}元，其中基金{yuan(one.fund_confirmed)}元"
        for one in rows
    )


def sums_of(case: Case) -> str:
    """What the ledger says: everything of the case, and what of it came back."""
    items = list(Item.objects.filter(case=case.number))
    rows = [row.hearing for row in case.findings.select_related("hearing")]
    lost = sum((one.fund_confirmed for one in rows), Decimal(0))
    return f"认定基金损失{yuan(lost)}元，待退回{yuan(owed.outstanding(items))}元，已退回{yuan(owed.returned(items))}元"


def violations_of(case: Case) -> str:
    rows = Violation.objects.filter(proceeding__case=case).select_related("type")
    return "\n".join(f"{one.type.words_zh}（{one.acted_from}至{one.acted_until}）" for one in rows)


def proceedings_of(case: Case) -> str:
    return "\n".join(f"{one.get_kind_display()} {one.number}：{state_of(one)}" for one in case.proceedings.all())


def state_of(proceeding: Proceeding) -> str:
    workflow = WORKFLOWS[proceeding.kind]  # type: ignore[index]
    return str(workflow.states(proceeding.state).label)


# --- An institution -----------------------------------------------------------------------------------


def agreements_of(place: Institution) -> str:
    rows = place.agreements.select_related("insurer").order_by("period")
    return "\n".join(f"{one.number}（{one.insurer.name_zh}）：{one.get_state_display()}" for one in rows)


def practitioners_of(place: Institution) -> str:
    rows = Practitioner.objects.filter(registrations__institution=place).distinct().order_by("code")
    return "\n".join(f"{one.get_kind_display()} {one.name}（{one.code}）" for one in rows)


def institution_of(about: About) -> Institution | None:
    return about if isinstance(about, Institution) else about.institution


def of_institution(read: Callable[[Institution], str]) -> Callable[[About], str]:
    def reading(about: About) -> str:
        place = institution_of(about)
        return read(place) if place else ""

    return reading


INSTITUTION: Mapping[str, Field] = {
    "institution_code": Field(_("Code of the institution"), of_institution(lambda place: place.code)),
    "institution_name": Field(_("Name of the institution"), of_institution(lambda place: place.name_zh)),
    "credit_code": Field(_("Unified social credit code"), of_institution(lambda place: place.social_credit_code)),
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "case": {
        "number": Field(_("Number"), lambda case: case.number),
        "title": Field(_("Title"), lambda case: case.title, text=True),
        "facts": Field(_("Facts"), lambda case: case.facts, text=True),
        "respondent": Field(_("Against whom"), lambda case: case.get_respondent_display()),
        **INSTITUTION,
        "person": Field(_("Person"), lambda case: case.person, person=True),
        "place": Field(_("Place"), lambda case: case.place.name_zh),
        "opened_on": Field(_("Opened on"), lambda case: timezone.localdate(case.opened_at).isoformat()),
        "findings": Field(_("Findings"), findings_of),
        "sums": Field(_("Sums"), sums_of),
        "violations": Field(_("Violations"), violations_of),
        "proceedings": Field(_("Proceedings"), proceedings_of),
    },
    "finding": {
        "number": Field(_("Number"), lambda finding: str(finding.pk)),
        "rule": Field(_("Rule"), lambda finding: rule_title(finding.rule)),
        "month": Field(_("Month"), lambda finding: finding.month),
        "claim": Field(_("Claim number"), lambda finding: finding.claim, person=True),
        "member": Field(_("Member"), lambda finding: finding.member, person=True),
        "sentence": Field(_("What was found"), lambda finding: finding.because_zh, text=True),
        "at_stake": Field(_("At stake, in yuan"), lambda finding: yuan(finding.at_stake)),
        **INSTITUTION,
        "place": Field(_("Place"), of_institution(lambda place: place.division.name_zh)),
    },
    "institution": {
        **INSTITUTION,
        "kind": Field(_("Kind of institution"), lambda place: place.get_kind_display()),
        "level": Field(_("Level"), lambda place: place.get_level_display()),
        "place": Field(_("Place"), lambda place: place.division.name_zh),
        "agreements": Field(_("Agreements"), agreements_of),
        "grade": Field(_("Grade"), lambda place: place.grade),
        "practitioners": Field(_("Practitioners"), practitioners_of, person=True),
    },
}


def kind_of(about: About) -> str:
    """What it is, as allowances call it."""
    return "case" if isinstance(about, Case) else "finding" if isinstance(about, Finding) else "institution"


def known(about: About) -> set[str]:
    """The codes of those concerned that may stand in running text."""
    if isinstance(about, Case):
        members = (row.hearing.finding.member for row in about.findings.select_related("hearing__finding"))
        return {code for code in (about.person, *members) if code}
    return {about.member} - {""} if isinstance(about, Finding) else set()


def hide(value: str) -> str:
    """Each word of a field about persons, masked: what tells two apart and not who they are."""
    return "\n".join(" ".join(masked(word) for word in line.split()) for line in value.splitlines())


def hide_in(text: str, persons: Iterable[str]) -> str:
    """Running text without the codes of those concerned, and without long numbers."""
    for person in persons:
        text = text.replace(person, masked(person))
    return LONG_NUMBER.sub(lambda found: masked(found[0]), text)


def collect(about: About, codes: Sequence[str], *, unmasked: bool) -> list[Value]:
    """The fields asked for, in the order of the table, as they stand now."""
    persons = known(about)
    found = []
    for code, field in FIELDS[kind_of(about)].items():
        if code not in codes:
            continue
        with translation.override("zh-hans"):
            value, name_zh = str(field.read(about)), str(field.words)
        with translation.override("en"):
            name_en = str(field.words)
        if not unmasked:
            value = hide(value) if field.person else hide_in(value, persons) if field.text else value
        found.append(Value(code, name_zh, name_en, value, field.person))
    return found
