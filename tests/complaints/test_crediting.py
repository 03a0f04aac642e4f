"""A grievance that is true stands on the institution's credit record, under a mark that leads to nobody."""

import pytest

from credit import gathering
from credit.models import CreditEvent, Indicator
from institutions.models import StandingFact
from supervision.complaints import crediting
from supervision.complaints.models import Complaint, Kind, Outcome
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import THE_SITE
from tests.builders import make_institution
from tests.complaints.building import ComplaintDesk, make_complaint, verifying


def grieved(desk: ComplaintDesk, kind: str = Kind.GRIEVANCE) -> Complaint:
    complaint = verifying(make_complaint(kind=kind), desk)
    assert complaint.institution == make_institution()
    return complaint


def settled(desk: ComplaintDesk, outcome: str) -> Complaint:
    return COMPLAINT.make(grieved(desk), "settle", by=desk.chief, note="paid back", complaint_outcome=outcome)


@pytest.mark.parametrize(("outcome", "told"), [("upheld", 1), ("partly", 1), ("unfounded", 0), ("settled", 0)])
def test_only_what_is_true_is_told(desk_of_complaints: ComplaintDesk, outcome: str, told: int) -> None:
    assert outcome in Outcome.values
    complaint = settled(desk_of_complaints, outcome)
    rows = StandingFact.objects.filter(kind=StandingFact.Kind.GRIEVANCE)
    assert rows.count() == told
    assert not any(complaint.number in row.record for row in rows)
    assert not any(part in row.record for row in rows for part in complaint.number.split("-")[1:])


def test_it_counts_as_an_indicator_and_no_more_while_it_is_looked_into_again(
    desk_of_complaints: ComplaintDesk,
) -> None:
    complaint = settled(desk_of_complaints, "upheld")
    place = complaint.institution
    assert place is not None
    gathering.gather(place)
    assert CreditEvent.objects.get().indicator == Indicator.GRIEVANCE
    first = crediting.mark(complaint)
    objected = COMPLAINT.make(complaint, "object", by=THE_SITE, note="it is not")
    made = COMPLAINT.make(objected, "take_up_again", by=desk_of_complaints.other_chief, note="so be it")
    assert made.outcome == ""
    gathering.gather(place)
    assert not CreditEvent.objects.standing().exists()
    assert crediting.mark(complaint) != first
