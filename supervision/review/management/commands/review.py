"""Answers a message file as the desk would, and keeps nothing."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from institutions.models import Institution
from supervision.review import reviewing
from supervision.review.messages import ASKING, MessageRefused, read


class Command(BaseCommand):
    help = "Print the answer to a message file (3101, 3102) by the code that answers hospitals. Nothing is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the message; - reads standard input")

    def handle(self, *_args: str, file: str, **_options: object) -> None:
        try:
            body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        begun = timezone.localtime()
        try:
            message = read(body)
            if message.envelope.infno not in ASKING:
                raise MessageRefused("infno", f"{message.envelope.infno} asks nothing; {' and '.join(ASKING)} do")
            place = Institution.objects.filter(pk=message.envelope.institution).first()
            if place is None:
                raise MessageRefused("fixmedins_code", f"{message.envelope.institution or 'nothing'} is not known here")
            answer = reviewing.envelope(
                begun, str(place.division_id), 0, output={"result": reviewing.outcome(message, place)}
            )
        except MessageRefused as refusal:
            answer = reviewing.envelope(begun, "", 0, error=str(refusal))
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        if answer["infcode"]:
            raise SystemExit(1)
