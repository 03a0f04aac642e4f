"""Every state × every move of every workflow, allowed or refused; and every move as every kind of account."""

from pathlib import Path

import pytest
from pytest_django import Settings

from supervision.cases import drawing
from tests.walks import WALKS, way_of
from tests.walks.walking import walk


@pytest.fixture(autouse=True)
def letters(db: None, tmp_path: Path, settings: Settings) -> None:
    """The letters that moves issue go into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


def test_every_workflow_of_the_site_is_walked() -> None:
    assert {flow.name for flow in drawing.known()} == set(WALKS)


@pytest.mark.parametrize("name", sorted(WALKS))
def test_in_every_state_exactly_the_moves_of_the_table_are_made(name: str) -> None:
    way = way_of(name)
    told = walk(way)
    states, moves = set(way.workflow.states.values), way.workflow.moves
    assert told.states == states
    assert told.made == {(state, name) for name, move in moves.items() for state in move.before}
    assert told.made | told.refused == {(state, name) for state in states for name in moves}
    assert not told.made & told.refused


@pytest.mark.parametrize("name", sorted(WALKS))
def test_nobody_makes_a_move_without_its_duty_or_from_elsewhere(name: str) -> None:
    way = way_of(name)
    told = walk(way, strangers=True)
    assert told.strangers >= 15 * len(told.made)


def test_the_page_of_workflows_is_drawn_from_the_tables() -> None:
    assert drawing.PAGE.read_text("utf-8") == drawing.page()
