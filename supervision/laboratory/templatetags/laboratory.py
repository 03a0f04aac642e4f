"""The states of comparisons, in the reader's words."""

from django import template
from django.utils.safestring import SafeString

from supervision.laboratory.models import Comparison
from supervision.monitoring.templatetags.monitoring import badge

register = template.Library()

TONES = {Comparison.Status.RUNNING: "info", Comparison.Status.DONE: "good", Comparison.Status.FAILED: "bad"}


@register.filter
def comparison_badge(comparison: Comparison) -> SafeString:
    return badge(comparison.get_status_display(), TONES[Comparison.Status(comparison.status)])
