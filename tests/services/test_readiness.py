import os
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.services import embedded, readiness
from tests.installations import PROJECT


def manage(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FUND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "supervision.settings"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "line",
    ["check", "help", "migrate --help", "makemigrations --check --dry-run", "services status", "--version"],
)
def test_commands_that_need_no_store_start_none(tmp_path: Path, line: str) -> None:
    done = manage(tmp_path / "home", *line.split())
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert not any(embedded.status(tmp_path / "home").values())


@pytest.mark.parametrize(
    ("name", "needs"),
    [("migrate", True), ("shell", True), ("collectstatic", False), ("services", False), ("nonsense", False)],
)
def test_each_command_knows_whether_it_needs_a_store(name: str, needs: bool) -> None:
    assert readiness.needs_services(name) is needs


def test_the_first_command_in_an_empty_home_fills_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    try:
        first = manage(home, "migrate", "--check")
        assert first.returncode == 0, first.stderr
        assert all(embedded.status(home).values())
        again = manage(home, "migrate", "--check")
        assert again.returncode == 0
        assert "Preparing" not in again.stderr
    finally:
        embedded.destroy(home)
