"""Remarks and what is done about them, in the reader's words."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from supervision.language import in_chinese
from supervision.monitoring.templatetags.monitoring import badge
from supervision.review.models import Handling, Remark, SelfCheck

register = template.Library()

CHECK_TONES = {SelfCheck.Status.DONE: "good", SelfCheck.Status.FAILED: "bad"}
WAY_TONES = {Handling.Way.TELL: "info", Handling.Way.ASK: "warn", Handling.Way.BLOCK: "bad"}


@register.filter
def sentence(remark: Remark) -> str:
    return remark.because_zh if in_chinese() else remark.because_en


@register.filter
def choice_badge(remark: Remark) -> SafeString:
    if not remark.choice:
        return badge(_("not answered"), None)
    obeyed = remark.choice == Remark.Choice.OBEYED
    return badge(_("obeyed") if obeyed else _("overridden"), "good" if obeyed else "warn")


@register.filter
def way_words(remark: Remark) -> str:
    """What was asked of the doctor beyond reading it."""
    return _("was blocked") if remark.way == Handling.Way.BLOCK else _("a reason was asked for")


@register.filter
def way_badge(handling: Handling) -> SafeString:
    return badge(handling.get_way_display(), WAY_TONES.get(Handling.Way(handling.way)))


@register.filter
def check_badge(check: SelfCheck) -> SafeString:
    return badge(check.get_status_display(), CHECK_TONES.get(SelfCheck.Status(check.status), "info"))


@register.filter
def name_of(names: Mapping[str, str], code: str) -> str:
    """What somebody is called; who is in no register goes by the code."""
    return names.get(code, code)
