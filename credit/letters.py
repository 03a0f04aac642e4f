"""The letters of credit: numbered, in the bureau's name; an institution reads them under its documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from institutions.models import Account, Division, Institution
from institutions.offices import office_of
from supervision.cases.letters import written
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Service
from supervision.moves import MoveRefused

from .models import Evaluation, Indicator, Matter, Measure, Rating, Repair, Tier


def send(kind: str, institution: Institution, *, about: str, address: str, by: Account, **facts: object) -> Document:
    """Issue a letter to an institution, and serve it electronically."""
    known: dict[str, object] = {"party": institution.name_zh, "party_en": institution.name_en}
    letter = write(kind, institution.division, about=about, address=address, by=by, **{**known, **facts})
    method = Service.Method.ELECTRONIC
    serving.serve(letter, to=institution.name_zh, method=method, by=by, institution=institution.pk)
    return letter


def write(kind: str, place: Division, *, about: str, address: str, by: Account, **facts: object) -> Document:
    with translation.override("zh-hans"):
        told = {name: text for name, fact in {"place_en": place.name_en, **facts}.items() if (text := written(fact))}
    try:
        return issue(
            kind, place=place.pk, place_name=place.name_zh, about=about, facts=told, by=by, address=address,
            office=office_of(by),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(str(missing)) from missing


def table(*lines: Sequence[object]) -> str:
    """Lines of a table; what stands in a cell never begins another."""
    return "\n".join(" | ".join(" ".join(str(cell).replace("|", "／").split()) for cell in line) for line in lines)


# --- Evaluations and repairs ----------------------------------------------------------------------------


def show_evaluation(evaluation: Evaluation, *, by: Account) -> Document:
    """The grade as it would be, every point with its record, and by when to object."""
    return send(
        "credit_shown", evaluation.institution, about=evaluation.number, address=evaluation.get_absolute_url(), by=by,
        evaluation=evaluation.number, as_of=evaluation.as_of, deadline=evaluation.object_until,
        **outcome(evaluation), **points_of(evaluation),
    )  # fmt: skip


def answer_objection(evaluation: Evaluation, *, corrected: bool, by: Account) -> Document:
    return send(
        "credit_answer", evaluation.institution, about=evaluation.number, address=evaluation.get_absolute_url(), by=by,
        evaluation=evaluation.number, result="予以更正" if corrected else "维持原评价",
        result_en="corrected" if corrected else "upheld", answer=evaluation.answer, **outcome(evaluation),
    )  # fmt: skip


def decide_repair(repair: Repair, *, granted: bool, by: Account) -> Document:
    return send(
        "credit_repair", repair.institution, about=repair.number, address=repair.get_absolute_url(), by=by,
        repair=repair.number, record=repair.event.record, applied=repair.applied_on, answer=repair.answer,
        result="准予修复" if granted else "不予修复", result_en="granted" if granted else "refused",
    )  # fmt: skip


def outcome(evaluation: Evaluation) -> Mapping[str, object]:
    if evaluation.letter:
        return {
            "grade": f"{evaluation.letter}（{evaluation.points}分）",
            "grade_en": f"{evaluation.letter} ({evaluation.points} points)",
        }
    return {"grade": "不参加评价", "grade_en": "not evaluated"}


def points_of(evaluation: Evaluation) -> Mapping[str, str]:
    """The table of points in both tongues; nothing where no record counts."""
    if not evaluation.reckoned:
        return {}
    return {
        "lines": lines(evaluation, "zh-hans", "指标", "记录", "分值"),
        "lines_en": lines(evaluation, "en", "Indicator", "Record", "Points"),
    }


def lines(evaluation: Evaluation, tongue: str, *head: str) -> str:
    with translation.override(tongue):
        rows: list[Any] = [
            (Indicator(row["indicator"]).label, row["record"], row["points"]) for row in evaluation.reckoned
        ]
    return table(head, *rows)


# --- Enterprises ----------------------------------------------------------------------------------------


def tell_enterprise(subject: Rating, *, by: Account) -> Document:
    """By post: an enterprise has no account here."""
    fact = subject.fact
    letter = write(
        "enterprise_rating", subject.place, about=subject.number, address=subject.get_absolute_url(), by=by,
        party=fact.enterprise.name_zh, code=fact.enterprise_id, record=fact.record, known=fact.known_on,
        deadline=subject.object_until, page=f"{settings.SITE_URL.rstrip('/')}{reverse('grades:own_ratings')}",
        **rated_as(subject, "zh-hans", ""), **rated_as(subject, "en", "_en"),
    )  # fmt: skip
    serving.serve(letter, to=fact.enterprise.name_zh, method=Service.Method.POST, by=by)
    return letter


def rated_as(subject: Rating, tongue: str, end: str) -> dict[str, str]:
    with translation.override(tongue):
        needed = "\n".join(f"{number}. {Measure(code).label}" for number, code in enumerate(subject.needed, 1))
        return {
            f"matter{end}": str(Matter(subject.fact.matter).label), f"tier{end}": str(Tier(subject.tier).label),
            f"measures{end}": needed,
        }  # fmt: skip
