"""Lets equal messages that arrive at the same moment be judged once in a process: the others wait for that answer."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Turn:
    """Of one of them; `in_peace` once it has ended well."""

    ended: threading.Event = field(default_factory=threading.Event)
    in_peace: bool = False


class OneByOne:
    def __init__(self) -> None:
        self._at_work: dict[Hashable, Turn] = {}
        self._entering = threading.Lock()

    @contextmanager
    def alone(self, what: Hashable) -> Iterator[bool]:
        """True for whoever comes first; the others come in, with False, when that one has left in peace.

        Where the first one fails, the next one is the first.
        """
        while turn := self._turn_of_another(what):
            turn.ended.wait()
            if turn.in_peace:
                yield False
                return
        try:
            yield True
        except BaseException:
            self._leave(what, in_peace=False)
            raise
        self._leave(what, in_peace=True)

    def _turn_of_another(self, what: Hashable) -> Turn | None:
        with self._entering:
            before = self._at_work.get(what)
            if before is None:
                self._at_work[what] = Turn()
            return before

    def _leave(self, what: Hashable, *, in_peace: bool) -> None:
        with self._entering:
            turn = self._at_work.pop(what)
        turn.in_peace = in_peace
        turn.ended.set()
