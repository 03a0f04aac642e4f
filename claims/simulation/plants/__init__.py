"""Planted violations and near-misses: the catalogue's example rows by number, and what lies beside them.

Every module here plants cases, but for the three that describe, sow and write them.
"""

from importlib import import_module
from pkgutil import iter_modules

from .case import PLANTS, Plant

for _module in sorted(module.name for module in iter_modules(__path__)):
    if _module not in ("case", "rows", "sowing"):
        import_module(f"{__name__}.{_module}")

__all__ = ["PLANTS", "Plant"]
