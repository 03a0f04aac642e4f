"""Names of persons: those that are known, and what has the shape of one beside a title."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

Place = tuple[int, int]

SURNAMES = Path(__file__).parent.parent / "reference" / "surnames.txt"
HIDDEN = "某甲乙丙丁ＸxX×*＊○"  # how a name is taken out of a text: 张某, 李某某, 王××
# What follows a name, and what goes before one.
AFTER = (
    "医生|大夫|医师|护士长|护士|药师|药剂师|技师|主任|副主任|院长|副院长|站长|科长|局长|处长|经理|总经理|老板|店长|会计"
    "|先生|女士|小姐|老师|教授|同志|老人|大爷|大妈|阿姨|师傅"
)  # fmt: skip
BEFORE = (
    "患者|病人|参保人员?|当事人|法定代表人|法人代表|负责人|经办人|举报人|投诉人|知情人|犯罪嫌疑人|嫌疑人|被告人|原告|被告|证人|家属|丈夫|妻子"
    "|医师|医生|护士长|护士|药师|院长|主任|店主|店员|收款人|户名|姓名|职工|村民|居民|退休人员|中介|药贩子"
)  # fmt: skip
# Words that end in a sign which is also a surname: what stands before a title is then no name.
NO_NAMES = (
    "责任", "主任", "时任", "担任", "现任", "曾任", "兼任", "离任", "前任", "聘任", "信任", "委任", "上任",
    "接任", "基金", "资金", "现金", "对方", "院方", "双方", "警方", "药方", "处方", "医方", "一方", "官方",
    "甲方", "乙方", "各方", "多方", "有关", "相关", "机关", "医保", "社保", "参保", "全科", "专家", "国家",
    "多家", "一家", "两家", "大家", "上海", "高级", "中医", "名医", "西医", "骨科", "经管", "主管", "分管",
    "接管", "监管", "保管", "血管", "尚未", "和", "及", "由", "向", "从", "与", "等", "连同", "全体", "全部",
    "多名", "管床", "门诊", "安全", "公安", "治安", "平安", "日常", "异常", "正常", "通常", "常规", "属于",
    "由于", "对于", "关于", "基于", "应", "经",
)  # fmt: skip
NO_GIVEN = (
    "的了在是与和及或被将由向对为从到把以其该本等经应未已曾并而且但因所于之也都可能会有无不后前中内外上下时间期年月日元万"
    "个名次项例位共计总数均需请称说表示提供进行通过使用住院门诊医保科室药品费用违规收开做办家属同一二三四五六七八九十两"
)  # what sentences are made of, and given names are seldom
# Surnames that are words as well: they begin a name only where no word of a sentence follows.
AMBIGUOUS = "和于应任方关经时万全常安明文成计单支由向后费钟干温平高路过都管相通曾查"


@cache
def surnames() -> tuple[str, frozenset[str]]:
    """Those of one sign, as a class of signs, and those of two."""
    single, double = SURNAMES.read_text(encoding="utf-8").split("\n")[:2]
    return single, frozenset(double.split())


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    single, double = surnames()
    name = f"(?:{'|'.join(sorted(double))}|[{single}])"
    given = "[\u4e00-\u9fff]"
    return (
        re.compile(rf"(?P<name>{name}{given}{{0,2}}?)(?P<title>{AFTER})"),
        re.compile(rf"(?:{BEFORE})(?:为|是|叫|名叫|系|[:：“\"（( ])*(?P<name>{name}{given}{{1,2}})"),
        re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{name}{given}{{1,2}})\s*[,，(（]\s*[男女]"),
        re.compile(rf"(?P<name>{name}{given}{{1,2}})(?:等[一二三四五六七八九十两\d]*[人名])"),
    )


ENGLISH = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse|Director)\.? (?P<name>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*)"
)


def beside_titles(text: str) -> Iterator[Place]:
    first, *others = patterns()
    for found in first.finditer(text):  # the title says where the name ends
        yield from named(text, *found.span("name"), trim=False)
    for pattern in others:
        for found in pattern.finditer(text):
            yield from named(text, *found.span("name"), trim=True)
    yield from (found.span("name") for found in ENGLISH.finditer(text))


def named(text: str, start: int, end: int, *, trim: bool) -> Iterator[Place]:
    """The name, without the signs of the sentence that were caught behind it; nothing where it is none."""
    surname = 2 if text[start : start + 2] in surnames()[1] else 1
    given = text[start + surname : end]
    kept = given.rstrip(NO_GIVEN) if trim else given
    if any(sign in HIDDEN for sign in given) or text[start:end] in NO_NAMES:
        return
    if not given and text[: start + 1].endswith(NO_NAMES):
        return
    ambiguous = surname == 1 and text[start] in AMBIGUOUS
    if ambiguous and given and (not kept or any(sign in NO_GIVEN for sign in kept)):
        return
    yield start, start + surname + (len(kept) or len(given[:1]))


def known(text: str, persons: Iterable[str]) -> Iterator[Place]:
    """Known names as they are, with a gap between their signs, and in pinyin both ways round."""
    lower = text.lower()
    for person in persons:
        if len(person) < 2:
            continue
        gaps = r"[\s·.]?".join(map(re.escape, person))
        yield from (found.span() for found in re.finditer(gaps, text))
        for spelling in spellings(person):
            yield from (found.span() for found in re.finditer(rf"(?<![a-z]){spelling}(?![a-z])", lower))


def spellings(person: str) -> Iterator[str]:
    """Zhang San, San Zhang and Zhangsan for 张三; of a name in letters, itself."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", person):
        return
    cut = 2 if person[:2] in surnames()[1] else 1
    family, given = ("".join(lazy_pinyin(part)) for part in (person[:cut], person[cut:]))
    if given:
        yield from (rf"{family}[\s,-]*{given}", rf"{given}[\s-]*{family}")


def verbatim(text: str, sought: Iterable[str]) -> Iterator[Place]:
    for words in sought:
        if words:
            yield from (found.span() for found in re.finditer(re.escape(words), text, re.IGNORECASE))
