"""Issues a letter: gives it the next number of its series, sets it, and keeps it as it left the office."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from supervision import invisible

from . import setting
from .kinds import KINDS
from .letter import FactMissing, Letter, compose, facts_of, refuse_the_incomplete, template_hash
from .models import Document, Letterhead, Party, Series

__all__ = ["FactMissing", "Office", "facts_of", "issue"]

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Office:
    """Who signs a letter: the bureau of the place unless another is said, with the name it has until one is set."""

    party: Party = Party.AUTHORITY
    name_zh: str = ""
    name_en: str = ""


THE_BUREAU = Office()


def issue(kind: str, *, place: str, place_name: str, about: str, facts: Mapping[str, str],
          by: Any, address: str = "", office: Office = THE_BUREAU) -> Document:  # fmt: skip
    """A letter of the office of a place, numbered in its turn; or FactMissing, and no number is used up.

    It is part of what its caller does in one transaction: where that fails, the number is free again. Whoever calls
    writes the act into the chain, as the last statement; a letter among the effects of a move is told by the move.
    """
    facts = {name: invisible.without(text) for name, text in facts.items()}
    refuse_the_incomplete(kind, facts)
    at = timezone.now()
    with transaction.atomic():
        head = letterhead(place, place_name, office, place_en=facts.get("place_en", ""))
        series = _next(place, office.party, kind, at.astimezone(BEIJING).year)
        reference = f"{head.sign}{KINDS[kind].sign}字〔{series.year}〕{series.last}号"
        own = {"place": place_name, "reference": reference, "today": at.astimezone(BEIJING).date().isoformat()}
        document = Document(
            kind=kind, place=place, place_name=place_name, party=office.party, year=series.year, number=series.last,
            reference=reference, about=about, address=address, facts=dict(facts), issued_at=at, issued_by=by,
        )  # fmt: skip
        _keep(document, _write(document, {**facts, **own}, head))
        document.save(force_insert=True)
    return document


def _next(place: str, party: Party, kind: str, year: int) -> Series:
    """The series with its next number taken; others who want one wait until this transaction has ended."""
    Series.objects.get_or_create(place=place, party=party, kind=kind, year=year)
    series = Series.objects.select_for_update().get(place=place, party=party, kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series


def _write(document: Document, facts: Mapping[str, str], head: Letterhead) -> Letter:
    """Both tongues; the Chinese letter is what is set and served."""
    document.template_hash = template_hash(document.kind)
    letter = compose(document.kind, "zh_Hans", {**facts, **head.head_zh}).with_code()
    document.text_zh, document.code = letter.text(), letter.code
    document.text_en = compose(document.kind, "en", {**facts, **in_english(facts), **head.head_en}).text()
    return letter


def in_english(facts: Mapping[str, str]) -> dict[str, str]:
    """What has an English name beside it, `party_en` beside `party`: the reading copy takes that."""
    return {name.removesuffix("_en"): text for name, text in facts.items() if name.endswith("_en") and text}


def _keep(document: Document, letter: Letter) -> None:
    """Both papers into the files, under names that say nothing but the number."""
    folder = f"documents/{document.year}/{document.place}"
    of_agency = "" if document.party == Party.AUTHORITY else f"-{document.party}"
    name = f"{document.kind}{of_agency}-{document.number:06d}"
    paper, word = setting.pdf(letter, at=document.issued_at), setting.word(letter, at=document.issued_at)
    document.pdf_digest, document.docx_digest = hashlib.sha256(paper).hexdigest(), hashlib.sha256(word).hexdigest()
    for file, content, suffix in ((document.pdf, paper, "pdf"), (document.docx, word, "docx")):
        # The number is ours to the end of the transaction: a file that stands there was left by one that failed.
        file.storage.delete(f"{folder}/{name}.{suffix}")
        file.save(f"{folder}/{name}.{suffix}", ContentFile(content), save=False)


def letterhead(place: str, place_name: str, office: Office = THE_BUREAU, *, place_en: str = "") -> Letterhead:
    """The office's head as an administrator has set it, or as its place and its own name give it until then."""
    head, _new = Letterhead.objects.get_or_create(
        place=place,
        party=office.party,
        defaults={
            "place_zh": place_name,
            "office_zh": office.name_zh or _named(place, place_name, office.party),
            "office_en": office.name_en
            or office.name_zh
            or NAMED_EN[office.party].format(place=place_en or place_name),
            "sign": _sign(place, place_name, office.party),
        },
    )
    return head


def _named(place: str, place_name: str, party: Party) -> str:
    if party == Party.HANDLING:
        return f"{place_name}医疗保障经办机构"
    return "国家医疗保障局" if place == "000000" else f"{place_name}医疗保障局"


NAMED_EN = {
    Party.AUTHORITY: "Healthcare Security Administration of {place}",
    Party.HANDLING: "Handling agency of {place}",
}
SIGNS = {Party.AUTHORITY: "医保", Party.HANDLING: "医保中心"}  # by which their reference numbers are told apart


def _sign(place: str, place_name: str, party: Party) -> str:
    short = short_names().get(place) or _short(place_name)
    taken = Letterhead.objects.filter(sign=f"{short}{SIGNS[party]}").exists()
    return f"{short}{place}{SIGNS[party]}" if taken else f"{short}{SIGNS[party]}"


def _short(place_name: str) -> str:
    """云州市 signs as 云州; a county keeps two characters at least."""
    short = place_name.rstrip("省市区县州盟旗") if len(place_name) > 2 else place_name
    return short if len(short) >= 2 else place_name


@cache
def short_names() -> Mapping[str, str]:
    """The one-character names of the provinces by their codes."""
    page = Path(__file__).parent / "reference" / "short_names.csv"
    with page.open(encoding="utf-8") as file:
        return {row["place"]: row["short"] for row in csv.DictReader(file)}
