"""Reads the JSON of every request to the API: within bounds, and nothing that no store of ours can hold."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 32
MOST_DIGITS = 40  # of a number: no amount of ours has as many


class BoundedJSON(BaseParser):
    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise ParseError(f"The body has more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes.")
        return read(body)


def read(body: bytes) -> object:
    """What the bytes say; raises ParseError."""
    try:
        said = json.loads(
            body.decode("utf-8-sig"), parse_int=_whole, parse_float=_number, parse_constant=_no_number,
            object_pairs_hook=_object,
        )  # fmt: skip
    except RecursionError:
        raise ParseError(f"The body is nested more than {DEEPEST} deep.") from None
    except ValueError as wrong:  # also what is no UTF-8
        raise ParseError(f"The body is no JSON: {str(wrong)[:120]}") from wrong
    _check(said, DEEPEST)
    return said


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _number(digits: str) -> Decimal:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{digits} is too large") from None


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A name that stands twice would leave open which one counts."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name[:60]!r} stands twice in one object")
        found[name] = value
    return found


def _check(node: object, left: int) -> None:
    if isinstance(node, str):
        _check_text(node)
    if not isinstance(node, dict | list):
        return
    if not left:
        raise ParseError(f"The body is nested more than {DEEPEST} deep.")
    for name, one in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(name, str):
            _check_text(name)
        _check(one, left - 1)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise ParseError("A text holds a zero character.")
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ParseError("A text holds half a character.")
