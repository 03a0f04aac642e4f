"""The vault's private keys. Its own process alone reads their file: pages and workers never import this module."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from supervision import sealing

from . import envelope
from .published import Published

HINT = "The vault's ring is lines of id:64 hexadecimal digits, newest first, as `manage.py vault init` writes them."


class LostKey(Exception):
    """The key that a text names is not on the ring."""


@dataclass(frozen=True)
class PrivateRing:
    """Private keys, the newest first. The first is the one that new texts are sealed for; the others still open."""

    keys: tuple[X25519PrivateKey, ...]

    @classmethod
    def read(cls, text: str) -> "PrivateRing":
        pairs = [line.strip().partition(":") for line in text.splitlines() if line.strip()]
        try:
            keys = tuple(X25519PrivateKey.from_private_bytes(bytes.fromhex(value)) for _name, _colon, value in pairs)
        except ValueError:
            raise ImproperlyConfigured(HINT) from None
        ring = cls(keys)
        if not keys or list(ring.by_id) != [name for name, _colon, _value in pairs]:
            raise ImproperlyConfigured(HINT)
        return ring

    @property
    def by_id(self) -> dict[str, X25519PrivateKey]:
        return {envelope.key_id(key.public_key()): key for key in self.keys}

    @property
    def newest(self) -> str:
        return next(iter(self.by_id))

    def __str__(self) -> str:
        return "".join(f"{name}:{key.private_bytes_raw().hex()}\n" for name, key in self.by_id.items())

    def __repr__(self) -> str:
        return f"PrivateRing({', '.join(self.by_id)})"  # never the keys themselves: this may stand in a traceback

    def published(self) -> Published:
        return Published(tuple(key.public_key() for key in self.keys))

    def with_a_new_key(self) -> "PrivateRing":
        return PrivateRing((X25519PrivateKey.generate(), *self.keys))

    def without(self, names: set[str]) -> "PrivateRing":
        return PrivateRing(tuple(key for name, key in self.by_id.items() if name not in names))

    def open(self, sealed: str, *, about: str) -> dict[str, str]:
        name = envelope.named_key(sealed)
        private = self.by_id.get(name)
        if private is None:
            raise LostKey(name)
        return envelope.unseal(sealed, private, about=about)


def private_ring() -> PrivateRing:
    """Read anew each time: a rotation holds from the next request on."""
    file: Path = settings.VAULT_KEYS_FILE
    if not file.exists():
        raise ImproperlyConfigured(f"The vault has no keys in {file}: `manage.py vault init` makes them, once.")
    if file.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others may read the vault's keys in {file}: chmod 600, for its own user alone.")
    return PrivateRing.read(file.read_text(encoding="ascii"))


def make() -> bool:
    """The first key, where there is none; the public half is written in any case. False where there was one."""
    made = sealing.draw_once(settings.VAULT_KEYS_FILE, str(PrivateRing((X25519PrivateKey.generate(),))))
    publish(private_ring())
    return made


def keep(ring: PrivateRing) -> None:
    """The private half first: whatever is sealed for a key that is published can be opened."""
    keep_file(settings.VAULT_KEYS_FILE, str(ring))
    publish(ring)


def publish(ring: PrivateRing) -> None:
    settings.VAULT_PUBLIC_KEYS_FILE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_file(settings.VAULT_PUBLIC_KEYS_FILE, str(ring.published()))


def keep_file(file: Path, text: str) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}")
    sealing.write(part, text)
    part.replace(file)
