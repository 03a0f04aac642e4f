"""Stays, visits and members with dates of death, of the Kaggle provider fraud data.

Two batches: the stays of the training file, then stays and visits of the test file, each with its register of members.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pytest

from supervision.monitoring.models import Finding
from tests.claims.building import stored

from .conftest import Country
from .sources import Judged, Row, billed_items, judge, listed_items, register, rows, source, take_in, written

STAYS, VISITS = ("train_inpatient", "test_inpatient_60"), ("test_outpatient_60",)
CODES = [f"ClmDiagnosisCode_{number}" for number in range(1, 11)]
OPERATIONS = [f"ClmProcedureCode_{number}" for number in range(1, 7)]
YEAR = (525, 34)  # overlaps and returns in all
MONTH = "2009-03"  # what ended in it, in `make test`; the whole year is `long`


class Kaggle(Judged):
    """What the files say, and what intake and the rules made of them."""

    stays: list[Row]
    visits: list[Row]
    members: dict[str, Row]
    home: Path
    registered: int  # rows of both registers; many members stand in both

    @cached_property
    def by_member(self) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for row in self.stays:
            found[row["BeneID"]].append(row)
        return found

    @cached_property
    def died(self) -> dict[str, str]:
        return {number: row["DOD"] for number, row in self.members.items() if row["DOD"] != "NA"}


def dollars(row: Row) -> int:
    return int(row["InscClaimAmtReimbursed"]) + int(row["DeductibleAmtPaid"].replace("NA", "0"))


def name(row: Row) -> str:
    return f"{row['Provider']}:{row['ClaimID']}"


def day(row: Row, column: str) -> date:
    return date.fromisoformat(row[column])


@pytest.fixture(scope="module", params=["a month", pytest.param("the year", marks=pytest.mark.long)])
def kaggle(request: pytest.FixtureRequest, country: Country) -> Iterator[Kaggle]:
    folder, whole = source("kaggle-provider-fraud"), request.param == "the year"

    def kept(row: Row) -> bool:
        return whole or row["ClaimEndDt"].startswith(MONTH)

    claims = {name: rows(folder / f"{name}.csv.gz", kept) for name in (*STAYS, *VISITS)}
    named = {row["BeneID"] for file in claims.values() for row in file}
    members = {
        name: rows(folder / f"{name}.csv.gz", lambda row: whole or row["BeneID"] in named)
        for name in ("train_beneficiary", "test_beneficiary_60")
    }
    with country("kaggle") as home:
        register(home / "register", (row["Provider"] for file in claims.values() for row in file))
        written(home / "train" / "inpatient.csv", claims["train_inpatient"])
        written(home / "train" / "beneficiary.csv", members["train_beneficiary"])
        written(home / "test" / "inpatient.csv", claims["test_inpatient_60"])
        written(home / "test" / "outpatient.csv", claims["test_outpatient_60"])
        written(home / "test" / "beneficiary.csv", members["test_beneficiary_60"])
        made = Kaggle([take_in(home / name, "kaggle") for name in ("train", "test")], judge())
        made.stays = [row for name in STAYS for row in claims[name]]
        made.home = home
        made.registered = sum(map(len, members.values()))
        made.visits = claims["test_outpatient_60"]
        made.members = {row["BeneID"]: row for file in members.values() for row in file}  # the later batch counts
        yield made


def test_every_row_and_every_dollar_goes_in(kaggle: Kaggle) -> None:
    """Each claim has its dates, its provider and its amounts, so nothing may be refused."""
    claims = [*kaggle.stays, *kaggle.visits]
    codes = sum(row[column] != "NA" for row in claims for column in (*CODES, *OPERATIONS))
    assert [batch.rows_rejected for batch in kaggle.batches] == [0, 0]
    assert sum(batch.rows_in for batch in kaggle.batches) == 2 * len(claims) + codes + kaggle.registered
    assert kaggle.reconciles()
    assert sum(batch.amount_accepted for batch in kaggle.batches) == sum(map(dollars, claims))
    assert sum(batch.claims_accepted for batch in kaggle.batches) == len(claims)
    assert (len(stored("stay", "claim")), len(stored("visit", "claim"))) == (len(kaggle.stays), len(kaggle.visits))
    assert len(stored("charge", "charge")) == len(claims)
    # The claim does not say the sex: it comes from the register, where 1 is male and 2 female as with us.
    assert {sex for (sex,) in stored("stay", "sex")} == {"1", "2"}


def test_nothing_in_the_files_contradicts_itself(kaggle: Kaggle) -> None:
    """No stay ends before it begins, nobody is born after admission, each stay has a first diagnosis."""
    for row in kaggle.stays:
        assert row["AdmissionDt"] <= row["DischargeDt"]
        assert row["AdmissionDt"] <= row["ClaimEndDt"]
        assert row["ClmDiagnosisCode_1"] != "NA"
    for row in (*kaggle.stays, *kaggle.visits):
        assert kaggle.members[row["BeneID"]]["DOB"] <= row["ClaimStartDt"]
    assert stored("fault", "fault") == []
    assert kaggle.at_stake("claim_data_invalid") == {}


def test_nobody_is_billed_after_death(kaggle: Kaggle) -> None:
    """The source cuts all claims at the first day of the month in which their member died, so the rule stays silent."""
    died = kaggle.died
    mortal = [row for row in (*kaggle.stays, *kaggle.visits) if row["BeneID"] in died]
    assert len(mortal) > 0
    assert [name(row) for row in mortal if row["ClaimEndDt"] >= died[row["BeneID"]]] == []
    assert kaggle.at_stake("charge_after_death") == {}
    assert {member for (member,) in stored("member", "member", where="died_on IS NOT NULL")} == set(died)


def overlaps(kaggle: Kaggle) -> dict[str, tuple[Decimal, int]]:
    """Naively: the claim settled later of two stays in two hospitals that share a day and a night or more."""
    found: dict[str, tuple[Decimal, int]] = {}
    for stays in kaggle.by_member.values():
        for later in stays:
            shared = [
                (min(day(earlier, "DischargeDt"), day(later, "DischargeDt"))
                 - max(day(earlier, "AdmissionDt"), day(later, "AdmissionDt"))).days
                for earlier in stays
                if earlier["Provider"] != later["Provider"]
                and (earlier["ClaimEndDt"], name(earlier)) < (later["ClaimEndDt"], name(later))
            ]  # fmt: skip
            if shared and max(shared) >= 1:
                sure = Finding.Certainty.LOW if max(shared) < 2 else Finding.Certainty.CERTAIN
                found[name(later)] = Decimal(later["InscClaimAmtReimbursed"]), sure
    return found


def test_stays_in_two_hospitals_at_once_are_those_a_naive_search_finds(kaggle: Kaggle) -> None:
    """Ten were looked at by hand, of members whose number ends in 7. In eight a member lies in two hospitals for two to
    six whole days: CLM42697 (15 to 21 March) beside 8 to 19 March elsewhere; CLM76069 (15 to 21 November) holds all of
    16 to 21 November; CLM36789 (3 February to 10 March) holds six days of February elsewhere. No transfer explains
    days of both, so they are rightly certain; were the data from life, a bed kept during treatment elsewhere would be
    the first thing to ask. Two (CLM47491, CLM45348) share one day and night: as the source knows days only, the hours
    may be fewer than 24, and rightly the rule says no more than a slight suspicion."""
    expected = overlaps(kaggle)
    found = Finding.objects.filter(rule="adm_overlap").values_list("claim", "at_stake", "certainty")
    assert {claim: (at_stake, certainty) for claim, at_stake, certainty in found} == expected
    assert len(expected) > 0


def returns(kaggle: Kaggle) -> dict[str, Decimal]:
    """Naively: back within 15 days under the same three digits, with no operation that the first stay had not.

    The source knows neither departments, courses nor transfers. Its codes are ICD-9: of all planned readmissions on the
    lists (ICD-10) none begins like one of them, so nobody is let off.
    """
    found = {}
    for stays in kaggle.by_member.values():
        for later in stays:
            for earlier in stays:
                between = (day(later, "AdmissionDt") - day(earlier, "DischargeDt")).days
                same = later["ClmDiagnosisCode_1"][:3] == earlier["ClmDiagnosisCode_1"][:3]
                if 1 <= between <= 15 and same and operated(later) in (None, operated(earlier)):
                    found[name(later)] = Decimal(later["InscClaimAmtReimbursed"])
    return found


def operated(row: Row) -> str | None:
    return next((row[column] for column in OPERATIONS if row[column] != "NA"), None)


def test_stays_taken_back_within_days_are_those_a_naive_search_finds(kaggle: Kaggle) -> None:
    """By hand: CLM51115 is a return after two days for the same depression (29633), CLM42220 after eight days for
    heart failure (4280). Both look like what the rule is after and may be real worsening: high, not certain."""
    assert kaggle.at_stake("adm_readmit_split") == returns(kaggle)


def test_stays_registered_again_at_once_are_those_a_naive_search_finds(kaggle: Kaggle) -> None:
    """Taken in by the same hospital on the day of discharge or on the next; the source knows no hours."""
    expected = {
        name(later): Decimal(later["InscClaimAmtReimbursed"])
        for stays in kaggle.by_member.values()
        for later in stays
        for earlier in stays
        if earlier is not later and earlier["Provider"] == later["Provider"]
        and 0 <= (day(later, "AdmissionDt") - day(earlier, "DischargeDt")).days <= 1
    }  # fmt: skip
    assert kaggle.at_stake("adm_same_day_rereg") == expected


def during_stays(kaggle: Kaggle, *, here: bool) -> dict[str, Decimal]:
    """Naively: visits that ended within a stay, its first and last day left out, at the same hospital or elsewhere."""
    return {
        name(visit): Decimal(dollars(visit))
        for visit in kaggle.visits
        for stay in kaggle.by_member.get(visit["BeneID"], ())
        if (stay["Provider"] == visit["Provider"]) == here and dollars(visit)
        and day(stay, "AdmissionDt") < day(visit, "ClaimEndDt") < day(stay, "DischargeDt")
    }  # fmt: skip


def test_visits_during_a_stay_are_those_a_naive_search_finds(kaggle: Kaggle) -> None:
    """At the same hospital they are costs of the stay billed outside it, elsewhere nobody knows who was there."""
    assert kaggle.at_stake("adm_cost_shift") == during_stays(kaggle, here=True)
    assert kaggle.at_stake("charge_during_other_stay") == during_stays(kaggle, here=False)


def test_stays_billed_days_after_the_discharge_are_those_a_naive_search_finds(kaggle: Kaggle) -> None:
    """A claim is one line, dated at the claim's end. Of the discharge only the day is known, so two days are let pass."""
    expected = {
        name(row): Decimal(dollars(row))
        for row in kaggle.stays
        if dollars(row) and (day(row, "ClaimEndDt") - day(row, "DischargeDt")).days > 2
    }
    assert kaggle.at_stake("charge_outside_stay") == expected


TIMES = {
    *("adm_overlap", "adm_readmit_split", "adm_same_day_rereg"),
    *("adm_cost_shift", "charge_during_other_stay", "charge_outside_stay"),
    *("adm_overlong", "adm_drg_low_resource"),  # beside others of the same group, or with the same illness
}


def test_rules_on_national_codes_stay_silent(kaggle: Kaggle) -> None:
    """No item billed here is on any list, for the only items are disease groups and visits. Nothing was scanned,
    so the rule on traceability codes could not run and says so."""
    assert billed_items().isdisjoint(listed_items())
    assert set(kaggle.found()) <= TIMES
    assert kaggle.run.not_runnable["trace_duplicate"] == ["scan"]
    assert kaggle.done()


def test_how_much_was_found(kaggle: Kaggle) -> None:
    """The data are drawn at random, so beds overlap by chance, and returns for the same illness are rare."""
    found = kaggle.found()
    sizes = len(kaggle.stays), len(kaggle.visits)
    assert (found["adm_overlap"], found["adm_readmit_split"]) == {(4_051, 6_337): (41, 2), (45_923, 70_521): YEAR}[
        sizes
    ]


def test_claims_after_an_earlier_death_would_be_found(kaggle: Kaggle) -> None:
    """The same claims beside a register in which the dead had died two days before the end of a claim, or one.

    Two days are found, one is not: a claim that knows only days is dated at their midnight, and the rule gives until
    the end of the day of death, which is that very second. What nobody was asked to pay is left out.
    """
    moved = dict(kaggle.members)
    ends = {
        row["BeneID"]: day(row, "ClaimEndDt") for row in (*kaggle.stays, *kaggle.visits) if row["BeneID"] in kaggle.died
    }
    for place, (number, end) in enumerate(sorted(ends.items())):
        moved[number] = moved[number] | {"DOD": str(end - timedelta(days=2 - place % 2))}
    written(kaggle.home / "moved" / "beneficiary.csv", [moved[number] for number in ends])
    assert take_in(kaggle.home / "moved", "kaggle").rows_accepted == len(ends)
    judge(["charge_after_death"])
    expected = {
        name(row): Decimal(dollars(row))
        for row in (*kaggle.stays, *kaggle.visits)
        if row["BeneID"] in ends
        and dollars(row)
        and (day(row, "ClaimEndDt") - day(moved[row["BeneID"]], "DOD")).days > 1
    }
    assert kaggle.at_stake("charge_after_death") == expected
    assert len(ends) > len(expected) > 0
