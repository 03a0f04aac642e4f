import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases import officers
from supervision.cases.models import Case, Officer, Recusal
from supervision.cases.workflows.lead import LEAD
from supervision.moves import BeyondReach, MoveRefused
from tests.cases.office import Office, assigned, make_case, make_officer, verified


def assign(case: Case, office: Office, *names: Account) -> Case:
    case = LEAD.make(case, "triage", by=office.first, note="worth a look")
    return LEAD.make(case, "assign", by=office.chief, officers=[account.username for account in names])


def recused(case: Case, office: Office) -> Recusal:
    asked = officers.ask_recusal(
        case, office.second, asked_for="respondent", reason="his brother works there", by=office.first
    )
    return officers.decide_recusal(asked, granted=True, reason="so it is", by=office.chief)


def test_a_case_is_handled_by_two_at_least(office: Office) -> None:
    with pytest.raises(MoveRefused, match="two officers"):
        assign(make_case(office), office, office.first)
    with pytest.raises(MoveRefused, match="two officers"):
        assign(make_case(office), office, office.first, office.first)
    assert not Officer.objects.exists()


def test_only_officers_of_the_territory_handle_it(office: Office) -> None:
    foreign = make_officer("foreign", territory="990200")
    for other in (foreign, office.chief, office.hospital):
        with pytest.raises(MoveRefused, match=r"territory|duty"):
            assign(make_case(office), office, office.first, other)


def test_who_must_step_aside_takes_no_part_any_more(office: Office) -> None:
    case = assigned(make_case(office), office)
    recused(case, office)
    assert officers.acting(case) == [office.first]
    with pytest.raises(MoveRefused, match="two officers"):
        LEAD.make(case, "verify", by=office.first)
    with pytest.raises(MoveRefused, match="Only an officer"):
        LEAD.make(case, "verify", by=office.second)
    third = make_officer("third")
    with pytest.raises(MoveRefused, match="stepped aside"):
        officers.replace(case, office.first, office.second, reason="ill", by=office.chief)
    officers.replace(case, office.first, third, reason="ill", by=office.chief)
    assert officers.acting(case) == [third]


def test_the_person_in_charge_decides_and_never_who_asked(office: Office) -> None:
    case = assigned(make_case(office), office)
    asked = officers.ask_recusal(case, office.second, asked_for="found", reason="an interest", by=office.chief)
    with pytest.raises(MoveRefused, match="second person"):
        officers.decide_recusal(asked, granted=True, reason="yes", by=office.chief)
    with pytest.raises(MoveRefused, match="duty"):
        officers.decide_recusal(asked, granted=True, reason="yes", by=office.first)
    head = make_officer("head", Duty.DECIDE)
    assert officers.decide_recusal(asked, granted=False, reason="no interest", by=head).granted is False
    assert office.second in officers.acting(case)
    with pytest.raises(MoveRefused, match="decided already"):
        officers.decide_recusal(asked, granted=True, reason="after all", by=head)


def test_nothing_is_decided_while_a_request_to_step_aside_is_open(office: Office) -> None:
    case = verified(make_case(office), office)
    officers.ask_recusal(case, office.second, asked_for="respondent", reason="an interest", by=office.first)
    with pytest.raises(MoveRefused, match="step aside"):
        LEAD.make(case, "file", by=office.chief)


def test_from_elsewhere_there_is_no_case(office: Office) -> None:
    case = assigned(make_case(office), office)
    foreign = make_officer("foreign", Duty.DECIDE, territory="990200")
    with pytest.raises(BeyondReach):
        officers.replace(case, office.first, office.second, reason="ill", by=foreign)
    with pytest.raises(BeyondReach):
        officers.ask_recusal(case, office.first, asked_for="found", reason="so", by=foreign)


def test_the_database_keeps_it_too(office: Office) -> None:
    case = assigned(make_case(office), office)
    row = case.officers.get(account=office.first)
    with pytest.raises(IntegrityError, match="an_officer_once_a_case"), transaction.atomic():
        Officer.objects.create(case=case, account=office.first, named_by=office.chief)
    with pytest.raises(IntegrityError, match="recused_is_no_officer"), transaction.atomic():
        Officer.objects.filter(pk=row.pk).update(recused=True, reason="an interest")
    with pytest.raises(IntegrityError, match="recusal_gives_its_reason"), transaction.atomic():
        Officer.objects.filter(pk=row.pk).update(recused=True, until=timezone.now())
    with pytest.raises(IntegrityError, match="case_decided_by_another"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(handler=office.first, approver=office.first)
