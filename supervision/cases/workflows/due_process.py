"""What a penalty must have gone through before its next step."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.cases import deferring, enforcing, punishing, referring, surcharging, undoing, violating
from supervision.cases.models import Case, Grade, Kind, Lead, Proceeding
from supervision.cases.timing import ran_out
from supervision.moves import by_another_than, refuse_unless


def case_is_verified(case: Case, by: Account) -> None:
    """Officers are verifying the case, or have done so."""
    refuse_unless(case.state not in (Lead.NEW, Lead.TRIAGED, Lead.ASSIGNED), _("The case is not verified yet."))


def no_other_penalty(case: Case, by: Account) -> None:
    """No other penalty, filed or on the spot, is under way in the case."""
    other = case.proceedings.filter(kind__in=(Kind.PENALTY, Kind.SUMMARY), closed_at=None).first()
    refuse_unless(other is None, _("%(other)s is under way in this case already.") % {"other": other})


def weighed(proceeding: Proceeding, by: Account) -> None:
    """Every violation that knows a fine has been graded."""
    left = [violation for violation in violating.standing(proceeding) if violation.type.fined and not violation.grade]
    refuse_unless(not left, _("Not weighed yet: %(what)s.") % {"what": ", ".join(row.type.code for row in left)})


def charged(proceeding: Proceeding, by: Account) -> None:
    """A violation is on record."""
    refuse_unless(bool(violating.standing(proceeding)), _("No violation is on record."))


def nothing_charged(proceeding: Proceeding, by: Account) -> None:
    """No violation is on record, or none that is punished."""
    left = [
        row
        for row in violating.standing(proceeding)
        if row.fine or row.confiscated or row.months or row.grade not in ("", Grade.NONE)
    ]
    refuse_unless(not left, _("A violation is to be punished: %(what)s.") % {"what": ", ".join(map(str, left))})


def not_in_place_of_the_police(proceeding: Proceeding, by: Account) -> None:
    """No criminal referral is under way: a penalty does not take its place."""
    refuse_unless(
        not referring.with_police(proceeding.case), _("The case is with the police. A penalty must not take its place.")
    )


def not_fined_after_a_court(proceeding: Proceeding, by: Account) -> None:
    """No fine where a court has imposed one; what else is ordered stays."""
    refuse_unless(
        not violating.total(proceeding) or not referring.fined_by_court(proceeding.case),
        _("A court has fined this act: there is no second fine."),
    )


def with_the_police(proceeding: Proceeding, by: Account) -> None:
    """A criminal referral is under way."""
    refuse_unless(referring.with_police(proceeding.case), _("There is no criminal referral under way in this case."))


def discussed_where_major(proceeding: Proceeding, by: Account) -> None:
    """Discussed collectively where it is major, mitigated or outside its band."""
    refuse_unless(
        punishing.of(proceeding).discussed or not punishing.major(proceeding),
        _("This must be discussed collectively before it is decided."),
    )


def may_be_heard(proceeding: Proceeding, by: Account) -> None:
    """Large enough for a hearing, and asked for in time."""
    refuse_unless(punishing.large(proceeding, "hearing"), _("There is no right to a hearing on this penalty."))
    clock = proceeding.clock
    refuse_unless(clock is not None and not ran_out(clock), _("The time to ask for a hearing has run out."))


def no_hearing_to_come(proceeding: Proceeding, by: Account) -> None:
    """The party may not ask for a hearing any more: it had one, gave it up, or its time has run out."""
    clock = proceeding.clock
    refuse_unless(
        clock is None or ran_out(clock) or not punishing.large(proceeding, "hearing"),
        _("The party may still ask for a hearing."),
    )


def window_is_over(proceeding: Proceeding, by: Account) -> None:
    """The time to speak has run out."""
    refuse_unless(ran_out(proceeding.clock), _("The party may still speak."))


def not_heard_by_its_officers(proceeding: Proceeding, by: Account) -> None:
    """By the one named to preside."""
    presider = punishing.of(proceeding).presider_id
    refuse_unless(presider == by.pk, _("Only who was named to preside may do that."))


def paid(proceeding: Proceeding, by: Account) -> None:
    """By the ledger nothing of fine and surcharge is owed any more."""
    penalty = punishing.of(proceeding)
    grown = surcharging.accrued(penalty) - punishing.booked_surcharge(proceeding)
    left = punishing.unpaid(proceeding)
    refuse_unless(left == 0, _("¥%(left)s is still to be paid.") % {"left": f"{left:,}"})
    refuse_unless(grown <= 0, _("A surcharge of ¥%(sum)s has grown and is not booked yet.") % {"sum": f"{grown:,}"})


def overdue(proceeding: Proceeding, by: Account) -> None:
    """The time to pay has run out, and something is unpaid."""
    penalty = punishing.of(proceeding)
    refuse_unless(ran_out(penalty.payment_clock), _("The time to pay has not run out yet."))
    grown = surcharging.accrued(penalty) > punishing.booked_surcharge(proceeding)
    owing = surcharging.late(penalty) or punishing.owing_beside_the_fine(proceeding) > 0
    refuse_unless(owing or grown, _("Nothing that is due is unpaid."))


def not_challenged_any_more(proceeding: Proceeding, by: Account) -> None:
    """The times for reconsideration and suit have run out."""
    penalty = punishing.of(proceeding)
    enforcing.refuse_while_challengeable((penalty.reconsideration_clock, penalty.suit_clock))


def reminded_long_enough(proceeding: Proceeding, by: Account) -> None:
    """The party received the reminder and had its working days; the time for the court has not run out."""
    enforcing.refuse_before_the_days_are_over(punishing.of(proceeding).reminder_clock)
    refuse_unless(not ran_out(proceeding.clock), _("The time to apply to the court has run out."))


def deferral_asked(proceeding: Proceeding, by: Account) -> None:
    """The party has asked to pay later or in parts."""
    deferring.asked(proceeding)


def punished(proceeding: Proceeding, by: Account) -> None:
    """What was decided is a penalty."""
    refuse_unless(not punishing.left_unpunished(proceeding), _("It was decided not to punish."))


def not_punished(proceeding: Proceeding, by: Account) -> None:
    """What was decided is not to punish."""
    refuse_unless(punishing.left_unpunished(proceeding), _("A penalty was decided."))


def may_be_challenged(proceeding: Proceeding, by: Account) -> None:
    """A decision was served, and stands."""
    penalty = punishing.of(proceeding)
    refuse_unless(penalty.served_on is not None, _("No decision was served."))
    refuse_unless(penalty.changed_fine is None or penalty.changed_fine > 0, _("The decision was revoked."))


def publication_to_withdraw(proceeding: Proceeding, by: Account) -> None:
    """The decision fell or was changed, and nobody has noted that its publication was withdrawn."""
    clock = punishing.of(proceeding).publication_clock
    refuse_unless(clock is not None and clock.ended_at is None, _("There is no publication to withdraw."))


def publication_is_withdrawn(proceeding: Proceeding, by: Account) -> None:
    """What was published of a decision that fell was withdrawn."""
    clock = punishing.of(proceeding).publication_clock
    refuse_unless(
        clock is None or clock.ended_at is not None,
        _("Note first that the publication of the decision was withdrawn, or that there was none."),
    )


def nothing_owed_back(proceeding: Proceeding, by: Account) -> None:
    """The party has got back what it had paid and does not owe."""
    left = punishing.owed_back(proceeding)
    refuse_unless(left == 0, _("¥%(left)s is owed back to the party.") % {"left": f"{left:,}"})


def nothing_rests_on_it(proceeding: Proceeding, by: Account) -> None:
    """No measure that the decision led to is under way, nor a recovery of what it ordered to be refunded."""
    led_to = proceeding.parts.filter(closed_at=None)
    ordered = undoing.demanded_by(proceeding)
    recoveries = proceeding.case.proceedings.filter(kind=Kind.RECOVERY, closed_at=None).exclude(state="ordered")
    still = [*led_to, *(recoveries if ordered else [])]
    refuse_unless(not still, _("End first what rests on it: %(what)s.") % {"what": ", ".join(map(str, still))})


def told_of_the_hearing(proceeding: Proceeding, by: Account) -> None:
    """The notice was received in time, and the day of the hearing has come."""
    penalty = punishing.of(proceeding)
    refuse_unless(penalty.hearing_told_on is not None, _("Nobody has written down that the notice was received."))
    assert penalty.hearing_on is not None
    refuse_unless(
        penalty.hearing_on <= timezone.localdate(),
        _("The hearing is held on %(day)s.") % {"day": penalty.hearing_on.isoformat()},
    )


def told_today(proceeding: Proceeding, by: Account) -> None:
    """The party was told today: what is decided on the spot is not decided later."""
    told = punishing.of(proceeding).defended_at
    refuse_unless(
        told is not None and timezone.localdate(told) == timezone.localdate(),
        _("The party was told on another day: withdraw it, and file the case."),
    )


another = by_another_than("handler")
a_third = by_another_than("handler", "reviewer")
