"""Batches, lists and places of the knowledge base, in the reader's words."""

from collections.abc import Iterable, Mapping

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from institutions.access import signed_in
from supervision.knowledge.lists import LISTS
from supervision.knowledge.models import KnowledgeBatch, Proposal, ProposedPoint, concerns
from supervision.knowledge.rejecting import reason_text

register = template.Library()
register.filter("knowledge_reason", reason_text)

TONES = {Proposal.Status.PREPARED: "warn", Proposal.Status.IN_FORCE: "good", Proposal.Status.REFUSED: "bad"}
HOW_TONES = {ProposedPoint.Kind.NEW: "good", ProposedPoint.Kind.CHANGED: "info", ProposedPoint.Kind.ENDED: "warn"}


@register.filter
def state_badge(batch: Proposal) -> SafeString:
    tone = TONES.get(Proposal.Status(batch.status), "plain")
    return format_html('<span class="badge badge-{}">{}</span>', tone, batch.get_status_display())


@register.filter
def how_badge(how: str) -> SafeString:
    kind = ProposedPoint.Kind(how)
    return format_html('<span class="badge badge-{}">{}</span>', HOW_TONES.get(kind, "plain"), kind.label)


@register.filter
def list_title(name: str) -> str:
    """What a list is called; a family of published points goes by its own name."""
    return LISTS[name].name_in_words if name in LISTS else name


@register.filter
def at(names: Mapping[str, str], code: str) -> str:
    """A place's name among those given."""
    return names.get(code, code)


@register.filter
def sorted_pairs(pairs: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """By name: the database keeps no order of them."""
    return sorted(pairs, key=lambda pair: pair[0])


@register.filter
def in_order(names: Iterable[str]) -> list[str]:
    return sorted(names)


@register.filter("of")
def of_kind(counts: Mapping[str, int], kind: str) -> int:
    return counts.get(kind, 0)


@register.filter
def made_by(version: KnowledgeBatch, request: HttpRequest) -> Proposal | None:
    """The batch that made a version, if the reader may see it."""
    made: Proposal | None = getattr(version, "proposal", None)
    return made if made and concerns(made.place, signed_in(request)) else None
