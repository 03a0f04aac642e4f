"""`manage.py verify_pack FILE`: proves an evidence pack on any machine, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.hearing.proving import NotAPack, opened, problems


class Command(BaseCommand):
    help = "Verify an evidence pack (pack.zip or pack.json) by itself, and say what does not hold and where."
    needs_services = False
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the pack: the archive, or the JSON in it")
        parser.add_argument("--attachments", type=Path, metavar="DIR", help="where the files lie that go with the JSON")
        parser.add_argument("--digest", default="", help="the digest that a print or the chain of acts gives")

    def handle(self, *args: Any, file: Path, attachments: Path | None, digest: str, **options: Any) -> None:
        try:
            pack, read = opened(file, attachments)
        except (NotAPack, OSError) as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        with_files = attachments is not None or file.suffix != ".json"
        found = list(problems(pack, read, with_files=with_files, expected=digest))
        for problem in found:
            self.stderr.write(str(problem))
        if found:
            raise CommandError(f"{file} does not hold: {len(found)} problems.")
        self.stdout.write(f"{file} holds. Made {pack['made_at']} by {pack['made_by']}; SHA-256 {pack['digest']}")
        if pack["files"] and not with_files:
            self.stdout.write(f"Its {len(pack['files'])} files were not looked at: name their folder in --attachments.")
