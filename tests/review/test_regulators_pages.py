"""What regulators see of reminders: figures, the remarks behind them, who is connected."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Institution
from supervision.audit.models import Act, Entry
from supervision.monitoring.guards import Threshold
from supervision.review import totals
from supervision.review.models import Key, Remark
from tests.builders import make_account, make_institution
from tests.review.remarked import OBEYED, OVERRODE, make_message, make_remark, make_review

pytestmark = pytest.mark.django_db
HOME = "/desk/review/"
REMARKS, CONNECTIONS = f"{HOME}remarks/", f"{HOME}institutions/"


def key(institution: Institution) -> Institution:
    Key.objects.create(institution=institution, number=1)
    return institution


def shown(desk: Client, query: str = "") -> list[int]:
    return [one.pk for one in desk.get(f"{REMARKS}?{query}").context["page"].rows]


def listed(desk: Client, query: str = "") -> list[str]:
    return [one.pk for one in desk.get(f"{CONNECTIONS}?{query}").context["page"].rows]


def days_ago(number: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=number)


# --- The overview ---------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_rows(desk: Client) -> None:
    east, west = key(make_institution("H1", "990101")), key(make_institution("H2", "990102"))
    make_institution("H3", "990102")
    make_remark(east, choice=OBEYED, at_stake="10.00")
    make_remark(east, choice=OVERRODE, at_stake="20.00")
    make_remark(west, at_stake="40.00")
    totals.add_up()
    context = desk.get(HOME).context
    assert (context["connected"].institutions, context["connected"].connected, context["connected"].today) == (3, 2, 2)
    assert context["connected"].unconnected == 1
    found = context["found"].all
    assert (found.remarks, found.obeyed, found.overrode, found.unanswered) == (3, 1, 1, 1)
    assert (found.at_stake, found.saved) == (Decimal("70.00"), Decimal("10.00"))
    places = {place.code: place for place in context["places"]}
    assert places["990101"].remarked.remarks == 2
    assert (places["990102"].connected.share, places["990102"].remarked.remarks) == (0.5, 1)
    assert sum(day.remarks for day in context["found"].by_day) == 3
    assert [row.overrode for row in context["found"].by_rule] == [1]


def test_every_figure_opens_to_as_many_records(desk: Client) -> None:
    place = key(make_institution("H1", "990101"))
    for choice in (OBEYED, OBEYED, OVERRODE, ""):
        make_remark(place, choice=choice)
    totals.add_up()
    found = desk.get(HOME).context["found"]
    for query, number in (
        (found.all.query, 4), (f"{found.all.query}&choice=obeyed", 2), (f"{found.all.query}&choice=overrode", 1),
        (f"{found.all.query}&choice=none", 1), (f"{found.by_rule[0].query}&choice=overrode", 1),
        (found.by_day[-1].query, 4), (found.by_place["990101"].query, 4),
    ):  # fmt: skip
        assert len(shown(desk, query)) == number, query
    saved = Remark.objects.filter(pk__in=shown(desk, f"{found.all.query}&choice=saved"))
    assert sum(one.at_stake for one in saved) == found.all.saved == Decimal("120.00")


def test_the_target_is_the_countrys_until_another_is_stored(desk: Client) -> None:
    page = desk.get(HOME)
    assert page.context["target"].value == Decimal("0.7")
    assert "2026-02-02" in page.content.decode()
    Threshold.objects.create(
        measure="connected_share", value="0.9", source="a later notice", valid=(dt.date(2026, 1, 1), None)
    )
    assert "a later notice" in desk.get(HOME).content.decode()


def test_a_month_is_chosen_and_what_is_no_month_is_the_present_one(desk: Client) -> None:
    make_remark(make_institution(), at=dt.datetime(2026, 3, 10, tzinfo=dt.UTC))
    totals.add_up()
    assert desk.get(f"{HOME}?month=2026-03").context["found"].all.remarks == 1
    for month in ("2026-13", "%00", "9999-99", ""):
        assert desk.get(f"{HOME}?month={month}").context["period"].month == f"{timezone.localdate():%Y-%m}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_are_read_in_both_tongues(desk: Client, language: str) -> None:
    remark = make_remark(make_institution(), choice=OVERRODE)
    totals.add_up()
    headers = {"accept-language": language}
    assert {"en": "Rules most overridden", "zh-hans": "继续执行最多的规则"}[language] in desk.get(
        HOME, headers=headers
    ).content.decode()
    text = desk.get(REMARKS, headers=headers).content.decode()
    assert (remark.because_en in text) == (language == "en")
    assert (remark.because_zh in text) == (language != "en")


# --- The remarks ----------------------------------------------------------------------------------------


def test_each_filter_keeps_what_it_names(desk: Client) -> None:
    east, west = make_institution("H1", "990101"), make_institution("H2", "990102")
    one = make_remark(east, choice=OVERRODE, way="block", at=dt.datetime(2026, 3, 10, 15, 59, tzinfo=dt.UTC))
    late = make_review(west, moment="review", at=dt.datetime(2026, 3, 10, 16, 0, tzinfo=dt.UTC))
    two = make_remark(west, review=late, rule="item_sex_restricted", certainty="high", choice=OBEYED, at_stake="99.00")
    assert shown(desk) == [two.pk, one.pk]
    for query, kept in {
        "rule=item_sex_restricted": [two], "institution=H1": [one], "division=990102": [two], "division=own": [],
        "since=2026-03-11": [two], "until=2026-03-10": [one], "moment=review": [two], "certainty=high": [two],
        "choice=overrode": [one], "choice=obeyed": [two], "choice=none": [], "choice=saved": [two], "way=block": [one],
        "sort=at_stake": [one, two], "sort=id": [one, two],
    }.items():  # fmt: skip
        assert shown(desk, query) == [row.pk for row in kept], query


def test_what_is_not_understood_filters_nothing(desk: Client) -> None:
    remark = make_remark(make_institution())
    for query in ("rule=x", "since=soon", "since=0001-01-01", "until=9999-12-31", "certainty=9", "after=%00", "choice=1",
                  "sort=password", "way=shout", "division=%00", "institution=%00"):  # fmt: skip
        assert shown(desk, query) == [remark.pk], query


def test_a_finding_obeyed_and_then_overridden_is_not_saved(desk: Client) -> None:
    place = make_institution()
    for hours, choice in ((2, OBEYED), (1, OVERRODE)):
        review = make_review(place, claim="H:7", at=timezone.now() - dt.timedelta(hours=hours))
        make_remark(place, review=review, key="a", choice=choice)
    assert shown(desk, "choice=saved") == []
    assert len(shown(desk, "choice=obeyed")) == 1


def test_the_export_holds_exactly_the_list_and_is_written_down(desk: Client) -> None:
    make_remark(make_institution("H1"), choice=OBEYED)
    kept = make_remark(make_institution("H2"))
    answer = desk.get(f"{REMARKS}export.csv?institution=H2", headers={"accept-language": "en"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Remark", kept.number]
    entry = Entry.objects.get(act=Act.EXPORT)
    assert (entry.subject, entry.facts["query"]) == ("remarks", "institution=H2")
    assert desk.get(f"{REMARKS}export.xlsx").getvalue().startswith(b"PK")
    assert desk.get(f"{REMARKS}export.pdf").status_code == 404


# --- Connections ----------------------------------------------------------------------------------------


def test_an_institution_is_connected_silent_or_has_no_key(desk: Client) -> None:
    key(make_institution("H0"))
    for code, days in (("H1", 0), ("H2", 30), ("H3", 31)):
        make_message(key(make_institution(code)), infno="2204", at=days_ago(days))
    make_institution("H4")
    closed = key(make_institution("H5"))
    Key.objects.filter(institution=closed).update(closed_at=timezone.now())
    totals.add_up()
    assert listed(desk, "state=connected") == ["H1", "H2"]
    assert listed(desk, "state=silent") == ["H0", "H3"]
    assert listed(desk, "state=unconnected") == ["H4", "H5"]
    assert listed(desk, "state=never") == listed(desk)  # messages, but no question among them


def test_who_asked_is_told_from_who_only_sent_bills(desk: Client) -> None:
    make_review(key(make_institution("H1")))
    make_message(key(make_institution("H2")), infno="2204")
    totals.add_up()
    assert listed(desk, "state=today") == listed(desk, "state=month") == ["H1"]
    assert listed(desk, "state=never") == ["H2"]


def test_connections_are_filtered_by_kind_level_and_place_and_exported(desk: Client) -> None:
    make_institution("H1", "990101", kind="pharmacy", level=0)
    make_institution("H2", "990102", level=3)
    assert (listed(desk, "kind=pharmacy"), listed(desk, "level=3"), listed(desk, "division=990102")) == (
        ["H1"],
        ["H2"],
        ["H2"],
    )
    assert listed(desk, "kind=x&level=y&state=z&division=%00") == ["H1", "H2"]
    answer = desk.get(f"{CONNECTIONS}export.csv?kind=pharmacy")
    assert len(answer.getvalue().decode().splitlines()) == 2
    assert Entry.objects.get(act=Act.EXPORT).facts["rows"] == 1


# --- Sight and speed ------------------------------------------------------------------------------------


def test_a_superior_sees_those_below_and_a_neighbour_sees_none(client: Client) -> None:
    make_remark(key(make_institution("H1", "990101")))
    totals.add_up()
    for name, territory, seen in (("county", "990101", 1), ("nation", "000000", 1), ("wangyu", "990200", 0)):
        client.force_login(make_account(name, territory))
        context = client.get(HOME).context
        assert (context["found"].all.remarks, context["connected"].connected) == (seen, seen)
        assert (len(shown(client)), len(listed(client))) == (seen, seen)


@pytest.mark.parametrize("page", [HOME, REMARKS, CONNECTIONS])
def test_a_page_asks_as_much_for_30_rows_as_for_3(desk: Client, page: str) -> None:
    asked = []
    for number in range(30):
        make_remark(key(make_institution(f"H{number:03}", f"9901{number % 3 + 1:02}")), choice=OVERRODE)
        if number in (2, 29):
            totals.add_up()
            desk.get(page)  # so that no cache is filled while counting
            with CaptureQueriesContext(connection) as queries:
                desk.get(page)
            asked.append(len(queries))
    assert asked[0] == asked[1] <= 16
