"""What citizens tell, and the desk writes to them, lies sealed in the database: a dump of it holds none of their words.

The keys lie outside of the database (COMPLAINT_KEYS). They are the site's own, for the desk must read what was told;
who reported lies under another key, which the site does not have (complaints/vault). Of a row that is sealed here,
`rotate_complaint_keys` finds every column by itself.
"""

from typing import Any, Protocol

from django.conf import settings

from supervision import sealing


class HasPlace(Protocol):
    """A row that says what its words are bound to, so that they open in no other row."""

    @property
    def sealed_for(self) -> str: ...


class Sealed:
    """Words of a row, in its column `<name>_sealed`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.column = name, f"{name}_sealed"

    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        return ring().open(sealed, about=self.about(row)) if sealed else ""

    def __set__(self, row: HasPlace, words: str) -> None:
        setattr(row, self.column, ring().seal(words, about=self.about(row)) if words else "")

    def about(self, row: HasPlace) -> str:
        return f"{row.sealed_for} {self.name}"


def ring() -> sealing.Ring:
    return sealing.ring(settings.COMPLAINT_KEYS, settings.COMPLAINT_KEYS_FILE)
