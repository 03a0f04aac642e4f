"""The pages of the knowledge base: what is shown, what goes out, who acts, and what a neighbour never sees."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from institutions.models import Account
from supervision.audit.models import Entry
from supervision.knowledge import forms, proposing
from supervision.knowledge.models import Point, Proposal
from supervision.monitoring import standing
from supervision.monitoring.models import Finding, FindingLine
from tests.builders import make_account, make_finding, make_institution, make_knowledge, make_point
from tests.knowledge.sheets import as_csv, bed, national

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def shown(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()  # type: ignore[attr-defined]


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def upload(client: Client, *files: tuple[str, bytes]) -> Proposal | None:
    before = set(Proposal.objects.values_list("pk", flat=True))
    sent = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    client.post("/desk/knowledge/batches/new/", sent, headers=ENGLISH)
    return Proposal.objects.exclude(pk__in=before).first()


def test_the_lists_show_how_many_points_hold_and_which_rules_consult_them(desk: Client) -> None:
    make_point("0011")
    page = shown(desk, "/desk/knowledge/")
    assert "/desk/knowledge/lists/bed/" in page
    assert "/desk/rules/bed_days_mismatch/" in page
    assert "1 point that rules consult" in page


def test_one_list_is_searched_filtered_and_taken_away_exactly_as_shown(desk: Client) -> None:
    make_point("0011", name="ward bed", valid=("2026-01-01", "2026-07-01"), source="annex A")
    make_point("0012", name="other bed", place="990100", source="annex B")
    address = "/desk/knowledge/lists/bed/"
    assert shown(desk, address).count("bed</td>") == 2
    for query in ({"q": "ward"}, {"place": "000000"}, {"source": "annex a"}, {"on": "2026-06-30", "q": "0011"}):
        page = shown(desk, address, **query)
        assert "ward bed" in page
        assert "other bed" not in page
    assert "No point answers all of these filters" in shown(desk, address, on="2026-07-01", q="0011")
    told = json.loads(shown(desk, f"{address}export.json", q="ward"))
    assert [(one["item"], one["since"], one["until"]) for one in told["points"]] == [
        ("0011", "2026-01-01", "2026-06-30")
    ]
    assert "other bed" not in shown(desk, f"{address}export.csv", q="ward")
    answer = desk.get(f"{address}export.xlsx", {"q": "ward"})
    book = ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert b"0012" not in b"".join(book.read(name) for name in book.namelist())
    assert Entry.objects.filter(act="export", subject="knowledge list bed").count() == 3


def test_what_a_list_exports_can_be_taken_in_again_and_changes_nothing(desk: Client) -> None:
    make_point("0011", place="990100", valid=("2026-01-01", "2026-07-01"))
    taken = shown(desk, "/desk/knowledge/lists/bed/export.csv").encode()
    proposal = upload(desk, ("bed.csv", taken))
    assert proposal
    assert (proposal.status, proposal.counts["same"]) == ("nothing", 1)


def test_a_list_costs_the_same_for_thirty_points_as_for_three(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "TITLES_KEPT", 3600)  # what is asked anew every few seconds is asked before
    for number in range(3):
        make_point(f"00{number}")
    shown(desk, "/desk/knowledge/lists/bed/")  # the first request of a session asks for more
    with CaptureQueriesContext(connection) as few:
        shown(desk, "/desk/knowledge/lists/bed/")
    for number in range(10, 40):
        make_point(f"00{number}")
    with django_assert_num_queries(len(few)):
        shown(desk, "/desk/knowledge/lists/bed/")


def test_a_point_shows_all_that_was_ever_said_of_its_key_and_place(desk: Client) -> None:
    first, second = make_account("first", "000000"), make_account("second", "000000")
    for name in ("old name", "new name"):
        proposing.approve(proposing.prepare([("bed.csv", as_csv([bed("B1", "0011", name)]))], by=first), by=second)
    make_point("0011", place="990100", name="local name")
    point = Point.objects.get(values__name="new name")
    page = shown(desk, point.get_absolute_url())
    assert page.index("new name") < page.index("old name") < page.index("local name")
    assert "first → second" in page
    assert "Ended by version" in page
    assert "/desk/rules/bed_days_mismatch/" in page


def test_a_batch_is_uploaded_looked_at_and_approved_by_somebody_else(desk: Client, account: Account) -> None:
    checker = signed_in(make_account("checker"))
    proposal = upload(desk, ("bed.csv", as_csv([bed("P1", "0011"), bed("P2", "0012", place="000000")])))
    assert proposal
    page = shown(desk, proposal.get_absolute_url())
    for words in ("waits for approval", "You prepared this batch", "P1", "holds outside the territory", "bed.csv"):
        assert words in page
    assert "Approve: put it in force" not in page
    decide = f"{proposal.get_absolute_url()}decide/"
    answer = desk.post(decide, {"act": "approve", "base": proposal.base}, headers=ENGLISH, follow=True)
    assert "a second person looks at it" in answer.content.decode()
    assert "Approve: put it in force" in shown(checker, proposal.get_absolute_url())
    assert "Say why" in checker.post(decide, {"act": "refuse"}, headers=ENGLISH, follow=True).content.decode()
    unseen = checker.post(decide, {"act": "approve"}, headers=ENGLISH, follow=True)
    assert "look at its difference" in unseen.content.decode()
    checker.post(decide, {"act": "approve", "base": proposal.base})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.prepared_by) == ("in_force", account)
    assert "0012" in shown(desk, f"{proposal.get_absolute_url()}rejects.csv") or proposal.rejects.count() == 1
    checker.post(f"{proposal.get_absolute_url()}take-back/")
    assert not Point.objects.in_force().exists()
    assert Proposal.objects.filter(undoes=proposal, status="in_force").count() == 1


def test_a_national_sheet_uploaded_by_the_nation_is_compared_by_list(client: Client) -> None:
    nation = signed_in(make_account("nation", "000000"))
    make_point("XA01AAA001A001010100001", list_id="drug_insurance", point="S1", values={
        "item": "XA01AAA001A001010100001", "name": "某药", "fund": "work_injury", "wording": "限工伤保险"})  # fmt: skip
    rows = [national("KP-1", "XA01AAA001A001010100001|XA01AAA001A001010100002"), national("KP-2", "")]
    proposal = upload(nation, ("all.csv", as_csv(rows)))
    assert proposal
    page = shown(nation, proposal.get_absolute_url())
    for words in ("instead of", "S1", "KP-1", "药品限工伤保险", "names no code"):
        assert words in page
    assert "KP-2" not in shown(nation, proposal.get_absolute_url(), kind="changed").partition("Rejected rows")[0]
    assert shown(nation, f"{proposal.get_absolute_url()}rejects.csv").count("no_code") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.csv", b"a,b\n1,2\n", "None of the files is a sheet"),
        ("bed.xlsx", b"PK\x03\x04nothing", "cannot be read"),
        ("bed.csv", b"", "empty"),
    ],
)
def test_what_is_no_sheet_is_refused_on_the_page(desk: Client, name: str, content: bytes, says: str) -> None:
    sent = {"files": [SimpleUploadedFile(name, content)]}
    page = desk.post("/desk/knowledge/batches/new/", sent, headers=ENGLISH)
    assert says in page.content.decode()
    assert not Proposal.objects.exists()


def test_a_file_beyond_the_bound_is_refused(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST", 10)
    sent = {"files": [SimpleUploadedFile("bed.csv", as_csv([bed("B1", "0011")]))]}
    assert "larger than 20 MB" in desk.post("/desk/knowledge/batches/new/", sent, headers=ENGLISH).content.decode()


def test_versions_are_compared(desk: Client) -> None:
    first, second = make_account("first", "000000"), make_account("second", "000000")
    done = [
        proposing.approve(proposing.prepare([("bed.csv", as_csv([bed("B1", "0011", name)]))], by=first), by=second)
        for name in ("old name", "new name", "newest name")
    ]
    page = shown(desk, "/desk/knowledge/compare/")
    assert "new name</del>" in page
    assert "newest name</ins>" in page
    page = shown(desk, "/desk/knowledge/compare/", earlier=str(done[0].version_id), later=str(done[2].version_id))
    assert "old name</del>" in page
    same = {name: str(done[2].version_id) for name in ("earlier", "later")}
    assert "Nothing differs" in shown(desk, "/desk/knowledge/compare/", **same)


def test_a_neighbour_sees_and_does_nothing_of_anothers_local_batch(desk: Client) -> None:
    neighbour = signed_in(make_account("wangyu", "990200"))
    proposal = upload(desk, ("bed.csv", as_csv([bed("P1", "0011", "local bed")])))
    assert proposal
    in_force, point = make_knowledge("990100", "hidden bed")
    for address in (
        proposal.get_absolute_url(), f"{proposal.get_absolute_url()}rejects.csv", in_force.get_absolute_url(),
        point.get_absolute_url(),
    ):  # fmt: skip
        assert neighbour.get(address).status_code == 404
    for act in ("decide/", "take-back/"):
        assert neighbour.post(f"{in_force.get_absolute_url()}{act}", {"act": "approve"}).status_code == 404
    for address in ("", "lists/bed/", "lists/bed/export.json", "batches/", "compare/"):
        page = shown(neighbour, f"/desk/knowledge/{address}")
        assert "local bed" not in page
        assert "hidden bed" not in page
        assert "bed.csv" not in page
    superior = signed_in(make_account("province", "990000"))
    assert "hidden bed" in shown(superior, "/desk/knowledge/lists/bed/")


def test_of_a_batch_of_the_nation_everybody_sees_their_own_places_alone(client: Client) -> None:
    nation, neighbour = signed_in(make_account("nation", "000000")), signed_in(make_account("wangyu", "990200"))
    rows = [
        bed("B1", "0011", "everywhere"),
        bed("B2", "0012", "far away", place="990100"),
        bed("B3", "0013", "here", place="990200"),
    ]
    proposal = upload(nation, ("bed.csv", as_csv(rows)))
    assert proposal

    def seen() -> list[bool]:
        page = shown(neighbour, proposal.get_absolute_url())
        return [words in page for words in ("everywhere", "far away", ">here")]

    assert seen() == [True, False, True]
    proposing.approve(proposal, by=make_account("second", "000000"))
    assert seen() == [True, False, True]
    page = shown(neighbour, "/desk/knowledge/compare/")
    assert "everywhere" in page
    assert "far away" not in page


def test_a_local_account_decides_nothing_for_the_nation(desk: Client) -> None:
    proposal = upload(signed_in(make_account("nation", "000000")), ("bed.csv", as_csv([bed("B1", "0011")])))
    assert proposal
    assert desk.post(f"{proposal.get_absolute_url()}decide/", {"act": "approve"}).status_code == 403
    assert "Approve" not in shown(desk, proposal.get_absolute_url())
    reader = signed_in(make_account("reader", duties=["read"]))
    assert reader.get("/desk/knowledge/batches/new/").status_code == 403


def test_a_finding_shows_the_point_of_another_place_without_the_way_to_it(desk: Client) -> None:
    local = make_point("0011", place="990200", point="P-9", basis="neighbouring price list", source="annex N")
    own = make_point("0011", place="990100", point="P-8", basis="own price list")
    finding = make_finding(make_institution(), rule="bed_days_mismatch", knowledge_version=own.batch_id)
    FindingLine.objects.filter(finding=finding).update(evidence={"point": "P-9", "item": "0011", "name": "ward bed"})
    page = shown(desk, Finding.objects.get().get_absolute_url())
    assert "neighbouring price list" in page
    assert "annex N" in page
    assert local.get_absolute_url() not in page
    FindingLine.objects.filter(finding=finding).update(evidence={"point": "P-8", "item": "0011"})
    page = shown(desk, Finding.objects.get().get_absolute_url())
    assert own.get_absolute_url() in page
    assert "own price list" in page


def test_a_number_that_stands_for_many_codes_is_resolved_to_the_code_of_the_line(desk: Client) -> None:
    point = make_point("0011", point="P-1", basis="of the first")
    other = make_point("0012", point="P-1", basis="of the second", batch=point.batch)
    finding = make_finding(make_institution(), rule="bed_days_mismatch", knowledge_version=point.batch_id)
    FindingLine.objects.filter(finding=finding).update(evidence={"point": "P-1", "item": "0012", "day": "2026-03-05"})
    page = shown(desk, finding.get_absolute_url())
    assert "of the second" in page
    assert "of the first" not in page
    assert other.get_absolute_url() in page
