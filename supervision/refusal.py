"""What is common to refusals: a sentence that says why, in the reader's words."""


class Refused(Exception):
    """What was asked for cannot be done so. A move that asked for it is refused in the same words (moves.py)."""
