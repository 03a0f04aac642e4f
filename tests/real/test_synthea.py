"""Claims with lines and payments, of a Synthea sample."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.claims.building import stored

from .conftest import Country
from .sources import Judged, Row, billed_items, judge, listed_items, register, rows, source, take_in, written

SLICE = ("2020-02", "2020-03")  # the months in which most of the sample's dead fell ill
FEN = Decimal("0.01")


class Synthea(Judged):
    encounters: dict[str, Row]
    members: dict[str, Row]
    transactions: list[Row]

    @property
    def charges(self) -> list[Row]:
        return [row for row in self.transactions if row["TYPE"] == "CHARGE"]

    def claim(self, encounter: str) -> str:
        return f"{organization(self.encounters[encounter])}:{encounter}"


def organization(row: Row) -> str:
    return row["ORGANIZATION"].replace("-", "")[:30]


@pytest.fixture(scope="module", params=["two months", pytest.param("all", marks=pytest.mark.long)])
def synthea(request: pytest.FixtureRequest, country: Country) -> Iterator[Synthea]:
    """In full the sample lies in 520 months of ninety years: that is what makes it `long`."""
    folder = source("synthea-csv-sample")
    encounters = rows(folder / "encounters.csv.gz", lambda row: request.param == "all" or row["STOP"][:7] in SLICE)
    kept = {row["Id"] for row in encounters}
    transactions = rows(folder / "claims_transactions.csv.gz", lambda row: row["APPOINTMENTID"] in kept)
    members = rows(folder / "patients.csv.gz")
    with country("synthea") as home:
        register(
            home / "register",
            (organization({"ORGANIZATION": row["Id"]}) for row in rows(folder / "organizations.csv.gz")),
        )
        written(home / "claims" / "encounters.csv", encounters)
        written(
            home / "claims" / "claims.csv", rows(folder / "claims.csv.gz", lambda row: row["APPOINTMENTID"] in kept)
        )
        written(home / "claims" / "claims_transactions.csv", transactions)
        written(home / "claims" / "patients.csv", members)
        made = Synthea([take_in(home / "claims", "synthea")], judge())
        made.encounters = {row["Id"]: row for row in encounters}
        made.members = {row["Id"]: row for row in members}
        made.transactions = transactions
        yield made


def test_encounters_go_in_with_all_that_was_charged(synthea: Synthea) -> None:
    """Every charge names its encounter, and units times unit price is its amount, so nothing may be refused. Payments
    and transfers are no fee lines: payments stand in the sums of the claim."""
    charged = sum(Decimal(row["AMOUNT"]) for row in synthea.charges)
    assert synthea.batch.rows_rejected == 0
    assert synthea.batch.amount_accepted == charged
    assert synthea.reconciles()
    lines = stored("fee_line", "charge", "amount")
    assert (len(lines), sum(amount for _charge, amount in lines)) == (len(synthea.charges), charged * 100)  # type: ignore[misc]
    paid = stored("settlement", "paid", "cash_paid")
    payments = [row for row in synthea.transactions if row["TYPE"] == "PAYMENT"]
    insurers = sum(Decimal(row["PAYMENTS"]) for row in payments if row["METHOD"] == "ECHECK")
    assert sum(fund for fund, _cash in paid) == insurers * 100  # type: ignore[misc]
    assert sum(fund + cash for fund, cash in paid) == sum(Decimal(row["PAYMENTS"]) for row in payments) * 100  # type: ignore[operator]


def overpaid(synthea: Synthea) -> set[str]:
    """Naively: encounters whose payments exceed their charges by more than a fen."""
    open_: dict[str, Decimal] = defaultdict(Decimal)
    for row in synthea.transactions:
        if row["TYPE"] in ("CHARGE", "PAYMENT"):
            open_[row["APPOINTMENTID"]] += Decimal(row["AMOUNT"] or 0) - Decimal(row["PAYMENTS"] or 0)
    return {synthea.claim(encounter) for encounter, left in open_.items() if left < -FEN}


def test_bills_paid_beyond_their_sum_are_the_faults_found(synthea: Synthea) -> None:
    """The generator takes the full co-payment whatever the bill: 80.00 for a visit of 77.49, 75.00 for tablets of 0.02.
    Ten of the 259 in the whole sample were looked at by hand, and each holds such a bill. What fund and patient paid is
    then above what was billed, which is what the rule says; the fund alone never pays more than the bill."""
    assert set(synthea.at_stake("claim_data_invalid")) == overpaid(synthea)
    assert {fault for (fault,) in stored("fault", "fault")} == {"parts_above_total"}
    assert len(overpaid(synthea)) == {31: 2, 1_361: 259}.get(len(synthea.encounters), -1)


def test_certificates_of_death_are_no_care_after_death(synthea: Synthea) -> None:
    """All that is dated after a death here is the certificate of it, at no charge: no fund is asked to pay, so the rule
    stays silent."""
    late = [
        row for row in synthea.charges
        if (died := synthea.members[row["PATIENTID"]]["DEATHDATE"]) and row["FROMDATE"][:10] > died[:10]
    ]  # fmt: skip
    assert {(row["NOTES"], row["AMOUNT"]) for row in late} == {("Death Certification", "0.00")}
    assert synthea.at_stake("charge_after_death") == {}


def test_a_transfer_to_the_ward_next_door_is_no_second_admission(synthea: Synthea) -> None:
    """Who got worse with COVID-19 went to intensive care: a new encounter that begins in the second the first ends, in
    the same hospital. That is neither an overlap nor a readmission. But one stay is paid as two, and nothing in the data
    tells a worsening from a paper discharge: that is asked of the hospital."""
    stays = [row for row in synthea.encounters.values() if row["ENCOUNTERCLASS"] == "inpatient"]
    next_door = [
        (first, second) for first in stays for second in stays
        if first["PATIENT"] == second["PATIENT"] and first["STOP"] == second["START"]
    ]  # fmt: skip
    assert len(next_door) == 3
    assert synthea.at_stake("adm_overlap") == synthea.at_stake("adm_readmit_split") == {}
    assert set(synthea.at_stake("adm_same_day_rereg")) == {synthea.claim(second["Id"]) for _, second in next_door}


def test_rules_on_national_codes_stay_silent(synthea: Synthea) -> None:
    """Items are SNOMED CT and RxNorm numbers, diagnoses SNOMED CT: no list of ours knows one of them."""
    assert billed_items().isdisjoint(listed_items())
    assert set(synthea.found()) <= {"claim_data_invalid", "adm_same_day_rereg"}
    assert synthea.done()
