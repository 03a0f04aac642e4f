"""Amounts, days and moments as a letter writes them."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import cn2an


def written(fact: str, form: str, tongue: str) -> str:
    """A fact in words: what is none of its form stands as it was given."""
    chinese = tongue == "zh_Hans"
    try:
        match form:
            case "money":
                return _money(fact, chinese=chinese)
            case "day":
                return _day(dt.date.fromisoformat(fact), chinese=chinese)
            case "moment":
                return _moment(dt.datetime.fromisoformat(fact), chinese=chinese)
    except (ValueError, InvalidOperation):
        return fact
    return fact


def _money(fact: str, *, chinese: bool) -> str:
    """In figures and, where it counts in law, in capital characters: who adds a zero must add a character."""
    amount = Decimal(fact).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{amount:,.2f}元（人民币{capitals(amount)}）" if chinese else f"CNY {amount:,.2f}"


def capitals(amount: Decimal) -> str:
    """12345.67 as 壹万贰仟叁佰肆拾伍元陆角柒分."""
    words: str = cn2an.an2cn(f"{abs(amount):f}", "rmb")
    return f"负{words}" if amount < 0 else words


def _day(day: dt.date, *, chinese: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if chinese else f"{day.day} {day:%B} {day.year}"


def _moment(moment: dt.datetime, *, chinese: bool) -> str:
    separator = "" if chinese else ", "
    return f"{_day(moment.date(), chinese=chinese)}{separator}{moment:%H:%M}"
