from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.complaints.vault import process, rewrapping, ring

ACTS = {
    "init": "make the vault's keys, where there are none, and publish their public half",
    "serve": "answer, in a process of its own",
    "rotate": "make a new key; what is sealed from now on is sealed for it",
    "rewrap": "seal for the newest key what was sealed for older ones",
    "retire": "take keys off the ring that nothing is sealed for any more",
}


class Command(BaseCommand):
    help = "The vault of identities. Run it as a user of its own: nobody else may read its ring of keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=ACTS, help="; ".join(f"{name}: {what}" for name, what in ACTS.items()))

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "init":
            made = ring.make()
            if options["verbosity"]:
                self.stdout.write(f"{'Made' if made else 'There were keys already in'} {settings.VAULT_KEYS_FILE}.")
            if made and options["verbosity"]:
                self.stdout.write(
                    "Keep a copy apart from the database's backups: without it no identity can be opened."
                )
            return
        process.become_the_vault(hurried=act == "serve")
        getattr(self, act)()

    def serve(self) -> None:
        ring.publish(ring.private_ring())  # refuses at once where the ring is missing or is none
        process.serve()

    def rotate(self) -> None:
        new = ring.private_ring().with_a_new_key()
        ring.keep(new)
        record(Act.IDENTITY, "", "vault", what="new key", key=new.newest)
        self.stdout.write(f"New identities are sealed for {new.newest}. Go on with `manage.py vault rewrap`.")

    def rewrap(self) -> None:
        try:
            done = rewrapping.rewrap()
        except rewrapping.NotRewrapped as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{done} sealed anew.")

    def retire(self) -> None:
        gone = rewrapping.retire()
        self.stdout.write(f"Taken off the ring: {', '.join(gone) or 'none'}.")
