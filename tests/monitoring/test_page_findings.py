"""The list of findings: its filters, its order, its pages, its figures."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from institutions.models import Account
from supervision.monitoring.models import Finding, FindingTotal
from tests.builders import make_account, make_division, make_finding, make_institution, make_run

pytestmark = pytest.mark.django_db
LIST = "/desk/findings/"


def shown(desk: Client, query: str = "") -> list[int]:
    return [finding.pk for finding in desk.get(f"{LIST}?{query}").context["page"].rows]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_is_read_in_both_tongues(desk: Client, language: str) -> None:
    finding = make_finding(make_institution())
    text = desk.get(LIST, headers={"accept-language": language}).content.decode()
    assert (finding.because_en in text) == (language == "en")
    assert (finding.because_zh in text) == (language != "en")


def test_each_filter_keeps_what_it_names(desk: Client) -> None:
    east, west = make_institution("H1", "990101"), make_institution("H2", "990102")
    one = make_finding(east, rule="drug_sex_restricted", month="2026-01", at_stake="10.00")
    two = make_finding(west, rule="adm_overlap", month="2026-02", at_stake="99.00", certainty=Finding.Certainty.LOW)
    gone = make_finding(west, status=Finding.Status.WITHDRAWN)
    assert shown(desk) == [two.pk, one.pk]
    for query, kept in {
        "rule=drug_sex_restricted": [one],
        "month=2026-02": [two],
        "institution=H1": [one],
        "division=990102": [two],
        "certainty=certain": [one],
        "certainty=suspicious": [two],
        "status=withdrawn": [gone],
        "status=all": [gone, two, one],
        "least=50": [two],
        "most=50": [one],
        "least=%EF%BC%95%EF%BC%90": [two],  # full-width digits
        f"claim={one.claim}": [one],
        f"claim={two.claim.split(':')[1]}": [two],
        f"run={one.first_run_id}": [two, one],
        "rule=drug_sex_restricted&month=2026-02": [],
    }.items():
        assert shown(desk, query) == [finding.pk for finding in kept], query


def test_what_is_not_understood_filters_nothing(desk: Client) -> None:
    finding = make_finding(make_institution())
    for query in ("month=soon", "least=NaN", "least=1e400", "run=x", "certainty=9", "sort=password", "after=1,2,3",
                  "after=%00", "before=99999999999999999999999", "sort=at_stake&after=x,1", "claim=%00"):  # fmt: skip
        assert shown(desk, query) == [finding.pk], query


def test_every_finding_is_of_exactly_one_division(desk: Client) -> None:
    make_division("990103")
    make_finding(make_institution("H1", "990101"))
    make_finding(make_institution("H2", "990102"))
    make_finding(make_institution("H3", "990100"))
    make_finding(make_institution("H4", "990201"), insured_area="990100")
    make_finding(None, insured_area="990100")
    by_division = [shown(desk, f"division={place}") for place in ("990101", "990102", "990103", "own", "elsewhere")]
    assert [len(part) for part in by_division] == [1, 1, 0, 1, 2]
    assert sorted(sum(by_division, [])) == sorted(shown(desk))


@pytest.mark.parametrize("few", [0, 50_000])
def test_the_pages_follow_one_another_without_gaps_in_every_order(
    desk: Client, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("supervision.monitoring.filters.FEW", few)
    institution = make_institution()
    for number in range(120):
        make_finding(institution, at_stake=f"{number % 7}.00", month=f"2026-0{number % 3 + 1}")
    for sort in ("-id", "id", "-at_stake", "at_stake", "-month", "month"):
        seen, query = [], f"sort={sort}"
        while query:
            page = desk.get(f"{LIST}?{query}").context["page"]
            seen.append([finding.pk for finding in page.rows])
            query, back = page.next, page.previous
        assert [len(part) for part in seen] == [50, 50, 20]
        rows = Finding.objects.order_by(sort, "-id" if sort[0] == "-" else "id").values_list("pk", flat=True)
        assert sum(seen, []) == list(rows), sort
        assert shown(desk, back) == seen[1]


def test_the_figures_above_the_list_are_those_of_its_rows(desk: Client) -> None:
    places = [make_institution("H1", "990101"), make_institution("H2", "990102")]
    for number in range(30):
        make_finding(
            places[number % 2], month=f"2026-0{number % 3 + 1}", at_stake=f"{number}.05", owned=Decimal(number)
        )
    for query in ("", "month=2026-01", "institution=H2", "division=990101&month=2026-03", "certainty=suspicious"):
        response = desk.get(f"{LIST}?{query}")
        rows, count = response.context["page"].rows, response.context["count"]
        assert (count.findings, count.owned) == (len(rows), sum(finding.owned for finding in rows)), query
    response = desk.get(f"{LIST}?least=10")
    assert response.context["count"].findings == len(response.context["page"].rows)


def test_long_lists_are_counted_up_to_a_cap(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supervision.monitoring.filters.CAP", 3)
    monkeypatch.setattr("supervision.paging.capped_count.__defaults__", (3,))
    for _ in range(5):
        make_finding(make_institution())
    response = desk.get(f"{LIST}?least=1", headers={"accept-language": "en"})
    assert response.context["count"].findings == 4
    assert "More than 10,000 findings" in response.content.decode()


def test_a_chosen_filter_is_a_chip_that_can_be_removed(desk: Client) -> None:
    institution = make_institution()
    make_finding(institution)
    chips = desk.get(f"{LIST}?institution={institution.pk}&month=2026-03&sort=-at_stake").context["chips"]
    assert [(str(chip.label), chip.value) for chip in chips] == [
        ("月份", "2026-03"),
        ("定点医药机构", str(institution)),
    ] or len(chips) == 2
    assert {chip.without for chip in chips} == {
        f"institution={institution.pk}&sort=-at_stake",
        "month=2026-03&sort=-at_stake",
    }


def test_a_page_asks_no_more_for_30_rows_than_for_3(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("H1", "H2", "H3"):
        make_finding(make_institution(code))
    with django_assert_max_num_queries(15) as few:
        desk.get(LIST)
    for number in range(27):
        make_finding(make_institution(f"I{number}"), rule="adm_overlap")
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(shown(desk)) == 30


def test_findings_of_another_territory_are_not_there(client: Client, account: Account) -> None:
    finding = make_finding(make_institution())
    client.force_login(make_account("wangyu", "990200"))
    assert shown(client) == []
    assert client.get(finding.get_absolute_url()).status_code == 404


def test_members_insured_here_are_seen_wherever_they_were_treated(client: Client) -> None:
    finding = make_finding(make_institution("H9", "990201"), insured_area="990101")
    client.force_login(make_account("lanan", "990101"))
    assert shown(client) == [finding.pk]


def test_the_kept_totals_follow_every_change(account: Account) -> None:
    def naive() -> dict[tuple[object, ...], tuple[int, Decimal]]:
        kinds: dict[tuple[object, ...], list[Decimal]] = {}
        for one in Finding.objects.all():
            kind = (one.status, one.rule, one.month, one.institution_id, one.insured_area, one.certainty)
            kinds.setdefault(kind, []).append(one.owned)
        return {kind: (len(owned), sum(owned, Decimal(0))) for kind, owned in kinds.items()}

    def kept() -> dict[tuple[object, ...], tuple[int, Decimal]]:
        rows = FindingTotal.objects.exclude(findings=0)
        return {
            (row.status, row.rule, row.month, row.institution_id, row.insured_area, row.certainty): (
                row.findings,
                row.owned,
            )
            for row in rows
        }

    def everything_agrees(change: Callable[[], object]) -> None:
        change()
        assert kept() == naive()

    run, places = make_run(), [make_institution("H1"), make_institution("H2"), None]
    for number in range(12):
        everything_agrees(partial(make_finding, places[number % 3], run=run, at_stake=f"{number}.10"))
    everything_agrees(lambda: Finding.objects.filter(institution="H1").update(status=Finding.Status.WITHDRAWN, owned=0))
    everything_agrees(lambda: Finding.objects.filter(institution="H2").update(certainty=3, month="2026-04"))
    everything_agrees(lambda: Finding.objects.update(last_run=run))
    everything_agrees(lambda: Finding.objects.filter(institution=None).delete())
    everything_agrees(lambda: Finding.objects.bulk_create([]))
