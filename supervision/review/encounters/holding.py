"""Finds the encounter that a message speaks of and holds it until the message is taken: two at once both count."""

from django.db import connection

from institutions.models import Institution
from supervision.review.messages import Envelope, MessageRefused
from supervision.review.models import Encounter, Reversal


def held(place: Institution, number: str, member: str, where: str) -> Encounter:
    """The encounter, told of for the first time where nobody has spoken of it; it stays one person's."""
    told = Encounter.objects.select_for_update().filter(institution=place, number=number)
    found: Encounter | None = told.first()
    if found is None:
        first = Encounter(institution=place, number=number, member=member)
        Encounter.objects.bulk_create([first], ignore_conflicts=True)
        found = Encounter.objects.select_for_update().get(institution=place, number=number)
    check_person(found, member, where)
    found.member = found.member or member
    return found


def check_person(encounter: Encounter, member: str, where: str) -> None:
    """An encounter is one person's."""
    if member and encounter.member and member != encounter.member:
        raise MessageRefused(where, f"is another person than {encounter.number} is the encounter of")


def reversal_of(envelope: Envelope, place: Institution) -> Reversal | None:
    """Whether this message was undone before it came. Until we are done, nobody undoes it."""
    alone_with(place, envelope.msgid)
    return Reversal.objects.filter(institution=place, msgid=envelope.msgid).first()


def alone_with(place: Institution, msgid: str) -> None:
    """Whoever takes a message and whoever undoes it wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{place.pk} {msgid}"])
