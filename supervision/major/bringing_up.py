"""A major issue is found: from the hour in which it was, the first report is due."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import as_a_move, refuse_unless

from . import levelling, timing
from .handling import ISSUE
from .models import Issue
from .numbering import next_number


@transaction.atomic
def bring_up(
    title: str, *, kind: str, level: int, found_at: datetime, facts: str, by: Account,
    est_amount: Decimal | None = None, institutions: int = 0, divisions: int = 1,
) -> Issue:  # fmt: skip
    """An issue of the account's own place, with the level that its finder gives it. `est_amount` in yuan."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    place = by.territory
    assert place is not None
    refuse_unless(bool(title.strip() and facts.strip()), _("An issue has a title and says what it is about."))
    refuse_unless(kind in Issue.Kind.values, _("There is no such kind."))
    refuse_unless(found_at <= timezone.now(), _("It cannot have been found later than now."))
    refuse_unless(
        est_amount is None or est_amount == est_amount.quantize(Decimal("0.01")),
        _("An amount has no fractions of a fen."),
    )
    with as_a_move():
        rule = levelling.level(level, place.pk)
        made = Issue(
            number=next_number("ZD", place.pk, Issue.objects), title=title.strip()[:200], kind=kind, level=level,
            rule=rule, place=place, facts=facts.strip(), est_amount=est_amount, institutions=institutions,
            divisions=divisions, found_at=found_at, finder=by, state=ISSUE.first,
        )  # fmt: skip
        made.clock = timing.start(rule.report_limit, made, since=found_at)
    made.save()
    made.events.create(move="bring_up", after=made.state, by=by, facts={"level": str(level)})
    record(Act.CASE, by, made.number, move="bring_up", level=level)
    return made
