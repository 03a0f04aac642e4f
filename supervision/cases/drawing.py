"""Draws docs/workflows.md from the tables of moves: for each a picture of its states, and every move."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from supervision.moves import Condition, Effect, Move, Workflow

# A table is known once its module is there. Named, not imported: what lies above cases is drawn here, too.
TABLES = (
    "supervision.cases.workflows", "supervision.hearing.workflow", "supervision.ledger.workflows",
    "supervision.ledger.repaying", "supervision.complaints.workflow", "supervision.complaints.vault.workflow",
    "supervision.complaints.exposure.workflow", "supervision.complaints.supervisors.workflow",
    "supervision.complaints.rewards.workflow",
    "credit.workflow", "credit.enterprise_workflow", "credit.insured_workflow", "credit.commitments.workflow",
    "credit.points.workflows.qualification", "credit.points.workflows.record",
    "supervision.payments.workflow", "supervision.payments.prepaying", "supervision.selfchecks.campaigning",
    "supervision.selfchecks.reporting", "supervision.major.handling", "supervision.major.conferring",
    "supervision.assistance.requesting",
    "supervision.inspections.planning", "supervision.inspections.sealing",
    "supervision.inspections.workflows",
    "supervision.onsite.workflow", "supervision.onsite.sample_workflow",
    "supervision.coordination.sharing",
    "supervision.coordination.receiving", "supervision.coordination.meeting",
)  # fmt: skip
PAGE = Path(settings.BASE_DIR) / "docs" / "workflows.md"
BEGINS, ENDS = "<!-- drawn by manage.py draw_workflows: begin -->", "<!-- drawn by manage.py draw_workflows: end -->"


def known() -> list[Workflow[Any]]:
    """Every workflow of the site by where its table stands; tables of one module in their order."""
    for module in TABLES:
        import_module(module)
    return sorted(Workflow.known.values(), key=place)


def place(flow: Workflow[Any]) -> str:
    """The file of a table, from the root of the project."""
    return flow.module if flow.module.endswith(".py") else f"{flow.module.replace('.', '/')}.py"


def page() -> str:
    """The page as it should be: what people wrote, and the tables as they stand in the code."""
    text = PAGE.read_text("utf-8")
    before, _begins, rest = text.partition(BEGINS)
    _drawn, _ends, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{drawn()}\n{ENDS}{after}"


def drawn() -> str:
    with translation.override("en"):
        return "\n".join(line for flow in known() for line in section(flow))


def section(flow: Workflow[Any]) -> Iterator[str]:
    yield f"## {flow.words}"
    yield ""
    yield f"`{place(flow)}`"
    yield ""
    yield from picture(flow)
    yield ""
    yield "| move | from | to | who | asks for | and then |"
    yield "|---|---|---|---|---|---|"
    for name, move in flow.moves.items():
        before = ", ".join(state for state in flow.states.values if state in move.before)
        cells = [name, before, str(move.after), who(move), "; ".join(asks(move)), "; ".join(map(said, move.effects))]
        yield f"| {' | '.join(cells)} |"
    yield ""


def picture(flow: Workflow[Any]) -> Iterator[str]:
    """The states and the ways between them; moves that stay where they are stand in the table alone."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {flow.first}"
    for name, move in flow.moves.items():
        for state in flow.states.values:
            if state in move.before and state != move.after:
                yield f"    {state} --> {move.after}: {name}"
    for state in flow.states.values:
        if state in flow.ends:
            yield f"    {state} --> [*]"
    yield "```"


def who(move: Move[Any]) -> str:
    if move.by_itself:
        return "by itself"
    return f"{move.duty.value}, {move.party.value}" if move.party else str(move.duty.value)


def asks(move: Move[Any]) -> Iterator[str]:
    """Conditions by their names, then what must be said with the move."""
    yield from (condition_said(condition) for condition in move.conditions)
    yield from (asked.replace("_", " ") for asked in move.asks)
    if move.needs_note:
        yield "a note"


def condition_said(condition: Condition[Any]) -> str:
    return getattr(condition, "__name__", "condition").replace("_", " ")


def said(effect: Effect[Any]) -> str:
    """What an effect does, in its own words."""
    words = (getattr(effect, "__doc__", "") or getattr(effect, "__name__", "")).strip().splitlines()
    return words[0].rstrip(".").replace("|", "/") if words else ""
