"""How an institution wants its system to be answered."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.review.models import Connection


@transaction.atomic
def prefer(severities: Sequence[str], *, one_object: bool, by: Account) -> Connection:
    """From now on results of these severities are sent, as a list or as one object. What is not sent is kept too."""
    facts = {"severities": list(severities), "one_object": one_object, "changed_by": by, "changed_at": timezone.now()}
    made, _new = Connection.objects.update_or_create(institution=by.institution, defaults=facts)
    record(Act.CONNECTION, by, str(made), severities=list(severities), one_object=one_object)
    return made
