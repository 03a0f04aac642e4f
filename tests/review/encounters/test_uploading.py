"""Fee lines go up as sent, with what the payer made of them, and are withdrawn."""

import pytest
from django.utils import timezone

from supervision.review.models import Encounter, Line
from tests.review.told import Row, fee, for_women, in_bed, take, taken, uploaded, withdrawn

pytestmark = pytest.mark.usefixtures("hospital")


def standing() -> list[str]:
    return list(Line.objects.filter(withdrawn_at=None).order_by("number").values_list("number", flat=True))


def test_a_line_is_kept_as_sent_with_names_that_nobody_described() -> None:
    said = fee(o_new={"deep": [1, "二"]})
    taken(uploaded(said))
    line = Line.objects.get()
    assert line.body
    assert (line.body["o_new"], line.body["cnt"], line.number) == ({"deep": [1, "二"]}, 2, said["feedetl_sn"])
    encounter = line.encounter
    assert (encounter.claim, encounter.member) == (f"H99010100001:{said['mdtrt_id']}", said["psn_no"])
    assert line.message and line.message.infno == "2204"


def test_the_answer_repeats_the_line_and_says_what_is_known_of_its_split() -> None:
    [row] = taken(uploaded(fee(cnt="2", pric="28.5", det_item_fee_sumamt="57.00")))["result"]
    assert (row["feedetl_sn"], row["det_item_fee_sumamt"], row["cnt"], row["pric"]) == ("202603100000001", 57, 2, 28.5)
    assert (row["inscp_scp_amt"], row["chrgitm_lv"], row["med_chrgitm_type"]) == (57, "0", "09")


def test_a_copy_of_the_payers_answer_is_kept_with_the_line_and_echoed() -> None:
    copy = {"feedetl_sn": "202603100000001", "chrgitm_lv": "02", "med_chrgitm_type": "09", "preselfpay_amt": 5.7,
            "inscp_scp_amt": "51.30", "lmt_used_flag": "1"}  # fmt: skip
    [row] = taken(uploaded(result=[copy]))["result"]
    assert (row["chrgitm_lv"], row["preselfpay_amt"], row["inscp_scp_amt"]) == ("02", 5.7, 51.3)
    assert (Line.objects.get().split or {})["lmt_used_flag"] == "1"


def test_rows_come_as_one_object_too_and_several_encounters_in_one_message() -> None:
    said = uploaded()
    said["input"]["feedetail"] = fee()
    taken(said)
    taken(uploaded(fee(1, mdtrt_id="b"), fee(2, mdtrt_id="a"), minute=2))
    assert sorted(Encounter.objects.values_list("number", flat=True)) == ["9903100001", "a", "b"]


def test_a_refund_names_the_line_that_it_gives_back() -> None:
    refund = in_bed(2, cnt=-1, det_item_fee_sumamt=-28.5, init_feedetl_sn="202603100000001")
    [_line, row] = taken(uploaded(in_bed(1), refund, infno="2301"))["result"]
    assert (row["cnt"], row["det_item_fee_sumamt"], row["inscp_scp_amt"]) == (-1, -28.5, -28.5)


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({"feedetl_sn": "202603100000001"}, ["202603100000002", "202603100000003"]),
        ({"chrg_bchno": "CB2"}, ["202603100000001", "202603100000002"]),
        ({"chrg_bchno": "0000"}, []),
        ({"feedetl_sn": "0000"}, []),
    ],
)
def test_lines_are_withdrawn_one_by_one_by_charging_batch_or_all(row: Row, left: list[str]) -> None:
    taken(uploaded(fee(1), for_women(2), fee(3, chrg_bchno="CB2")))
    taken(withdrawn(row))
    assert standing() == left


def test_what_was_withdrawn_may_be_sent_again() -> None:
    for said in (uploaded(), withdrawn({"chrg_bchno": "CB1"}), uploaded(minute=3)):
        taken(said)
    assert standing() == ["202603100000001"]


REFUSED: list[tuple[Row, str]] = [
    (fee(cnt="two"), "[0].cnt: is no number"),
    (fee(cnt=""), "[0].cnt: is empty"),
    (fee(cnt=10**8), "[0].cnt: is more than 10,000,000"),
    (fee(pric=-1), "[0]: pric is below 0"),
    (fee(det_item_fee_sumamt=10**10), "[0].det_item_fee_sumamt: is more than 1,000,000,000"),
    (fee(fee_ocur_time="2026-W10-1"), "[0].fee_ocur_time: is no moment in the form yyyy-MM-dd HH:mm:ss"),
    (fee(fee_ocur_time="0001-01-01"), "[0].fee_ocur_time: is a moment that cannot be true"),
    (fee(feedetl_sn="1:2"), "[0].feedetl_sn: holds a colon or a sign that cannot be printed"),
    (fee(feedetl_sn="1" * 31), "[0].feedetl_sn: has more than 30 characters"),
    (fee(med_list_codg="-", medins_list_codg="0"), "[0]: says neither med_list_codg nor medins_list_codg"),
    (fee(o_new={"deep": ["\x00"]}), "[0].o_new.deep[0]: holds a zero character"),
]


@pytest.mark.parametrize(("line", "words"), REFUSED, ids=[words[:40] for _line, words in REFUSED])
def test_what_cannot_be_stored_or_added_up_is_refused_with_its_field(line: Row, words: str) -> None:
    answer = take(uploaded(line))
    assert answer["err_msg"] == f"input.feedetail{words}"
    assert not Encounter.objects.exists()


def test_a_line_that_stands_twice_in_a_message_is_refused() -> None:
    answer = take(uploaded(fee(1), fee(1, cnt=1, det_item_fee_sumamt=28.5)))
    assert answer["err_msg"] == "input: feedetail names the line 202603100000001 twice"


@pytest.mark.parametrize(
    ("msgid", "sent"),
    [("H99010100001202603100941050004", "20260310094105H9901"), ("no moment in it", f"{timezone.localtime():%Y%m%d}")],
)
def test_a_message_without_its_time_has_that_of_its_number_or_of_its_receipt(msgid: str, sent: str) -> None:
    taken(uploaded() | {"inf_time": "", "msgid": msgid})
    assert Line.objects.get().sent.startswith(sent)
