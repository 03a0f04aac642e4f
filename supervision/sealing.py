"""Seals what the database must not give away, and signs what it must not make up: under keys kept outside of it.

A ring is lines of `id:64 hexadecimal digits`, newest first. The first key seals and signs; the others still open what
was sealed before. Each sealed text names suite and key, so that keys and suites can change one by one.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

SUITE = "AES-256-GCM"
NONCE = 12


class NotOpened(Exception):
    """What cannot be opened: its key is not on the ring, or it was changed, or moved to another row."""


@dataclass(frozen=True)
class Ring:
    """Keys by their ids, the newest first."""

    keys: tuple[tuple[str, bytes], ...]

    @classmethod
    def read(cls, text: str) -> "Ring":
        pairs = [line.strip().partition(":") for line in text.replace(",", "\n").splitlines() if line.strip()]
        try:
            keys = tuple((name, bytes.fromhex(value)) for name, _colon, value in pairs)
        except ValueError:
            keys = ()
        if not keys or any(len(key) != 32 or not name for name, key in keys):
            raise ImproperlyConfigured("A ring of keys is lines of id:64 hexadecimal digits, newest first.")
        return cls(keys)

    def __str__(self) -> str:
        return "".join(f"{name}:{key.hex()}\n" for name, key in self.keys)

    @property
    def newest(self) -> str:
        return self.keys[0][0]

    def key(self, name: str) -> bytes:
        found = dict(self.keys).get(name)
        if found is None:
            raise NotOpened(name)
        return found

    def with_a_new_key(self) -> "Ring":
        """The same ring with a fresh key at its head."""
        return Ring((fresh(), *self.keys))

    def seal(self, text: str, *, about: str) -> str:
        """Sealed for one row alone: opened for another it is refused."""
        name, key = self.keys[0]
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), f"{SUITE} {name} {about}".encode())
        return f"{SUITE}.{name}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, about: str) -> str:
        suite, name, rest = (*sealed.split("."), "", "")[:3]
        if suite != SUITE:
            raise NotOpened(suite)
        packed = base64.b64decode(rest)
        try:
            plain = AESGCM(self.key(name)).decrypt(packed[:NONCE], packed[NONCE:], f"{suite} {name} {about}".encode())
        except InvalidTag:
            raise NotOpened(about) from None
        return plain.decode()

    def sign(self, text: str) -> str:
        """Who lacks the key can neither make this nor move it to another text."""
        return f"{self.newest}:{hmac.digest(self.keys[0][1], text.encode(), 'sha256').hex()}"

    def signed(self, text: str, signature: str) -> bool:
        """Whether this ring has signed the text; raises NotOpened where the key is not on it."""
        name, _colon, value = signature.partition(":")
        return hmac.compare_digest(hmac.digest(self.key(name), text.encode(), "sha256").hex(), value)


def fresh() -> tuple[str, bytes]:
    """A new key, named after itself: another installation's key is never taken for it."""
    key = os.urandom(32)
    return hashlib.sha256(key).hexdigest()[:8], key


def ring(given: str, file: Path) -> Ring:
    """The ring that the environment gives, or one drawn once and kept in a file that only its owner reads."""
    if given:
        return understood(given)
    try:
        return understood(file.read_text(encoding="ascii"))  # anew each time: another process may have turned it
    except FileNotFoundError:
        draw(file)
    return understood(file.read_text(encoding="ascii"))


understood = lru_cache(maxsize=64)(Ring.read)  # a report asks for its rings a dozen times


def draw(file: Path) -> None:
    """The first ring of an installation."""
    draw_once(file, str(Ring((fresh(),))))


def draw_once(file: Path, text: str) -> bool:
    """The file with its first keys, all or nothing; False where there were some, which are never written over."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.urandom(4).hex()}")  # two threads may want the first key at once
    write(part, text)
    try:
        os.link(part, file)  # fails when another process was quicker; then its key holds
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


def keep(new: Ring, file: Path) -> None:
    """The file with another ring, all or nothing."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    write(part, str(new))
    part.replace(file)


def write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
