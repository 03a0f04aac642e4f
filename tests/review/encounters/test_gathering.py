"""What hospitals have told of goes to the warehouse once it is settled, once, and out of it when that is undone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override
from pytest_django import Settings

from claims import intake, warehouse
from claims.models import Batch
from institutions.models import Institution
from supervision.monitoring import runs
from supervision.monitoring.models import Finding
from supervision.review import reviewing
from supervision.review.encounters import gathering
from supervision.review.models import Encounter
from tests.builders import make_institution
from tests.review.messages import INSTITUTION, asking, sent
from tests.review.told import (
    STAY,
    Row,
    admitted,
    discharged,
    fee,
    for_women,
    in_bed,
    listed,
    opened,
    paid,
    reversed_by_number,
    settled,
    taken,
    undone,
    uploaded,
    withdrawn,
)  # fmt: skip

IN_BED: Row = {"mdtrt_id": STAY, "chrg_bchno": "", "med_type": ""}
NUMBER = "9903100000501"  # of the payer's


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings, hospital: Institution) -> Path:
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    settings.FUND_HOME.mkdir()
    return tmp_path


def gathered() -> list[Batch]:
    return [intake.take_in(batch) for batch in gathering.gather()]


def rows(table: str, columns: str = "*") -> list[Any]:
    """What the warehouse shows."""
    relation = warehouse.relation(warehouse.TABLES[table], warehouse.files(warehouse.published(), table))
    with warehouse.connect() as con:
        return con.execute(f"SELECT {columns} FROM ({relation}) ORDER BY ALL").fetchall()


def tell(*told: Row) -> None:
    for said in told:
        taken(said)


def test_a_settled_visit_is_a_claim_with_all_that_was_told_of_it() -> None:
    tell(opened(), uploaded(fee(1), for_women(2)), settled(117.0, copy=paid(117.0, 90)))
    [batch] = gathered()
    assert (batch.status, batch.claims_accepted, batch.rows_rejected) == ("loaded", 1, 0)
    [visit] = rows("visit", "claim, member, kind, sex, born, insured_area, practitioner, total, paid, cash_paid")
    assert visit[:3] == (f"{INSTITUTION}:9903100001", "99000100000000000000000001", "outpatient")
    assert (visit[3], str(visit[4]), visit[5:]) == (
        "1",
        "1961-05-20",
        ("990100", "D990001000001", 11_700, 9_000, 2_700),
    )
    assert rows("fee_line", "line, item, quantity, price, amount, days, department, prescription")[0] == (
        "202603100000001", "XA02BCZ900A001010199901", 20_000, 28_500_000, 5_700, 14, "A03.04", "RX1",
    )  # fmt: skip
    assert rows("diagnosis", "code, name, main") == [("K29.500", "慢性胃炎", True)]
    assert gathered() == []


def test_a_stay_has_its_lists_diagnoses_operations_and_payments() -> None:
    tell(admitted(), uploaded(in_bed(1), in_bed(2, cnt=-1, det_item_fee_sumamt=-28.5, init_feedetl_sn="202603100000001"),
         infno="2301"), discharged(), settled(28.5, infno="2304", **IN_BED), listed())  # fmt: skip
    [batch] = gathered()
    assert (batch.claims_accepted, batch.rows_rejected) == (1, 0)
    [stay] = rows("stay", "admitted, discharged, department, practitioner, total, paid, account_paid, transferred")
    assert [str(part) for part in stay] == [
        "2026-03-01 15:40:00", "2026-03-08 10:00:00", "A04.03", "D990001000002", "2850", "3000", "700", "False",
    ]  # fmt: skip
    assert rows("diagnosis", "code, main") == [("I10.x00", False), ("S72.000", True)]
    assert [(code, main, str(day)) for code, main, day in rows("operation", "code, main, day")] == [
        ("81.5100", True, "2026-03-03")
    ]
    assert rows("charge", "quantity, amount") == [(10_000, 2_850)]  # netted of what was given back


def test_what_no_message_says_is_taken_from_the_latest_review() -> None:
    taken(asking(infno="3102"))
    tell(uploaded(), settled(57.0, med_type="", insuplc_admdvs=""))
    gathered()
    assert rows("visit", "kind, sex, insured_area, department, illness") == [
        ("outpatient", "1", "990100", "A03.04", "K29.500")
    ]
    assert rows("fee_line", "item_name") == [("示例药品",)]


def test_only_what_is_settled_goes_and_of_a_clinics_lines_those_that_were_settled() -> None:
    tell(opened(), uploaded(fee(1), fee(2, chrg_bchno="CB2")), withdrawn({"feedetl_sn": "202603100000009"}))
    assert gathered() == []
    taken(settled())
    gathered()
    assert rows("fee_line", "line") == [("202603100000001",)]


def test_traceability_codes_come_with_lines_or_with_the_settlement() -> None:
    sold = [{"drug_trac_codg": "81234560000000000001", "trdn_flag": "0"}]
    later = {"feedetl_sn": "202603100000002", "drug_trac_codg": "81234560000000000002", "trdn_flag": "1"}
    tell(uploaded(fee(1, drugtracinfo=sold), fee(2)), settled(114.0, drugtracinfo=later))
    gathered()
    assert rows("scan", "code, event, charge, loose") == [
        ("81234560000000000001", "sale", f"{INSTITUTION}:9903100001:202603100000001", False),
        ("81234560000000000002", "sale", f"{INSTITUTION}:9903100001:202603100000002", True),
    ]


def test_the_same_number_at_two_institutions_goes_in_two_batches() -> None:
    neighbour = make_institution("H99010200001", "990102")
    tell(opened(), uploaded(), settled())
    for said in (opened(), uploaded(), settled()):
        body = sent(said | {"fixmedins_code": neighbour.pk})
        assert reviewing.take(body, institution=neighbour.pk)["err_msg"] is None
    assert [(batch.claims_accepted, batch.claims_rejected) for batch in gathered()] == [(1, 0), (1, 0)]
    assert rows("diagnosis", "institution, code") == [(INSTITUTION, "K29.500"), (neighbour.pk, "K29.500")]


def test_what_changes_later_is_issued_anew_and_ends_the_batch_before() -> None:
    other: Row = {"mdtrt_id": "9903100002"}
    tell(uploaded(fee(1), fee(2, **other)), settled(), settled(**other, minute=4, copy=paid(**other, setl_id="X2")))
    [first] = gathered()
    taken(listed(mdtrt_id="9903100001"))
    [second] = gathered()
    first.refresh_from_db()
    assert (first.status, second.replaces_id, second.claims_accepted) == ("ended", first.pk, 2)
    assert [claim for (claim,) in rows("visit", "claim")] == [f"{INSTITUTION}:9903100001", f"{INSTITUTION}:9903100002"]
    assert {code for (code,) in rows("diagnosis", "code")} == {"S72.000", "I10.x00"}


def test_what_changes_nothing_in_the_tables_ends_nothing() -> None:
    tell(uploaded(), settled())
    [first] = gathered()
    taken(uploaded(fee(memo="", unknown="x"), minute=9))
    assert [batch.pk for batch in gathered()] == [first.pk]
    assert (Batch.objects.count(), gathered()) == (1, [])


@pytest.mark.parametrize("undoing", ["by its number", "by its message"])
def test_a_settlement_undone_leaves_the_warehouse_and_may_come_again(undoing: str) -> None:
    tell(uploaded(), first := settled(copy=paid()))
    gathered()
    taken(undone(NUMBER) if undoing == "by its number" else reversed_by_number(first))
    [ended] = gathered()
    assert (ended.status, ended.claims_accepted, rows("visit", "claim"), rows("charge", "charge")) == (
        "loaded",
        0,
        [],
        [],
    )
    taken(settled(minute=6, copy=paid(setl_id="again")))
    gathered()
    assert len(rows("visit", "claim")) == 1


def test_a_settlement_undone_before_it_was_gathered_never_goes() -> None:
    tell(uploaded(), settled(copy=paid()), undone(NUMBER))
    assert gathered() == []
    assert Batch.objects.count() == 0


def test_two_batches_that_hold_nothing_any_more_both_end() -> None:
    for number in ("9903100001", "9903100002"):
        who: Row = {"mdtrt_id": number}
        tell(uploaded(fee(1, **who), minute=int(number[-1])),
             settled(**who, minute=3 + int(number[-1]), copy=paid(**who, setl_id=number)))  # fmt: skip
        gathered()
    tell(undone("9903100001", minute=7), undone("9903100002", minute=8, mdtrt_id="9903100002"))
    assert [batch.claims_accepted for batch in gathered()] == [0, 0]
    assert rows("visit", "claim") == []


def test_a_planted_violation_is_found_and_taken_back_with_its_settlement() -> None:
    tell(opened(), uploaded(fee(1), for_women(2)), settled(117.0, copy=paid(117.0, 90)))
    gathered()
    runs.work(runs.start(rules=["item_sex_restricted"]))
    finding = Finding.objects.get(rule="item_sex_restricted")
    assert (finding.claim, str(finding.at_stake), finding.status) == (f"{INSTITUTION}:9903100001", "60.00", "open")
    taken(undone(NUMBER))
    gathered()
    runs.work(runs.start(rules=["item_sex_restricted"]))
    finding.refresh_from_db()
    assert finding.status == "withdrawn"


def test_what_intake_refuses_is_told_with_the_encounter() -> None:
    tell(uploaded(), settled(99.0))
    [batch] = gathered()
    assert (batch.claims_accepted, batch.claims_rejected) == (0, 1)
    encounter = Encounter.objects.get()
    assert encounter.batch == batch
    [reject] = encounter.rejects.exclude(reason="claim")
    assert (reject.reason, reject.value, reject.detail) == ("total_differs", "99.00", "57.00")
    taken(uploaded(fee(2, det_item_fee_sumamt=42, cnt=1, pric=42), minute=5))
    [again] = gathered()
    assert (again.claims_accepted, again.claims_rejected) == (1, 0)


# --- Cut off ----------------------------------------------------------------------------------------------


class Killed(BaseException):
    """As kill -9 would: nothing catches it."""


@pytest.mark.parametrize("step", ["_sync", "intake.make", "Encounter.objects.bulk_update"])
def test_a_gathering_that_is_cut_off_is_done_again_and_counts_once(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(uploaded(), settled())

    def cut_off(*_args: Any, **_more: Any) -> None:
        raise Killed

    with monkeypatch.context() as cut:
        cut.setattr(f"supervision.review.encounters.gathering.{step}", cut_off)
        with pytest.raises(Killed):
            gathering.gather()
    assert Batch.objects.count() == 0
    assert [batch.claims_accepted for batch in gathered()] == [1]
    assert len(rows("visit", "claim")) == 1


def test_what_is_told_while_files_are_written_is_owed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(uploaded(), settled())
    sync = gathering._sync

    def told_meanwhile(place: Path) -> None:
        sync(place)
        taken(listed(mdtrt_id="9903100001"))

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(gathering, "_sync", told_meanwhile)
        gathered()
    assert rows("diagnosis", "code") == []
    gathered()
    assert len(rows("diagnosis", "code")) == 2
    assert gathered() == []


def test_a_batch_that_waits_when_its_worker_dies_is_not_made_again() -> None:
    tell(uploaded(), settled())
    [batch] = gathering.gather()
    taken(listed(mdtrt_id="9903100001"))
    assert gathering.gather() == []  # until it is known what became of it
    intake.take_in(batch)
    [second] = gathered()
    assert (second.replaces_id, len(rows("visit", "claim"))) == (batch.pk, 1)


def test_a_batch_that_failed_is_issued_anew_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(uploaded(), settled())
    [first] = gathered()
    taken(listed(mdtrt_id="9903100001"))
    [failed] = gathering.gather()
    Batch.objects.filter(pk=failed.pk).update(status="failed", failure="storage", finished_at=first.finished_at)
    monkeypatch.setattr(gathering, "AGAIN", gathering.AGAIN * 0)
    [again] = gathered()
    assert (again.status, again.replaces_id, len(rows("visit", "claim"))) == ("loaded", first.pk, 1)


def test_files_of_a_cut_off_gathering_are_removed_and_those_of_batches_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(uploaded(), settled())
    gathered()
    (gathering.folder() / "left").mkdir()
    monkeypatch.setattr(gathering, "LEFT", -1)
    gathering.gather()
    assert len(list(gathering.folder().iterdir())) == 1


def test_the_command_tells_what_it_took_and_what_was_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with override("en"):
        call_command("gather")
        tell(uploaded(), settled(99.0))
        call_command("gather")
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "Nothing is owed to the warehouse."
    assert out[1].endswith("was taken in: 0 claims, 1 rejected.")
    assert f"{INSTITUTION}:9903100001 total '99.00'" in out[2]
