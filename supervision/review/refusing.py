"""Keeps what was wrong with the last refused messages of an institution, for those who mend its system.

Nothing that a message says of a person is kept: its kind, its id, the field and the reason.
"""

import json
from collections.abc import Mapping
from typing import Any

from supervision.audit.chain import storable

from .messages import MessageRefused
from .models import Refusal

KEPT = 100  # of an institution


def keep(refusal: MessageRefused, body: bytes, *, institution: str) -> None:
    """Keep a refusal, and forget the oldest."""
    said = _envelope(body)
    Refusal.objects.create(
        institution_id=institution,
        infno=_text(said.get("infno"), 6),
        msgid=_text(said.get("msgid"), 30),
        field=_text(refusal.field, 200),
        reason=_text(refusal.reason, 200),
    )
    of_institution = Refusal.objects.filter(institution=institution).order_by("-pk").values("pk")
    Refusal.objects.filter(institution=institution, pk__in=of_institution[KEPT : KEPT * 2]).delete()


def _envelope(body: bytes) -> Mapping[str, Any]:
    """The outermost names of a message that may be none."""
    try:
        said = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _text(value: object, most: int) -> str:
    return storable(str(value))[:most] if isinstance(value, str | int) else ""
