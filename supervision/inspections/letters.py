"""The letters of an inspection: numbered, in the bureau's name; those to the institution stand under its documents."""

from collections.abc import Callable, Mapping, Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.models import Account
from institutions.offices import office_of
from supervision.cases.letters import written
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Service
from supervision.moves import Effect, Made, MoveRefused

from . import voting
from .models import Fact, Inspection

Told = Callable[[Inspection, Made[Inspection]], Mapping[str, object]]
LAW = "《医疗保障基金使用监督管理条例》"


def write(kind: str, inspection: Inspection, *, by: Account, **facts: object) -> Document:
    """Issue a letter of this kind, or refuse the move that needs it."""
    institution, place = inspection.institution, inspection.place
    assert institution is not None
    officers = [str(one) for one in inspection.members.officers().select_related("inspector__account")]
    known: dict[str, object] = {
        "party": institution.name_zh, "party_en": institution.name_en, "place_en": place.name_en,
        "officers": "、".join(officers), "scope": inspection.scope, "basis": f"{LAW}第二十七条",
        "case": f"{inspection.get_mode_display()}（{inspection.number}）",
    }  # fmt: skip
    with translation.override("zh-hans"):
        known["case"] = f"{inspection.get_mode_display()}（{inspection.number}）"
        told = {name: text for name, fact in {**known, **facts}.items() if (text := written(fact))}
    try:
        return issue(
            kind, place=place.pk, place_name=place.name_zh, about=str(inspection), facts=told, by=by,
            address=inspection.get_absolute_url(), office=office_of(by),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing


def serve(letter: Document, inspection: Inspection, *, by: Account) -> None:
    assert inspection.institution is not None
    serving.serve(
        letter, to=inspection.institution.name_zh, method=Service.Method.ELECTRONIC, by=by,
        institution=inspection.institution.pk,
    )  # fmt: skip


def issues(kind: str, told: Told | None = None, *, served: bool = False) -> Effect[Inspection]:
    """The move issues a letter of this kind; served, the institution reads it under its documents."""

    def issuing(inspection: Inspection, made: Made[Inspection]) -> None:
        letter = write(kind, inspection, by=made.by, **{**made.facts, **(told(inspection, made) if told else {})})
        if served:
            serve(letter, inspection, by=made.by)

    issuing.__doc__ = f"issues {kind}{' and serves it electronically' if served else ''}"
    return issuing


def serves_the_notice(inspection: Inspection, made: Made[Inspection]) -> None:
    """issues inspection_notice and serves it, where it was not served before"""
    if inspection.notified_at is None:
        day = made.facts.get("on") or timezone.localdate()
        serve(write("inspection_notice", inspection, by=made.by, from_day=day), inspection, by=made.by)
        inspection.notified_at = timezone.now()


def of_feedback(inspection: Inspection, made: Made[Inspection]) -> Mapping[str, object]:
    assert inspection.clock is not None
    facts = list(inspection.facts.prefetch_related("charges"))
    nothing = ("–", "未发现问题", "–", "–")
    return {
        "lines": table([cells(fact) for fact in facts] or [nothing]),
        "deadline": timezone.localdate(inspection.clock.due_at),
    }


def of_decision(inspection: Inspection, made: Made[Inspection]) -> Mapping[str, object]:
    """Who has voted how on what is disputed."""
    present = [str(one) for one in inspection.members.officers().select_related("inspector__account")]
    said: list[str] = []
    for fact in inspection.facts.filter(answer=Fact.Answer.DISPUTED):
        said += [
            f"{fact.number}. {one.member}：{'成立' if one.stands else '不成立'}，{one.reason}"
            for one in fact.votes.select_related("member__inspector__account")
        ]
    stands = [str(fact.number) for fact in voting.standing_facts(inspection)]
    return {
        "at": timezone.now(),
        "present": "、".join(present),
        "record": "\n".join(said) or "无争议问题",
        "conclusion": f"认定成立的问题：{'、'.join(stands) or '无'}。{made.note}",
    }


def decides(inspection: Inspection, made: Made[Inspection]) -> None:
    """keeps what stands, and issues collective_discussion where something was disputed"""
    for fact in inspection.facts.all():
        fact.outcome = Fact.Outcome.STANDS if voting.stands(fact) else Fact.Outcome.DROPPED
        fact.save(update_fields=["outcome"])
    if inspection.facts.filter(answer=Fact.Answer.DISPUTED).exists():
        write("collective_discussion", inspection, by=made.by, **of_decision(inspection, made))
    inspection.concluded_on = timezone.localdate()


def cells(fact: Fact) -> tuple[object, ...]:
    amount = sum(one.suspected for one in fact.charges.all())
    return fact.number, fact.words, fact.norm, f"{amount:,.2f}" if amount else "–"


def table(lines: Sequence[Sequence[object]]) -> str:
    """Lines of a table; what stands in a cell never begins another."""
    return "\n".join(" | ".join(" ".join(str(cell).replace("|", "／").split()) for cell in line) for line in lines)


def told_standing(facts: Sequence[Fact]) -> str:
    return "\n".join(f"{fact.number}. {fact.words}（{fact.norm}）" for fact in facts)
