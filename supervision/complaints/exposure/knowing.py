"""What a case's text must not hold: everybody who had a part in it, and every name that the register knows."""

from collections.abc import Iterator

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Length

from institutions.models import Account, Institution, Practitioner
from supervision.cases.models import Case
from supervision.complaints.supervisors.models import SocialSupervisor
from supervision.documents.models import Service

from .anonymity import Hit, Known, find
from .models import TypicalCase

SHORTEST = 2  # signs of a name


def hits(typical: TypicalCase) -> list[Hit]:
    """What stands in the text and is not excused. Nobody's excuse counts for a text that they wrote themselves."""
    excused = set(typical.excuses.exclude(by=typical.drafted_by).values_list("kind", "text"))
    return [hit for hit in found(typical) if (hit.kind, hit.text) not in excused]


def found(typical: TypicalCase) -> list[Hit]:
    texts = typical.texts
    return find(texts, known(typical, " ".join(texts.values())))


def known(typical: TypicalCase, text: str) -> Known:
    return Known(
        persons=frozenset(persons(typical.case, text)),
        codes=frozenset(filter(None, codes(typical.case))),
        institutions=frozenset(institutions(typical, text)),
    )


def persons(case: Case, text: str) -> Iterator[str]:
    """Whoever had a part in the case: also in pinyin. Of everybody else who is known: those whose name stands there."""
    officers = case.officers.values_list("account__name", flat=True)
    deciding = [case.opened_by, case.handler, case.approver]
    yield from (name for name in officers if len(name) >= SHORTEST)
    yield from (one.name for one in deciding if one is not None and len(one.name) >= SHORTEST)
    yield from practitioners(case).values_list("name", flat=True)
    about = [case.number, *case.proceedings.values_list("number", flat=True)]
    receipts = Service.objects.filter(document__about__in=about, receipt__isnull=False)
    yield from (name for name in receipts.values_list("receipt__by_name", flat=True) if len(name) >= SHORTEST)
    for rows, column in (
        (Practitioner.objects.all(), "name"), (Account.objects.all(), "name"),
        (SocialSupervisor.objects.all(), "person"),
    ):  # fmt: skip
        yield from standing_in(text, rows, column)


def practitioners(case: Case) -> QuerySet[Practitioner]:
    """The person that the case is about, and everybody registered at its institution."""
    return Practitioner.objects.filter(pk=case.person) | Practitioner.objects.filter(
        registrations__institution=case.institution_id or ""
    )


def standing_in(
    text: str, rows: QuerySet[Practitioner] | QuerySet[Account] | QuerySet[SocialSupervisor], column: str
) -> Iterator[str]:
    """Of all these names, those that the text holds; the database looks for them."""
    whole = Value(text, output_field=TextField())
    long_enough = rows.alias(long=Length(column), whole=whole).filter(long__gte=SHORTEST)
    yield from long_enough.filter(whole__contains=F(column)).values_list(column, flat=True).distinct()


def codes(case: Case) -> Iterator[str]:
    """The person's, the members' of its findings, and those of their claims."""
    yield case.person
    for finding in case.findings.select_related("hearing__finding"):
        yield finding.hearing.finding.member
        yield finding.hearing.finding.claim
    yield from practitioners(case).values_list("code", flat=True)


def institutions(typical: TypicalCase, text: str) -> Iterator[str]:
    """Every institution that the text names, but the one that may be named."""
    whole = Value(text, output_field=TextField())
    others = Institution.objects.alias(whole=whole).exclude(pk=typical.institution_id or "")
    for column in ("name_zh", "name_en", "code"):
        named = others.exclude(**{column: ""}).filter(whole__icontains=F(column))
        yield from named.values_list(column, flat=True)
