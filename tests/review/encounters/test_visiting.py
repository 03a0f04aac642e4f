"""A visit or stay opens, changes and ends; what is said of it is kept as sent."""

from typing import Any

import pytest
from django.utils import timezone

from supervision.review.models import Encounter
from tests.review.told import Row, admitted, changed, diagnosis, discharged, opened, take, taken

pytestmark = pytest.mark.usefixtures("hospital")


def begun() -> str:
    opened_at = Encounter.objects.get().opened_at
    assert opened_at is not None
    return f"{timezone.localtime(opened_at):%Y-%m-%d %H:%M}"


def test_a_visit_is_kept_with_its_diagnoses_and_names_that_nobody_described() -> None:
    assert taken(opened(o_new="x")) == {}
    encounter = Encounter.objects.get()
    assert (encounter.facts["mdtrtinfo"]["o_new"], encounter.diagnoses[0]["diag_code"]) == ("x", "K29.500")
    assert (encounter.facts["insuplc_admdvs"], begun()) == ("990100", "2026-03-10 09:12")


def test_a_stay_begins_when_its_latest_word_says_so() -> None:
    assert taken(admitted())["result"] == {"mdtrt_id": "9903200077", "psn_no": "99000100000000000000000001"}
    assert begun() == "2026-03-01 15:40"
    taken(changed())
    assert begun() == "2026-03-01 15:00"
    taken(changed(2, begntime=""))  # what is not said anew
    assert begun() == "2026-03-01 15:40"


def test_the_latest_diagnoses_count_and_none_said_anew_change_nothing() -> None:
    for said in (admitted(), changed(), discharged()):
        taken(said)
    assert [one["diag_code"] for one in Encounter.objects.get().diagnoses] == ["S72.100"]


def test_a_node_may_come_as_a_list_of_one() -> None:
    said = opened()
    said["input"]["mdtrtinfo"] = [said["input"]["mdtrtinfo"]]
    said["input"]["diseinfo"] = diagnosis()
    taken(said)
    assert Encounter.objects.get().facts["mdtrtinfo"]["med_type"] == "11"


def doubled() -> Row:
    said = discharged()
    return {**said, "input": {"dscginfo": [said["input"]["dscginfo"]] * 2}}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (opened(begntime="2026-03-10T9:12"), "input.mdtrtinfo.begntime: is no moment in the form yyyy-MM-dd HH:mm:ss"),
        (opened(mdtrt_id=""), "input.mdtrtinfo.mdtrt_id: is empty"),
        (opened(psn_no=None), "input.mdtrtinfo.psn_no: is empty"),
        (changed(psn_no="x" * 51), "input.adminfo.psn_no: has more than 50 characters"),
        (discharged(endtime=""), "input.dscginfo.endtime: is empty"),
        (doubled(), "input.dscginfo: has 2 rows; one is expected"),
        ({**opened(), "input": {}}, "input.mdtrtinfo: is missing"),
        ({**opened(), "input": {"mdtrtinfo": ""}}, "input.mdtrtinfo: has another form: rows or an object are expected"),
        ({**opened(), "inf_time": "2026-W10-1"}, "inf_time: is no moment in the form yyyy-MM-dd HH:mm:ss"),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_what_cannot_be_taken_is_refused_with_its_field(said: dict[str, Any], words: str) -> None:
    answer = take(said)
    assert (answer["err_msg"], answer["inf_refmsgid"][:6]) == (words, "990101")
    assert not Encounter.objects.exists()
