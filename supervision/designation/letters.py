"""The letters of applications and agreements: in the agency's name, served on the institution electronically."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.documents import serving
from supervision.documents.issuing import Office, issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Party, Service
from supervision.moves import MoveRefused

from .models import Application, Assessment, Contract


def write(kind: str, subject: Application | Contract, *, by: Account | None, **facts: object) -> Document:
    """Issue a letter of the agency, which the institution reads under its documents from then on."""
    institution, insurer, area = subject.institution, subject.insurer, subject.insurer.pooling_area
    known: dict[str, object] = {
        "party": institution.name_zh, "party_en": institution.name_en, "agency": insurer.name_zh,
        "agency_en": insurer.name_en, "place_en": area.name_en,
        "deadline": timezone.localdate(subject.clock.due_at) if subject.clock else None,
    }  # fmt: skip
    with translation.override("zh-hans"):
        told = {name: text for name, fact in {**known, **facts}.items() if (text := written(fact))}
    try:
        document = issue(
            kind, place=area.pk, place_name=area.name_zh, about=str(subject), facts=told, by=by,
            address=subject.get_absolute_url(), office=Office(Party.HANDLING, insurer.name_zh, insurer.name_en),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing
    method = Service.Method.ELECTRONIC
    serving.serve(document, to=institution.name_zh, method=method, by=by, institution=institution.pk)
    return document


def department_of(subject: Application | Contract) -> dict[str, object]:
    """The department of the same level, as letters to it name it."""
    area = subject.insurer.pooling_area
    return {
        "department": f"{area.name_zh}医疗保障局",
        "department_en": f"Medical security department of {area.name_en}",
    }


def written(fact: object) -> str:
    """A fact as letters take it: plain figures, days as 2026-03-01."""
    if isinstance(fact, Decimal):
        return f"{fact:.2f}"
    if isinstance(fact, date):
        return fact.isoformat()
    return "" if fact is None else str(fact)


def rows(*lines: Sequence[object]) -> str:
    """Lines of a table; what stands in a cell never begins another."""
    return "\n".join(" | ".join(" ".join(str(cell).replace("|", "／").split()) for cell in line) for line in lines)


def scores(round_: Assessment) -> dict[str, str]:
    """The sheet as the letter shows it, in both tongues."""
    found = list(round_.scores.select_related("criterion"))
    return {
        "lines": rows(
            ("评估项目", "满分", "得分"),
            *((one.criterion.name_zh, one.criterion.points, one.points) for one in found),
            ("合计（合格分数）", round_.needed, round_.sum),
        ),
        "lines_en": rows(
            ("Criterion", "Of", "Points"),
            *((one.criterion.name_en, one.criterion.points, one.points) for one in found),
            ("Total (needed)", round_.needed, round_.sum),
        ),
    }
