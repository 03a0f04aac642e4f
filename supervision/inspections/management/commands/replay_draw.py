"""Draws a kept draw again, from its seed and its candidates."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.inspections import drawing
from supervision.inspections.models import Draw


class Command(BaseCommand):
    help = "Draw a kept draw again by its seed and print its rows: rank, weight, * where drawn, who."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="the draw's number, as CQ-990100-2026-1")

    def handle(self, *args: Any, number: str, **options: Any) -> None:
        made = Draw.objects.filter(number=number).first()
        if made is None:
            raise CommandError(f"There is no draw {number}.")
        self.stdout.write(f"{made.number}  seed {made.seed}  {made.size} of {made.candidates.count()}")
        for row in drawing.replayed(made):
            self.stdout.write(str(row))
        if not drawing.drawn_again(made):
            raise CommandError("The seed does not draw what was kept.")
        self.stdout.write("The same as was kept.")
