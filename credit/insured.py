"""Suspends an insured person's online settlement, as a served penalty has decided, and ends it by itself.

The Regulation names the acts and the months (art. 41); the penalty has weighed them. Nothing is worked out here.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases import violating
from supervision.cases.models import Case, Kind, PenaltyState, Proceeding, ViolationType
from supervision.clocks.calendar import months_after
from supervision.moves import THE_SITE, BeyondReach, Made, MoveRefused, by_another_than, refuse_unless

from .models import Offline, OfflineState

another_than_proposer = by_another_than("proposer")


def months_of(proceeding: Proceeding) -> int:
    """What the penalty decided about the person's online settlement; nothing where it decided nothing."""
    rows = violating.standing(proceeding)
    return max((one.months for one in rows if one.type.suspends == ViolationType.Suspends.SETTLEMENT), default=0)


def refuse_unless_served(proceeding: Proceeding) -> None:
    """Only a penalty on a person that was served and stands lets anything follow."""
    penalty = getattr(proceeding, "penalty", None)
    on_a_person = proceeding.kind in (Kind.PENALTY, Kind.SUMMARY) and (
        proceeding.case.respondent == Case.Respondent.PERSON
    )
    refuse_unless(on_a_person, _("That is no penalty on a person."))
    served = penalty is not None and penalty.served_on is not None
    refuse_unless(served and proceeding.state != PenaltyState.REVOKED, _("The penalty was not served, or was revoked."))
    refuse_unless(months_of(proceeding) > 0, _("The penalty suspends no online settlement."))


@transaction.atomic
def propose_suspension(proceeding: Proceeding, *, by: Account) -> Offline:
    """As the penalty says; another person puts it in force."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    if not Proceeding.objects.visible_to(by).filter(pk=proceeding.pk).exists():
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless_served(proceeding)
    try:
        with transaction.atomic():
            made = Offline.objects.create(
                number=f"LW-{proceeding.number}", place=proceeding.case.place, proceeding=proceeding,
                months=months_of(proceeding), proposer=by, state=OfflineState.PROPOSED,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("It is proposed already.")) from None
    made.events.create(move="propose", after=made.state, by=by)
    record(Act.CREDIT, by, made.number, move="propose", penalty=proceeding.number)
    return made


# --- What moves ask for and do --------------------------------------------------------------------------


def penalty_stands(offline: Offline, by: Account) -> None:
    """the penalty was served and stands"""
    refuse_unless_served(offline.proceeding)


def impose(offline: Offline, made: Made[Offline]) -> None:
    """begins tomorrow, and ends after the months that the penalty says"""
    offline.decider, offline.since = made.by, timezone.localdate() + timedelta(1)
    offline.until = months_after(offline.since, offline.months) - timedelta(1)


def lift(offline: Offline, made: Made[Offline]) -> None:
    """settles online again from today on"""
    offline.lifted_on = timezone.localdate()


def penalty_fell(offline: Offline, by: Account) -> None:
    """the penalty was revoked"""
    refuse_unless(offline.proceeding.state == PenaltyState.REVOKED, _("The penalty stands."))


def over(offline: Offline, by: Account) -> None:
    """its last day has passed"""
    refuse_unless(
        offline.until is not None and offline.until < timezone.localdate(), _("Its last day is not over yet.")
    )


def by_themselves() -> int:
    """What is over ends; what rested on a penalty that was revoked is lifted. Again changes nothing."""
    from .insured_workflow import OFFLINE  # noqa: PLC0415 - the table names this module's effects

    standing = Offline.objects.filter(state=OfflineState.IN_FORCE)
    fallen = list(standing.filter(proceeding__state=PenaltyState.REVOKED))
    ended = [one for one in standing.filter(until__lt=timezone.localdate()) if one not in fallen]
    for offline, move in [*((one, "fall") for one in fallen), *((one, "end") for one in ended)]:
        OFFLINE.make(offline, move, by=THE_SITE)
    return len(fallen) + len(ended)
