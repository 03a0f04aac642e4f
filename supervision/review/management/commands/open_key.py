"""Opens a key by which an institution's system signs its messages, or closes one."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from institutions.models import Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.review import signing
from supervision.review.models import Key

AT_ONCE = 2  # the one in use and the one that follows it


class Command(BaseCommand):
    help = "Open a key for an institution's system and print its secret; with --close NUMBER, close one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("institution", metavar="CODE", help="national code of the institution")
        parser.add_argument("--close", type=int, metavar="NUMBER", help="the number of the key to close")
        parser.add_argument("--json", action="store_true", help="print one object")

    @transaction.atomic
    def handle(self, *_args: str, institution: str, close: int | None, **options: bool) -> None:
        place = Institution.objects.select_for_update().filter(pk=institution).first()
        if place is None:
            raise CommandError(f"There is no institution {institution}.")
        key = self._close(place, close) if close is not None else self._open(place)
        record(Act.KEY, "", str(key), moved="closed" if key.closed_at else "opened")
        said = {"key": key.name, **({} if key.closed_at else {"secret": signing.secret(key.name)})}
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in said.items()))

    def _open(self, place: Institution) -> Key:
        keys = Key.objects.filter(institution=place)
        if keys.filter(closed_at=None).count() >= AT_ONCE:
            raise CommandError(f"{place.pk} has {AT_ONCE} open keys: close one first.")
        latest = keys.order_by("-number").first()
        made: Key = Key.objects.create(institution=place, number=latest.number + 1 if latest else 1)
        return made

    def _close(self, place: Institution, number: int) -> Key:
        key: Key | None = Key.objects.filter(institution=place, number=number, closed_at=None).first()
        if key is None:
            raise CommandError(f"{place.pk} has no open key {number}.")
        key.closed_at = timezone.now()
        key.save(update_fields=["closed_at"])
        return key
