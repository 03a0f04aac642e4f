"""manage.py intake: take in claims from files."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from claims import intake, warehouse
from claims.models import Batch
from claims.rejects import BatchRejected, failure_text, reason_text, warning_text

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Take in claims from files or folders: CSV, Excel or Parquet. A folder written by `simulate` needs no profile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--profile", default="template", help="layout of the files: a name, or a TOML file")
        parser.add_argument("--replaces", type=int, metavar="N", help="end batch N; this one takes its place")
        parser.add_argument("--dry-run", action="store_true", help="read and check only")
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args: object, **options: Any) -> None:
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(_("There is no such file or folder: %(paths)s") % {"paths": ", ".join(missing)})
        try:
            replaces = self._replaced(options["replaces"])
            if options["dry_run"]:
                self._try_out(options, replaces)
            else:
                self._take_in(options, replaces)
        except BatchRejected as refusal:
            raise CommandError(failure_text(refusal.code, refusal.detail)) from refusal
        except warehouse.Occupied as occupied:
            raise CommandError(failure_text("occupied")) from occupied

    def _replaced(self, number: int | None) -> Batch | None:
        if number is None:
            return None
        batch = Batch.objects.filter(pk=number).first()
        if batch is None:
            raise BatchRejected("not_loaded", str(number))
        return batch

    def _take_in(self, options: dict[str, Any], replaces: Batch | None) -> None:
        batch = intake.make(options["paths"], profile=options["profile"], replaces=replaces)
        already = batch.status == Batch.Status.LOADED
        if not already:
            with tqdm(total=100, disable=options["json"] or not sys.stderr.isatty(), unit="%", leave=False) as bar:

                def watch(stage: str, share: float) -> None:
                    bar.set_description(stage)
                    bar.n = round(min(share, 1) * 100)
                    bar.refresh()

                batch = intake.take_in(batch, wait=600, watch=watch)
        self._tell(options, batch, already=already)
        if batch.status == Batch.Status.FAILED:
            raise CommandError(batch.failure_text)

    def _tell(self, options: dict[str, Any], batch: Batch, *, already: bool) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(summary(batch, already=already), ensure_ascii=False))
            return
        if batch.status == Batch.Status.FAILED:
            return
        if already:
            told = _("These files are already in: batch %(number)s. Nothing was changed.")
            self.stdout.write(told % {"number": batch.pk})
            return
        self.stdout.write(_("Batch %(number)s was taken in.") % {"number": batch.pk})
        self._sums(batch)
        for text in batch.warning_texts:
            self.stdout.write(f"  {text}")

    def _sums(self, batch: Batch) -> None:
        for name, rows, yuan in (
            (_("in"), batch.rows_in, batch.amount_in),
            (_("accepted"), batch.rows_accepted, batch.amount_accepted),
            (_("rejected"), batch.rows_rejected, batch.amount_rejected),
        ):
            told = _("  %(name)s: %(rows)s rows, %(yuan)s yuan")
            self.stdout.write(told % {"name": name, "rows": f"{rows:,}", "yuan": f"{yuan:,}"})

    def _try_out(self, options: dict[str, Any], replaces: Batch | None) -> None:
        trial = intake.try_out(options["paths"], profile=options["profile"], replaces=replaces)
        batch = Batch(warnings=trial.warnings)
        trial.totals.onto(batch)
        if options["json"]:
            answer = summary(batch, already=False) | {"dry_run": True, "batch": None, "status": "dry run"}
            answer["rejects"] = [[str(part) for part in reject] for reject in trial.rejects]
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(_("Nothing was taken in: this was a dry run."))
        self._sums(batch)
        for warning, about in trial.warnings:
            self.stdout.write(f"  {warning_text(warning, about)}")
        for _claim, name, sheet, row, column, value, code, detail, _yuan in trial.rejects[:SHOWN]:
            place = f"{name}{f'/{sheet}' if sheet else ''}:{row} {column}"
            self.stdout.write(f"  {place} {value!r} {reason_text(str(code), str(detail))}")


def summary(batch: Batch, *, already: bool) -> dict[str, object]:
    return {
        "batch": batch.pk,
        "status": batch.status,
        "already_in": already,
        "failure": batch.failure_text,
        "rows": {"in": batch.rows_in, "accepted": batch.rows_accepted, "rejected": batch.rows_rejected},
        "amount": {
            "in": str(batch.amount_in), "accepted": str(batch.amount_accepted), "rejected": str(batch.amount_rejected),
        },
        "claims": {"accepted": batch.claims_accepted, "rejected": batch.claims_rejected},
        "members": batch.members_touched,
        "warnings": batch.warning_texts,
    }  # fmt: skip
