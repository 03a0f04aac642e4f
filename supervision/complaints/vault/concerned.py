"""Who may not approve an opening because the matter is theirs. What lies above the vault tells it."""

from collections.abc import Callable, Collection

Told = Callable[[str], Collection[int]]  # the subject's number → keys of accounts

HANDLERS: list[Told] = []


def handlers_of(subject: str) -> set[int]:
    """Everybody who handles what the identity belongs to, as the apps say that have registered themselves."""
    return {account for told in HANDLERS for account in told(subject)}
