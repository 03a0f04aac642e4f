"""A signed acknowledgement: proof that a report was filed, on which day and with which words, without a name.

Anybody can check it against the public key that the portal shows; it names neither receipt nor reporter.
"""

import base64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from supervision import sealing

from .models import Complaint

HEAD = "FUND-SUPERVISION ACKNOWLEDGEMENT 1"


def acknowledgement(complaint: Complaint) -> str:
    """The lines that were signed, and the signature."""
    lines = text(complaint)
    return f"{lines}signature {base64.b64encode(key().sign(lines.encode())).decode()}\n"


def text(complaint: Complaint) -> str:
    told = {
        "number": complaint.number, "kind": complaint.kind, "place": complaint.place_id,
        "received": complaint.received_on.isoformat(), "sha256": complaint.digest,
    }  # fmt: skip
    return "".join([f"{HEAD}\n", *(f"{name} {value}\n" for name, value in told.items())])


def is_ours(shown: str) -> bool:
    """Whether this site signed these lines, as they stand."""
    lines, _signature, value = shown.replace("\r\n", "\n").strip().rpartition("signature ")
    if not lines.startswith(f"{HEAD}\n"):
        return False
    try:
        public().verify(base64.b64decode(value, validate=True), lines.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def public() -> Ed25519PublicKey:
    return key().public_key()


def public_words() -> str:
    """The public key as pages show it."""
    return base64.b64encode(public().public_bytes_raw()).decode()


def key() -> Ed25519PrivateKey:
    """The site's own, drawn once: what was signed stays provable as long as the file is kept."""
    file = Path(settings.ACKNOWLEDGEMENT_KEY_FILE)
    if not file.exists():
        sealing.draw_once(file, Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii")))
