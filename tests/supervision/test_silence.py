"""E2: the log holds no line of what a citizen did, nor of the second at which they did it."""

import logging
from typing import Any

from django.conf import settings
from django.test import RequestFactory

from supervision.silence import OfCitizens


def told(path: str, level: int = logging.WARNING) -> tuple[bool, str]:
    record = logging.LogRecord("django.request", level, "", 0, "Refused: %s", (path,), None)
    record.request = RequestFactory().get(path)
    return OfCitizens().filter(record), record.getMessage()


def test_of_a_citizens_request_nothing_is_written() -> None:
    assert told("/report/files/a-token-of-somebody/")[0] is False
    assert told("/desk/complaints/JB-1/") == (True, "Refused: /desk/complaints/JB-1/")


def test_of_a_fault_of_ours_it_is_written_without_what_was_asked_for() -> None:
    assert told("/report/files/a-token-of-somebody/", logging.ERROR) == (True, "ERROR at /report/")


def test_what_is_not_about_a_request_is_written_as_ever() -> None:
    assert OfCitizens().filter(logging.LogRecord("x", logging.INFO, "", 0, "a batch came in", (), None))


def test_every_handler_keeps_silent() -> None:
    logged: Any = settings.LOGGING
    assert all("citizens" in handler["filters"] for handler in logged["handlers"].values())
