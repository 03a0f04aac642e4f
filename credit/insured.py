"""Suspends an insured person's online settlement, as a served penalty has decided, and ends it by itself.

The Regulation names the acts and the months (art. 41); the penalty has weighed them. Nothing is worked out here.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Duty
from institutions.models.territory import NATION
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases import violating
from supervision.cases.models import Case, Kind, PenaltyState, Proceeding, ViolationType
from supervision.clocks.calendar import months_after
from supervision.knowledge import registering
from supervision.knowledge.reading import Line
from supervision.moves import THE_SITE, BeyondReach, Made, MoveRefused, by_another_than, refuse_unless

from .models import Offline, OfflineState

LIST = "offline"  # as the rules read it
BASIS = "《医疗保障基金使用监督管理条例》第四十一条"
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
    refuse_unless(bool(proceeding.case.person), _("The case does not say whose online settlement it is."))


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
    tell_the_rules([offline], by=made.by)


def lift(offline: Offline, made: Made[Offline]) -> None:
    """settles online again from today on"""
    offline.lifted_on = timezone.localdate()
    tell_the_rules([offline], by=made.by)


def tell_the_rules(rows: Sequence[Offline], *, by: Account | None) -> None:
    """The hospitals' desks know of these days from now on, everywhere; nothing changes where they know it already."""
    for place in sorted({row.place_id for row in rows}):
        here = [row for row in rows if row.place_id == place]
        lines = {row.number: line for row in here if (line := as_the_rules_read_it(row)) is not None}
        names = [row.number for row in here]
        registering.make_known(LIST, lines, names, because=", ".join(sorted(names)), place=place, by=by)


def as_the_rules_read_it(offline: Offline) -> Line | None:
    """From its first day to its last, or to the day before it was lifted; nothing where it held on no day."""
    last = offline.until
    if offline.lifted_on is not None and last is not None:
        last = min(last, offline.lifted_on - timedelta(1))
    if offline.since is None or last is None or last < offline.since:
        return None
    values = {"number": offline.number, "member": offline.proceeding.case.person}
    return Line(
        LIST, offline.number, offline.number, values, NATION, offline.since, last, BASIS,
        f"suspensions of online settlement, {offline.number}", "decided by a served penalty", "", 0,
    )  # fmt: skip


def penalty_fell(offline: Offline, by: Account) -> None:
    """the penalty was revoked"""
    refuse_unless(offline.proceeding.state == PenaltyState.REVOKED, _("The penalty stands."))


def over(offline: Offline, by: Account) -> None:
    """its last day has passed"""
    refuse_unless(
        offline.until is not None and offline.until < timezone.localdate(), _("Its last day is not over yet.")
    )


def by_themselves() -> int:
    """What is over ends, what rested on a revoked penalty is lifted, the rules know the rest. Again changes nothing."""
    from .insured_workflow import OFFLINE  # noqa: PLC0415 - the table names this module's effects

    standing = Offline.objects.filter(state=OfflineState.IN_FORCE)
    fallen = list(standing.filter(proceeding__state=PenaltyState.REVOKED))
    ended = [one for one in standing.filter(until__lt=timezone.localdate()) if one not in fallen]
    for offline, move in [*((one, "fall") for one in fallen), *((one, "end") for one in ended)]:
        OFFLINE.make(offline, move, by=THE_SITE)
    tell_the_rules(list(standing.select_related("proceeding__case")), by=THE_SITE)
    return len(fallen) + len(ended)
