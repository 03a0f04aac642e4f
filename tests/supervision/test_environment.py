import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from supervision import environment
from tests.installations import PROJECT


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("yes", True), ("OFF", False), ("", False)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("IT", said)
    assert environment.flag("IT") is meant


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (environment.flag, "perhaps"),
        (lambda name: environment.number(name, 1), "-1"),
        (lambda name: environment.web_address(name, "http://a"), "fund.example"),
        (lambda name: environment.choice(name, ("node", "cluster")), "desk"),
        (lambda name: environment.database(name, ""), "mysql://a/b"),
        (lambda name: environment.database(name, ""), "postgresql://a"),
        (lambda name: environment.redis(name, ""), "redis://a/3"),
        (lambda name: environment.folder(name, Path("a")), "s3://bucket/warehouse"),
    ],
)
def test_a_wrong_value_is_refused_with_a_hint(monkeypatch: pytest.MonkeyPatch, read, said: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("IT", said)
    with pytest.raises(ImproperlyConfigured, match=r"IT.*: write "):
        read("IT")


def test_a_database_address_may_name_a_server_or_a_socket() -> None:
    server = environment.database("UNSET", "postgresql://app:p%40ss@db:5433/fund?sslmode=require")
    assert (server["USER"], server["PASSWORD"], server["HOST"], server["PORT"]) == (
        "app",
        "p@ss",
        "db",
        "5433",
    )
    assert server["OPTIONS"] == {"sslmode": "require"}
    assert environment.database("UNSET", "postgresql://app@/fund?host=/a%20b")["HOST"] == "/a b"


def test_a_secret_is_drawn_once_and_kept_private(tmp_path: Path) -> None:
    file = tmp_path / "home" / "secret"
    drawn = environment.kept_secret("UNSET", file)
    assert len(drawn) >= 64
    assert environment.kept_secret("UNSET", file) == drawn
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_a_file_of_settings_does_not_overrule_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAID", "here")
    monkeypatch.delenv("UNSAID", raising=False)
    file = tmp_path / ".env"
    file.write_text("# SAID=comment\nSAID=there\nUNSAID = there \n")
    environment.load(file)
    assert (environment.text("SAID"), environment.text("UNSAID")) == ("here", "there")
    monkeypatch.delenv("UNSAID")


def test_every_variable_is_listed_in_the_example() -> None:
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', (PROJECT / "supervision" / "settings.py").read_text()))
    listed = set(re.findall(r"^#([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    assert listed == read
