"""Answers a signed message in time: by a review, or where none is to be had in time, by what was agreed for that case.

A few threads of the process review (REVIEW_AT_ONCE), each with a connection to the database. Whoever brings a message
waits for one of them REVIEW_PATIENCE milliseconds, whatever it is that hangs: the processors, the database, the network
to it. Then the message is laid aside, and the hospital goes on treating. A review that ends later is kept all the same:
a message counts once.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import Error, connection

from supervision.review import reviewing
from supervision.review.asking import library

from . import signing, waiting

LATELY = 20  # reviews over which their usual time is reckoned
TAKEN_UP_EVERY, TAKEN_UP, QUIET = 2.0, 20, 5.0  # seconds, messages, and seconds without anybody let down before that
SURE = 0.5  # of the patience: some reviews take much longer than usual, and one that ends late was done in vain
# A server that is cut off says so in any of its errors.
AWAY = (Error, library.NothingKnown)
GIVEN_UP = 5  # seconds after which a statement that nobody waits for any more is given up
LATER = 5  # seconds after which a system that was refused may come again

log = logging.getLogger(__name__)
Reviewed = reviewing.Answer | None


@dataclass(frozen=True)
class Reply:
    """What goes back over HTTP."""

    said: Mapping[str, object]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        return json.dumps(self.said, ensure_ascii=False).encode()


def open_up_soon() -> None:
    """The same beside what a server has to do first; until then messages pass."""
    threading.Thread(target=open_up, name="opening", daemon=True).start()


def open_up() -> None:
    """Know all that counts before the first message, and from now on take up what was laid aside when there is time."""
    library.watch()
    threading.Thread(target=_take_up, name="laid aside", daemon=True).start()


def _take_up() -> None:
    """The workers do the same, but their queue may be away."""
    while True:
        time.sleep(TAKEN_UP_EVERY)
        if time.monotonic() - _load.let_down < QUIET:
            continue
        try:
            waiting.take_up(TAKEN_UP)
        except Exception:
            log.exception("What was laid aside could not be taken up")
            connection.close()


def answer(sent: Mapping[str, Any], body: bytes) -> Reply:
    """The reply to a request's META and body. What is not signed is refused as the country's gateways refuse it."""
    try:
        institution, number = signing.signer(sent, body)
        said, overloaded = in_time(body, institution, number)
    except signing.NotSigned as why:
        return Reply({"code": 401, "message": str(why)}, 401, {"WWW-Authenticate": "HMAC-SHA256"})
    if said is not None:
        return Reply(said)
    _load.let_down = time.monotonic()
    if settings.REVIEW_FALLBACK == "refuse":
        return Reply(waiting.come_again(LATER), 503, {"Retry-After": str(LATER)})
    return Reply(waiting.let_pass(body, institution=institution, key=number, unread=overloaded))


def in_time(body: bytes, institution: str, number: int) -> tuple[reviewing.Answer | None, bool]:
    """The answer; none where it is not to be had in time, and whether that is because too much is asked."""
    if not settings.REVIEW_AT_ONCE:
        return _reviewed(body, institution, number), False
    at_work = _load.enter(lambda: _reviewed(body, institution, number))
    if at_work is None:
        return None, True
    try:
        return at_work.result(settings.REVIEW_PATIENCE / 1000), False
    except (TimeoutError, CancelledError):
        at_work.cancel()
        log.warning("%s was not answered in time", institution)
        return None, True


def _reviewed(body: bytes, institution: str, number: int) -> reviewing.Answer | None:
    """The answer; none where the database does not answer, twice, or where we fail: a hospital goes on treating."""
    for again in (True, False):
        try:
            signing.check_open(institution, number)
            return reviewing.take(body, institution=institution)
        except AWAY as why:
            log.warning("The database did not answer while %s asked: %s", institution, why)
            if again:
                connection.close()  # it may be back, and the old connection be dead
        except signing.NotSigned:
            raise
        except Exception:
            log.exception("A message of %s could not be reviewed", institution)
            break
    return None


def _bound() -> None:
    """This thread's connection gives up where nothing comes back, so that the thread is free again some day."""
    options = dict(connection.settings_dict["OPTIONS"])
    options["options"] = f"{options.get('options', '')} -c statement_timeout={GIVEN_UP * 1000}".strip()
    waits = {"connect_timeout": 2, "tcp_user_timeout": GIVEN_UP * 1000, "keepalives_idle": GIVEN_UP}
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": {**waits, **options}}


class _Load:
    """The threads that review, how many wait for one, and how long a review takes lately."""

    def __init__(self) -> None:
        self.waiting = 0
        self.usual = 0.005  # seconds
        self.let_down = 0.0  # when somebody was answered without a review
        self._counting = threading.Lock()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(settings.REVIEW_AT_ONCE, thread_name_prefix="review", initializer=_bound)

    def enter(self, review: Callable[[], Reviewed]) -> "Future[Reviewed] | None":
        """Let it be done as soon as a thread is free; nothing where it would wait in vain."""
        with self._counting:
            expected = (self.waiting + 1) * self.usual / settings.REVIEW_AT_ONCE
            if self.waiting and expected > settings.REVIEW_PATIENCE / 1000 * SURE:
                return None
            self.waiting += 1
        at_work = self._threads.submit(self._timed, review)
        at_work.add_done_callback(self._leave)
        return at_work

    def _timed(self, review: Callable[[], Reviewed]) -> Reviewed:
        begun = time.monotonic()
        try:
            return review()
        finally:
            self.usual += (time.monotonic() - begun - self.usual) / LATELY

    def _leave(self, _ended: "Future[Reviewed]") -> None:
        with self._counting:
            self.waiting -= 1


_load = _Load()
