"""The reader's language."""

from django.utils.functional import Promise
from django.utils.translation import get_language, override


def kept(words: Promise | str) -> str:
    """Words that are kept in a row and shown to each reader in their own tongue: in English, as the code has them."""
    with override("en"):
        return str(words)


def in_chinese() -> bool:
    """Whether the reader has chosen Chinese; anybody else is answered in English."""
    return (get_language() or "").startswith("zh")
