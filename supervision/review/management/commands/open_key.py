"""Opens a key by which an institution's system signs its messages, or closes one."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from institutions.models import Institution
from supervision.review.gateway import keys, signing
from supervision.review.models import Key


class Command(BaseCommand):
    help = "Open a key for an institution's system and print its secret; with --close NUMBER, close one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("institution", metavar="CODE", help="national code of the institution")
        parser.add_argument("--close", type=int, metavar="NUMBER", help="the number of the key to close")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *_args: str, institution: str, close: int | None, **options: bool) -> None:
        place = Institution.objects.filter(pk=institution).first()
        if place is None:
            raise CommandError(f"There is no institution {institution}.")
        try:
            with translation.override("en"):  # like the command's other words
                said = closed(place, close) if close is not None else opened(place)
        except keys.KeyRefused as refusal:
            raise CommandError(f"{place.pk}: {refusal}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in said.items()))


def opened(place: Institution) -> dict[str, str]:
    key = keys.open_key(place)
    return {"key": key.name, "secret": signing.secret(key.name)}


def closed(place: Institution, number: int) -> dict[str, str]:
    key = Key.objects.filter(institution=place, number=number, closed_at=None).first()
    if key is None:
        raise CommandError(f"{place.pk} has no open key {number}.")
    keys.close_key(key)
    return {"key": key.name}
