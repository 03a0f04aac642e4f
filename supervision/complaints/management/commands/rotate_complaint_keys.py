from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision import sealing
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.complaints import resealing
from supervision.words import ring


class Command(BaseCommand):
    help = (
        "Seal what citizens told, and what was said about it, under a new key, while the site goes on. The former key "
        "stays on the ring. Later, --forget seals what is left and takes former keys off: nothing needs them then."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forget", action="store_true", help="draw no new key; take former keys off the ring")

    def handle(self, *args: Any, forget: bool, **options: Any) -> None:
        if not (forget or settings.COMPLAINT_KEYS):
            sealing.keep(ring().with_a_new_key(), settings.COMPLAINT_KEYS_FILE)
        number = resealing.reseal()
        record(Act.COMPLAINT, "", what="sealed under a new key", key=ring().newest, rows=number)
        self.stdout.write(f"{number} texts sealed under key {ring().newest}.")
        if forget:
            self.forget()

    def forget(self) -> None:
        if settings.COMPLAINT_KEYS:
            raise CommandError("The ring stands in COMPLAINT_KEYS: take the former keys away there.")
        if left := resealing.left():
            raise CommandError(f"{left} texts were sealed under a former key meanwhile: run it again.")
        sealing.keep(sealing.Ring(ring().keys[:1]), settings.COMPLAINT_KEYS_FILE)
        self.stdout.write("Former keys forgotten.")
