"""One finding: its reason, its claim with the marked lines, what surrounds it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from institutions.models import Account
from supervision.audit.models import Act, Entry
from supervision.monitoring import standing
from supervision.monitoring.models import Finding, FindingLine
from tests.builders import make_account, make_finding, make_institution, make_line
from tests.claims.building import publish

HOSPITAL, CLAIM, MEMBER = "H99010100001", "H99010100001:e1", "990101000123"
SHARED = {"institution": HOSPITAL, "member": MEMBER, "month": "2026-03", "sound": True, "insured_area": "990100"}
LINE = {"claim": CLAIM, **SHARED, "item": "XA01", "item_name": "goserelin", "price": 21_500_000}


@pytest.fixture
def finding(account: Account, tmp_path: Path, settings: Settings) -> Finding:
    """A man's drug for a woman: line 2 is accused, line 3 was taken back by line 4."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    settled = datetime(2026, 3, 9, 10)
    stay = {"claim": CLAIM, "encounter": "e1", "sex": "2", "admitted": datetime(2026, 3, 5, 8), "discharged": datetime(2026, 3, 9),
            "illness": "C61", "settled_at": settled, "total": 4300, "paid": 2580, "fund_ratio": 6000}  # fmt: skip
    visit = {
        "claim": f"{HOSPITAL}:e0",
        "encounter": "e0",
        "kind": "outpatient",
        "started": datetime(2026, 2, 1),
        "illness": "J00",
        "total": 1000,
    }
    lines = [
        {"line": f"{n}", "charge": f"{CLAIM}:{n}", "quantity": q * 10_000, "amount": q * 2150, "row": n, "done_at": datetime(2026, 3, 5, 8 + n),
         "reverses": f"{CLAIM}:3" if n == 4 else None}
        for n, q in [(1, 1), (2, 1), (3, 1), (4, -1)]
    ]  # fmt: skip
    publish(tmp_path, {
        "stay": [{**SHARED, **stay}],
        "visit": [{**SHARED, **visit, "month": "2026-02"}],
        "fee_line": [{**LINE, **line} for line in lines],
        "charge": [{**LINE, **line} for line in lines[:2]],
        "diagnosis": [{**SHARED, "claim": CLAIM, "number": 1, "code": "C61", "name": "prostate", "main": True, "day": date(2026, 3, 5)}],
    })  # fmt: skip
    institution = make_institution(HOSPITAL)
    made = make_finding(institution, claim=CLAIM, key=f"{CLAIM}:2", member=MEMBER, at_stake="21.50")
    made.lines.update(claim=CLAIM, charge=f"{CLAIM}:2")
    return made


def test_the_claim_is_laid_out_with_its_accused_line_marked(desk: Client, finding: Finding) -> None:
    evidence = desk.get(finding.get_absolute_url()).context["evidence"]
    assert [(mark.line["line"], mark.role, mark.reversal, mark.line["netted"]) for mark in evidence.marked] == [
        ("1", "", False, False), ("2", "accused", False, False), ("3", "", False, True), ("4", "", True, True)
    ]  # fmt: skip
    assert evidence.netted
    assert [encounter.record["encounter"] for encounter in evidence.timeline] == ["e1", "e0"]
    assert [encounter.role for encounter in evidence.timeline] == ["accused", ""]


@pytest.mark.parametrize(("language", "said"), [("en", "At stake"), ("zh-hans", "¥21.50")])
def test_the_page_is_read_in_both_tongues(desk: Client, finding: Finding, language: str, said: str) -> None:
    text = desk.get(finding.get_absolute_url(), headers={"accept-language": language}).content.decode()
    assert said in text
    assert (finding.because_zh if language.startswith("zh") else finding.because_en) in text


def test_the_member_is_masked(desk: Client, finding: Finding) -> None:
    text = desk.get(finding.get_absolute_url()).content.decode()
    assert "99****23" in text
    assert MEMBER not in text


def test_opening_it_is_written_down_and_changes_nothing(desk: Client, account: Account, finding: Finding) -> None:
    before = Finding.objects.values().get(pk=finding.pk)
    desk.get(finding.get_absolute_url())
    entry = Entry.objects.get(act=Act.READ)
    assert (entry.account, entry.subject) == (account.username, f"finding {finding.pk}")
    assert Finding.objects.values().get(pk=finding.pk) == before


def test_lines_outside_the_claim_stand_apart(desk: Client, finding: Finding) -> None:
    other = make_line(finding, claim=f"{HOSPITAL}:e7", charge=f"{HOSPITAL}:e7:1", role=FindingLine.Role.INVOLVED)
    assert list(desk.get(finding.get_absolute_url()).context["evidence"].elsewhere) == [other]


def test_the_evidence_calls_institutions_by_their_names(desk: Client, finding: Finding) -> None:
    sold = make_finding(finding.institution, rule="trace_duplicate", claim=f"{HOSPITAL}:sold")
    sold.lines.update(evidence={"sold_by": "H2", "code": "H2-81101"})
    make_institution("H2", name_zh="乙药店", name_en="")
    text = desk.get(sold.get_absolute_url(), headers={"accept-language": "zh-hans"}).content.decode()
    assert "乙药店（H2）" in text
    assert "H2-81101" in text


def test_what_else_is_suspected_of_the_claim_is_shown(desk: Client, finding: Finding) -> None:
    other = make_finding(finding.institution, rule="item_price_over_cap", claim=CLAIM)
    make_finding(finding.institution, rule="adm_overlap", claim=CLAIM, status=Finding.Status.WITHDRAWN)
    assert desk.get(finding.get_absolute_url()).context["evidence"].also == [other]


def test_a_claim_that_a_later_batch_ended_is_said_to_be_gone(desk: Client, finding: Finding) -> None:
    gone = make_finding(finding.institution, claim=f"{HOSPITAL}:ended")
    response = desk.get(gone.get_absolute_url(), headers={"accept-language": "en"})
    assert "no longer stands in the warehouse" in response.content.decode()


def test_the_neighbours_are_those_of_the_list_it_was_opened_from(desk: Client, finding: Finding) -> None:
    small, large = (
        make_finding(finding.institution, at_stake="1.00"),
        make_finding(finding.institution, at_stake="99.00"),
    )
    make_finding(make_institution("H2"), at_stake="50.00")
    response = desk.get(f"{finding.get_absolute_url()}?sort=-at_stake&institution={HOSPITAL}")
    assert (response.context["before"], response.context["after"]) == (large.pk, small.pk)


def test_the_page_asks_at_most_fifteen_questions(
    desk: Client, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "TITLES_KEPT", 3600)  # what counts is asked for once in a while, by one page of many
    for number in range(12):
        make_line(finding, claim=CLAIM, charge=f"{CLAIM}:{number}")
        make_finding(finding.institution, rule=f"rule{number}", claim=CLAIM)
    url = f"{finding.get_absolute_url()}?sort=-at_stake&institution={HOSPITAL}"
    Finding.objects.update(page_hash=standing.lately()[finding.rule].hash)  # remembered from page to page
    with CaptureQueriesContext(connection) as asked:
        desk.get(url)
    ends = (
        "SAVEPOINT",
        "RELEASE",
        'UPDATE "django_session"',
    )  # of transactions; and, once a minute, the session's clock
    assert len([query for query in asked if not query["sql"].startswith(ends)]) <= 15


def test_another_territory_finds_nothing_here(client: Client, finding: Finding) -> None:
    client.force_login(make_account("wangyu", "990200"))
    assert client.get(finding.get_absolute_url()).status_code == 404
    assert client.get("/desk/findings/99999999999999999999/").status_code == 404
