"""What moves of records ask for besides state and duty."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import by_another_than, refuse_unless

from . import grounds, ruling
from .models import Repair, ScoreRecord

another_than_proposer = by_another_than("proposer")
another_than_both = by_another_than("proposer", "approver")


def ground_stands(record: ScoreRecord, by: Account) -> None:
    """The handling of the institution is still in effect."""
    grounds.refuse_what_is_not_in_effect(record.proceeding)


def ground_has_fallen(record: ScoreRecord, by: Account) -> None:
    """The handling of the institution was annulled."""
    standing = grounds.in_effect().filter(pk=record.proceeding_id).exists()
    refuse_unless(not standing, _("The handling that it rests on is in effect."))


def in_time(record: ScoreRecord, by: Account) -> None:
    """The time to appeal has not run out."""
    late = record.clock is not None and record.clock.has_run_out
    refuse_unless(not late, _("The time to appeal has run out."))


def nobody_appealed(record: ScoreRecord, by: Account) -> None:
    """The time to appeal has run out."""
    over = record.clock is not None and record.clock.has_run_out
    refuse_unless(over, _("It may still be appealed against."))


def something_to_repair(record: ScoreRecord, by: Account) -> None:
    """The record and the person's year have a point left that may be repaired."""
    today = timezone.localdate()
    refuse_unless(record.repaired < record.points, _("All its points were repaired."))
    of_year = Repair.objects.filter(record__practitioner=record.practitioner_id, granted_on__year=today.year)
    most = ruling.most_repaired(record.place_id, today)
    refuse_unless(of_year.count() < most, _("No more than %(most)d points may be repaired in a year.") % {"most": most})


def year_is_over(record: ScoreRecord, by: Account) -> None:
    """Its calendar year is over."""
    on = record.effective_on
    refuse_unless(on is not None and on.year < timezone.localdate().year, _("Its year is not over."))
