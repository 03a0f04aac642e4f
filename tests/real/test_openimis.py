"""The claims of the openIMIS demonstration database, with their items and services."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from claims import intake
from supervision.monitoring.models import Finding
from tests.claims.building import stored

from .conftest import Country
from .sources import PROFILES, Judged, Row, billed_items, judge, listed_items, register, rows, source, take_in, written

FILES = ("tblClaim", "tblClaimItems", "tblClaimServices", "tblInsuree")


class OpenImis(Judged):
    tables: dict[str, list[Row]]
    trial: intake.Trial  # of former versions too

    @property
    def claims(self) -> dict[str, Row]:
        """The claims in force; the others are former versions, or deleted."""
        return {row["ClaimID"]: row for row in self.tables["tblClaim"] if not row["ValidityTo"]}

    @property
    def billed(self) -> dict[str, Decimal]:
        """What the lines of each claim add up to, of any version."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in (*self.tables["tblClaimItems"], *self.tables["tblClaimServices"]):
            if not row.get("ValidityTo"):
                sums[row["ClaimID"]] += Decimal(row["QtyProvided"]) * Decimal(row["PriceAsked"])
        return sums


@pytest.fixture(scope="module")
def openimis(country: Country) -> Iterator[OpenImis]:
    folder = source("openimis-demo")
    with country("openimis") as home:
        register(home / "register", (f"HF{row['HfID']}" for row in rows(folder / "tblHF.csv")))
        tables = {name: rows(folder / f"{name}.csv") for name in FILES}
        for name, content in tables.items():
            written(home / "claims" / f"{name}.csv", content)
        trial = intake.try_out([home / "claims"], profile=str(with_former_versions(home)))
        made = OpenImis([take_in(home / "claims", "openimis")], judge())
        made.tables, made.trial = tables, trial
        yield made


def with_former_versions(folder: Path) -> Path:
    """The profile of somebody who does not know that rows with a ValidityTo are no claims any more."""
    text = (PROFILES / "openimis.toml").read_text("utf-8")
    careless = folder / "careless.toml"
    careless.write_text(
        text.replace(" WHERE c.validityto IS NULL", "").replace('WHERE validityto IS NULL\n"', '"'), "utf-8"
    )
    return careless


def test_claims_in_force_go_in_whole(openimis: OpenImis) -> None:
    """The lines of all ten add up to what was claimed, so nothing may be refused: 114,280 in 39 lines."""
    claims, billed = openimis.claims, openimis.billed
    assert {number: billed[number] for number in claims} == {
        number: Decimal(row["Claimed"]) for number, row in claims.items()
    }
    assert (openimis.batch.claims_accepted, openimis.batch.rows_rejected) == (10, 0)
    assert openimis.batch.amount_accepted == sum(billed[number] for number in claims) == Decimal(114_280)
    assert openimis.reconciles()
    lines = stored("fee_line", "charge", "file", "amount")
    assert {file for _charge, file, _amount in lines} == {"tblClaimItems.csv", "tblClaimServices.csv"}
    assert len(lines) == 39
    assert sum(amount for *_place, amount in lines) == 100 * openimis.batch.amount_accepted  # type: ignore[misc]


def test_former_versions_are_refused_for_their_lines_are_gone(openimis: OpenImis) -> None:
    """Taken in as if all 24 rows were claims, ten former versions claim sums that no line of theirs bears out."""
    everything = {row["ClaimID"]: row for row in openimis.tables["tblClaim"]}
    wrong = {number for number, row in everything.items() if openimis.billed[number] != Decimal(row["Claimed"])}
    refused = {str(claim).partition(":")[2] for claim, *_ in openimis.trial.rejects}
    assert refused == wrong
    totals = openimis.trial.totals
    assert (totals.claims_in, totals.claims_rejected) == (24, 10)
    assert totals.fen_in - totals.fen_rejected == 100 * sum(
        openimis.billed[number] for number in everything.keys() - wrong
    )


def test_the_one_claim_settled_before_it_began_is_found(openimis: OpenImis) -> None:
    """Claim 9 is of 22 January 2019 and was processed on 28 March 2018: whoever made the demonstration moved the dates
    of claims and left those of processing. The rule says just that, and every other rule leaves the claim alone."""
    early = {
        number
        for number, row in openimis.claims.items()
        if row["DateProcessed"] and row["DateProcessed"] < row["DateFrom"]
    }
    assert early == {"9"}
    finding = Finding.objects.get(rule="claim_data_invalid")
    assert (finding.claim, str(finding.at_stake)) == ("HF1:9", "0.00")
    assert [fault for (fault,) in stored("fault", "fault")] == ["settled_before_begun"]


def test_all_other_rules_stay_silent(openimis: OpenImis) -> None:
    """Items go by numbers of the database, on no list of ours; nobody is registered as dead; no member has two stays:
    the two that there are, claims 4 and 17, are of two people."""
    assert set(openimis.found()) == {"claim_data_invalid"}
    assert billed_items().isdisjoint(listed_items())
    assert stored("member", "member", where="died_on IS NOT NULL") == []
    stays = stored("stay", "claim", "member")
    assert (len(stays), len({member for _claim, member in stays})) == (2, 2)
    assert openimis.done()
