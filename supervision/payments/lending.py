"""Opens a prepayment to an institution, where its area's fund bears it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import areas
from .models import Prepayment
from .prepaying import PREPAYMENT


def check_area(institution: Institution, year: int, fund: str, *, by: Account) -> Prepayment:
    """Open the year's prepayment to an institution, where its area's fund may prepay."""
    refuse_unless(by.holds(Duty.SETTLE) and by.institution_id is None, _("You do not hold the duty for this."))
    if not Institution.objects.visible_to(by).filter(pk=institution.pk).exists():
        raise BeyondReach(_("There is nothing here by that number."))
    area = areas.standing(institution.division, fund, year)
    area.refuse_unless_sound()
    try:
        with transaction.atomic():
            made = Prepayment.objects.create(
                number=f"YF-{institution.pk}-{year}-{fund}", institution=institution, place=institution.division,
                year=year, fund=fund, months_payable=area.months_payable, reckoned=area.as_kept(),
                preparer=by, state=PREPAYMENT.first,
            )  # fmt: skip
            made.events.create(move="check_area", after=made.state, by=by)
            record(Act.SETTLEMENT, by, made.number, move="check_area")
    except IntegrityError:
        raise MoveRefused(_("There is a prepayment for this year and fund already.")) from None
    return made
