"""Whether the decision that a typical case tells of stands: before it is published, and ever after."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.cases.models import Case, Kind, Lead, Penalty, PenaltyState, Proceeding, ProceedingEvent
from supervision.moves import refuse_unless

from .models import TypicalCase

PUNISHING = (Kind.PENALTY, Kind.SUMMARY)
OVER = (Lead.FED_BACK, Lead.ARCHIVED)
ANNULLED = ProceedingEvent.objects.filter(proceeding__kind=Kind.BREACH, move="annul").order_by("pk")
FELL = Q(proceeding__state=PenaltyState.REVOKED) | Q(changed_fine=0)


def may_be_told(case: Case) -> bool:
    """A case is told when it is over, or when its penalty is closed."""
    return case.state in OVER or closed_penalties(case).exists()


def closed_penalties(case: Case) -> QuerySet[Proceeding]:
    return case.proceedings.filter(kind__in=PUNISHING, closed_at__isnull=False)


def is_final(case: Case) -> bool:
    """Whether a penalty was decided, and nobody can or does challenge it any more."""
    penalties = Penalty.objects.filter(proceeding__in=closed_penalties(case), decided_on__isnull=False)
    return any(beyond_challenge(penalty) for penalty in penalties.exclude(FELL))


def beyond_challenge(penalty: Penalty) -> bool:
    now = timezone.now()
    ways = (penalty.reconsideration_clock, penalty.suit_clock)
    running = any(way is not None and way.ended_at is None and way.due_at > now for way in ways)
    return not running and not penalty.challenges.filter(until=None).exists()


@dataclass(frozen=True)
class Fallen:
    """A decision that does not stand as it did, and since when; no moment where nobody has dated it."""

    proceeding: Proceeding
    since: dt.datetime | None


def fallen(case: Case, since: dt.date | None) -> Fallen | None:
    """The decision of the case that fell or was changed since that day, so that what is told is not so.

    Of a case that is not told yet: one whose publication is to be withdrawn, or that fell and left no other standing.
    """
    owed = Q(publication_clock__isnull=False, publication_clock__ended_at=None)
    changed = Q(publication_clock__since__date__gte=since) if since else Q(pk=None)
    penalties = Penalty.objects.filter(proceeding__case=case).select_related("publication_clock", "proceeding")
    penalty = penalties.filter(owed | changed).order_by("pk").first()
    if penalty is not None and penalty.publication_clock is not None:
        return Fallen(penalty.proceeding, penalty.publication_clock.since)
    annulled = ANNULLED.filter(proceeding__case=case).select_related("proceeding")
    later = annulled.filter(at__date__gte=since).first() if since else None
    if later is not None:
        return Fallen(later.proceeding, later.at)
    gone = penalties.filter(FELL).values_list("proceeding", flat=True).union(annulled.values_list("proceeding"))
    proceeding = Proceeding.objects.filter(pk__in=list(gone)).order_by("pk").first()
    return Fallen(proceeding, None) if proceeding is not None and not standing(case, list(gone)) else None


def standing(case: Case, gone: list[int]) -> bool:
    """Whether another decision of the case is closed and stands."""
    decided = case.proceedings.filter(kind__in=(*PUNISHING, Kind.BREACH), closed_at__isnull=False)
    return decided.exclude(pk__in=gone).exists()


def stands(typical: TypicalCase, by: object) -> None:
    """the decision stands"""
    gone = fallen(typical.case, None)
    refuse_unless(
        gone is None,
        _("The decision %(number)s was revoked or changed: the case cannot be told so.")
        % {"number": gone.proceeding if gone else ""},
    )
