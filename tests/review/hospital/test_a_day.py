"""A day at a hospital whose programmer had nothing but the description of the interface."""

from tests.review.hospital.client import Client
from tests.review.hospital.lines import DRUG, FILM, FOR_WOMEN
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man

GOES_ON, GOES_BACK = "1", "2"


def feedback(result: str, way: str, reason: str = "") -> dict[str, object]:
    """The node of 3103 about one result of a reminder."""
    return {"warn_type": "1", "warns": [{"warn_rslt_id": result, "dspo_way": way, "dspo_way_rea": reason}]}


def test_at_the_clinic_a_reminder_is_overridden_and_the_visit_settled_and_undone(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(DRUG, FOR_WOMEN)
    suspect = visit.line(FOR_WOMEN)
    assert hospital.ask("2203", **visit.diagnoses()).accepted

    [reminder] = hospital.ask("3101", data=visit.order()).about(suspect.rx)
    assert (reminder["vola_amt"], reminder["mdtrt_id"]) == (90, visit.id)
    assert FOR_WOMEN.name in reminder["vola_cont"]
    overridden = feedback(reminder["jr_id"], GOES_ON, "登记的性别有误，已核对身份证")
    assert hospital.ask("3103", data=overridden).accepted

    taken = hospital.ask("2204", **visit.bill())
    amounts = {row["feedetl_sn"]: row["det_item_fee_sumamt"] for row in taken.output["result"]}
    assert amounts == {visit.line(DRUG).serial: 28.5, suspect.serial: 90}

    assert hospital.ask("3102", data=visit.order(scene="6")).about(suspect.rx)
    settled = hospital.ask("2207", **visit.settlement()).output["setlinfo"]
    assert (settled["mdtrt_id"], settled["medfee_sumamt"]) == (visit.id, 118.5)

    undone = hospital.ask("2208", **visit.undone(settled["setl_id"])).output["setlinfo"]
    assert undone["setl_id"] != settled["setl_id"]
    assert (undone["medfee_sumamt"], undone["fund_pay_sumamt"]) == (-118.5, -settled["fund_pay_sumamt"])


def test_in_a_bed_a_reminder_is_obeyed_and_the_stay_settled_listed_and_undone(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(FILM, FOR_WOMEN).ordering(DRUG, quantity=10)
    assert hospital.ask("2401", **stay.admission()).accepted
    assert hospital.ask("2403", **stay.admission_changed()).accepted

    [reminder] = hospital.ask("3101", data=stay.order(scene="5")).about(stay.line(FOR_WOMEN).rx)
    assert hospital.ask("3103", data=feedback(reminder["jr_id"], GOES_BACK)).accepted
    stay = stay.without(FOR_WOMEN)
    assert hospital.ask("3101", data=stay.order(scene="5")).results == []

    for day in ([stay.line(FILM)], [stay.line(DRUG)]):
        assert hospital.ask("2301", **stay.bill(day)).accepted
    stay = stay.refunding(DRUG, 6)
    refund = stay.lines[-1]
    [row] = hospital.ask("2301", **stay.bill([refund])).output["result"]
    assert (row["feedetl_sn"], row["cnt"], row["det_item_fee_sumamt"]) == (refund.serial, -6, -171)

    assert hospital.ask("2402", **stay.leaving()).accepted
    assert hospital.ask("3102", data=stay.order(scene="8")).results == []
    settled = hospital.ask("2304", **stay.settlement()).output["setlinfo"]
    assert settled["medfee_sumamt"] == 25 + 10 * 28.5 - 6 * 28.5
    assert hospital.ask("4101", **stay.settlement_list(settled["setl_id"])).accepted

    undone = hospital.ask("2305", **stay.undone(settled["setl_id"])).output["setlinfo"]
    assert undone["setl_id"] != settled["setl_id"]
    assert undone["medfee_sumamt"] == -settled["medfee_sumamt"]


def test_a_settlement_answers_with_the_number_of_its_message(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    message = hospital.envelope("2207", **visit.settlement())
    assert hospital.send(message).output["setlinfo"]["medins_setl_id"] == message["msgid"]


def test_a_visit_that_was_undone_is_settled_anew(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    first = hospital.ask("2207", **visit.settlement()).output["setlinfo"]
    hospital.ask("2208", **visit.undone(first["setl_id"]))
    visit = visit.ordering(DRUG)
    hospital.ask("2204", **visit.bill([visit.line(DRUG)]))
    second = hospital.ask("2207", **visit.settlement()).output["setlinfo"]
    assert second["setl_id"] != first["setl_id"]
    assert second["medfee_sumamt"] == 53.5


def test_a_settlement_whose_answer_was_lost_is_taken_back_by_its_number(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    lost = hospital.envelope("2207", **visit.settlement())
    first = hospital.send(lost).output["setlinfo"]["setl_id"]
    named = {"psn_no": visit.person.number, "omsgid": lost["msgid"], "oinfno": "2207"}
    assert hospital.ask("2601", data=named).accepted
    assert hospital.ask("2207", **visit.settlement()).output["setlinfo"]["setl_id"] != first


def test_lines_are_withdrawn_before_they_are_settled(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    assert hospital.ask("2205", data={**visit.who, "chrg_bchno": f"CB{visit.id}"}).accepted
    stay = Stay(man(), hospital.institution).ordering(FILM)
    hospital.ask("2301", **stay.bill())
    assert hospital.ask("2302", data={**stay.who, "feedetl_sn": stay.line(FILM).serial}).accepted


def test_a_long_stay_is_reviewed_whole(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(*[FILM] * 3000, FOR_WOMEN)
    assert hospital.ask("3102", data=stay.order(scene="8")).about(stay.line(FOR_WOMEN).rx)


def test_a_settlement_undone_twice_is_one_refund(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    settled = hospital.ask("2207", **visit.settlement()).output["setlinfo"]["setl_id"]
    first, second = (hospital.ask("2208", **visit.undone(settled)) for _again in range(2))
    assert first.accepted
    assert not second.accepted or second.output["setlinfo"]["setl_id"] == first.output["setlinfo"]["setl_id"]


def test_a_stay_that_a_clinic_could_have_treated_is_remarked_upon_as_a_whole(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(FILM)
    [result] = hospital.ask("3102", data=stay.order(scene="8")).results
    assert (result["mdtrt_id"], result["vola_bhvr_type"]) == (stay.id, "1")
