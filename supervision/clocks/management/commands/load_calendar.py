from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.loading import CalendarRejected, differences, load_calendar, load_provisional

ADMINISTERS = "administer"  # the duty of whoever sets what everybody reckons with


class Command(BaseCommand):
    help = (
        "Show what a year's notice (CSV) would change. With --by and --checked-by, two administrators, take it in "
        "and reckon again with what runs through it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--by", help="the account that takes it in")
        parser.add_argument("--checked-by", help="another account, which has compared it with the notice")
        parser.add_argument(
            "--provisional",
            action="store_true",
            help="for trials: the statutory holidays alone, of coming years whose notice is not out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["provisional"]:
            self.tell(load_provisional())
        elif options["file"] is None:
            raise CommandError("Name the file of the year, or say --provisional.")
        else:
            self.show(options["file"])
            self.load(options["file"], options["by"] or "", options["checked_by"] or "")

    def tell(self, years: list[int]) -> None:
        self.stdout.write(f"loaded {', '.join(map(str, years)) or 'nothing: all of it is there'}")

    def show(self, name: Path) -> None:
        for line in opened(name, differences) or ["Nothing would change."]:
            self.stdout.write(line)

    def load(self, name: Path, by: str, checked_by: str) -> None:
        if not by and not checked_by:
            self.stdout.write("Nothing was loaded: name who takes it in and who has compared it with the notice.")
            return
        if by == checked_by:
            raise CommandError("This needs a second person: --by and --checked-by are two accounts.")
        for username in (by, checked_by):
            administrator(username)
        with transaction.atomic():
            years = opened(name, load_calendar)
            record(Act.REFERENCE, by, "calendar", years=years, file=name.name, checked_by=checked_by)
        self.tell(years)


def administrator(username: str) -> None:
    found: Any = get_user_model().objects.filter(username=username).first()
    if found is None or not found.holds(ADMINISTERS):
        raise CommandError(f"“{username}” is no administrator.")


def opened(name: Path, what: Any) -> Any:
    try:
        with name.open(encoding="utf-8-sig", newline="") as file:
            return what(file)
    except (OSError, UnicodeDecodeError, CalendarRejected) as wrong:
        raise CommandError(str(wrong)) from wrong
