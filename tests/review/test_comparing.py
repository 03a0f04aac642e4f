"""The desk beside the run: where they agree, where they differ, and which facts came in between."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from claims import intake
from institutions.models import Institution
from supervision.monitoring import runs
from supervision.review import reviewing
from supervision.review.comparing import AGREED, AMOUNT, ONLY_DESK, ONLY_LATER, Compared, compare
from tests.claims.building import a_claim, a_diagnosis, a_line, write_folder
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent

RULE = "item_sex_restricted"
MEMBER = "99000100000000000000000001"
MOMENT = {"rx_id": "1", "cnt": 1, "pric": 60, "sumamt": 60, "drord_begn_date": "2026-03-10 09:28:00"}


@pytest.fixture
def warehouse(hospital: Institution, tmp_path: Path, settings: Settings) -> Path:
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    return tmp_path


def reviewed(**facts: Any) -> None:
    """An examination of women, ordered for a man, is reviewed before the visit is settled."""
    asked = encounter(order(item=FOR_WOMEN, **{**MOMENT, **facts}))
    with time_machine.travel("2026-03-10 10:00:00+08:00"):
        answer = reviewing.take(sent(asking(asked, infno="3102")), institution=INSTITUTION)
    assert answer["infcode"] == 0, answer["err_msg"]


def settled(home: Path, *, amount: str = "60.00", item: str = FOR_WOMEN, **facts: str) -> None:
    """The visit is taken in, and judged by a run."""
    number = {"institution": INSTITUTION}
    claim = a_claim("9903100001", **number, member=MEMBER, admitted="2026-03-10 09:12:00", born="1961-05-20",
                    settled_at="2026-03-10 10:05:00", total=amount, eligible=amount, fund_paid=amount,
                    account_paid="0", **facts)  # fmt: skip
    line = a_line("9903100001", **number, item=item, done_at="2026-03-10 09:28:00", quantity="1", price=amount,
                  amount=amount, eligible=amount, department="A03.04", practitioner="D990001000001")  # fmt: skip
    diagnosis = a_diagnosis("9903100001", **number, code="K29.500")
    batch = intake.make([write_folder(home, claims=[claim], lines=[line], diagnoses=[diagnosis])], profile="template")
    assert intake.take_in(batch).rows_rejected == 0
    runs.work(runs.start([RULE, "item_out_of_scope"], None))


def told(compared: Compared) -> list[tuple[str, str, str, str]]:
    return [(one.rule, one.kind, one.at_desk, one.later) for one in compared.differences]


def test_what_did_not_change_is_found_alike(warehouse: Path) -> None:
    reviewed()
    settled(warehouse / "a", cash_paid="0")
    compared = compare()
    assert (compared.claims, dict(compared.counted), compared.differences) == (1, {AGREED: 1}, [])


def test_another_amount_is_explained_by_the_line_that_changed(warehouse: Path) -> None:
    reviewed()
    settled(warehouse / "a", amount="80.00")
    compared = compare()
    assert told(compared) == [(RULE, AMOUNT, "60.00", "80.00")]
    assert [fact.partition(":")[0] for fact in compared.differences[0].later_facts] == ["lines"]
    assert compared.unexplained == 0


def test_what_the_doctor_changed_is_found_at_the_desk_alone(warehouse: Path) -> None:
    reviewed()
    settled(warehouse / "a", item="002101030310001")
    assert told(compare()) == [(RULE, ONLY_DESK, "60.00", "")]


def test_what_was_added_afterwards_is_found_later_alone(warehouse: Path) -> None:
    reviewed(hilist_code="002101030310001")
    settled(warehouse / "a")
    assert told(compare()) == [(RULE, ONLY_LATER, "", "60.00")]


def test_what_no_run_has_judged_is_not_compared(warehouse: Path) -> None:
    reviewed()
    assert compare().claims == 0


def test_the_command_counts_and_explains(warehouse: Path) -> None:
    reviewed()
    settled(warehouse / "a", amount="80.00")
    said, shown = StringIO(), StringIO()
    call_command("compare_reviews", "--json", stdout=said)
    answer = json.loads(said.getvalue())
    assert (answer["claims"], answer[AMOUNT], answer["unexplained"], len(answer["differences"])) == (1, 1, 0, 1)
    call_command("compare_reviews", stdout=shown)
    assert f"{INSTITUTION}:9903100001 amount 60.00/80.00 lines: " in shown.getvalue()
