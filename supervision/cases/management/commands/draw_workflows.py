from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision.cases import drawing


class Command(BaseCommand):
    help = "Draw docs/workflows.md from the tables of moves."
    needs_services = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where the page differs")

    def handle(self, *args: Any, **options: Any) -> None:
        page = drawing.page()
        if page == drawing.PAGE.read_text("utf-8"):
            return
        if options["check"]:
            raise CommandError("docs/workflows.md differs from the code: run `manage.py draw_workflows`.")
        drawing.PAGE.write_text(page, "utf-8")
