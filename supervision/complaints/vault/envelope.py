"""One sealed text: HPKE (RFC 9180), by whoever has the public key, for whoever has the private one.

The text names its suite and its key, so that both can change one row at a time. What it is about goes into the key that
is agreed on: sealed for one subject, it opens for no other.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITES = {"HPKE-X25519-SHA256-AES256GCM": Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)}
NEWEST = "HPKE-X25519-SHA256-AES256GCM"
MOST = 8192  # bytes of one identity
STEP = 512  # sealed texts are as long as the next multiple: their length does not tell the length of a name


class TooLong(Exception):
    """More than an identity can be."""


class Damaged(Exception):
    """It does not open with its key: it was changed, cut, or moved to another row."""


def key_id(public: X25519PublicKey) -> str:
    """A key is named after itself: another installation's is never taken for it."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:8]


def about(subject: str, kind: str, version: int) -> str:
    return json.dumps([subject, kind, version], ensure_ascii=False, separators=(",", ":"))


def seal(what: Mapping[str, str], public: X25519PublicKey, *, about: str) -> str:
    plain = json.dumps(dict(what), ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > MOST:
        raise TooLong
    plain = plain.ljust(-(-len(plain) // STEP) * STEP)
    name = key_id(public)
    sealed = SUITES[NEWEST].encrypt(plain, public, info=f"{NEWEST} {name} {about}".encode())
    return f"{NEWEST}.{name}.{base64.b64encode(sealed).decode()}"


def named_key(sealed: str) -> str:
    """The key that a text was sealed for."""
    return (*sealed.split("."), "", "")[1]


def unseal(sealed: str, private: X25519PrivateKey, *, about: str) -> dict[str, str]:
    suite, name, rest = (*sealed.split("."), "", "")[:3]
    if suite not in SUITES:
        raise Damaged(suite)
    try:
        plain = SUITES[suite].decrypt(base64.b64decode(rest), private, info=f"{suite} {name} {about}".encode())
    except (InvalidTag, ValueError, binascii.Error):
        raise Damaged(about) from None
    opened: dict[str, str] = json.loads(plain)
    return opened
