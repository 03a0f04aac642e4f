"""Answers a message of any kind as the desk would, and keeps nothing of it."""

from django.db import transaction
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act

from . import reviewing
from .choices import handling
from .messages import ASKING, Asked, MessageRefused, read


def answer(body: bytes, *, institution: str = "") -> reviewing.Answer:
    """The answer to a message of an institution, or of the one that it names.

    What tells something is taken by the same acts, in a transaction that is rolled back.
    """
    begun = timezone.localtime()
    area = ""
    try:
        message = read(body)
        said = message.envelope.institution
        if institution and said and said != institution:
            raise MessageRefused("fixmedins_code", f"is {said}, but this is {institution}")
        place = Institution.objects.filter(pk=institution or said).first()
        if place is None:
            raise MessageRefused("fixmedins_code", f"{said or 'nothing'} is not known here")
        area = str(place.division_id)
        if message.envelope.infno in ASKING:
            result = handling.as_wanted(reviewing.outcome(message, place), place)
            return reviewing.envelope(begun, area, 0, output={"result": result})
        with transaction.atomic():
            try:
                return reviewing.once(message, place, body, begun)
            finally:
                transaction.set_rollback(True)
    except MessageRefused as refusal:
        return reviewing.envelope(begun, area, 0, error=str(refusal))


def show(body: bytes, *, by: Account) -> reviewing.Answer:
    """The answer to somebody of the institution. A remark may tell of a person's claims: who asked is written down."""
    said = answer(body, institution=by.institution_id or "")
    if not said["infcode"] and (members := _asked_about(body)):
        record(Act.READ, by, "sandbox", members=members)
    return said


def _asked_about(body: bytes) -> list[str]:
    """The persons whose claims the rules looked at."""
    data = read(body).data
    return [one.patn_id or one.curr_mdtrt_id for one in data.patient_dtos] if isinstance(data, Asked) else []
