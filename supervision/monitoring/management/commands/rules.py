"""Lists the rule library."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import in_force
from supervision.monitoring.terms import family_code


class Command(BaseCommand):
    help = "List the monitoring rules: code, family, moments, certainty, legal basis and stage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = [told(rule) for _code, rule in sorted(in_force().items())]
        if options["json"]:
            self.stdout.write(json.dumps({"rules": rules}, ensure_ascii=False))
            return
        for rule in rules:
            self.stdout.write(f"{rule['code']:<28} {rule['stage']:<9} {rule['certainty']:<8} {rule['basis']}")


def told(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "family": family_code(rule),
        "moments": list(rule.moments),
        "certainty": rule.certainty,
        "basis": rule.basis,
        "stage": rule.stage,
    }
