"""What a department reads of a package: only while it may, and each field is written down for who gave it."""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from .models import Package, Reading, SharedField


@transaction.atomic
def read_package(package: Package, *, way: Reading.Way = Reading.Way.PAGE, by: Account) -> list[SharedField]:
    """Its fields; a reading of each is kept. Locked, so that nothing is read once it was taken back."""
    refuse_unless(
        by.holds(Duty.LIAISE), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.LIAISE.label}
    )
    locked = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if not (by.at_liaison and locked.reaches(by)):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(not locked.expired, _("Its last day is over: it is not read any more."))
    refuse_unless(locked.readable, _("It is not to be read any more."))
    fields = list(locked.fields.all())
    Reading.objects.bulk_create(Reading(package=locked, field=field, by=by, way=way) for field in fields)
    record(Act.READ, by, locked.number, way=way, fields=[field.code for field in fields])
    return fields
