import shutil
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.models import Count, Sum

from supervision.services import embedded, readiness, serving
from supervision.services.places import ServicesRefused

PREFECTURE = ["--members", "20000", "--months", "6", "--seed", "1"]


class Command(BaseCommand):
    help = "An invented prefecture from its claims to its findings, then the site that shows them."
    needs_services = False  # it starts them itself, so that it knows whether to stop them

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--no-serve", action="store_true", help="do everything but serve, and say what was found")
        ways.add_argument("--only-serve", action="store_true", help="serve what FUND_HOME holds")
        ways.add_argument("--clean", action="store_true", help="delete FUND_HOME with all it holds")

    def handle(self, *args: Any, no_serve: bool, only_serve: bool, clean: bool, **options: Any) -> None:
        if clean:
            embedded.destroy(settings.FUND_HOME)
            return
        if not no_serve:
            refuse_taken(urlsplit(settings.SITE_URL).port or 80)
        ran_before = any(embedded.status(settings.FUND_HOME).values())
        try:
            with serving.stopped_by_signals():
                self.bring_up()
                if not only_serve:
                    self.make()
                    self.tell()
                if not no_serve:
                    self.serve(with_accounts=not only_serve)
        except serving.Stopped:
            self.stdout.write("\nStopping …")
        except ServicesRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:
            connections.close_all()
            if not ran_before:
                embedded.stop(settings.FUND_HOME)

    def bring_up(self) -> None:
        embedded.start(settings.FUND_HOME, with_postgres=settings.EMBEDDED_POSTGRES, with_redis=settings.EMBEDDED_REDIS)
        readiness.fill_or_migrate()
        call_command("vault", "init", verbosity=0)

    def make(self) -> None:
        data = settings.FUND_HOME / "demo" / "data"
        self.once("simulate", "Inventing a prefecture", lambda: invent(data))
        self.once("intake", "Taking its claims in", lambda: call_command("intake", str(data)))
        self.once("monitor", "Running the rules", lambda: call_command("monitor"))
        self.once("remind", "Asking as hospitals ask", lambda: call_command("demo_reminders"))
        self.once("hear", "Telling the last months, day by day", lambda: call_command("demo_stories"))

    def once(self, name: str, title: str, step: Callable[[], object]) -> None:
        """Do a step unless an earlier demonstration did; all of them may be done again."""
        done = settings.FUND_HOME / "demo" / f"{name}.done"
        if done.exists():
            return
        started = time.monotonic()
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        done.parent.mkdir(parents=True, exist_ok=True)
        step()
        done.touch()
        self.stdout.write(f"{title}: {time.monotonic() - started:.0f} s")

    def tell(self) -> None:
        """What was found, by rule, from the table that the pages show."""
        findings = apps.get_model("monitoring", "Finding")._default_manager.filter(status="open")
        rows = findings.values("rule").annotate(number=Count("pk"), owned=Sum("owned")).order_by("rule")
        width = max((len(row["rule"]) for row in rows), default=0)
        for row in rows:
            self.stdout.write(f"  {row['rule']:<{width}} {row['number']:>7,} findings {row['owned'] or 0:>16,.2f} yuan")

    def serve(self, *, with_accounts: bool) -> None:
        serving.collect_static()
        processes = serving.start()
        try:
            serving.wait_until_served(settings.SITE_URL, processes)
            serving.wait_until_served(f"{settings.REVIEW_URL}/ready/", processes)
            self.stdout.write(f"\nThe site: {settings.SITE_URL}/   (Ctrl-C stops everything)")
            self.stdout.write(f"Hospitals' messages: {settings.REVIEW_URL}/api/national/")
            if with_accounts and "demo_accounts" in get_commands():
                call_command("demo_accounts")
                call_command("demo_complaints", "--receipts")
            self.stdout.flush()
            serving.watch(processes)
        finally:
            serving.end(processes)


def invent(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
    call_command("simulate", "--out", str(data), *PREFECTURE)


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken: stop what listens there, or set SITE_URL=http://127.0.0.1:8001."
            ) from error
