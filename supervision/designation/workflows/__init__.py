"""The tables of applications, of objections to them, and of agreements."""

from .agreement import AGREEMENT
from .application import APPLICATION
from .objection import OBJECTION

__all__ = ["AGREEMENT", "APPLICATION", "OBJECTION"]
