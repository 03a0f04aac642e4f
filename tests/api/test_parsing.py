"""The bounds of the one parser of the API."""

import io
from decimal import Decimal

import pytest
from pytest_django import Settings
from rest_framework.exceptions import ParseError

from supervision.api.parsing import DEEPEST, BoundedJSON, read
from supervision.api.refusing import flat


def nested(deep: int) -> bytes:
    return b"[" * deep + b"]" * deep


def test_numbers_are_read_exactly_and_a_byte_order_mark_is_no_fault() -> None:
    assert read(b'\xef\xbb\xbf{"amount": 0.10, "days": 7, "name": "\xe6\x97\xa5"}') == {
        "amount": Decimal("0.10"), "days": 7, "name": "日",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff\xfe{\x00}\x00", "no JSON"),
        (b"\x1f\x8b\x08\x00", "no JSON"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b'{"a": 1e99999999999999999999}', "too large"),
        (b"1" * 5000, "40 digits"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b'{"a": [{"b": "\\u0000"}]}', "zero character"),
        (b'{"\\u0000": 1}', "zero character"),
        (b'"\\ud800"', "half a character"),
        (b'{"\\udfff": 1}', "half a character"),
        (nested(DEEPEST + 1), "nested more than 32 deep"),
        (nested(100_000), "nested more than 32 deep"),
        (b'{"a":' * 100_000, "nested more than 32 deep"),
    ],
)
def test_what_no_store_can_hold_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(body)


def test_the_bounds_themselves_are_taken() -> None:
    read(nested(DEEPEST))
    assert (
        read('"\U0001f600\u202e"'.encode()) == "\U0001f600\u202e"
    )  # both halves, and a mark that turns the text round


def test_a_body_is_read_no_further_than_its_bound(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    stream = io.BytesIO(b" " * 9 + b"1" + b"0" * 100)
    with pytest.raises(ParseError, match="more than 10 bytes"):
        BoundedJSON().parse(stream)
    assert stream.tell() == 11


def test_every_fault_says_its_field() -> None:
    why = {"a": {"lines": {1: {"b": ["x", "y"]}}, "c": [{}, {"d": ["z"]}]}, "non_field_errors": ["w"]}
    assert list(flat(why)) == [("a.lines[1].b", "x"), ("a.lines[1].b", "y"), ("a.c[1].d", "z"), ("", "w")]
