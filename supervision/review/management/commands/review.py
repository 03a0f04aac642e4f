"""Answers a message file as the desk would, and keeps nothing."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from supervision.review import trying


class Command(BaseCommand):
    help = (
        "Print the answer to a message file, of any kind, by the code that answers hospitals. Nothing is kept: what "
        "tells something is taken in a transaction that is rolled back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the message; - reads standard input")

    def handle(self, *_args: str, file: str, **_options: object) -> None:
        try:
            body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        answer = trying.answer(body)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        if answer["infcode"]:
            raise SystemExit(1)
