"""How a complaint is found by its number, for pages that link to matters of the house."""

from institutions.models import Account
from supervision.cases.linking import Matter

from .models import Complaint


def complaint(account: Account, number: str) -> Matter | None:
    """For who handles complaints or decides on them; for others there is none. It tells no more than the number."""
    found = Complaint.objects.visible_to(account).filter(number=number).first()
    return Matter("complaint", found.number, "", found.get_absolute_url()) if found else None
