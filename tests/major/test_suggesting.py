"""What reaches a level by the house's own figures is proposed; a person takes it up or leaves it."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from supervision.cases.models import CaseFinding
from supervision.hearing.models import Hearing
from supervision.major import suggesting
from supervision.major.models import Issue
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_case, make_upheld
from tests.cases.office import make_office as make_case_office
from tests.major.office import Office

pytestmark = pytest.mark.django_db


def case_of(lost: str, sign: str = "c", territory: str = "990100") -> str:
    """A case whose one finding cost the fund so much."""
    at = make_case_office(territory, sign)
    case = make_case(at, make_upheld(at))
    Hearing.objects.filter(in_case__case=case).update(
        fund_confirmed=Decimal(lost), confirmed=Decimal(lost), suspected=Decimal(lost)
    )
    return case.number


@pytest.mark.parametrize(("lost", "level"), [("99999.99", None), ("100000.00", 3), ("1000000.00", 2), ("10000000", 1)])
def test_a_case_is_proposed_by_what_the_fund_lost(office: Office, lost: str, level: int | None) -> None:
    number = case_of(lost)
    found = suggesting.suggestions(office.chief)
    assert [(one.key, one.rule.level) for one in found] == ([(f"case {number}", level)] if level else [])


def test_a_neighbours_case_is_not_proposed(office: Office) -> None:
    case_of("5000000.00", territory="990200")
    assert suggesting.suggestions(office.chief) == []
    assert len(suggesting.suggestions(office.province)) == 1


def test_one_rule_at_three_institutions_is_proposed(office: Office) -> None:
    number = case_of("1000.00")
    rows = CaseFinding.objects.filter(case__number=number)
    hearing = rows.get().hearing
    for other in (1, 2):
        at = make_case_office("990100", f"more{other}")
        case = make_case(at, make_upheld(at))
        found = Hearing.objects.get(in_case__case=case)
        place = make_institution(f"H9901010009{other}")
        Hearing.objects.filter(pk=found.pk).update(institution=place, rule=hearing.rule)
    one = suggesting.suggestions(office.chief)[0]
    assert (one.key, one.rule.level, one.institutions) == (f"rule {hearing.rule}", 2, 3)
    assert len(one.cases) == 3


def test_what_is_taken_up_is_linked_and_proposed_no_more(client: Client, office: Office) -> None:
    number = case_of("250000.00")
    client.force_login(office.officer)
    at = f"/desk/major-issues/new/?proposal=case {number}"
    assert "250000" in client.get(at).content.decode()
    sent = {
        "title": "Empty beds", "kind": "loss", "level": "3", "found_at": "2026-01-05T08:00", "facts": "as found",
        "est_amount": "250000.00", "institutions": "1", "divisions": "1",
    }  # fmt: skip
    assert client.post(at, sent).status_code == 302
    issue = Issue.objects.get()
    assert [(link.kind, link.number) for link in issue.links.all()] == [("case", number)]
    assert suggesting.suggestions(office.chief) == []


def test_what_is_left_with_a_reason_comes_again_only_where_it_is_graver(client: Client, office: Office) -> None:
    number = case_of("250000.00")
    key = f"case {number}"
    with pytest.raises(MoveRefused, match="Say why"):
        suggesting.leave_suggestion(key, " ", by=office.chief)
    client.force_login(office.chief)
    assert client.post("/desk/major-issues/proposals/leave/", {"key": key, "why": "known since May"}).status_code == 302
    assert suggesting.suggestions(office.chief) == []
    with translation.override("en"), pytest.raises(MoveRefused, match="no such proposal"):
        suggesting.leave_suggestion(key, "again", by=office.chief)
    Hearing.objects.filter(in_case__case__number=number).update(
        fund_confirmed=2_000_000, confirmed=2_000_000, suspected=2_000_000
    )
    assert [one.rule.level for one in suggesting.suggestions(office.chief)] == [2]
