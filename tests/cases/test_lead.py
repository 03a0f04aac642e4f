import pytest
from django.utils import timezone

from supervision.cases.models import Case, Proceeding
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.lead import LEAD
from supervision.cases.workflows.penalty import PENALTY
from supervision.documents.models import Document
from supervision.moves import MoveRefused, TooLate
from tests.cases.office import Office, filed, make_case, make_officer, make_upheld, verified


def test_filing_takes_another_person_than_who_proposed_it(office: Office) -> None:
    case = verified(make_case(office), office)
    office.first.duties = [*office.first.duties, "decide"]
    office.first.save()
    with pytest.raises(MoveRefused, match="Who handles a case"):
        LEAD.make(case, "file", by=office.first)
    case = LEAD.make(case, "file", by=office.chief)
    assert (case.state, case.approver) == ("filed", office.chief)


def test_filing_opens_the_penalty_with_its_letter_and_its_ninety_days(office: Office) -> None:
    case = make_case(office, make_upheld(office))
    penalty = filed(case, office)
    assert (penalty.number, penalty.state) == (f"{case.number}-P1", "filed")
    assert penalty.overall_clock is not None
    assert penalty.overall_clock.limit.code == "P05"
    letter = Document.objects.get(about=penalty.number)
    assert letter.kind == "filing_approval"
    assert case.number in letter.text_zh


def test_who_decides_otherwise_than_proposed_says_why(office: Office) -> None:
    case = verified(make_case(office), office, proposal="file")
    with pytest.raises(MoveRefused, match="proposed otherwise"):
        LEAD.make(case, "handle", by=office.chief)
    assert LEAD.make(case, "handle", by=office.chief, note="a first, small breach").state == "agreement_handling"


def test_nothing_is_decided_that_nobody_proposed(office: Office) -> None:
    case = verified(make_case(office), office)
    LEAD.make(case, "return", by=office.chief, note="look at April too")
    with pytest.raises(MoveRefused, match="not yet proposed"):
        LEAD.make(case, "file", by=office.chief)


def test_a_deadline_of_filing_is_kept_or_missed_by_the_decision(office: Office) -> None:
    case = verified(make_case(office), office)
    case = LEAD.make(case, "no_problem", by=office.chief, note="all in order")
    assert case.overall_clock is not None
    assert case.overall_clock.state == "met"


def fed_back(case: Case, office: Office) -> Case:
    return LEAD.make(case, "feed_back", by=office.first, result="told the complainant")


def test_a_case_is_archived_only_when_its_proceedings_are_closed(office: Office) -> None:
    case = verified(make_case(office), office, proposal="handle")
    case = LEAD.make(case, "handle", by=office.chief)
    measure = open_proceeding(case, "interview", by=office.first, note="bad records")
    case = fed_back(case, office)
    with pytest.raises(MoveRefused, match=measure.number):
        LEAD.make(case, "archive", by=office.first)
    type(measure).objects.filter(pk=measure.pk).update(closed_at=timezone.now())
    assert LEAD.make(case, "archive", by=office.first).state == "archived"


def test_a_case_is_archived_only_when_its_money_is_settled(office: Office) -> None:
    case = verified(make_case(office, make_upheld(office, "1000.00")), office, proposal="handle")
    case = LEAD.make(case, "handle", by=office.chief)
    with pytest.raises(MoveRefused, match=r"500\.00"):
        LEAD.make(fed_back(case, office), "archive", by=office.first)


def test_in_an_archived_case_nothing_is_opened(office: Office) -> None:
    case = verified(make_case(office), office, proposal="no_problem")
    case = fed_back(LEAD.make(case, "no_problem", by=office.chief, note="all in order"), office)
    LEAD.make(case, "archive", by=office.first)
    with pytest.raises(MoveRefused, match="archived"):
        open_proceeding(case, "interview", by=office.first, note="after all")


def test_proceedings_of_a_kind_are_counted_within_their_case(office: Office) -> None:
    case = verified(make_case(office), office)
    numbers = [open_proceeding(case, "interview", by=office.first, note="again").number for _time in range(2)]
    assert numbers == [f"{case.number}-I1", f"{case.number}-I2"]
    with pytest.raises(MoveRefused, match="duty"):
        open_proceeding(case, "interview", by=make_officer("reader", "read"), note="me too")  # type: ignore[arg-type]


def test_of_two_who_looked_at_the_same_lead_the_second_is_told(office: Office) -> None:
    case = make_case(office)
    LEAD.make(case, "triage", by=office.first, note="worth a look", turn=0)
    with pytest.raises(TooLate, match="first"):
        LEAD.make(case, "triage", by=office.second, note="worth a look", turn=0)


def test_a_case_whose_penalty_ended_without_one_is_taken_up_again(penalty: Proceeding, office: Office) -> None:
    case = penalty.case
    with pytest.raises(MoveRefused, match=penalty.number):
        LEAD.make(case, "reopen", by=office.chief, note="by the agreement then")
    ended = PENALTY.make(penalty, "end", by=office.chief, note="nothing in it")
    PENALTY.make(ended, "close", by=office.chief, note="ended", result="none")
    assert LEAD.make(case, "reopen", by=office.chief, note="by the agreement then").state == "verifying"
