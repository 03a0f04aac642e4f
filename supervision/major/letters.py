"""The letters of an interview: the notice and the minutes, served electronically."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Service
from supervision.moves import Made, MoveRefused

from .models import Interview


def notice(interview: Interview, made: Made[Interview]) -> Document:
    return write(
        "interview_notice", interview, made, reason=interview.reason, at=moment(made.facts["at"]),
        where=str(made.facts["where"]), person=str(made.facts["person"]),
    )  # fmt: skip


def minutes(interview: Interview, made: Made[Interview]) -> Document:
    said = interview.minutes
    if interview.commitments:
        said = f"{said}\n{interview.commitments}"
    return write(
        "interview_minutes", interview, made, at=moment(made.facts["at"]), present=interview.attendees, record=said,
        demand=interview.demand,
    )  # fmt: skip


def write(kind: str, interview: Interview, made: Made[Interview], **facts: str) -> Document:
    """Issue a letter of the bureau, which an institution reads under its letters from then on."""
    place, party = interview.place, interview.party
    with translation.override("zh-hans"):
        known = {"party": called(interview), "party_en": party.name_en, "place_en": place.name_en, **facts}
    try:
        document = issue(
            kind, place=place.pk, place_name=place.name_zh, about=interview.number,
            facts={name: text for name, text in known.items() if text}, by=made.by,
            address=interview.get_absolute_url(),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing
    serving.serve(
        document, to=called(interview), method=Service.Method.ELECTRONIC, by=made.by,
        institution=interview.institution_id or "",
    )  # fmt: skip
    return document


def called(interview: Interview) -> str:
    """The party as letters name it: of a place its department."""
    name = interview.party.name_zh
    return f"{name}医疗保障局" if interview.subject_place_id else name


def moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
