"""How the API refuses: JSON with the field that is wrong, whatever it was that went wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

BUSY = 503


class Conflict(APIException):
    """The id was used for something else."""

    status_code = 409


class Busy(APIException):
    """Nobody can answer now; `wait` is when to come again, in seconds."""

    status_code = BUSY

    def __init__(self, detail: str, *, wait: int) -> None:
        super().__init__(detail)
        self.wait = wait


def refuse(why: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to a refusal; what nobody foresaw flies."""
    response = exception_handler(why, context)
    if response is None:
        return None
    if isinstance(why, ValidationError):
        faults = [{"field": field, "reason": reason} for field, reason in flat(why.detail)]
    else:
        faults = [{"field": getattr(why, "field", ""), "reason": reason} for _field, reason in flat(response.data)]
    if isinstance(why, Busy):
        response["Retry-After"] = str(why.wait)
    response.data = {"faults": faults}
    return response


def flat(detail: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every reason with its field, as in encounter.lines[0].quantity."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = name in ("non_field_errors", "detail")
            at = f"[{name}]" if isinstance(name, int) else name if own or not field else f".{name}"
            yield from flat(inner, field if own else f"{field}{at}")
    elif isinstance(detail, list | tuple):
        for place, inner in enumerate(detail):
            yield from flat(inner, f"{field}[{place}]" if isinstance(inner, Mapping) else field)
    else:
        yield field, str(detail)
