"""The rule library and a rule's page."""

from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from supervision.monitoring.rulebook import rulebook
from tests.builders import make_account, make_finding, make_institution, make_total

pytestmark = pytest.mark.django_db
RULE = "drug_sex_restricted"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_rule_has_its_page_in_both_tongues(desk: Client, language: str) -> None:
    listed = unescape(desk.get("/desk/rules/", headers={"accept-language": language}).content.decode())
    for code, rule in rulebook().items():
        text = unescape(desk.get(f"/desk/rules/{code}/", headers={"accept-language": language}).content.decode())
        title = rule.title if language == "en" else rule.title_zh
        assert title in listed
        assert title in text
        assert (rule.basis if language == "en" else rule.basis_zh).split("(")[0][:20] in text


def test_the_library_is_filtered_by_family_certainty_and_stage(desk: Client) -> None:
    for query in ("family=drug", "certainty=certain", "stage=trial", "family=drug&certainty=high"):
        wanted = dict(part.split("=") for part in query.split("&"))
        rows = desk.get(f"/desk/rules/?{query}").context["fired"]
        kept = {
            rule.code
            for rule in rulebook().values()
            if wanted.get("family") in (None, rule.code.partition("_")[0])
            and wanted.get("certainty") in (None, rule.certainty)
            and wanted.get("stage") in (None, rule.stage)
        }
        assert {row.rule.code for row in rows} == kept, query
    assert len(desk.get("/desk/rules/?family=nonsense").context["fired"]) == len(rulebook())


def test_how_often_a_rule_fires_equals_the_list_it_opens_to(desk: Client) -> None:
    institution = make_institution()
    for number in range(7):
        make_finding(institution, rule=RULE, month=f"2026-0{number % 3 + 1}", at_stake=f"{number}.10")
    make_finding(institution, rule="adm_overlap")
    make_finding(make_institution("H9", "990201"), rule=RULE, insured_area="990200")
    make_total(institution, "2026-01", charges=300)
    (row,) = [row for row in desk.get("/desk/rules/").context["fired"] if row.rule.code == RULE]
    opened = desk.get(f"/desk/findings/?rule={RULE}").context["page"].rows
    assert (row.findings, row.owned) == (len(opened), sum(finding.owned for finding in opened))
    assert row.share == Decimal(7) / 8
    months = desk.get(f"/desk/rules/{RULE}/").context["months"]
    for month in months:
        opened = desk.get(f"/desk/findings/?rule={RULE}&month={month.month}").context["page"].rows
        assert (month.findings, month.owned) == (len(opened), sum(finding.owned for finding in opened))
    assert [(month.charges, month.rate) for month in months] == [(300, Decimal(100)), (0, None), (0, None)]


def test_the_pages_ask_no_more_for_more_findings(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_finding(make_institution(f"H{number}"), rule=RULE)
    for url in ("/desk/rules/", f"/desk/rules/{RULE}/"):
        with django_assert_max_num_queries(9):
            desk.get(url)


def test_a_rule_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/rules/no_such_rule/").status_code == 404


def test_a_neighbour_reads_the_rule_but_not_how_often_it_fired_here(client: Client) -> None:
    make_finding(make_institution(), rule=RULE)
    client.force_login(make_account("wangyu", "990200"))
    assert client.get(f"/desk/rules/{RULE}/").context["findings"] == 0
