"""The published national sheets, read in place: their counts by family, every reject with its reason, their time."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from supervision.knowledge import proposing, sheets
from supervision.knowledge.differing import stored
from supervision.knowledge.models import Point, Proposal

from .conftest import Country
from .sources import source

# What was published, in codes: batches 1 to 8, counted by their publisher (the pairs of batch 7 in pairs).
PUBLISHED = {
    "药品区分性别使用": 6_472, "医疗服务项目区分性别使用": 390, "医疗服务项目儿童专用": 30, "手术项目未按规定折价收费": 378,
    "药品限工伤保险": 85, "药品限生育保险": 27, "药品限就医方式": 736, "药品限医疗机构级别": 962, "药品限支付疗程": 1_147,
    "医疗服务项目重复收费": 900, "医疗服务项目限年龄": 1, "医疗服务项目限支付疗程": 11, "医疗服务项目周期超频次": 14,
}  # fmt: skip
UPDATED = {"药品区分性别使用": 2_558, "药品限医疗机构级别": 975, "药品限工伤保险": 94, "药品限生育保险": 30}
LATER = {
    "药品限二线使用": 601, "超互联网医院药品支付范围": 232, "中药饮片单方使用不予支付": 116, "中药饮片单复方均不予支付": 37,
    "药品限适应症": 5_064,
}  # fmt: skip
SECONDS = 300


def files(*folders: Path) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sheets.listed(folders)]


@dataclass
class Imported:
    """The national sheets over the lists that ship: prepared, put in force, prepared again, taken back."""

    before: set[str]
    proposal: Proposal
    held: set[str]
    again: Proposal
    back: set[str]
    seconds: float


def held() -> set[str]:
    return {stored(point).said for point in Point.objects.in_force()}


@pytest.fixture(scope="module")
def imported(country: Country) -> Iterator[Imported]:
    given = files(source("cn-two-libraries"), source("cn-rule-dictionaries") / "official_lists")
    with country("national-sheets"):
        before, began = held(), time.monotonic()
        proposal = proposing.prepare(given)
        seconds = time.monotonic() - began
        proposing.approve(proposal, by=None)
        after, again = held(), proposing.prepare(given)
        proposing.take_back(proposal, by=None)
        yield Imported(before, proposal, after, again, held(), seconds)


def test_every_point_is_accepted_or_as_it_was_or_rejected(imported: Imported) -> None:
    counts = imported.proposal.counts
    for each in (counts, *counts["families"].values()):
        assert each["in"] == each.get("accepted", 0) + each.get("same", 0) + each.get("rejected", 0)
    assert counts["in"] == 69_099
    assert counts["rejected"] == sum(counts["reasons"].values())


def test_the_published_counts_come_in_by_family(imported: Imported) -> None:
    found = imported.proposal.counts["families"]
    assert {name: found[name]["in"] for name in LATER} == LATER
    for name, number in PUBLISHED.items():
        # Once among the national points, once in the annex of its batch; the points' updates come on top.
        note = 1 if name == "医疗服务项目区分性别使用" else 0  # a row that is a note
        updates = found[name]["in"] - 2 * number - note
        assert updates == UPDATED.get(name, updates), name
        assert updates >= 0, name
    assert found["药品儿童专用"]["in"] + found["药品限儿童使用"]["in"] == 2 * (4_370 + 28) + 2_057 + 37


def test_what_is_rejected_says_why(imported: Imported) -> None:
    found = imported.proposal.counts["families"]
    assert found["药品区分性别使用"]["rejected"] == 1  # a new drug, of which no sheet says for which sex it is
    assert found["超互联网医院药品支付范围"] == {"in": 232, "rejected": 232}  # no list of ours takes them
    assert found["duplicate_rx"] == {"in": 793, "rejected": 793}  # names without codes
    assert set(imported.proposal.counts["reasons"]) == {
        "no_code", "no_list", "contradiction", "limit_inferred", "limit_not_readable",
    }  # fmt: skip


def test_the_same_sheets_twice_add_nothing(imported: Imported) -> None:
    assert imported.again.status == Proposal.Status.NOTHING
    assert imported.again.counts["accepted"] == 0
    assert imported.again.counts["rejected"] == imported.proposal.counts["rejected"]


def test_the_way_back_restores_what_was_in_force_before(imported: Imported) -> None:
    assert imported.back == imported.before
    assert len(imported.held - imported.before) > 20_000


def test_they_come_in_within_minutes(imported: Imported) -> None:
    print(f"{imported.proposal.counts['in']:,} points compared in {imported.seconds:.1f} s")
    assert imported.seconds < SECONDS
