from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from institutions import second_factor
from institutions.models import SecondFactor
from supervision import sealing
from supervision.audit.chain import record
from supervision.audit.models import Act


class Command(BaseCommand):
    help = (
        "Seal the secrets of second factors under a new key. The former key stays on the ring, so that nobody waits; "
        "--forget takes former keys off it once nothing is sealed with them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forget", action="store_true", help="take former keys off the ring")

    def handle(self, *args: Any, forget: bool, **options: Any) -> None:
        if not settings.SECOND_FACTOR_KEYS:
            sealing.keep(second_factor.ring().with_a_new_key(), settings.SECOND_FACTOR_KEYS_FILE)
        ring = second_factor.ring()
        number = sum(reseal(factor.pk, ring) for factor in SecondFactor.objects.only("pk").iterator())
        record(Act.SECOND_FACTOR, "", what="sealed under a new key", key=ring.newest, rows=number)
        self.stdout.write(f"{number} secrets sealed under key {ring.newest}.")
        if forget:
            self.forget(ring)

    def forget(self, ring: sealing.Ring) -> None:
        if settings.SECOND_FACTOR_KEYS:
            raise CommandError("The ring stands in SECOND_FACTOR_KEYS: take the former keys away there.")
        sealing.keep(sealing.Ring(ring.keys[:1]), settings.SECOND_FACTOR_KEYS_FILE)
        self.stdout.write("Former keys forgotten.")


def reseal(number: UUID, ring: sealing.Ring) -> int:
    """One row, with its lock: a sign-in at the same moment waits or comes first."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(pk=number).first()
        if factor is None:
            return 0
        factor.sealed = ring.seal(ring.open(factor.sealed, about=str(factor.pk)), about=str(factor.pk))
        factor.save(update_fields=["sealed"])
    return 1
