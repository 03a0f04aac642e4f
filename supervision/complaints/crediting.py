"""Tells an institution's standing that a grievance was upheld, and names neither the complaint nor who made it."""

from django.utils import timezone
from django.utils.crypto import salted_hmac

from institutions import standing
from institutions.models import StandingFact
from supervision.moves import Made

from .models import Complaint, Kind, Outcome

TRUE = (Outcome.UPHELD, Outcome.PARTLY)
LONG = 12  # characters of the mark


def mark(complaint: Complaint) -> str:
    """Nobody without the site's key finds the complaint by it; a further one after it was taken back."""
    stem = f"TS-{salted_hmac('grievance on the credit record', complaint.number).hexdigest()[:LONG]}"
    before = StandingFact.objects.filter(record__startswith=stem).exclude(taken_back_on=None).count()
    return f"{stem}-{before + 1}"


def tell_standing(complaint: Complaint, made: Made[Complaint]) -> None:
    """goes on the institution's credit record where a grievance is true, under a mark that names nobody"""
    place = complaint.institution
    if complaint.kind == Kind.GRIEVANCE and complaint.outcome in TRUE and place is not None:
        standing.tell(StandingFact.Kind.GRIEVANCE, place, record=mark(complaint), happened_on=timezone.localdate())


def take_back(complaint: Complaint, made: Made[Complaint]) -> None:
    """comes off the institution's credit record while it is looked into again"""
    if complaint.institution is not None:
        kind, why = StandingFact.Kind.GRIEVANCE, "looked into again"
        standing.take_back(kind, complaint.institution, record=mark(complaint), because=why)
