"""Finds whom or where a citizen means, by what they type."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from institutions.models import Division, Institution
from supervision.invisible import without

MOST, MOST_WORDS = 20, 4
LEAST = 2  # letters: one is found nearly everywhere, and every word is looked for in all names
INSTITUTION, PLACE = "institution", "place"


@dataclass(frozen=True)
class Found:
    """Something to tick: an institution, or a place."""

    value: str
    words: str
    beside: str


def folded(text: str) -> str:
    """Full-width letters and digits as plain ones, blanks as one, and nothing that nobody can see."""
    return " ".join(without(unicodedata.normalize("NFKC", text)).split())


def search(text: str) -> list[Found]:
    """Institutions first, then places; every word must be found in the name, its English name, code or place."""
    words = folded(text).split()[:MOST_WORDS]
    if len("".join(words)) < LEAST:
        return []
    found = [*institutions(words), *places(words)]
    return found[: MOST * 2]


def institutions(words: list[str]) -> Iterator[Found]:
    rows = Institution.objects.select_related("division__parent")
    for word in words:
        named = Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__iexact=word)
        named |= Q(pinyin__contains=word.lower())
        placed = Q(division__name_zh__icontains=word) | Q(division__name_en__icontains=word)
        above = Q(division__parent__name_zh__icontains=word) | Q(division__parent__name_en__icontains=word)
        rows = rows.filter(named | placed | above)
    for one in rows.order_by("name_zh")[:MOST]:
        yield Found(f"{INSTITUTION}:{one.pk}", str(one), where(one.division))


def places(words: list[str]) -> Iterator[Found]:
    rows = Division.objects.filter(level__gte=Division.Level.PROVINCE).select_related("parent")
    for word in words:
        named = Q(name_zh__icontains=word) | Q(name_en__icontains=word)
        rows = rows.filter(named | Q(parent__name_zh__icontains=word) | Q(parent__name_en__icontains=word))
    for one in rows.order_by("-level", "code")[:MOST]:
        yield Found(f"{PLACE}:{one.pk}", str(one), str(one.parent or ""))


def where(place: Division) -> str:
    return f"{place.parent} · {place}" if place.parent else str(place)


def chosen(value: str) -> tuple[Institution | None, Division | None]:
    """What was ticked; an institution lies in its place."""
    kind, _colon, code = without(value).partition(":")
    if kind == INSTITUTION:
        institution = Institution.objects.filter(pk=code).select_related("division__parent").first()
        return institution, institution.division if institution else None
    if kind == PLACE:
        return None, Division.objects.filter(pk=code, level__gte=1).select_related("parent").first()
    return None, None


def words_of(value: str) -> str:
    """The same in words, for the page that checks the answers."""
    institution, place = chosen(value)
    if institution and place:
        return f"{institution} ({where(place)})"
    return where(place) if place else ""
