"""What is noted with a move lies sealed in its history and stands nowhere else, for it may say who told it."""

from typing import Any

from supervision.moves import Made, Subject, Workflow


class SealedNotes(Workflow[Subject]):
    """A table of moves whose history keeps the note in a sealed column `words`."""

    def kept(self, note: str) -> str:
        return ""

    def beside(self, locked: Subject, made: Made[Subject]) -> dict[str, Any]:
        events: Any = locked.events  # type: ignore[attr-defined]
        event = events.model(**{events.field.name: locked})
        event.words = made.note  # sealed for this history
        return {"words_sealed": event.words_sealed}
