"""Payments held back: the list that finance takes to the settlement system, with what may be offset."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from institutions.measures import impose, lift
from institutions.models import Institution, Measure
from supervision.ledger.models import Book, Stage
from tests.builders import make_account, make_batch, make_institution, make_total
from tests.ledger.small import make_item


@pytest.fixture
def place(db: None) -> Institution:
    """Its payment is held since this month, for which ¥1,000.00 were declared; it owes ¥300.00."""
    place, month = make_institution(), f"{timezone.localdate():%Y-%m}"
    batch = make_batch()
    make_total(place, month, batch=batch, total=Decimal(2000), paid=Decimal(1000))
    make_total(place, "2020-01", batch=batch, total=Decimal(900), paid=Decimal(800))
    make_item("owed", book=Book.FUND, at=Stage.DEMANDED, amount="300.00", institution=place, place=place.division)
    impose(Measure.Kind.PAYMENT, place, because="AJ-1-B1")
    return place


@pytest.fixture
def desk(client: Client, place: Institution) -> Client:
    client.force_login(make_account("regulator"))
    return client


def test_it_shows_what_was_declared_meanwhile_and_what_may_be_offset(desk: Client) -> None:
    (row,) = desk.get("/desk/institutions/holds/").context["held"]
    assert (row.declared, row.outstanding) == (Decimal(1000), Decimal(300))


def test_what_is_lifted_is_left_out_until_all_are_asked_for(desk: Client) -> None:
    lift(Measure.objects.all(), because="put right")
    assert desk.get("/desk/institutions/holds/").context["held"] == []
    assert len(desk.get("/desk/institutions/holds/?state=all").context["held"]) == 1


def test_what_keeps_from_treating_is_no_hold_of_payment(desk: Client, place: Institution) -> None:
    impose(Measure.Kind.SUSPENDED, place, because="AJ-1-B2")
    assert len(desk.get("/desk/institutions/holds/").context["held"]) == 1


def test_finance_exports_it(desk: Client, place: Institution) -> None:
    answer = desk.get("/desk/institutions/holds/export.csv")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert place.pk in content.decode("utf-8-sig")
    assert "300.00" in content.decode("utf-8-sig")


def test_the_page_of_an_institution_shows_its_register(desk: Client, place: Institution) -> None:
    page = desk.get(f"/desk/institutions/{place.pk}/")
    assert [measure.kind for measure in page.context["measures"]] == ["payment"]
