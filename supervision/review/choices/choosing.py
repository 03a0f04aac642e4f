"""Answering a reminder on the institution's page, where the doctor's own system did not."""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.review.models import Handling, Remark


class ChoiceRefused(Exception):
    """The remark cannot be answered so; the words say why."""


@transaction.atomic
def choose(remark: Remark, choice: str, *, reason: str, by: Account) -> None:
    """The same word as 3103 brings; who gave it here is written down."""
    if choice == Remark.Choice.OVERRODE and remark.way == Handling.Way.BLOCK:
        raise ChoiceRefused(_("This rule blocks here: the order cannot go on for a reason."))
    remark.choose(choice, reason=reason)
    record(Act.CHOICE, by, remark.number, choice=choice)
