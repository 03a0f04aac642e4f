"""The letter that asks another region: under the head of the region that asks, to the department of the other."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Service
from supervision.moves import Made, MoveRefused

from .models import Request


def asks(request: Request, made: Made[Request]) -> None:
    """issues assistance_letter and serves it on the region that is asked"""
    place, to = request.from_place, request.to_place
    assert request.clock is not None
    with translation.override("zh-hans"):
        facts = {
            "to": f"{to.name_zh}医疗保障局", "to_en": f"Medical security department of {to.name_en}",
            "case": f"异地就医违规线索（{request.number}）",
            "case_en": f"a matter of care away from home ({request.number})",
            "facts": f"{request.institution.name_zh}，{request.get_question_display()}", "request": request.words,
            "deadline": timezone.localdate(request.clock.due_at).isoformat(), "place_en": place.name_en,
        }  # fmt: skip
    try:
        document = issue(
            "assistance_letter", place=place.pk, place_name=place.name_zh, about=request.number,
            facts={name: text for name, text in facts.items() if text}, by=made.by, address=request.get_absolute_url(),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing
    serving.serve(document, to=facts["to"], method=Service.Method.ELECTRONIC, by=made.by)
