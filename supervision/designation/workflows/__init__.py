"""The tables of applications and of agreements."""

from .agreement import AGREEMENT
from .application import APPLICATION

__all__ = ["AGREEMENT", "APPLICATION"]
