"""A visit is opened by those who may, goes on as many devices as it needs, and is sealed when all of it is home."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from institutions.models import Duty
from supervision.audit.models import Act
from supervision.audit.models import Entry as Chained
from supervision.moves import BeyondReach, MoveRefused
from supervision.onsite import ruling, sealing, visiting
from supervision.onsite.models import Entry, Number, Visit
from supervision.onsite.taking import Answer
from supervision.onsite.workflow import VISIT
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.onsite.office import Device, Office, brought_home, daily, filled, has, opened

pytestmark = pytest.mark.django_db


def test_visits_are_numbered_one_after_the_other(office: Office) -> None:
    first, second = opened(office), opened(office, about="FX-990100-2026-1")
    assert [one.number.rpartition("-")[2] for one in (first, second)] == ["1", "2"]
    assert (first.state, first.about, second.about) == ("open", "", "FX-990100-2026-1")


def test_two_officers_at_least_go_and_one_named_twice_is_one(office: Office) -> None:
    assert ruling.number(Number.Code.OFFICERS_LEAST, "990100").value == 2
    with pytest.raises(MoveRefused, match="At least 2"):
        opened(office, officers=[office.first, office.first])


def test_only_who_handles_cases_there_goes(office: Office) -> None:
    neighbour = make_officer("neighbour", Duty.INVESTIGATE, territory="990200")
    for unfit in (neighbour, office.head, make_officer("gone", Duty.INVESTIGATE, is_active=False)):
        with pytest.raises(MoveRefused, match="cannot go"):
            opened(office, officers=[office.first, unfit])


def test_nobody_visits_in_another_territory(office: Office) -> None:
    with pytest.raises(BeyondReach):
        opened(office, institution=make_institution("H99020100001", "990201"))
    with pytest.raises(MoveRefused, match="duty"):
        opened(office, by=office.head)


def test_a_record_is_sealed_over_everything_that_came_home(office: Office) -> None:
    visit = VISIT.make(brought_home(office), "seal", by=office.second)
    assert (visit.state, visit.sealed_by) == ("sealed", office.second)
    assert visit.seal == sealing.seal_of(visit)
    assert sealing.holds(visit)


def test_the_database_lets_nobody_change_what_was_written(office: Office) -> None:
    visit = brought_home(office)
    for act in (lambda: Entry.objects.update(item="R02"), Entry.objects.filter(visit=visit)[0].delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_seal_does_not_hold_for_anything_else(office: Office) -> None:
    visit = VISIT.make(brought_home(office), "seal", by=office.first)
    visit.seal = f"0{visit.seal[1:]}" if visit.seal[0] != "0" else f"1{visit.seal[1:]}"
    assert not sealing.holds(visit)


def test_it_is_not_sealed_while_a_device_is_out(office: Office) -> None:
    visit = brought_home(office)
    Device(visit, office.second).taken()
    with pytest.raises(MoveRefused, match="1 devices have not handed back"):
        VISIT.make(visit, "seal", by=office.first)


def test_a_lost_device_is_given_up_for_a_reason_by_an_officer_of_the_visit(office: Office) -> None:
    visit = brought_home(office)
    lost = Device(visit, office.second).taken()
    with pytest.raises(MoveRefused, match="Say why"):
        visiting.give_up_device(visit, lost.ident, why=" ", by=office.first)
    with pytest.raises(BeyondReach):
        visiting.give_up_device(visit, lost.ident, why="lost", by=make_officer("other", Duty.INVESTIGATE))
    visiting.give_up_device(visit, lost.ident, why="fell into water", by=office.first)
    assert VISIT.make(visit, "seal", by=office.first).state == "sealed"


def test_what_comes_from_a_lost_device_after_the_seal_is_kept_outside_of_it(office: Office) -> None:
    visit = brought_home(office)
    lost = Device(visit, office.second).taken()
    visiting.give_up_device(visit, lost.ident, why="lost", by=office.first)
    sealed = VISIT.make(visit, "seal", by=office.first)
    late = lost.statement()
    assert has(lost.send(late)) == has(lost.send(late)) == ["late"]
    assert Entry.objects.get(late=True).ident.hex == late.given.id.replace("-", "")
    assert sealing.holds(sealed)


def test_every_line_is_answered_once_and_everybody_signs(office: Office) -> None:
    visit = opened(office)
    device = Device(visit, office.first).taken()
    device.answer("R01")
    device.send()
    assert device.hand_back()
    with pytest.raises(MoveRefused, match="R02, R03"):
        VISIT.make(visit, "seal", by=office.first)
    for item in daily().items.exclude(code="R01"):
        device.answer(item.code)
    device.sign(office.first.username)
    device.send()
    assert device.hand_back()
    with pytest.raises(MoveRefused, match="At least 2 officers sign"):
        VISIT.make(visit, "seal", by=office.first)
    device.sign(office.second.username)
    device.send()
    assert device.hand_back()
    with pytest.raises(MoveRefused, match="institution has not signed"):
        VISIT.make(visit, "seal", by=office.first)
    device.sign("李某", "institution", content=b"", why="refused without a reason")
    device.send()
    assert device.hand_back()
    assert VISIT.make(visit, "seal", by=office.first).state == "sealed"


def test_only_an_officer_of_the_visit_seals(office: Office) -> None:
    visit = brought_home(office)
    with pytest.raises(MoveRefused, match="Only an officer"):
        VISIT.make(visit, "seal", by=make_officer("other", Duty.INVESTIGATE))


def test_a_visit_is_withdrawn_only_while_nothing_is_written(office: Office) -> None:
    with pytest.raises(MoveRefused, match="written already"):
        VISIT.make(brought_home(office), "withdraw", by=office.first, note="closed today")
    assert VISIT.make(opened(office), "withdraw", by=office.first, note="closed today").state == "withdrawn"


def test_a_device_that_hands_back_less_than_it_has_is_not_let_go(office: Office) -> None:
    device = Device(opened(office), office.first).taken()
    filled(device)
    device.send(*device.wrote[:3])
    assert not device.hand_back()
    device.send()
    assert device.hand_back()
    assert device.hand_back()  # the answer was lost
    assert Chained.objects.filter(act=Act.VISIT, facts__move="hand_back").count() == 1


def test_a_device_that_writes_again_is_out_again(office: Office) -> None:
    visit = brought_home(office)
    device = Device(visit, office.first)
    device.ident = visit.devices.get().ident
    device.statement()
    device.send()
    with pytest.raises(MoveRefused, match="1 devices"):
        VISIT.make(visit, "seal", by=office.first)


def test_a_visit_that_is_over_is_taken_along_no_more_and_a_device_holds_one(office: Office) -> None:
    visit, other = opened(office), opened(office)
    device = Device(visit, office.first).taken()
    device.taken()
    with pytest.raises(MoveRefused, match="something else"):
        visiting.take_along(other, device.ident, by=office.first)
    with pytest.raises(BeyondReach):
        visiting.take_along(other, uuid4(), by=office.head)
    VISIT.make(other, "withdraw", by=office.first, note="not today")
    with pytest.raises(MoveRefused, match="over"):
        visiting.take_along(other, uuid4(), by=office.first)


def test_a_prefecture_officer_goes_along_on_a_visit_of_the_province(office: Office) -> None:
    chief = make_officer("from_above", Duty.INVESTIGATE, territory="990000")
    visit = opened(office, place=chief.territory, officers=[chief, office.first], by=chief)
    assert set(Visit.objects.visible_to(office.first)) == {visit}
    assert not Visit.objects.visible_to(office.second).exists()
    assert has(written_by(visit, office)) == ["taken"]
    with pytest.raises(BeyondReach):
        visiting.take_along(visit, uuid4(), by=office.second)


def written_by(visit: Visit, office: Office) -> list[Answer]:
    device = Device(visit, office.first).taken()
    device.statement()
    return device.send()


def test_others_see_no_visit_of_this_place(office: Office) -> None:
    opened(office)
    assert not Visit.objects.visible_to(make_officer("neighbour", territory="990200")).exists()
    assert Visit.objects.visible_to(office.head).exists()
