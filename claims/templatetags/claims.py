"""Codes of batches and their rejects, in the reader's words."""

import re

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims import profiles
from claims.models import Batch, Reject
from claims.rejects import REASONS, BatchRejected, reason_text
from supervision.language import in_chinese

register = template.Library()

TONES = {
    Batch.Status.LOADED: "good",
    Batch.Status.FAILED: "bad",
    Batch.Status.READING: "info",
    Batch.Status.WAITING: "info",
}


@register.filter
def batch_badge(batch: Batch) -> SafeString:
    tone = TONES.get(Batch.Status(batch.status), "plain")
    return format_html('<span class="badge badge-{}">{}</span>', tone, batch.get_status_display())


@register.filter
def reject_reason(code: str) -> str:
    """A reason by itself, without the words that lead over to what a row was compared to."""
    return re.split("[;:；：，]", reason_text(code))[0] if code in REASONS else code


@register.filter
def reject_words(reject: Reject) -> str:
    """The reason of one row, with what it was compared to."""
    return reason_text(reject.reason, reject.detail) if reject.reason in REASONS else reject.reason


@register.filter
def profile(name: str) -> str:
    """A layout's title in the reader's language; a profile of somebody's own goes by its name."""
    try:
        found = profiles.load(name)
    except BatchRejected:
        return name
    return said(found)


@register.filter
def said(titled: profiles.Profile | profiles.WordTable) -> str:
    return titled.title_zh if in_chinese() else titled.title


@register.filter
def note(word: profiles.Word) -> str:
    return word.note_zh if in_chinese() else word.note


STAGES: dict[str, Promise] = {
    "reading": _("reading the files"),
    "reading lines": _("reading the lines"),
    "writing": _("writing"),
    "publishing": _("publishing"),
}


@register.filter
def stage(name: str) -> Promise | str:
    """What a batch is being put through right now."""
    return STAGES.get(name, name)


TYPES: dict[str, Promise] = {
    "key": _("number or name, no colon"),
    "text": _("text"),
    "code": _("one of the values named"),
    "area": _("division code, six digits"),
    "day": _("day, 2026-03-01"),
    "moment": _("moment, 2026-03-01 09:30:00"),
    "yuan": _("yuan, up to 2 decimals"),
    "price": _("yuan, up to 6 decimals"),
    "quantity": _("quantity, up to 4 decimals"),
    "count": _("whole number"),
    "flag": _("Y or N"),
}


@register.filter
def column_type(word: profiles.Word) -> Promise | str:
    return TYPES.get(word.type, word.type)
