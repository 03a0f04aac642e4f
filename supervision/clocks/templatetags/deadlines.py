"""Deadlines in templates: {% deadline clock %} says how it stands in words and colour."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.contrib.auth import get_user_model
from django.template import Context
from django.utils import timezone

from supervision.clocks.calendar import Calendar, day_of, known
from supervision.clocks.models import Clock, Light, Limit, Unit
from supervision.clocks.wording import amount, in_words, of_day

register = template.Library()

KEPT = "clocks_calendar"
BADGES = {Light.GREEN: "", Light.YELLOW: " badge-warn", Light.RED: " badge-bad"}


@register.inclusion_tag("clocks/_deadline.html", takes_context=True)
def deadline(context: Context, clock: Clock | None) -> dict[str, object]:
    """How much is left, or what became of it; nothing where no clock runs."""
    if clock is None:
        return {}
    light = clock.light()
    return {
        "words": in_words(clock, calendar_of(context)),
        "light": light.label if clock.ended_at is None and light != Light.GREEN else "",
        "badge": BADGES[light],
        "due_at": clock.due_at,
    }


@register.inclusion_tag("clocks/_deadline.html")
def due_day(day: date) -> dict[str, object]:
    """A day by which something is due, without a clock: {% due_day campaign.due_on %}."""
    now = timezone.now()
    light = Light.RED if day < day_of(now) else Light.GREEN
    return {
        "words": of_day(day, now), "light": light.label if light == Light.RED else "", "badge": BADGES[light],
        "due_at": day,
    }  # fmt: skip


def calendar_of(context: Context) -> Calendar:
    """Read once a page."""
    page = context.render_context
    if KEPT not in page:
        page[KEPT] = known()
    calendar: Calendar = page[KEPT]
    return calendar


@register.filter
def span(limit: Limit) -> str:
    """The limit's amount with its unit."""
    return amount(limit.amount, Unit(limit.unit))


@register.filter
def longest_extension(limit: Limit) -> str:
    return amount(limit.extension, Unit(limit.unit)) if limit.extension else "–"


@register.filter
def named(names: Mapping[str, object], code: str) -> object:
    """What is called by a code: {{ institutions|named:clock.institution }}."""
    return names.get(code, code)


@register.filter
def duty_name(code: str) -> str:
    """A duty in the reader's words."""
    words = dict(get_user_model()._meta.get_field("duties").base_field.flatchoices)
    return str(words.get(code, code))
