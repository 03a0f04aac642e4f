"""A batch's life: nothing counts before a second person approves, and one act restores what held before."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from institutions.models import Account
from supervision.audit.models import Entry
from supervision.knowledge import loading, proposing
from supervision.knowledge.differing import between, stored
from supervision.knowledge.models import Point, Proposal, ProposedPoint
from tests.builders import make_account, make_point
from tests.knowledge.sheets import Row, as_csv, bed, national
from tests.knowledge.test_loading import beds, folder

pytestmark = pytest.mark.django_db
A, B, C = (f"XA01AAA001A00101010000{n}" for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def first(db: None) -> Account:
    return make_account("first", "000000")


@pytest.fixture
def second(db: None) -> Account:
    return make_account("second", "000000")


def prepared(by: Account | None, *rows: Row, name: str = "bed.csv") -> Proposal:
    return proposing.prepare([(name, as_csv(rows))], by=by)


def changes(proposal: Proposal) -> set[tuple[str, str, str, bool]]:
    return {(line.kind, line.point, str(line.valid), line.remains) for line in proposal.lines.all()}


def held(version: int) -> set[str]:
    """All that a version says, wherever it came from."""
    return {stored(point).said for point in Point.objects.at(version)}


def laid_out(version: int) -> set[tuple[object, ...]]:
    """What engines get."""
    rows = pq.read_table(loading.relations(version) / "k_bed.parquet").to_pylist()
    return {(row["point"], row["item"], row["place"]) for row in rows}


def test_nothing_of_a_prepared_batch_reaches_an_engine(first: Account, second: Account) -> None:
    loading.load(loading.SHIPPED)
    before = loading.version()
    proposal = prepared(first, bed("B1", "0099"))
    assert (proposal.status, loading.version(), held(before)) == ("prepared", before, held(loading.version()))
    assert ("B1", "0099", "000000") not in laid_out(before)
    proposing.approve(proposal, by=second)
    assert loading.version() == before + 1 or loading.version() > before
    assert ("B1", "0099", "000000") in laid_out(loading.version())
    assert ("B1", "0099", "000000") not in laid_out(before)


def test_a_second_person_must_approve_and_both_are_kept(first: Account, second: Account) -> None:
    proposal = prepared(first, bed("B1", "0011"))
    with pytest.raises(proposing.ProposalRefused, match="second person"):
        proposing.approve(proposal, by=first)
    assert Point.objects.count() == 0
    done = proposing.approve(proposal, by=second)
    assert (done.status, done.prepared_by, done.decided_by) == ("in_force", first, second)
    acts = [(entry.account, entry.act, entry.subject) for entry in Entry.objects.order_by("number")]
    about = f"knowledge batch {proposal.pk}"
    assert acts == [("first", "upload", about), ("second", "reference", about)]
    with pytest.raises(IntegrityError, match="prepared_and_decided_by_two"), transaction.atomic():
        Proposal.objects.filter(pk=done.pk).update(decided_by=first)
    with pytest.raises(proposing.ProposalRefused, match="does not wait"):
        proposing.approve(proposal, by=second)


def test_what_is_refused_never_counts_and_keeps_its_reason(first: Account, second: Account) -> None:
    proposal = proposing.refuse(prepared(first, bed("B1", "0011")), by=second, note="wrong price list")
    assert (proposal.status, proposal.note, proposal.version) == ("refused", "wrong price list", None)
    assert (Point.objects.count(), proposal.lines.count()) == (0, 1)
    own = proposing.refuse(prepared(first, bed("B1", "0011")), by=first, note="a slip")
    assert (own.status, own.decided_by) == ("refused", None)


def test_two_batches_with_a_changed_point_between_them_show_the_difference(first: Account, second: Account) -> None:
    one = proposing.approve(prepared(first, bed("B1", "0011"), bed("B2", "0012")), by=second)
    proposal = prepared(first, bed("B1", "0011", "renamed bed"), bed("B3", "0013"))
    assert {(line.kind, line.point) for line in proposal.lines.all()} == {("changed", "B1"), ("new", "B3")}
    assert proposal.counts["lists"] == {"bed": {"changed": 1, "new": 1}}
    two = proposing.approve(proposal, by=second)
    assert one.version_id
    assert two.version_id
    rows: Any = between(one.version_id, two.version_id)
    assert {(row.how, row.point, row.values["name"]) for row in rows} == {
        ("changed", "B1", "renamed bed"), ("new", "B3", "ward bed"),
    }  # fmt: skip
    assert {(row.how, row.point) for row in list[Any](between(0, two.version_id))} == {
        ("new", "B1"),
        ("new", "B2"),
        ("new", "B3"),
    }


def test_the_same_import_twice_adds_nothing(first: Account, second: Account) -> None:
    make_point(A, list_id="sex_drug", point="S1", values={"item": A, "name": "某药", "sex": "2"})
    rows = [
        national("KP-1", f"{A}|{B}", rule_class="药品区分性别使用", constraint="调经"),
        national("KP-2", A, rule_class="药品区分性别使用", constraint="调经", supersedes="KP-1", published_at="2026-01-28"),
        national("KP-3", C),
        national("KP-4", "", item_name="无码"),
    ]  # fmt: skip
    one = proposing.approve(prepared(first, *rows, name="all.csv"), by=second)
    assert one.counts | {"families": {}, "lists": {}} == {
        "in": 5, "accepted": 4, "same": 0, "rejected": 1, "families": {}, "lists": {}, "reasons": {"no_code": 1},
    }  # fmt: skip
    again = prepared(first, *rows, name="all.csv")
    assert (again.status, again.counts["accepted"], again.counts["same"]) == ("nothing", 0, 4)
    assert loading.version() == one.version_id


def test_a_later_import_closes_the_point_that_it_supersedes(first: Account, second: Account) -> None:
    proposing.approve(prepared(first, national("KP-1", f"{A}|{B}"), name="one.csv"), by=second)
    later = national("KP-2", A, supersedes="KP-1", published_at="2026-01-28")
    proposal = prepared(first, later, name="two.csv")
    assert changes(proposal) == {
        ("changed", "KP-2", "[2026-01-28, None)", False),
        ("ended", "KP-1", "(None, 2026-01-28)", True),
    }
    assert proposal.lines.filter(kind="ended").count() == 2  # the code that is no longer there ends as well
    proposing.approve(proposal, by=second)
    assert {(one.point, one.key, str(one.valid)) for one in Point.objects.in_force()} == {
        ("KP-1", A, "(None, 2026-01-28)"), ("KP-1", B, "(None, 2026-01-28)"), ("KP-2", A, "[2026-01-28, None)"),
    }  # fmt: skip
    assert prepared(first, later, name="two.csv").status == "nothing"


def test_a_difference_that_is_out_of_date_is_shown_again_before_it_counts(first: Account, second: Account) -> None:
    waiting = prepared(first, bed("B1", "0011"))
    base = waiting.base
    proposing.approve(prepared(first, bed("B9", "0011", "another")), by=second)
    looked = proposing.approve(waiting, by=second)
    assert (looked.waits, changes(looked)) == (True, {("changed", "B1", "(None, None)", False)})
    with pytest.raises(proposing.ProposalRefused, match="anew"):
        proposing.approve(looked, by=second, base=base)  # from a page opened before
    assert proposing.approve(looked, by=second, base=looked.base).status == "in_force"
    assert [one.point for one in Point.objects.in_force()] == ["B1"]


def test_the_way_back_restores_exactly_what_held_before(first: Account, second: Account) -> None:
    loading.load(loading.SHIPPED)
    before = loading.version()
    item = Point.objects.filter(list="sex_drug").first()
    assert item
    rows = [
        national("KP-1", item.key, rule_class="药品区分性别使用", constraint="调经", published_at="2026-01-28"),
        national("KP-2", C),
    ]  # fmt: skip
    done = proposing.approve(prepared(first, *rows, name="all.csv"), by=second)
    assert held(before) != held(loading.version())
    back = proposing.take_back(done, by=second)
    assert back.version_id == loading.version() > before
    assert held(loading.version()) == held(before)
    assert (back.kind, back.undoes, back.prepared_by) == ("return", done, second)
    with pytest.raises(proposing.ProposalRefused, match="only once"):
        proposing.take_back(done, by=second)
    again = proposing.take_back(back, by=second)
    assert held(loading.version()) == held(done.version_id or 0)
    assert again.undoes == back


def test_what_a_later_batch_has_changed_is_not_taken_back_over_its_head(first: Account, second: Account) -> None:
    one = proposing.approve(prepared(first, bed("B1", "0011")), by=second)
    two = proposing.approve(prepared(first, bed("B1", "0011", "renamed")), by=second)
    with pytest.raises(proposing.ProposalRefused, match="later batch"):
        proposing.take_back(one, by=second)
    proposing.take_back(two, by=second)
    assert [one.values["name"] for one in Point.objects.in_force()] == ["ward bed"]


def test_a_folder_gives_way_to_what_people_have_approved(first: Account, second: Account, tmp_path: Path) -> None:
    given = folder(tmp_path / "shipped", bed=beds("S1,0011,ward bed,,,", "S2,0012,other,,,"))
    loading.load(given)
    proposing.approve(prepared(first, bed("B1", "0011", since="2026-03-01")), by=second)
    loading.load(folder(given, bed=beds("S1,0011,ward bed,,,", "S3,0013,new,,,")))
    assert {(one.point, str(one.valid)) for one in Point.objects.in_force()} == {
        ("S1", "(None, 2026-03-01)"), ("B1", "[2026-03-01, None)"), ("S3", "(None, None)"),
    }  # fmt: skip


def test_a_local_batch_adds_and_never_ends_what_holds_for_the_nation(first: Account, second: Account) -> None:
    proposing.approve(prepared(first, bed("B1", "0011"), national_row := bed("B2", "0012")), by=second)
    local, checker = make_account("local"), make_account("checker")
    proposal = prepared(local, bed("P1", "0011", "local bed"), {**national_row, "place": "000000"})
    assert proposal.place == "990100"
    assert {(line.kind, line.point, line.place) for line in proposal.lines.all()} == {("new", "P1", "990100")}
    assert [(one.reason, one.row) for one in proposal.rejects.all()] == [("elsewhere", 3)]
    proposing.approve(proposal, by=checker)
    assert {(one.point, one.place) for one in Point.objects.in_force()} == {
        ("B1", "000000"), ("B2", "000000"), ("P1", "990100"),
    }  # fmt: skip
    with pytest.raises(proposing.ProposalRefused, match="by provinces"):
        prepared(make_account("county", "990101"), bed("C1", "0019"))


def test_a_local_sheet_cannot_supersede_a_national_point(first: Account, second: Account) -> None:
    proposing.approve(prepared(first, national("KP-1", A), name="all.csv"), by=second)
    local = make_account("local")
    later = national("KP-2", A, supersedes="KP-1", published_at="2026-01-28")
    proposal = prepared(local, later, name="all.csv")
    assert (proposal.status, proposal.lines.count(), proposal.rejects.get().reason) == ("nothing", 0, "elsewhere")


def command(*arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command("import_sheets", *arguments, "--json", stdout=out)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def test_the_command_prepares_and_two_accounts_put_it_in_force(first: Account, second: Account, tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_bytes(as_csv([national("KP-1", A), national("KP-2", "")]))
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(CommandError, match="second person"):
        command(str(tmp_path), "--by", "first", "--approve-by", "first")
    told = command(str(tmp_path), "--by", "first", "--approve-by", "second")
    assert told | {"batch": 0, "version": 0, "seconds": 0, "rejects": []} == {
        "batch": 0, "status": "in_force", "version": 0, "place": "000000", "in": 2, "accepted": 1, "same": 0,
        "rejected": 1, "families": {"药品限工伤保险": {"in": 2, "accepted": 1, "rejected": 1}},
        "lists": {"drug_insurance": {"new": 1}}, "reasons": {"no_code": 1}, "rejects": [],
        "left_aside": ["notes.csv"], "seconds": 0,
    }  # fmt: skip
    assert Point.objects.in_force().count() == 1
    assert command(str(tmp_path), "--in-force")["status"] == "nothing"
    out = StringIO()
    call_command("import_sheets", str(tmp_path), stdout=out)
    assert "2 points in = 0 accepted + 1 as they were + 1 rejected" in out.getvalue()


def test_the_command_refuses_who_has_no_duty_and_what_is_no_sheet(tmp_path: Path) -> None:
    make_account("reader", duties=[])
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    for arguments, says in (
        ((str(tmp_path),), "None of the files"),
        ((str(tmp_path), "--by", "reader"), "No account reader"),
        ((str(tmp_path / "no"),), "no such file"),
    ):
        with pytest.raises(CommandError, match=says):
            command(*arguments)
    assert not ProposedPoint.objects.exists()
