"""A message is answered by the rules of its moment: once, in the words of the national interface."""

import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from institutions.models import Institution
from supervision.knowledge.models import KnowledgeBatch, Range
from supervision.monitoring.rulebook import rulebook
from supervision.review import reviewing
from supervision.review.models import Encounter, Message, Remark, Review
from tests.builders import make_account, make_institution, make_point
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent, told
from tests.review.told import uploaded

RULE = "item_sex_restricted"


def wrong(**facts: Any) -> dict[str, Any]:
    """An order for a man of something for women, beside an ordinary one."""
    return asking(encounter(order(), order(2, FOR_WOMEN, sumamt=60, pric=60, cnt=1)), **facts)


def take(said: dict[str, Any]) -> dict[str, Any]:
    return reviewing.take(sent(said), institution=INSTITUTION)


def test_a_reminder_names_the_line_the_amount_and_the_basis(hospital: Institution) -> None:
    answer = take(wrong())
    assert (answer["infcode"], answer["err_msg"], len(answer["inf_refmsgid"])) == (0, None, 30)
    (found,) = answer["output"]["result"]
    rule = rulebook()[RULE]
    assert (found["rule_id"], found["rule_name"], found["vola_amt"]) == (RULE, rule.title_zh, 60.0)
    assert (found["patn_id"], found["mdtrt_id"], found["task_id"]) == ("99000100000000000000000001", "9903100001", "T1")
    assert (found["sev_deg"], found["vola_amt_stas"], found["vola_bhvr_type"]) == ("1", "1", "2")
    assert "子宫输卵管" in found["vola_cont"]
    assert found["vola_evid"].startswith(rule.basis_zh[:20])
    assert len(found["jr_id"]) <= 40
    (line,) = found["judge_result_detail_dtos"]
    assert (line["rx_id"], line["vola_item_type"], line["vola_amt"]) == ("RX-2", "1", 60.0)


def test_what_was_said_is_kept_with_the_pages_that_said_it(hospital: Institution) -> None:
    take(wrong(infno="3102"))
    review = Review.objects.get()
    assert (review.claim, review.moment) == (f"{INSTITUTION}:9903100001", "review")
    assert review.edition.rules[RULE] == rulebook()[RULE].hash
    assert len(review.edition.rules) == sum("review" in rule.moments for rule in rulebook().values())
    remark = review.remarks.get()
    assert (remark.rule, remark.certainty, str(remark.at_stake)) == (RULE, "certain", "60.00")


def test_nothing_found_is_an_empty_list(hospital: Institution) -> None:
    answer = take(asking())
    assert (answer["infcode"], answer["output"]) == (0, {"result": []})
    assert Review.objects.get().remarks.count() == 0


def test_of_earlier_orders_beside_the_present_one_nobody_is_reminded_again(hospital: Institution) -> None:
    earlier = order(2, FOR_WOMEN, curr_drord_flag="0")
    assert take(asking(encounter(order(), earlier)))["output"]["result"] == []
    said = asking(encounter(order(), earlier), infno="3102", msgid="another")
    assert len(take(said)["output"]["result"]) == 1  # before money moves all of it is looked at


def test_the_same_message_again_has_the_same_answer_and_counts_once(hospital: Institution) -> None:
    first = take(wrong())
    assert take(wrong()) == first
    assert (Message.objects.count(), Review.objects.count(), Remark.objects.count()) == (1, 1, 1)


def test_another_message_under_the_same_id_is_refused(hospital: Institution) -> None:
    take(wrong())
    answer = take(asking())
    assert (answer["infcode"], Message.objects.count()) == (-1, 1)
    assert answer["err_msg"].startswith("msgid: ")


@pytest.mark.django_db(transaction=True)
def test_the_same_message_many_times_at_once_counts_once(hospital: Institution) -> None:
    answers: list[dict[str, Any]] = []

    def send() -> None:
        try:
            answers.append(take(wrong()))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(6)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(answers) == 6
    assert len({json.dumps(answer, sort_keys=True) for answer in answers}) == 1
    assert (Message.objects.count(), Remark.objects.count()) == (1, 1)


def test_what_the_doctor_did_is_kept_and_may_be_corrected(hospital: Institution) -> None:
    number = take(wrong())["output"]["result"][0]["jr_id"]
    went_on = {"warn_rslt_id": number, "dspo_way": "1", "dspo_way_rea": "术前检查，病历已记载"}
    assert take(told(went_on, msgid="a"))["output"] == {}
    remark = Remark.objects.get()
    assert (remark.choice, remark.reason) == ("1", "术前检查，病历已记载")
    take(told({"warn_rslt_id": number, "dspo_way": "2"}, msgid="b"))
    remark.refresh_from_db()
    assert (remark.choice, remark.reason) == ("2", "")


def test_of_an_unknown_result_nothing_is_taken(hospital: Institution) -> None:
    number = take(wrong())["output"]["result"][0]["jr_id"]
    known, unknown = {"warn_rslt_id": number, "dspo_way": "2"}, {"warn_rslt_id": "JR0", "dspo_way": "2"}
    answer = take(told(known, unknown, msgid="a"))
    assert answer["err_msg"] == "input.data.warns[1].warn_rslt_id: JR0 is no result of this institution"
    assert Remark.objects.get().choice == ""
    assert not Message.objects.filter(msgid="a").exists()


def test_an_institution_speaks_for_itself_alone(hospital: Institution) -> None:
    answer = take(wrong(fixmedins_code="H99020100001"))
    assert answer["err_msg"] == f"fixmedins_code: is H99020100001, but {INSTITUTION} has signed"
    assert not Message.objects.exists()


def test_a_list_knows_a_code_that_no_claim_had_yet(hospital: Institution) -> None:
    """A drug for an illness whose code this message is the first to name is given for that illness."""
    point = make_point(
        list_id="indication", point="IND-1", key="XL01", batch=KnowledgeBatch.objects.latest("number"),
        values={"item": "XL01", "name": "示例", "wording": "限肺癌", "list": "lung", "more_evidence": False, "reviewed": True},
    )  # fmt: skip
    Range.objects.create(list="lung", low="C34", high="C35", batch=point.batch)
    for illness, found in (("C34.100", []), ("K29.500", ["drug_indication_limited"])):
        diagnosed = encounter(order(item="XL01"), dscg_main_dise_codg=illness, fsi_diagnose_dtos=[])
        answer = take(asking(diagnosed, msgid=illness))
        assert [one["rule_id"] for one in answer["output"]["result"]] == found


def test_what_an_institution_asked_is_seen_by_itself_and_by_its_territory(hospital: Institution) -> None:
    take(wrong())
    neighbour = make_institution("H99020100001", "990201")
    seeing = (make_account("own", institution=hospital), make_account("county", "990101"))
    blind = (make_account("other", institution=neighbour), make_account("wangyu", "990200"))
    for rows in (Message.objects, Review.objects, Remark.objects):
        assert [rows.visible_to(account).count() for account in (*seeing, *blind)] == [1, 1, 0, 0]


# --- The same over a file and over HTTP -------------------------------------------------------------------


def reviewed(tmp_path: Path, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    file, out = tmp_path / "message.json", StringIO()
    file.write_bytes(sent(said))
    try:
        call_command("review", str(file), stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_file_is_answered_as_over_http_and_nothing_is_kept(hospital: Institution, tmp_path: Path) -> None:
    ended, answer = reviewed(tmp_path, wrong())
    assert ended == 0
    over_http = take(wrong())
    for one in (answer, over_http):
        for found in one["output"]["result"]:
            found.pop("jr_id")
            for line in found["judge_result_detail_dtos"]:
                line.pop("jrd_id")
    assert answer["output"] == over_http["output"]
    assert Message.objects.count() == 1


def test_a_file_that_tells_something_is_answered_too_and_nothing_is_kept(hospital: Institution, tmp_path: Path) -> None:
    ended, answer = reviewed(tmp_path, uploaded())
    assert (ended, answer["output"]["result"][0]["det_item_fee_sumamt"]) == (0, 57)
    assert not Message.objects.exists()
    assert not Encounter.objects.exists()


def test_a_file_that_cannot_be_reviewed_says_where(hospital: Institution, tmp_path: Path) -> None:
    ended, answer = reviewed(tmp_path, asking(encounter(order(cnt=-1))))
    assert (ended, answer["infcode"]) == (1, -1)
    assert "fsi_order_dtos[0]: cnt is not above 0" in answer["err_msg"]
    assert reviewed(tmp_path, wrong(fixmedins_code="H0"))[1]["err_msg"] == "fixmedins_code: H0 is not known here"
    with pytest.raises(CommandError, match="No such file"):
        call_command("review", str(tmp_path / "none.json"))
