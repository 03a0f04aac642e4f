"""Addresses that lead to a door: a street with its number, a house, a flat, a group of a village."""

import re
from collections.abc import Iterator

Place = tuple[int, int]

FIGURE = r"[0-9０-９〇零一二三四五六七八九十百]+"
SIGN = r"[\u4e00-\u9fff]"
PATTERNS = (
    # 文三路 138 号, 解放街十二号
    re.compile(rf"{SIGN}{{1,8}}(?:路|街|大道|大街|巷|道|弄|胡同|里|桥)\s*{FIGURE}\s*(?:弄\s*{FIGURE}\s*)?号"),
    # 阳光花园 3 幢 2 单元 501 室, 5号楼
    re.compile(rf"{SIGN}{{0,8}}\s*{FIGURE}\s*(?:号楼|栋|幢|单元)(?:\s*{FIGURE}\s*(?:单元|室|号|层))*"),
    re.compile(rf"(?:小区|花园|家园|公寓|苑|新村|社区)\s*{FIGURE}(?:\s*-\s*{FIGURE})+"),
    re.compile(rf"(?<!科){FIGURE}室(?!内|外|温|性)"),
    # 王家村三组
    re.compile(rf"{SIGN}{{1,6}}村(?:民小组)?\s*{FIGURE}\s*(?:组|队|社|号)"),
    re.compile(
        r"\b(?:No\.? ?)?\d+[A-Za-z]?,? (?:[A-Z][\w']+ ){1,3}(?:Road|Street|Avenue|Lane|Alley)\b|"
        r"\b(?:Room|Flat|Apartment|Unit|Building) \d+\b"
    ),
)


def addresses(text: str) -> Iterator[Place]:
    for pattern in PATTERNS:
        yield from (found.span() for found in pattern.finditer(text))
