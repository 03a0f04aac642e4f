"""What the portal's pages say of the gate."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings

from supervision.complaints.gate import keeping, waiting
from supervision.complaints.gate.models import Upload
from supervision.complaints.gate.recognising import ENDINGS

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_ticket(context: dict[str, Any], name: str = "proof") -> str:
    """The ticket of a page without a script: a page that is shown again goes on with the time it has waited."""
    given = str(context["request"].POST.get(name, ""))
    return given if waiting.goes_on(given) else waiting.ticket()


@register.simple_tag
def gate_limits() -> dict[str, int]:
    """What may be sent, in megabytes and number; and how long a page without a script waits."""
    sizes = {kind: size >> 20 for kind, size in settings.GATE_LIMITS.items()}
    return sizes | {"most": settings.GATE_FILES_MOST, "seconds": settings.WAITING_SECONDS}


@register.filter
def standing(tokens: Sequence[str]) -> list[dict[str, object]]:
    """Those of a page's files that still wait for their report."""
    return [{"token": token, "upload": upload} for token, upload in keeping.waiting(list(tokens or []))]


@register.filter
def sent_as(upload: Upload) -> str:
    """What its sender called it."""
    return keeping.name_of(upload)


@register.filter
def file_kind(upload: Upload) -> str:
    """In letters: JPG, MP4."""
    return ENDINGS.get(upload.media_type, "").upper()


@register.filter
def may_be_shown(upload: Upload) -> bool:
    return keeping.may_be_shown(upload)
