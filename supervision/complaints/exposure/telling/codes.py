"""Codes that lead to a person: those of the case, and whatever follows a word for such a code."""

import re
from collections.abc import Iterable, Iterator

Place = tuple[int, int]

LABELLED = re.compile(
    r"(?:参保号|参保人编号|个人编号|个人编码|医保编号|医保号|医保卡号|社保号|社保卡号|社会保障号|住院号|病案号|病历号|门诊号"
    r"|就诊号|就诊流水号|结算单号|身份证号码?|证件号码?|床位?号|工号|执业证书?编?号"
    r"|(?:member|patient|record|admission|insurance|identity|licen[cs]e) (?:code|number|no\.?|id))"
    r"(?:为|是|[:：#]|\s)*(?P<code>(?=[A-Za-z-]*\d)[A-Za-z0-9-]{3,})",
    re.IGNORECASE,
)
NATIONAL = re.compile(r"(?<![A-Za-z0-9])[DNYJ]\d{12}(?!\d)")  # a physician's, nurse's, pharmacist's, technician's
WAYS = (
    re.compile(r"(?P<code>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
    re.compile(r"(?:微信号?|QQ号?|WeChat|抖音号?)(?:为|是|[:：]|\s)*(?P<code>[A-Za-z0-9_-]{5,})", re.IGNORECASE),
)


def labelled(text: str) -> Iterator[Place]:
    yield from (found.span("code") for found in LABELLED.finditer(text))
    yield from (found.span() for found in NATIONAL.finditer(text))


def ways_to_reach(text: str) -> Iterator[Place]:
    for pattern in WAYS:
        yield from (found.span("code") for found in pattern.finditer(text))


def spelt(text: str, known: Iterable[str]) -> Iterator[Place]:
    """Known codes, in capitals or not."""
    lower = text.lower()
    for code in known:
        for found in re.finditer(rf"(?<![a-z0-9]){re.escape(code.lower())}(?![a-z0-9])", lower):
            yield found.span()
