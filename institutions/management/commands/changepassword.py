from typing import Any

from django.contrib.auth.management.commands import changepassword

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act


class Command(changepassword.Command):
    help = "Set somebody's password anew, on the machine itself. It is written into the chain of acts."

    def handle(self, *args: Any, **options: Any) -> str | None:
        told: str | None = super().handle(*args, **options)
        Account.objects.filter(username=options["username"]).update(first_password_at=None)
        record(Act.PASSWORD, "", options["username"], what="set on the machine")
        return told
