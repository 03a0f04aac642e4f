"""The vault's public keys: what the whole site knows of it, and all that it needs to seal."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from . import envelope
from .refusing import NoVaultKey

HINT = (
    "The vault's public keys are lines of id:64 hexadecimal digits, newest first: `manage.py vault init` writes them."
)


@dataclass(frozen=True)
class Published:
    """Public keys, the newest first."""

    keys: tuple[X25519PublicKey, ...]

    @classmethod
    def read(cls, text: str) -> "Published":
        pairs = [line.strip().partition(":") for line in text.replace(",", "\n").splitlines() if line.strip()]
        try:
            keys = tuple(X25519PublicKey.from_public_bytes(bytes.fromhex(value)) for _name, _colon, value in pairs)
        except ValueError:
            raise ImproperlyConfigured(HINT) from None
        if [envelope.key_id(key) for key in keys] != [name for name, _colon, _value in pairs]:
            raise ImproperlyConfigured(HINT)  # a mistyped key would seal what nobody ever opens
        return cls(keys)

    def __str__(self) -> str:
        return "".join(f"{envelope.key_id(key)}:{key.public_bytes_raw().hex()}\n" for key in self.keys)

    @property
    def newest(self) -> X25519PublicKey:
        return self.keys[0]


def published() -> Published:
    """What the environment gives, or the file that the vault has written; read anew each time, for keys change."""
    text = settings.VAULT_PUBLIC_KEYS
    if not text and settings.VAULT_PUBLIC_KEYS_FILE.exists():
        text = settings.VAULT_PUBLIC_KEYS_FILE.read_text(encoding="ascii")
    if not text.strip():
        raise NoVaultKey(
            _("Names cannot be kept safely just now: this site has no vault yet. What is told without a name is taken.")
        )
    return Published.read(text)
