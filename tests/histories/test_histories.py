"""A7: on whole histories, by moves alone, no fen is lost or doubled, and every page shows the same sums."""

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from supervision.documents import setting
from tests.histories.holding import Standing, everything_holds
from tests.histories.playing import History

pytestmark = pytest.mark.django_db
STEP = st.integers(0, 2**32 - 1)


@pytest.fixture(autouse=True)
def quick_letters(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, in_english: None) -> None:
    """Every letter is composed, numbered and kept; only its setting in type, which takes longest, is left out."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(setting, "pdf", lambda letter, *, at: letter.text().encode())
    monkeypatch.setattr(setting, "word", lambda letter, *, at: letter.text().encode())


def play(seed: int, steps: list[int]) -> list[str]:
    """Play it and hold everything after each step; taken back at the end."""
    with transaction.atomic():
        history, standing = History(seed), Standing()
        for number, step in enumerate(steps, start=1):
            done = history.step(step)
            try:
                standing = everything_holds(history.where.reader, standing) if done else standing
            except AssertionError as broken:
                told = [f"play({seed}, {steps[:number]})", *history.told, str(broken)]
                raise AssertionError("\n".join(told)) from broken
        transaction.set_rollback(True)
    return history.told


# A step that fails is told with all before it; trying shorter histories would take longer than reading it.
AS_IT_COMES = (Phase.explicit, Phase.reuse, Phase.generate)
LIVELY = settings(
    max_examples=6, phases=AS_IT_COMES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@LIVELY
@given(seed=STEP, steps=st.lists(STEP, min_size=100, max_size=120))
def test_a7_no_history_of_findings_cases_and_money_loses_or_doubles_a_fen(seed: int, steps: list[int]) -> None:
    play(seed, steps)


@pytest.mark.long
@settings(LIVELY, max_examples=100)
@given(seed=STEP, steps=st.lists(STEP, min_size=200, max_size=300))
def test_a7_no_long_history_loses_or_doubles_a_fen(seed: int, steps: list[int]) -> None:
    play(seed, steps)
