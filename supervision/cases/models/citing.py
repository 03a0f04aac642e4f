"""How a letter cites a norm: by its full title and the article, as the one who receives it can look it up."""

import re

import cn2an

# The titles by the codes of the register of norms; a norm without one here is cited by what its row calls it.
TITLES_ZH = {
    "REG735": "《医疗保障基金使用监督管理条例》",
    "IR7": "《医疗保障基金使用监督管理条例实施细则》",
    "APL": "《中华人民共和国行政处罚法》",
}
REGULATION_EN = "Regulation on the Supervision and Administration of the Use of Medical Security Funds"
TITLES_EN = {
    "REG735": REGULATION_EN,
    "IR7": f"Implementing Rules of the {REGULATION_EN}",
    "APL": "Law of the People's Republic of China on Administrative Penalty",
}
PART = re.compile(r"第(?P<number>[零〇一二三四五六七八九十百]+)(?P<level>[条款项])|(?P<joint>及|和|、)")
LEVELS = {"条": "art. {}", "款": "par. {}", "项": "({})"}
JOINTS = {"及": "and", "和": "and", "、": "and"}


def in_full_zh(norm: str, article: str) -> str:
    return f"{TITLES_ZH.get(norm, norm)}{article}"


def in_full_en(norm: str, article: str) -> str:
    title = TITLES_EN.get(norm, norm)
    return ", ".join(filter(None, [title, article_en(article)]))


def article_en(article: str) -> str:
    """第三十八条第三项 as art. 38 (3)."""
    parts = [
        JOINTS[part["joint"]] if part["joint"] else LEVELS[part["level"]].format(cn2an.cn2an(part["number"]))
        for part in PART.finditer(article)
    ]
    return " ".join(parts) or article
