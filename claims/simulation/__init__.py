"""An invented prefecture whose claims are made up by seed, with planted violations and their near-misses.

It knows the catalogue's examples and the national codes by heart and asks no rule and no knowledge list,
so that what it calls true can be held against what they find.
"""

from .prefecture import Prefecture, Summary, simulate

__all__ = ["Prefecture", "Summary", "simulate"]
