"""The letters about a record: to the institution, which hands them on to the person."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.models import Account
from institutions.offices import office_of
from supervision.cases.letters import written
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.models import Service
from supervision.documents.wording import written as in_words
from supervision.moves import Made

from . import standing
from .models import Disqualification, ScoreRecord
from .models.rules import Threshold


def own_address(record: ScoreRecord) -> str:
    """The record on the institution's side."""
    return reverse("own_points:record", args=[record.number])


def send(kind: str, record: ScoreRecord, *, by: Account | None, **more: object) -> None:
    """Issue a letter in the agency's name and serve it on the institution, which reads it under its documents."""
    with translation.override("zh-hans"):
        facts = {name: written(fact) for name, fact in {**known(record, by), **more}.items()}
    letter = issue(
        kind, place=record.place_id, place_name=record.place.name_zh, about=record.number, by=by, office=office_of(by),
        facts={name: text for name, text in facts.items() if text}, address=record.get_absolute_url(),
    )  # fmt: skip
    serving.serve(
        letter,
        to=record.institution.name_zh,
        method=Service.Method.ELECTRONIC,
        by=by,
        institution=record.institution_id,
    )


def known(record: ScoreRecord, by: Account | None) -> Mapping[str, object]:
    """What any letter may say of a record, each name with its English twin where it has one."""
    place, matter, degree = record.place, record.matter, record.responsibility
    office = office_of(by)
    return {
        "party": record.institution.name_zh, "party_en": record.institution.name_en, "place_en": place.name_en,
        "agency": office.name_zh or f"{place.name_zh}医疗保障局", "agency_en": office.name_en or "the agency",
        "person": f"{record.practitioner.name}（{record.practitioner_id}）", "ground": record.proceeding.number,
        "matter": matter.name_zh, "matter_en": matter.name_en, "responsibility": degree.name_zh,
        "responsibility_en": degree.name_en, "points": record.points, "facts": record.facts, "answer": record.answer,
        "person_en": f"{record.practitioner.name} ({record.practitioner_id})",
    }  # fmt: skip


def what_follows(record: ScoreRecord) -> Mapping[str, object]:
    """The person's sum, and the days held back from now on."""
    today = timezone.localdate()
    now = standing.standing(record.practitioner, on=today)
    coming = Disqualification.objects.standing().filter(practitioner=record.practitioner, record=record)
    said = "；".join(held_zh(one) for one in coming)
    said_en = "; ".join(held_en(one) for one in coming)
    if not said and now.interview:
        said = "由你单位对其约谈，并作为重点监管对象"
        said_en = "the institution interviews the person, who is watched closely from now on"
    return {"total": now.points, "consequence": said, "consequence_en": said_en}


def held_zh(hold: Disqualification) -> str:
    since = day(hold.since, "zh_Hans")
    if hold.kind == Threshold.Kind.TERMINATED:
        return f"自{since}起终止医保支付资格，{day(hold.barred_until, 'zh_Hans')}（含）前不得再次登记备案"
    return f"自{since}至{day(hold.until, 'zh_Hans')}暂停医保支付资格"


def held_en(hold: Disqualification) -> str:
    since = day(hold.since, "en")
    if hold.kind == Threshold.Kind.TERMINATED:
        until = day(hold.barred_until, "en")
        return f"payment qualification terminated from {since} on, no new registration until {until}"
    return f"payment qualification suspended from {since} to {day(hold.until, 'en')}"


def day(value: object, tongue: str) -> str:
    return in_words(str(value), "day", tongue)


def why(made: Made[ScoreRecord]) -> str:
    """The note, or that the handling fell on which the points rested."""
    with translation.override("zh-hans"):
        return made.note or _("The handling of the institution that the points rested on was annulled.")
