"""The reader's language."""

from django.utils.translation import get_language


def in_chinese() -> bool:
    """Whether the reader has chosen Chinese; anybody else is answered in English."""
    return (get_language() or "").startswith("zh")
