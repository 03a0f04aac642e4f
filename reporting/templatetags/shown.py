"""How amounts, days, moments and shares are written in each tongue."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from supervision.language import in_chinese
from supervision.monitoring.wording import month_words

register = template.Library()

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
CENT = Decimal("0.01")
UNITS = [(Decimal(10**8), "亿元"), (Decimal(10**4), "万元")]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@register.filter
def exact_yuan(amount: Decimal | int | None) -> str:
    """To the fen, as text: for titles, cells of exports and attributes."""
    if amount is None:
        return NOTHING
    sign = MINUS if amount < 0 else ""
    return f"{sign}¥{abs(Decimal(amount)).quantize(CENT, ROUND_HALF_UP):,}"


@register.filter
def yuan_text(amount: Decimal | int | None) -> str:
    """As people say it: in Chinese 万元 or 亿元 from ten thousand on."""
    if amount is None or not in_chinese():
        return exact_yuan(amount)
    sign, size = MINUS if amount < 0 else "", abs(Decimal(amount))
    for unit, name in UNITS:
        # 99,999,999.99 rounds to 10,000.00万, which is said 1.00亿.
        if size >= unit or (size / Decimal(10**4)).quantize(CENT, ROUND_HALF_UP) * 10**4 >= unit > 10**4:
            return f"{sign}{(size / unit).quantize(CENT, ROUND_HALF_UP):,} {name}"
    return exact_yuan(amount)


@register.filter
def yuan(amount: Decimal | int | None) -> SafeString:
    """As people say it, the exact amount in its title."""
    return format_html('<span class="amount" title="{}">{}</span>', exact_yuan(amount), yuan_text(amount))


@register.filter
def count(number: int | None) -> str:
    """1,234,567 in both tongues."""
    return NOTHING if number is None else f"{number:,}".replace("-", MINUS)


@register.filter
def percent(share: Decimal | float | None) -> str:
    """0.1234 is 12.3%. What it is a share of belongs into the text around it."""
    if share is None:
        return NOTHING
    return f"{(Decimal(str(share)) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP):,}%".replace("-", MINUS)


@register.filter
def day(value: date | None) -> SafeString | str:
    """2026年11月21日, 21 Nov 2026."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', value.strftime("%Y-%m-%d"), day_text(value))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """2026年11月21日 14:05, 21 Nov 2026, 14:05; on Chinese clocks."""
    if value is None:
        return NOTHING
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    join = " " if in_chinese() else ", "
    text = f"{day_text(here)}{join}{here:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="seconds"), text)


@register.filter
def month(value: str | None) -> str:
    """'2026-03' is 2026年3月, Mar 2026."""
    return month_words(value) if value else NOTHING


def day_text(value: date) -> str:
    if in_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
