"""An institution says in time whether it goes on, and what of its major data has changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from supervision.clocks.models import Clock
from supervision.designation import renewing
from supervision.designation.models import Contract
from supervision.designation.timing import so_long_before
from supervision.designation.workflows import AGREEMENT
from supervision.moves import MoveRefused
from tests.designation.parties import Agency, in_force

pytestmark = pytest.mark.django_db


def changed(contract: Contract, agency: Agency, on: date) -> Contract:
    return AGREEMENT.make(contract, "report_change", by=agency.owner, changed_data="beds: 80 to 120", changed_on=on)


def test_who_says_in_time_that_it_is_not_to_be_renewed_is_not_renewed(agency: Agency) -> None:
    contract = AGREEMENT.make(in_force(agency), "ask_no_renewal", by=agency.owner, note="we close")
    near = so_long_before("agreement_renewal", contract.place, contract.until)
    with time_machine.travel(timezone.now() + (near - timezone.localdate()) + timedelta(1), tick=False):
        with pytest.raises(MoveRefused, match="not to be renewed"):
            renewing.renew(contract, by=agency.first)
        again = AGREEMENT.make(contract, "ask_renewal", by=agency.owner)
        assert renewing.renew(again, by=agency.first).predecessor == contract


def test_not_to_renew_is_said_three_months_ahead(agency: Agency) -> None:
    contract = in_force(agency)
    last = so_long_before("agreement_notice", contract.place, contract.until)
    late = timezone.now() + (last - timezone.localdate()) + timedelta(1)
    with time_machine.travel(late, tick=False), pytest.raises(MoveRefused, match="said ahead"):
        AGREEMENT.make(contract, "ask_no_renewal", by=agency.owner, note="we close")


def test_a_change_of_major_data_waits_for_the_agency_with_a_clock(agency: Agency) -> None:
    contract = changed(in_force(agency), agency, timezone.localdate())
    assert (contract.changed, contract.changed_late) == ("beds: 80 to 120", False)
    assert contract.change_clock is not None
    with pytest.raises(MoveRefused, match="not taken in"):
        changed(contract, agency, timezone.localdate())
    taken = AGREEMENT.make(contract, "take_in_change", by=agency.first, note="register changed")
    assert (taken.changed, taken.change_clock) == ("", None)
    assert Clock.objects.get(pk=contract.change_clock.pk).state == Clock.State.MET


@pytest.mark.parametrize(("ago", "late"), [(30, False), (70, True)])
def test_a_change_is_late_after_thirty_working_days(ago: int, late: bool, agency: Agency) -> None:
    contract = changed(in_force(agency), agency, timezone.localdate() - timedelta(ago))
    assert contract.changed_late is late


def test_a_change_of_a_day_to_come_is_refused(agency: Agency) -> None:
    with pytest.raises(MoveRefused, match="not come yet"):
        changed(in_force(agency), agency, timezone.localdate() + timedelta(1))


def test_both_sides_read_the_wish_and_the_change(agency: Agency, client: Client) -> None:
    contract = changed(in_force(agency), agency, timezone.localdate() - timedelta(90))
    contract = AGREEMENT.make(contract, "ask_renewal", by=agency.owner)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for reader, address in (
        (agency.first, contract.get_absolute_url()), (agency.owner, f"/institution/agreements/{contract.number}/")
    ):  # fmt: skip
        client.force_login(reader)
        page = client.get(address).content.decode()
        assert "beds: 80 to 120" in page
        assert "reported too late" in page
        assert "wishes to renew it" in page
