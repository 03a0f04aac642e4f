"""A finding that was heard, upheld and refused, as its sum then stands in the ledger."""

from institutions.models import Account, Institution
from supervision.hearing import booked
from supervision.hearing.workflow import HEARING
from supervision.ledger.models import Item
from tests.hearing.heard import make_answerer, make_lines, upheld


def refused_by_review(
    place: Institution, first: Account, second: Account, month: str, amount: str, *, charge: str = "", **facts: str
) -> Item:
    """What review has refused to pay, demanded in the ledger."""
    finding = make_lines(amount, place=place, month=month, **facts)
    if charge:
        finding.lines.update(charge=charge)
    hospital = Account.objects.filter(institution=place).first() or make_answerer(place, f"answers_{place.pk}")
    hearing = HEARING.make(upheld(finding, first, second, hospital), "handle", by=second, measure="refuse", note="so")
    [item] = booked.items_of(hearing.lines.all()).values()
    return item
