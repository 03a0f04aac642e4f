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
            accounts = [{**asdict(sign_in), "code": sign_in.code} for sign_in in sign_ins]
            self.stdout.write(json.dumps({"accounts": accounts}))
            return
        width = max(len(sign_in.username) for sign_in in sign_ins)
        self.stdout.write(f"{'name':<{width}} {'password':<19}  {'secret of the second factor':<32}  code now")
        for one in sign_ins:
            self.stdout.write(f"{one.username:<{width}} {one.password}  {one.secret}  {one.code}    {one.kind}")
        self.stdout.write("A code counts once. `manage.py demo_accounts` prints the present ones.")
