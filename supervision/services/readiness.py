"""Brings up what a command needs before it runs, and fills an empty installation."""

import fcntl
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand

from supervision.services import embedded

# Django's and others' own. A command of ours says `needs_services = False`.
NEED_NOTHING = {
    *("check", "help", "version", "diffsettings", "spectacular", "startapp", "startproject"),
    *("collectstatic", "findstatic", "compilemessages", "makemessages", "makemigrations"),
}


def before_command(argv: Sequence[str]) -> None:
    name = argv[1] if len(argv) > 1 else "help"
    if name == "makemigrations":
        # It compares with the database where there is one; without, it works from the files alone.
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history", RuntimeWarning)
    if name.startswith("-") or {"-h", "--help"} & set(argv):
        return
    django.setup()
    if needs_services(name):
        embedded.start(settings.FUND_HOME, with_postgres=settings.EMBEDDED_POSTGRES, with_redis=settings.EMBEDDED_REDIS)
        if settings.EMBEDDED_POSTGRES:
            prepare()


def needs_services(name: str) -> bool:
    app = get_commands().get(name)
    if app is None or name in NEED_NOTHING:
        return False
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    return bool(getattr(command, "needs_services", True))


def prepare() -> None:
    """Fill an empty FUND_HOME, once; interrupted, it is done again from the start."""
    if done().exists():
        return
    with done().with_name("prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not done().exists():
            print(f"Preparing {settings.FUND_HOME} …", file=sys.stderr)
            fill_or_migrate()


def fill_or_migrate() -> None:
    """Bring the tables up to date, and load what is shipped if that was never done here."""
    call_command("migrate", verbosity=0, interactive=False)
    if not done().exists():
        for name in ("load_reference", "load_partners", "load_knowledge"):
            if name in get_commands():
                call_command(name, verbosity=0)
        done().parent.mkdir(parents=True, exist_ok=True)
        done().touch()


def done() -> Path:
    return Path(settings.FUND_HOME) / "run" / "prepared"
