import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from supervision.services import embedded
from supervision.services.places import ServicesRefused


class Command(BaseCommand):
    help = "Start or stop the embedded PostgreSQL and Redis of this FUND_HOME, or say how they are."
    needs_services = False
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["start", "stop", "status"])
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args: Any, act: str, json: bool, **options: Any) -> None:
        home = settings.FUND_HOME
        try:
            if act == "start":
                embedded.start(home, with_postgres=settings.EMBEDDED_POSTGRES, with_redis=settings.EMBEDDED_REDIS)
            elif act == "stop":
                embedded.stop(home)
        except ServicesRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(as_json() if json else as_lines())


def outside(name: str) -> bool:
    return not (settings.EMBEDDED_POSTGRES if name == "postgres" else settings.EMBEDDED_REDIS)


def as_lines() -> str:
    lines = [f"home      {settings.FUND_HOME}"]
    for name, pid in embedded.status(settings.FUND_HOME).items():
        state = "outside, not ours" if outside(name) else f"runs as process {pid}" if pid else "stopped"
        lines.append(f"{name:<9} {state}")
    return "\n".join(lines)


def as_json() -> str:
    found = embedded.status(settings.FUND_HOME)
    return json.dumps(
        {
            "home": str(settings.FUND_HOME),
            **{name: {"pid": pid, "outside": outside(name)} for name, pid in found.items()},
        }
    )
