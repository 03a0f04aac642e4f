"""manage.py gather: take the settled encounters that hospitals have told of to the warehouse."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims import intake, warehouse
from claims.models import Batch
from claims.rejects import failure_text, reason_text
from supervision.review.encounters import gathering

SHOWN = 20  # rejects of a batch


class Command(BaseCommand):
    help = "Gather the settled encounters that were told by messages into batches, and take these in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *_args: str, **options: Any) -> None:
        try:
            batches = [intake.take_in(batch, wait=600) for batch in gathering.gather()]
        except warehouse.Occupied as occupied:
            raise CommandError(failure_text("occupied")) from occupied
        if options["json"]:
            self.stdout.write(json.dumps({"batches": [_told(batch) for batch in batches]}, ensure_ascii=False))
            return
        if not batches:
            self.stdout.write(_("Nothing is owed to the warehouse."))
        for batch in batches:
            self._tell(batch)

    def _tell(self, batch: Batch) -> None:
        if batch.status == Batch.Status.FAILED:
            self.stderr.write(batch.failure_text)
            return
        words = _("Batch %(number)s was taken in: %(claims)s claims, %(rejected)s rejected.")
        told = {"number": batch.pk, "claims": batch.claims_accepted, "rejected": batch.claims_rejected}
        self.stdout.write(words % told)
        for reject in batch.rejects.exclude(reason="claim")[:SHOWN]:
            self.stdout.write(
                f"  {reject.claim} {reject.column} {reject.value!r} {reason_text(reject.reason, reject.detail)}"
            )


def _told(batch: Batch) -> dict[str, object]:
    return {
        "batch": batch.pk, "status": batch.status, "replaces": batch.replaces_id, "claims": batch.claims_accepted,
        "rejected": batch.claims_rejected,
        "rejects": [[one.claim, one.column, one.value, one.reason, one.detail] for one in batch.rejects.all()],
    }  # fmt: skip
