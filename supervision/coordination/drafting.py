"""Draws up a package: about what, for whom, which fields of what the department may receive, what for, until when."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Case, Proceeding
from supervision.cases.models.proceedings import Kind
from supervision.moves import BeyondReach, refuse_unless

from . import allowing, collecting
from .collecting import About
from .models import Allowance, Package, Partner, SharedField
from .numbering import next_number
from .sharing import PACKAGE

WITH = (Kind.TRANSFER, Kind.CRIMINAL, Kind.DISCIPLINE)  # what a package may go with


def place_of(about: About, by: Account) -> Division:
    """Where it lies: a case has its place, an institution its division; of a finding about nobody, one's own."""
    if isinstance(about, Case):
        return about.place
    place = collecting.institution_of(about)
    assert by.territory is not None
    return place.division if place else by.territory


@transaction.atomic
def draft_package(
    about: About, to: Partner, allowance: Allowance, *, fields: Sequence[str], purpose: str, expires_on: date,
    unmasked: bool = False, proceeding: Proceeding | None = None, by: Account,
) -> Package:  # fmt: skip
    """A draft with the fields as they stand now: what the second person approves is what is given."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    if not type(about)._default_manager.visible_to(by).filter(pk=about.pk).exists():
        raise BeyondReach(_("There is nothing here by that number."))
    place = place_of(about, by)
    kind = collecting.kind_of(about)
    refuse_unless(Partner.objects.around(place.pk).filter(pk=to.pk).exists(), _("There is no such department here."))
    refuse_unless(
        allowance in allowing.allowances(to, kind, place.pk), _("That department may not receive this package.")
    )
    check_scope(allowance, fields, unmasked=unmasked, purpose=purpose, expires_on=expires_on)
    refuse_unless(
        proceeding is None or (proceeding.kind in WITH and proceeding.case == about),
        _("A package goes with a transfer or a referral of the same case."),
    )
    refuse_unless(
        proceeding is None or proceeding.kind != Kind.TRANSFER or proceeding.to_id in (None, to.pk),
        _("That transfer goes to another department."),
    )
    made = Package.objects.create(
        number=next_number(Package, "GX", place), place=place, to=to, allowance=allowance, proceeding=proceeding,
        purpose=purpose.strip(), basis=allowance.basis, unmasked=unmasked, expires_on=expires_on, drafter=by,
        state=PACKAGE.first, **{kind: about},
    )  # fmt: skip
    for one in collecting.collect(about, fields, unmasked=unmasked):
        SharedField.objects.create(
            package=made, code=one.code, name_zh=one.name_zh, name_en=one.name_en, value=one.value, person=one.person
        )
    made.events.create(move="draft", after=made.state, by=by, note=made.purpose)
    record(Act.SHARING, by, made.number, move="draft", about=str(about), to=to.pk, fields=sorted(fields))
    return made


def check_scope(allowance: Allowance, fields: Sequence[str], *, unmasked: bool, purpose: str, expires_on: date) -> None:
    """Within what the row allows: its fields, persons in full only where it says so, no longer than its days."""
    refuse_unless(bool(fields) and set(fields) <= set(allowance.fields), _("Choose among the fields it may receive."))
    refuse_unless(not unmasked or allowance.persons, _("That department does not receive persons in full."))
    refuse_unless(bool(purpose.strip()), _("Say what it is given for."))
    today = timezone.localdate()
    refuse_unless(
        today <= expires_on <= today + timedelta(allowance.days),
        _("It may be read until a day to come, at most %(days)d days from today.") % {"days": allowance.days},
    )
