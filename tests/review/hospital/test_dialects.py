"""The same day in the words of every kind of client."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.review.hospital import dialects
from tests.review.hospital.client import Client, Message
from tests.review.hospital.lines import DRUG, FILM, FOR_WOMEN, MIXTURE
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man

KNOWN_BY_NATIONAL_CODE = (
    dialects.plain,
    dialects.lists_and_strings,
    dialects.objects_and_dashes,
    dialects.one_line_id_per_prescription,
    dialects.numbers_as_text,
    dialects.unknown_fields,
)
ALL = (*KNOWN_BY_NATIONAL_CODE, dialects.hospital_codes_only)
Dialect = Callable[[Message], Message]


@pytest.mark.parametrize("dialect", KNOWN_BY_NATIONAL_CODE)
def test_a_reminder_names_the_line_by_the_id_it_came_with(hospital: Client, dialect: Dialect) -> None:
    visit = Visit(man(), hospital.institution).ordering(MIXTURE, FOR_WOMEN, DRUG)
    message = dialect(hospital.envelope("3101", data=visit.order()))
    reminders = hospital.send(message).results
    assert reminders
    assert all(FOR_WOMEN.name in reminder["vola_cont"] for reminder in reminders)
    accused = {detail["rx_id"] for reminder in reminders for detail in reminder["judge_result_detail_dtos"]}
    assert accused == {"RX1" if dialect is dialects.one_line_id_per_prescription else visit.line(FOR_WOMEN).rx}


def test_an_item_known_by_the_hospitals_code_alone_is_not_accused(hospital: Client) -> None:
    client = replace(hospital, dialect=dialects.hospital_codes_only)
    visit = Visit(man(), hospital.institution).ordering(FOR_WOMEN)
    assert client.ask("3101", data=visit.order()).results == []


@pytest.mark.parametrize("dialect", ALL)
def test_a_visit_to_the_clinic_costs_the_same_in_every_dialect(hospital: Client, dialect: Dialect) -> None:
    client = replace(hospital, dialect=dialect)
    visit = Visit(man(), hospital.institution).ordering(DRUG, FILM)
    assert client.ask("2203", **visit.diagnoses()).accepted
    assert len(client.ask("2204", **visit.bill()).output["result"]) == 2
    assert client.ask("3102", data=visit.order(scene="6")).results == []
    settled = client.ask("2207", **visit.settlement()).output["setlinfo"]
    undone = client.ask("2208", **visit.undone(settled["setl_id"])).output["setlinfo"]
    assert (settled["medfee_sumamt"], undone["medfee_sumamt"]) == (53.5, -53.5)


@pytest.mark.parametrize("dialect", ALL)
def test_a_stay_costs_the_same_in_every_dialect(hospital: Client, dialect: Dialect) -> None:
    client = replace(hospital, dialect=dialect)
    stay = Stay(man(), hospital.institution).ordering(FILM).ordering(DRUG, quantity=10).refunding(DRUG, 6)
    assert client.ask("2401", **stay.admission()).accepted
    assert client.ask("2403", **stay.admission_changed()).accepted
    for line in stay.lines:
        assert client.ask("2301", **stay.bill([line])).output["result"][0]["cnt"] == line.quantity
    assert client.ask("2402", **stay.leaving()).accepted
    assert client.ask("3102", data=stay.order(scene="8")).results == []
    settled = client.ask("2304", **stay.settlement()).output["setlinfo"]
    assert client.ask("4101", **stay.settlement_list(settled["setl_id"])).accepted
    undone = client.ask("2305", **stay.undone(settled["setl_id"])).output["setlinfo"]
    assert (settled["medfee_sumamt"], undone["medfee_sumamt"]) == (139, -139)


def test_a_patient_without_a_number_yet_is_answered_for(hospital: Client) -> None:
    order = Visit(man(), hospital.institution).ordering(FOR_WOMEN).order()
    order["patient_dtos"][0]["patn_id"] = ""
    assert hospital.ask("3101", data=order).results
