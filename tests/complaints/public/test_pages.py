"""The pages open to everybody: the front page, how reporting works, the institutions."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from institutions.measures import impose
from institutions.models import Duty, Measure
from supervision.audit.models import Entry
from supervision.clocks.models import Limit
from tests.builders import make_account, make_institution
from tests.cases.handled import make_agreement
from tests.clocks.building import make_limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_front_page_opens_every_door_of_the_public(page: Client, settings: Settings) -> None:
    settings.HELPLINE = "0571-0000000"
    front = text(page, "/")
    for address in (
        "/report/",
        "/report/follow/",
        "/how-reporting-works/",
        "/cases-exposed/",
        "/sign-in/",
        "/report/reward/",
    ):
        assert f'href="{address}"' in front
    assert "0571-0000000" in front and "not the hour" in front
    for address in ("/public-institutions/", "/reporting-figures/"):
        assert f'href="{address}"' in front and text(page, address)


def test_whoever_is_signed_in_is_sent_to_their_desk(page: Client) -> None:
    page.force_login(make_account())
    assert page.get("/").headers["Location"] == "/desk/"
    page.force_login(make_account("hospital", institution=make_institution(), duties=[Duty.ANSWER]))
    assert page.get("/").headers["Location"] == "/institution/desk/"


@pytest.mark.parametrize(
    "address", ["/", "/how-reporting-works/", "/reporting-figures/", "/public-institutions/", "/cases-exposed/"]
)
def test_public_pages_keep_nothing_of_who_reads_them(page: Client, address: str) -> None:
    entries = Entry.objects.count()
    answer = page.get(address)
    assert answer.status_code == 200 and "sessionid" not in answer.cookies
    assert Entry.objects.count() == entries
    assert page.post(address).status_code == 405


def test_the_deadlines_are_those_of_the_list_of_limits(page: Client) -> None:
    journey = text(page, "/how-reporting-works/")
    for code in ("complaint_acceptance", "P01", "complaint_told"):
        limit = Limit.objects.get(code=code, place="000000")
        assert f"Within {limit.amount} working days." in journey and limit.source in journey
    Limit.objects.filter(code="complaint_told", place="000000").update(amount=3)
    make_limit("complaint_told", "990100", amount=2)
    assert "Within 3 working days." in text(page, "/how-reporting-works/")


def test_institutions_are_found_by_name_kind_and_place(page: Client) -> None:
    make_institution("H99010100001", name_zh="云泽市第一医院", name_en="Yunze First Hospital")
    make_institution("P99020100001", "990201", name_zh="望屿大药房", name_en="Wangyu Pharmacy", kind="pharmacy")
    shown = text(page, "/public-institutions/")
    assert "Yunze First Hospital" in shown and "Wangyu Pharmacy" in shown and "not graded yet" in shown
    for query, found in (
        ("named=Yunze", True),
        ("named=云泽", True),
        ("kind=hospital", True),
        ("named=H990101", True),
        ("named=Bay", False),
    ):
        shown = text(page, f"/public-institutions/?{query}")
        assert ("Yunze First Hospital" in shown, "Wangyu Pharmacy" in shown) == (found, not found), query
    assert "No institution answers to this." in text(page, "/public-institutions/?named=nothing")
    assert text(page, "/public-institutions/?kind=x&after=%00&named=%00")


def test_only_decided_measures_on_the_whole_institution_are_public(page: Client) -> None:
    place, today = make_institution(), timezone.localdate()
    make_agreement(place)
    Measure.objects.create(kind="suspended", institution=place, since=today, until=today + timedelta(30), because="X")
    for kind, code in (("payment", ""), ("settlement", ""), ("department", "骨科"), ("person", "D330100000001")):
        Measure.objects.create(kind=kind, institution=place, code=code, since=today, because=f"because {kind}")
    Measure.objects.create(
        kind="terminated", institution=place, since=date(2020, 1, 1), until=date(2020, 2, 1), because="old"
    )
    shown = text(page, "/public-institutions/")
    assert "agreement suspended" in shown
    for hidden in (
        "payment suspended",
        "settlement suspended",
        "骨科",
        "D330100000001",
        "agreement terminated",
        "because",
    ):
        assert hidden not in shown, hidden


def test_the_list_asks_no_more_for_thirty_than_for_three(page: Client) -> None:
    for number in range(3):
        make_institution(f"H9901010000{number}")
    few = queries(page)
    for number in range(3, 10):
        impose(Measure.Kind.SUSPENDED, make_institution(f"H9901010000{number}"), because="X")
    assert queries(page) <= few + 1


def queries(page: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(page, "/public-institutions/")
    return len(asked)
