"""What cannot be taken is refused with the name of its field."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

P = TypeVar("P", bound=BaseModel)


class MessageRefused(Exception):
    """The message cannot be taken; `field` is where, as in input.data.patient_dtos[0].brdy.

    `aside` is said to the sender alone: it may speak of a person, so nobody keeps it.
    """

    def __init__(self, field: str, reason: str, *, aside: str = "") -> None:
        super().__init__(" ".join(filter(None, (f"{field}: {reason}" if field else reason, aside))))
        self.field, self.reason = field, reason


def taken(kind: type[P], node: object, place: str) -> P:
    """A node read as its kind."""
    try:
        return kind.model_validate(node)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        raise MessageRefused(_field(place, first["loc"]), _reason(first)) from None


def check_storable(node: object, place: str) -> None:
    """Every text of a node can be kept in the database, names and fields that nobody described too."""
    if isinstance(node, Mapping):
        for name, one in node.items():
            _check_signs(name, place)
            check_storable(one, f"{place}.{name}")
    elif isinstance(node, list):
        for number, one in enumerate(node):
            check_storable(one, f"{place}[{number}]")
    elif isinstance(node, str):
        _check_signs(node, place)


def _check_signs(text: str, place: str) -> None:
    if "\0" in text:
        raise MessageRefused(place, "holds a zero character")
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise MessageRefused(place, "holds half a character")


def _field(place: str, path: tuple[int | str, ...]) -> str:
    for step in path:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else str(step)
    return place


def _reason(fault: Mapping[str, Any]) -> str:
    """The fault in plain words."""
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return "is missing"
        case "string_too_short":
            return "is empty"
        case "too_short":
            return "is empty"
        case "string_too_long" | "too_long":
            return (
                f"has more than {limits['max_length']} {'rows' if isinstance(fault['input'], list) else 'characters'}"
            )
        case "list_type" | "model_type" | "model_attributes_type" | "dict_type":
            return "has another form: rows or an object are expected"
        case "literal_error":
            return f"is not one of {limits['expected']}"
    return str(fault["msg"]).removeprefix("Value error, ")
