"""Takes in what anybody says is wrong with a published case: the day, the words, and nothing of who says it."""

import secrets
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.moves import refuse_unless

from .models import ErrorClaim, TypicalCase
from .workflow import ERROR_CLAIM, start

LIMIT = "exposure_error"
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
MOST_OPEN = 200  # about one case: beyond that nobody reads them, and somebody is playing


@transaction.atomic
def claim(typical: TypicalCase, text: str, *, institution: str = "") -> ErrorClaim:
    """Nothing of it tells the hour: what is dated is dated by the day."""
    refuse_unless(typical.is_public, _("This case is not on the page any more."))
    refuse_unless(bool(text.strip()), _("Say what is wrong."))
    refuse_unless(
        typical.claims.open().count() < MOST_OPEN, _("Too much has been said about this case already. We look into it.")
    )
    today = timezone.localdate()
    morning = timezone.make_aware(datetime.combine(today, time()))
    return ErrorClaim.objects.create(
        typical=typical, receipt=drawn(), text=text.strip(), institution=institution.strip(), received_on=today,
        state=ERROR_CLAIM.first, moved_at=morning, clock=start(typical, LIMIT, since=morning),
    )  # fmt: skip


def drawn() -> str:
    """Eight signs in two groups. It opens nothing: the answer is on the page for everybody."""
    signs = "".join(secrets.choice(SIGNS) for _place in range(8))
    return f"{signs[:4]}-{signs[4:]}"
