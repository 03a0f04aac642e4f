import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from institutions.demonstration import open_accounts


class Command(BaseCommand):
    help = "Open one account for each kind of user of the invented province, and print how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = open_accounts()
        if options["json"]:
            self.stdout.write(json.dumps({"accounts": [asdict(sign_in) for sign_in in sign_ins]}))
            return
        for sign_in in sign_ins:
            self.stdout.write(f"{sign_in.username:<10} {sign_in.password}   {sign_in.kind}")
