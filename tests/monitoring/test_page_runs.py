"""Monitoring runs: the list, one run, starting and cancelling."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.monitoring import runs
from supervision.monitoring.models import Run
from tests.builders import (
    make_account,
    make_batch,
    make_institution,
    make_run,
    make_snapshot,
    make_step,
    make_total,
)  # fmt: skip

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
RULES = ("drug_sex_restricted", "adm_overlap")


@pytest.fixture
def owed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Both months of both rules, in which the reader's prefecture has claims."""
    steps = [(rule, month) for rule in RULES for month in ("2026-01", "2026-02")]
    monkeypatch.setattr(runs, "plan", lambda rules=None, months=None: [s for s in steps if s[1] in (months or ())])
    for month in ("2026-01", "2026-02"):
        make_total(make_institution(), month)
    return steps


@pytest.mark.parametrize(("language", "said"), [("en", "1 of 2 steps done"), ("zh-hans", "1 / 2")])
def test_a_run_shows_its_steps_by_rule(desk: Client, language: str, said: str) -> None:
    run = make_run(status=Run.Status.PARKED, not_runnable={"trace_duplicate": ["scan"]})
    make_step(run, RULES[0], found=3, charges=100)
    make_step(run, RULES[1], done=False, parked="MemoryError: too much")
    response = desk.get(run.get_absolute_url(), headers={"accept-language": language})
    progress = response.context["progress"]
    assert [(rule.code, rule.done, rule.found) for rule in progress.rules] == [(RULES[1], 0, 0), (RULES[0], 1, 3)]
    text = response.content.decode()
    assert "MemoryError: too much" in text
    assert "scan" in text
    assert said in text or language != "en"


def test_only_a_run_that_goes_on_asks_for_its_progress(desk: Client) -> None:
    going, done = make_run(status=Run.Status.RUNNING), make_run()
    assert "hx-get" in desk.get(going.get_absolute_url()).content.decode()
    assert "hx-get" not in desk.get(done.get_absolute_url()).content.decode()
    fragment = desk.get(f"{going.get_absolute_url()}progress/").content.decode()
    assert "<html" not in fragment
    assert "hx-get" in fragment


def test_what_is_left_is_foretold_from_a_fifth_on(desk: Client) -> None:
    run = make_run(status=Run.Status.RUNNING, steps_total=10)
    Run.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    make_step(run)
    assert desk.get(run.get_absolute_url()).context["progress"].left is None
    make_step(run, month="2026-04")
    left = desk.get(run.get_absolute_url()).context["progress"].left
    assert timedelta(minutes=7, seconds=50) < left < timedelta(minutes=8, seconds=30)


def test_the_start_page_offers_exactly_what_is_owed(desk: Client, owed: list[tuple[str, str]]) -> None:
    form = desk.get("/desk/runs/start/").context["form"]
    assert [value for value, _words in form.fields["rules"].choices] == sorted(RULES)
    assert [value for value, _words in form.fields["months"].choices] == ["2026-01", "2026-02"]
    owed.clear()
    assert '<form class="card"' not in desk.get("/desk/runs/start/").content.decode()


def test_months_in_which_only_others_have_claims_are_neither_offered_nor_started(
    client: Client, owed: list[tuple[str, str]]
) -> None:
    make_total(make_institution("H99020100001", "990201"), "2026-02")
    client.force_login(make_account("wangyu", "990200"))
    months = client.get("/desk/runs/start/").context["form"].fields["months"].choices
    assert [value for value, _words in months] == ["2026-02"]
    refused = client.post("/desk/runs/start/", {"rules": [RULES[0]], "months": ["2026-01"]})
    assert "months" in refused.context["form"].errors
    client.force_login(make_account("nation", "000000"))
    months = client.get("/desk/runs/start/").context["form"].fields["months"].choices
    assert [value for value, _words in months] == ["2026-01", "2026-02"]


def test_starting_runs_what_was_chosen_and_is_written_down(
    desk: Client, owed: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def start(**choice: object) -> Run:
        asked.update(choice)
        return make_run(status=Run.Status.RUNNING)

    monkeypatch.setattr(runs, "start", start)
    response = desk.post("/desk/runs/start/", {"rules": [RULES[0]], "months": ["2026-02"]})
    run = Run.objects.get()
    assert (asked["rules"], asked["months"], response["Location"]) == ([RULES[0]], ["2026-02"], run.get_absolute_url())
    assert Entry.objects.get(act=Act.RUN).subject == f"run {run.pk}"


def test_a_refused_start_says_why(desk: Client, owed: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**choice: object) -> Run:
        raise runs.RunRefused("A run is going on already.")

    monkeypatch.setattr(runs, "start", refuse)
    text = desk.post("/desk/runs/start/", {"rules": RULES, "months": ["2026-01"]}).content.decode()
    assert "A run is going on already." in text
    for nothing in ({}, {"rules": ["unknown"], "months": ["2026-01"]}):
        assert desk.post("/desk/runs/start/", nothing).context["form"].errors


def test_cancelling_ends_a_run(desk: Client) -> None:
    run = make_run(status=Run.Status.RUNNING)
    assert desk.get(f"{run.get_absolute_url()}cancel/").status_code == 405
    desk.post(f"{run.get_absolute_url()}cancel/")
    run.refresh_from_db()
    assert run.status == Run.Status.CANCELLED


def test_starting_and_cancelling_ask_for_the_duty(client: Client) -> None:
    run = make_run(status=Run.Status.RUNNING)
    client.force_login(make_account("reader", duties=[Duty.READ]))
    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.post("/desk/runs/start/").status_code == 403
    assert client.post(f"{run.get_absolute_url()}cancel/").status_code == 403
    run.refresh_from_db()
    assert run.status == Run.Status.RUNNING


def test_a_run_over_foreign_claims_is_not_there(client: Client) -> None:
    """A run counts over every claim there was, so who may not see them all sees none of it."""
    make_snapshot(make_batch(territory="990200"))
    run = make_run(snapshot=make_snapshot(make_batch(territory="990100")))
    for name, territory, status in (("yunze", "990100", 404), ("wangyu", "990200", 404), ("province", "990000", 200)):
        client.force_login(make_account(name, territory))
        for url in (run.get_absolute_url(), f"{run.get_absolute_url()}progress/"):
            assert client.get(url).status_code == status, name
        assert client.post(f"{run.get_absolute_url()}cancel/").status_code in (302, 404)


@pytest.mark.parametrize("duties", [[Duty.READ], [Duty.READ, Duty.MONITOR]])
@pytest.mark.parametrize(("language", "said"), [("en", "you may not see"), ("zh-hans", "无权查看")])
def test_a_county_is_told_why_it_sees_no_run_and_where_its_findings_are(
    client: Client, duties: list[Duty], language: str, said: str
) -> None:
    client.force_login(make_account("county", "990101", duties=duties))
    before = client.get("/desk/runs/", headers={"accept-language": language}).content.decode()
    make_run(snapshot=make_snapshot(make_batch(territory="990100")))
    text = client.get("/desk/runs/", headers={"accept-language": language}).content.decode()
    assert said in text
    assert "/desk/findings/" in text
    assert TOKEN.sub("", text) == TOKEN.sub("", before)


def test_the_list_asks_no_more_for_many_runs(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        run = make_run()
        for month in range(1, 7):
            make_step(run, month=f"2026-0{month}", found=number)
    with django_assert_max_num_queries(8):
        rows = desk.get("/desk/runs/").context["page"].rows
    assert [(run.done, run.found) for run in rows] == [(6, 6 * number) for number in range(19, -1, -1)]
