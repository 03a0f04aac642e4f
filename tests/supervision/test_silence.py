"""E2: the log holds no line of what a citizen did, nor of the second at which they did it."""

import logging
import secrets
from datetime import date
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from supervision.complaints.gate.models import Spent
from supervision.services import postgres
from supervision.services.places import Places
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


@pytest.mark.skipif(not settings.EMBEDDED_POSTGRES, reason="only our own server's log lies here")
@pytest.mark.django_db
def test_a_statement_of_the_site_that_fails_leaves_no_line_in_postgresqls_own_log() -> None:
    places, failing = Places.of(settings.FUND_HOME), secrets.token_hex(8)
    for _turn in range(2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spent.objects.bulk_create([Spent(digest=failing, until=date(2026, 1, 1))] * 2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE WARNING %s; END $$", [failing])
    log = (places.postgres / "server.log").read_text()
    assert failing not in log and "gate_spent" not in log
    other = secrets.token_hex(8)
    with pytest.raises(psycopg2.Error, match="division by zero"):
        postgres.query(places, "postgres", f"SELECT 1 / 0 AS of_no_citizen_{other}")
    assert other in (places.postgres / "server.log").read_text()
