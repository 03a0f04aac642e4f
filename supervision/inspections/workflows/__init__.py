"""The three tables of inspections: flight, random and daily share their visit, their defence and their decisions."""

from typing import Any

from supervision.inspections.models import Inspection
from supervision.inspections.models.plans import Mode
from supervision.moves import Workflow

from .daily import DAILY
from .flight import FLIGHT
from .spot import RANDOM

WORKFLOWS: dict[str, Workflow[Any]] = {Mode.FLIGHT: FLIGHT, Mode.RANDOM: RANDOM, Mode.DAILY: DAILY}

__all__ = ["DAILY", "FLIGHT", "RANDOM", "WORKFLOWS", "workflow_of"]


def workflow_of(inspection: Inspection) -> Workflow[Inspection]:
    return WORKFLOWS[inspection.mode]
