"""Finds a matter of the house by its number. Apps above say how theirs are found when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from institutions.models import Account, Institution
from supervision.monitoring.models import Finding
from supervision.monitoring.terms import rule_title

from .models import Case


@dataclass(frozen=True)
class Matter:
    """What is found: its kind, its number, what it is called and where its page is."""

    kind: str
    number: str
    title: str
    address: str


Finder = Callable[[Account, str], Matter | None]  # looks only at what the account sees


def case(account: Account, number: str) -> Matter | None:
    found = Case.objects.visible_to(account).filter(number=number).first()
    return Matter("case", found.number, found.title, found.get_absolute_url()) if found else None


def finding(account: Account, number: str) -> Matter | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    found = Finding.objects.visible_to(account).filter(pk=int(number)).first()
    return (
        Matter("finding", number, rule_title(found.rule), reverse("monitoring:finding", args=[found.pk]))
        if found
        else None
    )


def institution(account: Account, number: str) -> Matter | None:
    found = Institution.objects.visible_to(account).filter(pk=number).first()
    return Matter("institution", found.pk, str(found), found.get_absolute_url()) if found else None


FINDERS: dict[str, Finder] = {"case": case, "finding": finding, "institution": institution}


def find(account: Account, number: str, kind: str = "") -> Matter | None:
    """The first matter of that number that the account sees; of one kind, where it is known."""
    if "\0" in number:
        return None
    finders = [FINDERS[kind]] if kind in FINDERS else FINDERS.values()
    return next((found for finder in finders if (found := finder(account, number)) is not None), None)
