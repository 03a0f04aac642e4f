"""Asks the vault's process for an identity. The site holds no key: what it shows, the vault has let out."""

import socket
from collections.abc import Mapping

from django.conf import settings

from institutions.models import Account

from . import wire
from .models import Opening
from .refusing import AWAY, Kept, VaultAway


def look(opening: Opening, account: Account) -> Mapping[str, str]:
    """The text that this account may read by this opening; the vault asks the database itself whether it may."""
    answer = asked({"opening": opening.pk, "account": account.pk})
    if "refused" in answer:
        raise Kept(str(answer["refused"]))
    what = answer.get("what")
    if not isinstance(what, dict):
        raise VaultAway(str(AWAY))
    return {str(name): str(value) for name, value in what.items()}


def asked(message: dict[str, object]) -> dict[str, object]:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(wire.WAITS)
            connection.connect(str(settings.VAULT_SOCKET))
            wire.send(connection, message)
            return wire.receive(connection, wire.ANSWERED, within=wire.WAITS)
    except (OSError, wire.Broken) as error:
        raise VaultAway(str(AWAY)) from error
