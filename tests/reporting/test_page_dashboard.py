"""The desk's first page: every figure equals its naive twin, and the list it opens to."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Batch, MonthTotal
from institutions.models import Account
from reporting.figures import Total
from supervision.monitoring import standing
from supervision.monitoring.models import Finding, Run
from tests.builders import (
    make_account,
    make_batch,
    make_division,
    make_finding,
    make_institution,
    make_run,
    make_snapshot,
    make_step,
    make_total,
)  # fmt: skip

pytestmark = pytest.mark.django_db
RULES = ("drug_sex_restricted", "adm_overlap", "item_price_over_cap")


@pytest.fixture
def much(account: Account) -> None:
    """Findings and claims of every kind, here and elsewhere."""
    chance = Random(7)
    for county in ("990101", "990102", "990103", "990100", "990201"):
        for number in range(3):
            make_institution(f"H{county}{number}", county)
    counties = ("990101", "990102", "990100", "990201")
    places = [make_institution(f"H{county}{number}", county) for county in counties for number in range(3)]
    for _ in range(80):
        make_finding(
            chance.choice([*places, None]),
            rule=chance.choice(RULES),
            month=f"2026-0{chance.randint(1, 4)}",
            at_stake="500.00",
            owned=Decimal(chance.randint(0, 50_000)) / 100,
            certainty=chance.choice(Finding.Certainty.values),
            status=chance.choice([*[Finding.Status.OPEN] * 4, Finding.Status.WITHDRAWN]),
            insured_area=chance.choice(["990100", "990101", "990200"]),
        )
    ended = make_batch(status=Batch.Status.ENDED)
    for place in places:
        for month in ("2026-01", "2026-02"):
            claims, paid = chance.randint(1, 99), Decimal(chance.randint(1, 10**6)) / 100
            make_total(place, month, claims=claims, paid=paid, total=paid * 2)
            make_total(place, month, batch=ended)


def opened(desk: Client, total: Total) -> list[Finding]:
    """The findings of the list that a figure opens to, page by page."""
    rows, query = [], total.query
    while True:
        page = desk.get(f"/desk/findings/?{query}").context["page"]
        rows += page.rows
        if not (query := page.next):
            return rows


@pytest.mark.parametrize("territory", ["000000", "990000", "990100", "990101", "990200"])
def test_every_figure_equals_the_list_it_opens_to(client: Client, much: None, territory: str) -> None:
    client.force_login(make_account("reader", territory))
    found = client.get("/desk/").context["found"]
    parts = [*found.by_rule, *found.by_month, *found.by_division, *found.by_institution]
    for total in [found.all, found.certain, found.suspicious, *parts]:
        rows = opened(client, total)
        assert (total.findings, total.owned) == (len(rows), sum(row.owned for row in rows)), (territory, total)


@pytest.mark.parametrize("territory", ["000000", "990100", "990102"])
def test_the_ways_of_adding_up_agree_with_plain_python(client: Client, much: None, territory: str) -> None:
    account = make_account("reader", territory)
    prefix = account.territory.prefix if account.territory else ""
    seen = [
        finding
        for finding in Finding.objects.select_related("institution")
        if finding.status == "open"
        and (
            (finding.institution and finding.institution.division_id.startswith(prefix))
            or finding.insured_area.startswith(prefix)
        )
    ]
    client.force_login(account)
    found = client.get("/desk/").context["found"]
    assert (found.all.findings, found.all.owned) == (len(seen), sum(finding.owned for finding in seen))
    assert {total.label: total.findings for total in found.by_month} == Counter(finding.month for finding in seen)
    assert sorted(total.findings for total in found.by_rule) == sorted(Counter(f.rule for f in seen).values())
    for way in (found.by_rule, found.by_month, found.by_division):
        assert sum(total.findings for total in way) == len(seen)
        assert sum(total.owned for total in way) == found.all.owned


@pytest.mark.parametrize("territory", ["000000", "990100", "990102", "990200"])
def test_claims_and_money_by_month_count_what_is_taken_in_and_not_ended(
    client: Client, much: None, territory: str
) -> None:
    account = make_account("reader", territory)
    prefix = account.territory.prefix if account.territory else ""
    client.force_login(account)
    counted = [
        total
        for total in MonthTotal.objects.select_related("institution", "batch")
        if total.batch.status == "loaded" and total.institution.division_id.startswith(prefix)
    ]
    context = client.get("/desk/").context
    assert [(m.month, m.claims, m.total, m.paid) for m in context["months"]] == [
        (month, *(sum(getattr(t, name) for t in counted if t.month == month) for name in ("claims", "total", "paid")))
        for month in sorted({total.month for total in counted})
    ]
    assert (context["claims"], context["paid"]) == (sum(t.claims for t in counted), sum(t.paid for t in counted))


def test_what_needs_me_comes_first(desk: Client) -> None:
    older, run = make_run(), make_run(status=Run.Status.PARKED)
    make_step(run, done=False, parked="ValueError")
    going = make_run(status=Run.Status.RUNNING)
    make_finding(make_institution(), run=run)
    make_finding(make_institution(), run=older)
    make_batch(rejected=4)
    make_batch(status=Batch.Status.FAILED, rows_in=0, rows_accepted=0, amount_in=0, amount_accepted=0)
    make_batch(status=Batch.Status.READING)
    attention = desk.get("/desk/").context["attention"]
    assert (attention.newest, attention.new_findings) == (run, 1)
    assert (attention.failed, attention.with_rejects, attention.being_read) == (1, 1, 1)
    assert (attention.running, attention.parked) == ([going], [run])
    assert not attention.nothing


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_empty_desk_says_what_to_do(desk: Client, language: str) -> None:
    response = desk.get("/desk/", headers={"accept-language": language})
    assert response.context["attention"].nothing
    assert "/desk/batches/new/" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_full_desk_is_read_in_both_tongues(desk: Client, much: None, language: str) -> None:
    text = desk.get("/desk/", headers={"accept-language": language}).content.decode()
    assert ("云泽市" in text) == (language != "en")
    assert ("Yunze" in text) == (language == "en")


def test_the_page_asks_at_most_fifteen_questions_however_much_there_is(
    desk: Client, much: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        make_snapshot()
        run = make_run()
        make_step(run, found=number)
    desk.get("/desk/")  # the session settles
    standing.forget()
    with django_assert_max_num_queries(15):
        desk.get("/desk/")


def test_a_neighbour_sees_none_of_it(client: Client, account: Account) -> None:
    make_division("990201")
    make_finding(make_institution())
    make_total(make_institution())
    client.force_login(make_account("wangyu", "990200"))
    context = client.get("/desk/").context
    assert context["found"].all.findings == 0
    assert context["months"] == []
    assert context["attention"].nothing


def test_institutions_have_no_desk(client: Client) -> None:
    client.force_login(make_account("hospital", institution=make_institution()))
    for url in (
        "/desk/",
        "/desk/findings/",
        "/desk/runs/",
        "/desk/rules/",
        "/desk/batches/",
        "/desk/findings/export.csv",
    ):
        assert client.get(url).status_code == 404
