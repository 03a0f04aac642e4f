"""English names of divisions, by pinyin: 杭州市 is Hangzhou, 西湖区 is Xihu District."""

import re

from pypinyin import lazy_pinyin

KINDS = {
    "自治县": " County",
    "自治旗": " Banner",
    "自治州": "",
    "开发区": " Development Zone",
    "特区": " Special District",
    "新区": " New Area",
    "地区": "",
    "矿区": " Mining District",
    "区": " District",
    "县": " County",
    "旗": " Banner",
    "盟": " League",
    "市": "",
}
# Read otherwise in words than in names of places; the few exceptions stand in reference/names_en.csv.
IN_PLACES = {"长": "chang", "都": "du", "朝": "chao"}
# Autonomous counties name their peoples between their own name and their kind; a few leave the word 族 out.
OF_PEOPLES = re.compile(
    "((各|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡"
    "|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|保安|裕固|独龙|普米)族"
    "|各族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+$"
)


def romanize(name: str) -> str:
    """The name in pinyin without tones, its kind in English where it is not a city."""
    kind = next((kind for kind in KINDS if name.endswith(kind) and name != kind), "")
    own = name.removesuffix(kind)
    if kind.startswith("自治"):
        own = OF_PEOPLES.sub("", own) or own.removesuffix("族")
    if len(own) == 1:
        own = name  # 忠县 is Zhongxian County
    return spelt(own) + KINDS.get(kind, "")


def spelt(name: str) -> str:
    """Syllables joined, an apostrophe before those that begin with a vowel: Xi'an."""
    syllables = zip(name, lazy_pinyin(name, v_to_u=True), strict=True)
    first, *rest = (IN_PLACES.get(character, syllable) for character, syllable in syllables)
    return (first + "".join(f"'{part}" if part[0] in "aoe" else part for part in rest)).capitalize()


def findable(name: str) -> str:
    """What somebody types who has no Chinese keyboard at hand: the syllables joined, and their first letters."""
    syllables = [one.lower() for one in lazy_pinyin(name, v_to_u=True)]
    return f"{''.join(syllables)} {''.join(one if one.isdigit() else one[:1] for one in syllables)}"
