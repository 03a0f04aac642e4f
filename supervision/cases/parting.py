"""One case, many checks (一案多查): parts go to several departments at once, each with a receipt and answer."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Department
from supervision.moves import refuse_unless

from .models import Case, Kind, Proceeding
from .proceeding import open_proceeding
from .workflows.transfer import TRANSFER


@transaction.atomic
def send_parts(case: Case, parts: Mapping[Department, str], *, by: Account) -> list[Proceeding]:
    """Each department is sent its part; all of them, or none."""
    refuse_unless(bool(parts), _("Say what goes to whom."))
    opened = [
        open_proceeding(case, Kind.TRANSFER, by=by, to=str(department.pk), part=part)
        for department, part in parts.items()
    ]
    return [TRANSFER.make(proceeding, "send", by=by) for proceeding in opened]
