"""Messages out of order, twice, and at once."""

from concurrent.futures import ThreadPoolExecutor

from tests.review.hospital.client import Answer, Client, Message
from tests.review.hospital.lines import DRUG, FILM, FOR_WOMEN
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man


def test_lines_may_come_before_their_visit(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(DRUG, FILM)
    assert len(hospital.ask("2204", **visit.bill()).output["result"]) == 2
    assert hospital.ask("2203", **visit.diagnoses()).accepted
    assert hospital.ask("2207", **visit.settlement()).output["setlinfo"]["medfee_sumamt"] == 53.5


def test_lines_may_come_before_their_stay(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(FILM)
    assert hospital.ask("2301", **stay.bill()).accepted
    assert hospital.ask("2402", **stay.leaving()).accepted
    assert hospital.ask("2403", **stay.admission_changed()).accepted
    assert hospital.ask("2304", **stay.settlement()).output["setlinfo"]["medfee_sumamt"] == 25


def test_a_refund_may_come_before_the_line_it_gives_back(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(DRUG, quantity=10).refunding(DRUG, 6)
    for line in reversed(stay.lines):
        [row] = hospital.ask("2301", **stay.bill([line])).output["result"]
        assert row["det_item_fee_sumamt"] == line.amount
    assert hospital.ask("2304", **stay.settlement()).output["setlinfo"]["medfee_sumamt"] == 4 * 28.5


def test_a_settlement_may_be_undone_before_it_is_told(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    assert hospital.ask("2204", **visit.bill()).accepted
    undone = hospital.ask("2208", **visit.undone("990101000000501")).output["setlinfo"]
    assert undone["setl_id"] != "990101000000501"
    assert hospital.ask("2207", **visit.settlement()).accepted


def test_a_list_may_come_before_its_settlement(hospital: Client) -> None:
    stay = Stay(man(), hospital.institution).ordering(FILM)
    assert hospital.ask("4101", **stay.settlement_list("990101000000502")).accepted
    assert hospital.ask("2301", **stay.bill()).accepted
    assert hospital.ask("2304", **stay.settlement()).output["setlinfo"]["medfee_sumamt"] == 25


def test_the_same_message_twice_has_the_same_answer(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FOR_WOMEN)
    for message in (
        hospital.envelope("3101", data=visit.order()),
        hospital.envelope("2204", **visit.bill()),
        hospital.envelope("2207", **visit.settlement()),
    ):
        assert said(hospital.send(message)) == said(hospital.send(message))


def test_the_same_lines_in_two_messages_are_charged_once(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    for _again in range(2):
        assert hospital.ask("2204", **visit.bill()).accepted
    assert hospital.ask("2207", **visit.settlement()).output["setlinfo"]["medfee_sumamt"] == 25


def test_a_message_sent_eight_times_at_once_counts_once(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FOR_WOMEN)
    reminders = eightfold(hospital, hospital.envelope("3101", data=visit.order()))
    assert [result["jr_id"] for result in reminders.about(visit.line(FOR_WOMEN).rx)]
    eightfold(hospital, hospital.envelope("2204", **visit.bill()))
    settled = eightfold(hospital, hospital.envelope("2207", **visit.settlement()))
    assert settled.output["setlinfo"]["medfee_sumamt"] == 90


def test_another_body_under_the_same_number_is_refused(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    message = hospital.envelope("3101", data=visit.order())
    assert hospital.send(message).accepted
    other = hospital.send({**message, "input": {"data": visit.ordering(DRUG).order()}})
    assert not other.accepted
    assert "msgid" in other.error


def test_a_second_word_about_a_reminder_corrects_the_first(hospital: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FOR_WOMEN)
    [reminder] = hospital.ask("3101", data=visit.order()).about(visit.line(FOR_WOMEN).rx)
    for way, reason in (("1", "登记的性别有误"), ("2", "")):
        word = {"warn_rslt_id": reminder["jr_id"], "dspo_way": way, "dspo_way_rea": reason}
        assert hospital.ask("3103", data={"warn_type": "1", "warns": [word]}).accepted


def said(answer: Answer) -> tuple[object, ...]:
    return answer.body["infcode"], answer.body["err_msg"], answer.output


def eightfold(client: Client, message: Message) -> Answer:
    """One message by eight hands at once: all have the same answer."""
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(client.send, [message] * 8))
    assert all(said(answer) == said(answers[0]) for answer in answers)
    assert answers[0].accepted
    return answers[0]
