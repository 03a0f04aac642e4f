"""Leads that departments bring: a case with their origin, and what the department is told."""

import pytest

from institutions.models import Duty
from supervision.cases.models import Case
from supervision.coordination.models import BroughtLead
from supervision.coordination.receiving import BROUGHT_LEAD
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.coordination.office import Sharing, brought, make_liaison, make_partner


def test_a_lead_becomes_a_case_from_another_department_and_its_result_is_told(sharing: Sharing) -> None:
    lead = brought(sharing)
    assert lead.clock is not None
    assert lead.clock.limit.code == "department_lead"
    lead = BROUGHT_LEAD.make(lead, "take_up", by=sharing.officer)
    assert lead.clock is None
    case = lead.case
    assert case is not None
    assert (case.origin, case.institution, case.place) == ("department", sharing.hospital, sharing.hospital.division)
    assert lead.number in case.facts
    with pytest.raises(MoveRefused, match="not decided yet"):
        BROUGHT_LEAD.make(lead, "tell", by=sharing.officer, result="fined")
    Case.objects.filter(pk=case.pk).update(state="filed")
    assert BROUGHT_LEAD.make(lead, "tell", by=sharing.officer, result="filed for a penalty").result


def test_what_is_not_taken_up_is_told_with_its_reason(sharing: Sharing) -> None:
    lead = brought(sharing)
    with pytest.raises(MoveRefused, match="Say why"):
        BROUGHT_LEAD.make(lead, "decline", by=sharing.officer)
    lead = BROUGHT_LEAD.make(lead, "decline", by=sharing.officer, note="known already")
    assert (lead.state, lead.result, lead.case) == ("declined", "known already", None)


def test_a_lead_about_a_person_has_no_institution(sharing: Sharing) -> None:
    lead = BROUGHT_LEAD.make(brought(sharing, institution="", person="M1"), "take_up", by=sharing.officer)
    assert lead.case is not None
    assert (lead.case.respondent, lead.case.person) == ("person", "M1")


def test_the_same_number_in_the_same_words_is_the_same_lead(sharing: Sharing) -> None:
    assert brought(sharing) == brought(sharing)
    assert BroughtLead.objects.count() == 1
    with pytest.raises(MoveRefused, match="used for another lead"):
        brought(sharing, facts="otherwise")
    health = make_liaison(make_partner("health"), "health")
    assert brought(sharing, by=health) != brought(sharing)  # each department has numbers of its own


def test_a_lead_is_about_somebody_here(sharing: Sharing) -> None:
    with pytest.raises(MoveRefused, match="which institution or which person"):
        brought(sharing, institution="")
    foreign = make_institution("H99020100001", "990201")
    for code in (foreign.pk, "H0"):
        with pytest.raises(MoveRefused, match="no institution by that code"):
            brought(sharing, institution=code)
    with pytest.raises(MoveRefused, match="a number, a title"):
        brought(sharing, title=" ")


def test_only_a_liaison_of_a_known_department_brings_leads(sharing: Sharing) -> None:
    with pytest.raises(MoveRefused):
        brought(sharing, by=sharing.officer)
    stranger = make_liaison(sharing.police, "stranger")
    stranger.department = sharing.officer.department  # ours, and no partner
    stranger.save()
    with pytest.raises(BeyondReach):
        brought(sharing, by=stranger)


def test_each_department_sees_its_own_leads_and_each_place_those_of_its_own(sharing: Sharing) -> None:
    lead = brought(sharing)
    for other in (
        make_liaison(make_partner("health"), "health"), make_liaison(make_partner("public_security", "990200"), "far"),
        make_officer("foreign", Duty.INVESTIGATE, territory="990200"),
    ):  # fmt: skip
        assert not BroughtLead.objects.visible_to(other).exists()
        with pytest.raises(BeyondReach):
            BROUGHT_LEAD.make(lead, "take_up", by=other)
    for known in (sharing.liaison, sharing.officer):
        assert list(BroughtLead.objects.visible_to(known)) == [lead]
