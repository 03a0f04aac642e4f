"""The gate's two rings of keys: one signs what lets people in, the other seals what they send."""

import hmac

from django.conf import settings

from supervision import sealing


def proofs() -> sealing.Ring:
    return sealing.ring(settings.PROOF_KEYS, settings.PROOF_KEYS_FILE)


def files() -> sealing.Ring:
    return sealing.ring(settings.GATE_KEYS, settings.GATE_KEYS_FILE)


def marks(token: str) -> list[str]:
    """What the database keeps of a token, under each key, the newest first: who reads it cannot send in its name."""
    return [hmac.digest(key, f"mark {token}".encode(), "sha256").hex() for _name, key in files().keys]
