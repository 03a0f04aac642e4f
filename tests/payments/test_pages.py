"""The pages of settling, as the desk and the hospital see them."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from institutions.models import Account
from supervision.ledger.models import Stage
from supervision.payments import counting, publishing
from supervision.payments.models import Budget, FundMonth, Indicator, MonthlySettlement, Prepayment
from tests.builders import make_division, make_institution
from tests.ledger.small import make_item
from tests.payments.office import MONTH, TO_PAY, Agency, declared, make_agency, moved, treat
from tests.payments.prefecture import make_payments

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    return body.decode()


@pytest.fixture
def paid(agency: Agency, folder: Path) -> MonthlySettlement:
    treat(folder, agency.hospital, 100_000)
    place = agency.hospital
    make_item(at=Stage.DEMANDED, amount="40.00", institution=place, place=place.division, month=MONTH)
    return moved(declared(agency), agency, *TO_PAY)


def test_the_desk_sees_every_figure_with_its_lines(client: Client, agency: Agency, paid: MonthlySettlement) -> None:
    listed = page(client, agency.clerk, "/desk/settlements/")
    assert paid.number in listed
    assert "¥910.00" in listed
    shown = page(client, agency.clerk, paid.get_absolute_url())
    for words in ("¥1,000.00", "¥40.00", "¥50.00", "¥910.00", "Reconcile it", "item "):
        assert words in shown
    assert f"{agency.hospital.pk}:1" in page(client, agency.clerk, f"{paid.get_absolute_url()}claims/")
    assert paid.number in page(client, agency.clerk, "/desk/settlements/export.csv?month=2026")


def test_a_prepayments_figures_are_grouped_like_all_amounts(client: Client, agency: Agency) -> None:
    number = make_payments("9901", agency.hospital, by=agency.clerk).prepayment
    Prepayment.objects.update(reckoned={"balance": "10294600.00", "average": "1272116.67", "required": "6"})
    shown = page(client, agency.clerk, f"/desk/prepayments/{number}/")
    assert "¥10,294,600.00" in shown and "¥1,272,116.67" in shown
    assert f"{agency.hospital}, year 2026" in shown


def test_filters_narrow_the_list(client: Client, agency: Agency, paid: MonthlySettlement) -> None:
    for query, there in (
        ("month=2026-03", True),
        ("month=2026-04", False),
        ("state=declared", False),
        ("fund=310", True),
    ):
        assert (paid.number in page(client, agency.clerk, f"/desk/settlements/?{query}")) is there


def test_a_month_is_laid_down_from_the_page(client: Client, agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    client.force_login(agency.clerk)
    answer = client.post("/desk/settlements/declare/", {"month": MONTH})
    assert answer.status_code == 302
    settlement = MonthlySettlement.objects.get()
    client.post(f"{settlement.get_absolute_url()}move/", {"move": "reckon", "turn": 0})
    assert MonthlySettlement.objects.get().state == "auto_review"
    client.force_login(agency.head)
    assert client.post("/desk/settlements/declare/", {"month": MONTH}).status_code == 403


def test_the_hospital_sees_its_own_and_objects(client: Client, agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    found = moved(declared(agency), agency, "reckon", "check")
    client.force_login(agency.answerer)
    assert client.get(f"/institution/settlements/{found.number}/").status_code == 404
    found = moved(found, agency, "tell")
    assert found.number in page(client, agency.answerer, "/institution/settlements/")
    shown = page(client, agency.answerer, f"/institution/settlements/{found.number}/")
    assert "Object to it" in shown
    assert "Send it back" not in shown
    assert f"{agency.hospital.pk}:1" in page(
        client, agency.answerer, f"/institution/settlements/{found.number}/claims/"
    )
    client.post(f"/institution/settlements/{found.number}/move/", {"move": "object", "note": "a claim is missing"})
    assert MonthlySettlement.objects.get().state == "manual_review"


def test_another_hospital_sees_nothing_of_it(client: Client, agency: Agency, paid: MonthlySettlement) -> None:
    other = Account.objects.create_user(
        "other", "a long enough passphrase", institution=make_institution("H99010100009"), duties=["read", "answer"]
    )
    client.force_login(other)
    assert paid.number not in page(client, other, "/institution/settlements/")
    assert client.get(f"/institution/settlements/{paid.number}/").status_code == 404


def test_a_fund_is_published_by_a_second_person_and_read_by_everybody(client: Client, agency: Agency) -> None:
    row = publishing.tell_month(
        make_division("990100"), "310", "2026-03", income=Decimal("500.00"), expenditure=Decimal("400.00"),
        balance=Decimal("9000.00"), source="accounts", by=agency.clerk,
    )  # fmt: skip
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "9,000.00" not in client.get("/fund-figures/").content.decode()
    assert "Publish" in page(client, agency.head, "/desk/funds/")
    publishing.publish_month(row, by=agency.head)
    client.logout()
    assert "¥9,000.00" in client.get("/fund-figures/").content.decode()
    assert FundMonth.objects.get().published_by == agency.head


def test_a_fund_of_elsewhere_cannot_be_published(client: Client, agency: Agency) -> None:
    elsewhere = make_agency("990200", "z").head
    row = publishing.tell_month(
        make_division("990100"), "310", "2026-03", income=Decimal("500.00"), expenditure=Decimal("400.00"),
        balance=Decimal("9000.00"), source="accounts", by=agency.clerk,
    )  # fmt: skip
    client.force_login(elsewhere)
    assert client.post(f"/desk/funds/{row.pk}/publish/").status_code == 404
    assert FundMonth.objects.get().published_at is None


def test_a_budget_is_shown_with_its_use(client: Client, agency: Agency, paid: MonthlySettlement) -> None:
    Budget.objects.create(
        area=make_division("990100"), year=2026, fund="310", amount=Decimal("9100.00"), source="talks"
    )
    assert "10.0%" in page(client, agency.clerk, "/desk/funds/?year=2026")


def test_indicators_lie_beside_their_peers(client: Client, agency: Agency, folder: Path) -> None:
    for number, fee in enumerate((10_000, 11_000, 12_000, 90_000), 1):
        treat(folder, make_institution(f"H9901010001{number}"), fee)
    assert counting.count(MONTH) > 0
    assert counting.count(MONTH) == Indicator.objects.count()
    shown = page(client, agency.clerk, f"/desk/indicators/?indicator=avg_outpatient&month={MONTH}")
    assert "¥1,800.00" in shown
    assert "unusual" in shown
    assert "fees of visits / visits" in shown
    assert "1800" in page(client, agency.clerk, f"/desk/indicators/export.csv?indicator=avg_outpatient&month={MONTH}")
