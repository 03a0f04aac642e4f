"""The vault's own process: it listens on a socket, answers one question a connection and keeps nothing in between."""

import logging
import socket
import socketserver
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connections

from . import revealing, wire
from .revealing import NotShown

log = logging.getLogger(__name__)

AT_ONCE = 8  # questions; more are told to come again
# A chain of acts that stalls must not hold a reader: then nothing is shown, and the page says so.
DATABASE_PATIENCE = "-c statement_timeout=4000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000"


def become_the_vault(*, hurried: bool = True) -> None:
    """From now on this process speaks to the database as the vault's role, in every thread."""
    connections.close_all()
    known: dict[str, Any] = connections.settings["default"]
    known.update({name: settings.VAULT_DATABASE[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    options = cast("dict[str, Any]", settings.VAULT_DATABASE["OPTIONS"])
    known["OPTIONS"] = {**options, "options": DATABASE_PATIENCE} if hurried else options
    known["CONN_MAX_AGE"] = 0


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 32

    def __init__(self, place: Path) -> None:
        self.free = threading.BoundedSemaphore(AT_ONCE)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        super().__init__(str(place), Asked)
        place.chmod(0o600)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # No traceback: a frame of it may hold what was opened.
        log.error("A question could not be answered")


class Asked(socketserver.BaseRequestHandler):
    request: socket.socket
    server: Server

    def handle(self) -> None:
        answer = self.answer()
        self.request.settimeout(wire.PATIENCE)
        with suppress(OSError):
            wire.send(self.request, answer)

    def answer(self) -> dict[str, Any]:
        try:
            message = wire.receive(self.request, wire.ASKED, within=wire.PATIENCE)
        except (wire.Broken, TimeoutError):
            return {"refused": "asking"}
        if not self.server.free.acquire(blocking=False):
            return {"refused": "busy"}
        try:
            return answered(message)
        finally:
            connections.close_all()
            self.server.free.release()


def answered(message: dict[str, Any]) -> dict[str, Any]:
    number, account = message.get("opening"), message.get("account")
    if type(number) is not int or type(account) is not int or not (0 < number < 2**63 and 0 < account < 2**63):
        return {"refused": "asking"}
    try:
        return {"what": revealing.reveal(number, account)}
    except NotShown as refusal:
        word = str(refusal)
    except ImproperlyConfigured:
        word = "no_ring"
    with suppress(DatabaseError, InterfaceError):
        revealing.note_refusal(number, account, word)
    return {"refused": word}


def serve() -> None:
    become_the_vault()
    with Server(Path(settings.VAULT_SOCKET)) as server:
        log.info("The vault listens")
        server.serve_forever(poll_interval=0.2)
