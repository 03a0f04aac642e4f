"""The pages on which people decide: findings held back, exemptions, the review of a finding."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.monitoring.guards import Exemption, Hold, Review, Threshold
from supervision.monitoring.models import Finding
from supervision.monitoring.thresholds import limits
from tests.builders import make_account, make_exemption, make_finding, make_hold, make_institution, make_run, make_step

RULE = "drug_sex_restricted"


@pytest.fixture
def desk(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


@pytest.fixture
def hold(account: Account) -> Hold:
    made = make_hold(make_step(make_run(started_by=make_account("starter", "990100"))))
    for number in range(3):
        make_finding(make_institution(), status="held", hold=made, at_stake=f"{number + 1}.00")
    return made


def said(response: object) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_stopped_rule_is_told_with_its_reason_and_its_gravest_findings(
    desk: Client, hold: Hold, language: str
) -> None:
    headers = {"accept-language": language}
    assert "812" in desk.get("/desk/holds/", headers=headers).content.decode()
    shown = desk.get(f"/desk/holds/{hold.pk}/", headers=headers)
    assert [finding.at_stake for finding in shown.context["samples"]] == [3, 2, 1]
    held = Finding.objects.first()
    assert held is not None
    banner = {"en": "Held back.", "zh-hans": "已暂缓。"}[language]
    assert banner in desk.get(held.get_absolute_url(), headers=headers).content.decode()


def test_releasing_and_rejecting_is_done_once_and_written_down(desk: Client, account: Account, hold: Hold) -> None:
    desk.post(f"/desk/holds/{hold.pk}/decide/", {"decision": "released", "reason": ""})
    assert set(Finding.objects.values_list("status", flat=True)) == {"held"}
    desk.post(f"/desk/holds/{hold.pk}/decide/", {"decision": "rejected", "reason": "a wrong list"})
    hold.refresh_from_db()
    assert (hold.decision, hold.decided_by, hold.reason) == ("rejected", account, "a wrong list")
    assert set(Finding.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert "already" in said(desk.post(f"/desk/holds/{hold.pk}/decide/", {"decision": "released", "reason": "no"}))
    assert Entry.objects.get(act=Act.HOLD).facts["decision"] == "rejected"


def test_held_findings_are_found_by_their_state(desk: Client, hold: Hold) -> None:
    assert desk.get("/desk/findings/").context["count"].findings == 0
    assert desk.get("/desk/findings/?status=held").context["count"].findings == 3
    assert desk.get("/desk/").context["found"].all.findings == 0


def test_without_anything_the_pages_say_so(desk: Client) -> None:
    for address in ("/desk/holds/", "/desk/exemptions/"):
        assert "empty-note" in desk.get(address).content.decode()


def asked(**facts: str) -> dict[str, str]:
    today = timezone.localdate()
    values = {"rule": RULE, "institution": "H99010100001", "reason": "a pilot", "evidence": "letter 12",
              "since": f"{today}", "until": f"{today + dt.timedelta(30)}"}  # fmt: skip
    return {**values, **facts}


def test_an_exemption_is_asked_for_approved_by_another_and_ended(desk: Client, account: Account) -> None:
    finding = make_finding(make_institution())
    assert desk.post("/desk/exemptions/new/", asked()).status_code == 302
    made = Exemption.objects.get()
    assert (made.state, made.asked_by, made.territory_id, made.prefix) == ("asked", account, "990100", "9901")
    assert "second person" in said(desk.post(f"/desk/exemptions/{made.pk}/approve/"))
    other = Client()
    other.force_login(make_account("second", "990100"))
    other.post(f"/desk/exemptions/{made.pk}/approve/")
    finding.refresh_from_db()
    assert (finding.status, finding.exemption) == ("withdrawn", made)
    assert "a pilot" in desk.get(finding.get_absolute_url()).content.decode()
    desk.post(f"/desk/exemptions/{made.pk}/end/", {"reason": ""})
    assert Exemption.objects.get().ended_at is None
    desk.post(f"/desk/exemptions/{made.pk}/end/", {"reason": "over"})
    assert Exemption.objects.get().state == "ended"
    assert "over" in desk.get("/desk/exemptions/").content.decode()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"until": ""}, "until"),
        ({"until": f"{timezone.localdate() + dt.timedelta(366)}"}, "until"),
        ({"until": "2020-01-01", "since": "2019-12-01"}, "until"),
        ({"reason": ""}, "reason"),
        ({"evidence": ""}, "evidence"),
        ({"institution": "H99020100001"}, "institution"),
        ({"institution": ""}, "__all__"),
        ({"member": "M1"}, "__all__"),
        ({"institution": "", "place": "990100", "rule": ""}, "rule"),
        ({"institution": "", "place": "990200"}, "place"),
    ],
)
def test_what_is_incomplete_or_too_long_or_elsewhere_is_sent_back(
    desk: Client, account: Account, facts: dict[str, str], field: str
) -> None:
    make_institution()
    make_institution("H99020100001", "990201")
    answer = desk.post("/desk/exemptions/new/", asked(**facts))
    assert field in answer.context["form"].errors
    assert not Exemption.objects.exists()


def test_a_rule_is_switched_off_in_a_place_and_a_members_number_is_masked(desk: Client, account: Account) -> None:
    make_institution()
    assert desk.post("/desk/exemptions/new/", asked(institution="", place="990100", evidence="")).status_code == 302
    desk.post("/desk/exemptions/new/", asked(institution="", member="990101000123"))
    text = desk.get("/desk/exemptions/").content.decode()
    assert "Yunze" in text
    assert "990101000123" not in text


def test_what_ends_soon_stands_first(desk: Client, account: Account) -> None:
    soon = make_exemption(
        make_institution(), by=account, approved_by=make_account("b", "990100"), approved_at=dt.datetime.now(dt.UTC)
    )
    assert [one.pk for one in desk.get("/desk/exemptions/").context["ending"]] == [soon.pk]


def test_a_finding_is_reviewed_on_its_page(desk: Client, account: Account) -> None:
    finding = make_finding(make_institution())
    address = f"/desk/findings/{finding.pk}/review/"
    assert "why" in said(desk.post(address, {"outcome": "withdrawn", "note": "x"}))
    assert not Review.objects.exists()
    desk.post(address, {"outcome": "withdrawn", "cause": "documented", "note": "a prescription is there"})
    finding.refresh_from_db()
    assert (finding.status, finding.acted_on) == ("withdrawn", True)
    text = desk.get(finding.get_absolute_url()).content.decode()
    assert "a prescription is there" in text
    assert "withdrawn after review" in text


def test_who_may_only_read_sees_no_form(client: Client, hold: Hold) -> None:
    client.force_login(make_account("reader", "990100", duties=[Duty.READ]))
    for address in (
        f"/desk/holds/{hold.pk}/",
        "/desk/exemptions/",
        make_finding(make_institution()).get_absolute_url(),
    ):
        text = client.get(address).content.decode()
        assert not re.search(r"/decide/|/findings/\d+/review/|/exemptions/new/", text)


def test_administrators_store_other_thresholds_and_the_chain_knows(client: Client, db: None, tmp_path: Path) -> None:
    client.force_login(make_account("administrator", None, duties=[Duty.ADMINISTER]))
    facts = {
        "measure": "month_share",
        "rule": RULE,
        "value": "800",
        "source": "decided on 1 March",
        "valid_0": "2026-01-01",
        "valid_1": "",
    }
    assert client.post("/admin/monitoring/threshold/add/", facts).status_code == 302
    assert (limits(RULE)["month_share"].value, limits()["month_share"].value) == (Decimal(800), Decimal(500))
    assert client.post("/admin/monitoring/threshold/add/", facts).status_code == 200  # it overlaps
    assert client.post("/admin/monitoring/threshold/add/", {**facts, "rule": "nobody"}).status_code == 200
    assert (Threshold.objects.count(), Entry.objects.filter(act=Act.REFERENCE).count()) == (1, 1)
