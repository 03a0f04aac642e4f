"""The letters of a proceeding: issued by its moves, from what the case knows and what was told with the move."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.offices import office_of
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Service
from supervision.moves import Effect, Made, MoveRefused

from .models import Proceeding

Told = Callable[[Proceeding, Made[Proceeding]], Mapping[str, object]]


def known(proceeding: Proceeding) -> dict[str, object]:
    """What any letter may say of a proceeding. In Chinese: that is the tongue that counts."""
    case, clock = proceeding.case, proceeding.clock
    return {
        "party": case.institution.name_zh if case.institution else case.person,
        "party_en": case.institution.name_en if case.institution else "",
        "place_en": case.place.name_en,
        "case": f"{case.title}（{case.number}）",
        "title": case.title,
        "facts": case.facts,
        "deadline": timezone.localdate(clock.due_at) if clock else None,
    }


def named(proceeding: Proceeding, kind: str) -> str:
    """The last letter of a kind as a later one names it: by its title and reference."""
    document = Document.objects.filter(about=str(proceeding), kind=kind).order_by("-pk").first()
    return f"《{title_of(document)}》（{document.reference}）" if document else ""


def title_of(document: Document) -> str:
    """Its second paragraph, below the office."""
    return document.text_zh.split("\n\n")[1]


def written(fact: object) -> str:
    """A fact as letters take it: plain figures, days as 2026-03-01."""
    if isinstance(fact, Decimal):
        return f"{fact:.2f}"
    if isinstance(fact, datetime):
        return timezone.localtime(fact).strftime("%Y-%m-%dT%H:%M")
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, (list, tuple)):
        return "\n".join(str(part) for part in fact)
    return "" if fact is None else str(fact)


def write(kind: str, proceeding: Proceeding, made: Made[Proceeding], **more: object) -> Document:
    """Issue a letter of this kind, or refuse the move that needs it."""
    case = proceeding.case
    with translation.override("zh-hans"):
        facts = {**known(proceeding), "note": made.note, **made.facts, **more}
        told = {name: text for name, fact in facts.items() if (text := written(fact))}
    try:
        return issue(
            kind, place=case.place_id, place_name=case.place.name_zh, about=str(proceeding), facts=told, by=made.by,
            address=proceeding.get_absolute_url(), office=office_of(made.by),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing


def issues(kind: str, told: Told | None = None) -> Effect[Proceeding]:
    """The move issues a letter of this kind."""

    def issuing(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        write(kind, proceeding, made, **(told(proceeding, made) if told else {}))

    issuing.__doc__ = f"issues {kind}"
    return issuing


def sends(kind: str, told: Told | None = None) -> Effect[Proceeding]:
    """The move issues a letter of this kind, which the case's institution reads under its documents from then on."""

    def sending(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        letter = write(kind, proceeding, made, **(told(proceeding, made) if told else {}))
        institution = proceeding.case.institution
        if institution is not None:
            method = Service.Method.ELECTRONIC
            serving.serve(letter, to=institution.name_zh, method=method, by=made.by, institution=institution.pk)

    sending.__doc__ = f"issues {kind} and serves it electronically"
    return sending
