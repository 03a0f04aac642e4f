"""Tells and publishes a fund's month: one person writes its accounts down, another puts them before the public."""

import re
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .models import FundMonth

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@transaction.atomic
def tell_month(
    area: Division, fund: str, month: str, *, income: Decimal, expenditure: Decimal, balance: Decimal, source: str,
    by: Account,
) -> FundMonth:  # fmt: skip
    """What the accounts of a fund say of a month. What was told is published or stays; it is never told twice."""
    permit(area, Duty.SETTLE, by)
    refuse_unless(bool(MONTH.fullmatch(month)), _("Write a month as 2026-03."))
    refuse_unless(month < f"{timezone.localdate():%Y-%m}", _("The month is not over."))
    refuse_unless(bool(source.strip()), _("Say where the figures come from."))
    try:
        with transaction.atomic():
            made = FundMonth.objects.create(
                area=area, fund=fund, month=month, income=income, expenditure=expenditure, balance=balance,
                source=source.strip()[:200], told_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This month of the fund was told already.")) from None
    record(Act.SETTLEMENT, by, str(made), move="tell_fund")
    return made


@transaction.atomic
def publish_month(row: FundMonth, *, by: Account) -> FundMonth:
    """Put it before the public; by another than who told it."""
    locked = FundMonth.objects.select_for_update(of=("self",)).get(pk=row.pk)
    permit(locked.area, Duty.DECIDE, by)
    refuse_unless(locked.published_at is None, _("It was published already."))
    refuse_unless(locked.told_by_id != by.pk, _("This needs a second person: you have decided on it already."))
    locked.published_at, locked.published_by = timezone.now(), by
    locked.save(update_fields=["published_at", "published_by"])
    record(Act.SETTLEMENT, by, str(locked), move="publish_fund")
    return locked


def permit(area: Division, duty: Duty, by: Account) -> None:
    refuse_unless(
        by.holds(duty) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": duty.label},
    )
    if by.territory is None or not area.pk.startswith(by.territory.prefix):
        raise BeyondReach(_("There is nothing here by that number."))
