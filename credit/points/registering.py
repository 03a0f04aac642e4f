"""An institution registers a practitioner, with the service commitment that the person made."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty, Practitioner, Registration
from supervision.audit.chain import record as write_down
from supervision.audit.models import Act
from supervision.moves import refuse_unless

from . import ruling
from .models import Qualification, ServiceCommitment, Standing
from .workflows.qualification import QUALIFICATION

BARRED = (Standing.SUSPENDED, Standing.TERMINATED)


@dataclass(frozen=True)
class Person:
    """What is told of somebody who is to be registered."""

    code: str
    name: str
    kind: str
    title: str = ""
    department: str = ""


@transaction.atomic
def register(person: Person, *, since: dt.date, signed_on: dt.date, by: Account) -> Qualification:
    """At the institution of the account. Who is suspended or terminated anywhere is registered nowhere."""
    institution = by.institution
    refuse_unless(
        institution is not None and by.holds(Duty.STAFF),
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.STAFF.label},
    )
    assert institution is not None
    refuse_unless(signed_on <= timezone.localdate(), _("That day has not come yet."))
    known = named_alike(person)
    row, _new = Qualification.objects.select_for_update(of=("self",)).get_or_create(
        practitioner=known, defaults={"state": before_of(known)}
    )
    refuse_unless(
        row.state not in (*BARRED, Standing.ELIGIBLE_AGAIN),
        _("The fund does not pay for what this person orders: %(state)s.") % {"state": row.get_state_display()},
    )
    open_one = Registration.objects.filter(practitioner=known, institution=institution, until=None)
    refuse_unless(not open_one.exists(), _("This person is registered here already."))
    Registration.objects.create(practitioner=known, institution=institution, department=person.department, since=since)
    ServiceCommitment.objects.create(
        qualification=row, institution=institution, text=ruling.commitment(signed_on), signed_on=signed_on,
        entered_by=by,
    )  # fmt: skip
    row.events.create(move="register", after=row.state, by=by, facts={"institution": institution.pk})
    write_down(Act.POINTS, by, str(row), move="register", institution=institution.pk)
    return row


def named_alike(person: Person) -> Practitioner:
    """The person of this code; one who is known already under another name or kind is another one."""
    values = {"name": person.name, "kind": person.kind, "title": person.title}
    known, new = Practitioner.objects.get_or_create(code=person.code, defaults=values)
    refuse_unless(
        new or (known.name, known.kind) == (person.name, person.kind),
        _("This code belongs to somebody of another name or kind."),
    )
    return known


def before_of(known: Practitioner) -> str:
    """Who was registered before this site kept qualifications is normal; a new person is to be taken in."""
    return Standing.NORMAL if known.registrations.exists() else QUALIFICATION.first


@transaction.atomic
def end(registration: Registration, *, on: dt.date, by: Account) -> Registration:
    """The person works here no longer than to this day. What was scored stays with the person."""
    mine = by.institution_id is not None and registration.institution_id == by.institution_id
    refuse_unless(
        mine and by.holds(Duty.STAFF),
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.STAFF.label},
    )
    locked = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    refuse_unless(locked.until is None, _("This registration has ended already."))
    refuse_unless(on >= locked.since, _("It had not begun by then."))
    locked.until = on
    locked.save(update_fields=["until"])
    write_down(
        Act.POINTS, by, f"qualification {locked.practitioner_id}", move="end", institution=by.institution_id or ""
    )
    return locked
