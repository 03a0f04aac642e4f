"""What public pages say of this installation."""

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse

register = template.Library()


@register.simple_tag
def helpline() -> str:
    """The telephone number of the helpline, where one is set."""
    return settings.HELPLINE


@register.simple_tag
def quick_exit() -> str:
    """Where the button to leave quickly leads to."""
    return settings.QUICK_EXIT


@register.simple_tag
def reward_address() -> str:
    """Where a reporter learns of a reward. Rewards stand above complaints: their address is known by name alone."""
    try:
        return reverse("rewards:own")
    except NoReverseMatch:
        return reverse("portal:follow")
