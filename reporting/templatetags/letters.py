"""A letter's text laid out on a page, as its paper lays it out."""

from dataclasses import dataclass, field

from django import template
from django.utils.translation import gettext as _

register = template.Library()

OF_THE_SITE = ("hearing ",)  # what the site calls by an English word and a number in its chain of acts


@dataclass(frozen=True)
class Part:
    """A paragraph, or a table's rows."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


@register.filter
def parts(text: str) -> list[Part]:
    """The letter's text, part by part; lines whose cells are parted by bars are a table."""
    return [part_of(part) for part in text.split("\n\n") if part.strip()]


def part_of(text: str) -> Part:
    lines = text.splitlines()
    if all(" | " in line for line in lines):
        return Part(rows=[line.split(" | ") for line in lines])
    return Part(text)


@register.filter
def about(subject: str) -> str:
    """What a letter is about, in the reader's words: a hearing by its number, a case as it is called."""
    if subject.startswith(OF_THE_SITE):
        return _("Hearing %(number)s") % {"number": subject.partition(" ")[2]}
    return subject
