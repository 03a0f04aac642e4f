"""The receipt: sixteen characters that alone open the way back to a report.

They are made from what the sender's page was given once, under a key outside of the database, so that sending twice
gives the same receipt; the database keeps a keyed mark of them. Nobody of the staff can make or find them again.
"""

import hmac
import secrets

from django.conf import settings

from supervision import sealing

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16  # 80 bits
GROUP = 4
HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def draw_ticket() -> str:
    """What a page is given before it sends: whoever sends it again is answered with the same receipt."""
    return secrets.token_hex(16)


def receipt_of(ticket: str) -> str:
    number = int.from_bytes(hmac.digest(newest(), f"receipt {ticket}".encode(), "sha256")[:10], "big")
    return "".join(LETTERS[(number >> 5 * place) & 31] for place in reversed(range(LENGTH)))


def shown(receipt: str) -> str:
    """In groups of four, as it is read out."""
    return "-".join(receipt[start : start + GROUP] for start in range(0, len(receipt), GROUP))


def understood(typed: str) -> str:
    """As it was meant: without spaces and hyphens, full-width or small letters, and what is easily misread."""
    folded = "".join(chr(ord(one) - 0xFEE0) if 0xFF01 <= ord(one) <= 0xFF5E else one for one in typed)
    return "".join(one for one in folded.upper().translate(HEARD_AS) if one in LETTERS)


def mark(receipt: str) -> str:
    """What the database keeps of a receipt."""
    return marks(receipt)[0]


def marks(receipt: str) -> list[str]:
    """Its marks under each key of the ring, the newest first: older reports are found by older keys."""
    return [f"{name}:{hmac.digest(key, f'mark {receipt}'.encode(), 'sha256').hex()}" for name, key in ring().keys]


def ends_so(receipt: str, typed: str) -> bool:
    """Whether its last four characters were typed back."""
    return understood(typed) == receipt[-GROUP:]


def newest() -> bytes:
    return ring().keys[0][1]


def ring() -> sealing.Ring:
    return sealing.ring(settings.RECEIPT_KEYS, settings.RECEIPT_KEYS_FILE)
