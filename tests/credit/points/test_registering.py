"""Practitioners are registered by their institution with a commitment, and taken in by the agency."""

import datetime as dt

import pytest
from django.utils import timezone

from credit.points import nightly, registering, standing
from credit.points.models import Qualification
from credit.points.registering import Person
from credit.points.workflows.qualification import QUALIFICATION
from institutions.models import Practitioner, Registration
from supervision.moves import MoveRefused
from tests.builders import make_account, make_institution
from tests.credit.points.office import Office, effective, make_office, on

NEW = Person("D990001000077", "新医师", "physician")


def registered(office: Office, person: Person = NEW) -> Qualification:
    today = timezone.localdate()
    return registering.register(person, since=today, signed_on=today, by=office.clerk)


def test_somebody_new_is_registered_with_a_commitment_and_taken_in(office: Office) -> None:
    row = registered(office)
    assert (row.state, row.commitments.count()) == ("registered", 1)
    assert QUALIFICATION.make(row, "take_in", by=office.keeper).state == "normal"


def test_who_was_not_taken_in_is_registered_again(office: Office) -> None:
    row = QUALIFICATION.make(registered(office), "decline", by=office.keeper, note="the licence is missing")
    again = QUALIFICATION.make(row, "file_again", by=office.clerk, commitment_signed_on=timezone.localdate())
    assert (again.state, again.commitments.count()) == ("registered", 2)


def test_a_second_institution_registers_somebody_who_is_normal_already(office: Office) -> None:
    other = make_office("H99010200001", sign=" elsewhere", doctor="D990001000002")
    known = Person(office.doctor.pk, office.doctor.name, "physician")
    assert registered(other, known).state == "normal"
    with pytest.raises(MoveRefused, match="already"):
        registered(other, known)


def test_a_code_of_somebody_else_is_refused(office: Office) -> None:
    with pytest.raises(MoveRefused, match="somebody of another name"):
        registered(office, Person(office.doctor.pk, "别人", "physician"))


def test_who_is_held_back_anywhere_is_registered_nowhere(office: Office) -> None:
    effective(office, 12)
    other = make_office("H99020100001", sign=" elsewhere", doctor="D990001000002")
    with pytest.raises(MoveRefused, match="does not pay"):
        registered(other, Person(office.doctor.pk, office.doctor.name, "physician"))


def test_who_was_terminated_may_register_again_when_the_time_is_over(office: Office) -> None:
    with on("2026-03-10"):
        effective(office, 12)
    with on("2029-03-10"):
        nightly.take_up()
        assert Qualification.objects.get().state == "terminated"
    with on("2029-03-11"):
        nightly.take_up()
        row = Qualification.objects.get()
        assert row.state == "eligible_again"
        assert standing.standing(office.doctor).kind == "terminated"
        row = QUALIFICATION.make(row, "file_again", by=office.clerk, commitment_signed_on=dt.date(2029, 3, 11))
        nightly.take_up()
        row = QUALIFICATION.make(row, "take_in", by=office.keeper)
        assert standing.standing(office.doctor).normal
        assert standing.standing(office.doctor, on=dt.date(2029, 3, 10)).kind == "terminated"


def test_an_account_without_the_duty_registers_nobody(office: Office) -> None:
    idle = make_account("idle", institution=make_institution("H99010200001", "990102"), duties=[])
    today = timezone.localdate()
    with pytest.raises(MoveRefused, match="duty"):
        registering.register(NEW, since=today, signed_on=today, by=idle)
    assert not Practitioner.objects.filter(pk=NEW.code).exists()


def test_a_registration_ends_at_its_own_institution_alone(office: Office) -> None:
    other = make_office("H99010200001", sign=" elsewhere", doctor="D990001000002")
    here = Registration.objects.get(practitioner=office.doctor)
    with pytest.raises(MoveRefused):
        registering.end(here, on=timezone.localdate(), by=other.clerk)
    assert registering.end(here, on=timezone.localdate(), by=office.clerk).until == timezone.localdate()
