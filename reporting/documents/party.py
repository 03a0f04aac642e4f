"""Whom a letter is for: which kinds go to the party, and which institution the letter is about."""

from supervision.cases.models import Case, Proceeding
from supervision.documents.models import Document
from supervision.hearing.models import Hearing

# What the office writes for itself, or to a court or another department: no institution is served with it.
NOT_FOR_THE_PARTY = frozenset(
    {
        "filing_approval", "legal_review_opinion", "collective_discussion", "closing_approval", "suspension_request",
        "enforcement_application", "refund_enforcement", "transfer_letter", "supervision_request", "discipline_letter",
        "assistance_letter",
    }
)  # fmt: skip


def for_the_party(document: Document) -> bool:
    return document.kind not in NOT_FOR_THE_PARTY


def institution_of(document: Document) -> str:
    """The code of the institution that the letter is about; empty where it is about none."""
    kind, _space, number = document.about.partition(" ")
    if kind == "hearing" and number.isdecimal():
        found = Hearing.objects.filter(pk=int(number)).values_list("institution", flat=True).first()
    else:
        found = (
            Case.objects.filter(number=document.about).values_list("institution", flat=True).first()
            or Proceeding.objects.filter(number=document.about).values_list("case__institution", flat=True).first()
        )
    return found or ""
