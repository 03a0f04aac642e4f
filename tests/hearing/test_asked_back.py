"""What is recovered from a finding alone is asked back by a letter with a day; by the agency's, or by the bureau's."""

import pytest
from django.utils import timezone

from institutions.models import Account, Department, Institution
from supervision.documents.models import Document
from supervision.hearing.models import Hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger.models import Item, Stage
from supervision.ledger.paying import pay
from tests.builders import make_account, make_division
from tests.hearing.heard import make_lines, upheld


@pytest.fixture
def hearing(first: Account, second: Account, place: Institution, hospital: Account) -> Hearing:
    return upheld(make_lines("60", place=place), first, second, hospital)


def asked_back(hearing: Hearing, by: Account) -> Document:
    """The last letter, after it was handed on to be recovered."""
    HEARING.make(hearing, "handle", by=by, measure="recover")
    letter = Document.objects.order_by("pk").last()
    assert letter is not None
    return letter


def of_the_agency(account: Account) -> Account:
    agency = Department.objects.create(party="handling", division=make_division("990100"), name_zh="云泽市医保中心")
    account.department = agency
    account.save()
    return account


def test_the_agency_asks_by_its_own_notice_under_its_own_head(hearing: Hearing, first: Account) -> None:
    letter = asked_back(hearing, of_the_agency(first))
    assert (letter.kind, letter.party) == ("recovery_notice", "handling")
    assert letter.text_zh.startswith("云泽市医保中心")
    assert letter.services.filter(institution=hearing.institution_id).exists()


def test_the_bureau_orders_it(hearing: Hearing, first: Account) -> None:
    letter = asked_back(hearing, first)
    assert (letter.kind, letter.party) == ("refund_order", "authority")


def test_its_day_is_watched_until_it_is_closed(hearing: Hearing, first: Account) -> None:
    hearing = HEARING.make(hearing, "handle", by=first, measure="recover")
    clock = hearing.clock
    assert clock is not None
    assert (clock.limit.code, clock.institution) == ("recovery_payment", hearing.institution_id)
    booker = make_account("booker", duties=["read", "book"])
    owed = {item: item.balances.get(stage=Stage.DEMANDED).amount for item in Item.objects.all()}
    pay(owed, voucher="YH-1", day=timezone.localdate(), by=booker)
    HEARING.make(hearing, "close", by=first)
    clock.refresh_from_db()
    assert clock.state == "met"
