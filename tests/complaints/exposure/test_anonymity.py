"""What the check finds in a text, from a sheet that a lawyer can read and add to; and what holds of every number."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from supervision.complaints.exposure.anonymity import Known, find

SHEET = Path(__file__).parent / "texts.csv"
NOTHING = Known()
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def rows() -> list[tuple[str, str]]:
    with SHEET.open(encoding="utf-8", newline="") as sheet:
        return [(row["text"], row["must be found"]) for row in csv.DictReader(sheet)]


def said(text: str, known: Known = NOTHING) -> list[str]:
    return [f"{hit.kind}: {hit.text}" for hit in find({"facts_zh": text}, known)]


def test_the_sheet_is_long_enough_to_mean_something() -> None:
    texts = rows()
    assert len(texts) >= 60
    assert sum(not found for _text, found in texts) >= 25


@pytest.mark.parametrize(("text", "found"), rows())
def test_the_check_finds_what_the_sheet_says_and_nothing_else(text: str, found: str) -> None:
    assert said(text) == [one.strip() for one in found.split(";") if one.strip()]


def test_a_find_is_shown_with_its_place() -> None:
    hit = find({"facts_zh": "经查，患者张伟于三月入院。"}, NOTHING)[0]
    assert (hit.part, hit.before, hit.text, hit.after) == ("facts_zh", "经查，患者", "张伟", "于三月入院。")
    assert hit.start == 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("白求恩未签名。", "白求恩"),
        ("白 求 恩未签名。", "白 求 恩"),
        ("The doctor Bai Qiuen signed.", "Bai Qiuen"),
        ("Signed by Qiuen BAI.", "Qiuen BAI"),
    ],
)
def test_a_known_name_is_found_without_any_title_and_in_letters(text: str, found: str) -> None:
    assert said(text, Known(persons=frozenset({"白求恩"}))) == [f"name: {found}"]


def test_known_codes_and_institutions_are_found_as_they_are() -> None:
    known = Known(codes=frozenset({"M00042"}), institutions=frozenset({"云泽市第一医院"}))
    assert said("参保人m00042在云泽市第一医院住院", known) == ["code: m00042", "institution: 云泽市第一医院"]
    assert said("参保人M000421", known) == []


days = st.dates(min_value=dt.date(1920, 1, 1), max_value=dt.date(2026, 1, 1))
around = st.sampled_from(["", "。", "，", "号", " ", "（"])


@given(place=st.integers(110101, 659004), born=days, order=st.integers(0, 999), before=around, after=around)
def test_every_identity_number_is_found_however_it_is_written(
    place: int, born: dt.date, order: int, before: str, after: str
) -> None:
    first = f"{place}{born:%Y%m%d}{order:03}"
    number = first + ric.calc_check_digit(first)
    for written in (
        number,
        number.translate(FULL_WIDTH),
        number.translate(CHINESE),
        f"{first[:6]} {first[6:14]} {number[14:]}",
    ):
        assert f"id_number: {written}" in said(f"患者{before}{written}{after}")


@given(second=st.sampled_from("3456789"), rest=st.integers(0, 999_999_999), before=around, after=around)
def test_every_mobile_telephone_is_found_however_it_is_written(second: str, rest: int, before: str, after: str) -> None:
    number = f"1{second}{rest:09}"
    for written in (
        number,
        number.translate(FULL_WIDTH),
        number.translate(CHINESE),
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
    ):
        assert f"phone: {written}" in said(f"电话{before}{written}{after}")


@given(digits=st.text("0123456789", min_size=15, max_size=18), before=around, after=around)
def test_every_bank_card_is_found_and_its_neighbour_is_not(digits: str, before: str, after: str) -> None:
    digits = f"6{digits[1:]}"
    number = digits + luhn.calc_check_digit(digits)
    found = said(f"转入{before}{number}{after}")
    assert any(one.split(": ")[1] == number for one in found), found  # some are identity numbers as well
    wrong = digits + str((int(number[-1]) + 1) % 10)
    assert f"bank: {wrong}" not in said(f"转入{before}{wrong}{after}")
