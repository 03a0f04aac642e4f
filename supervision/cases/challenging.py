"""A decision before the reconsideration organ or a court: the challenge, how it ended, and which clocks run on.

Law on Administrative Litigation, art. 45: who was reconsidered sues within the days after that decision, not within
the months after the first one.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Duty
from supervision.clocks.models import Clock
from supervision.moves import Made, refuse_unless

from . import punishing, timing
from .models import Challenge, Penalty, Proceeding

Forum = Challenge.Forum


def begin(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes the challenge down; no surcharge grows while it lasts, and what was closed is open again"""
    penalty, forum = punishing.of(proceeding), str(made.facts["challenge_forum"])
    at = timing.happened(made)
    on = timezone.localdate(at)
    refuse_unless(penalty.served_on is not None and on >= penalty.served_on, _("It was not served by then."))
    refuse_the_repeated(penalty, forum)
    clock = penalty.suit_clock if forum == Forum.SUIT else penalty.reconsideration_clock
    refuse_the_late(clock, at=on, note=made.note)
    Challenge.objects.create(penalty=penalty, forum=forum, since=on)
    timing.end(clock, at)
    if forum == Forum.RECONSIDERATION:  # the decision on it opens a time of its own
        timing.drop(penalty.suit_clock)
    proceeding.closed_at = None


def refuse_the_repeated(penalty: Penalty, forum: str) -> None:
    """A reconsideration comes once and before a suit; a suit comes once."""
    before = set(penalty.challenges.values_list("forum", flat=True))
    refuse_unless(forum not in before, _("The decision was challenged there already."))
    refuse_unless(
        forum != Forum.RECONSIDERATION or Forum.SUIT not in before, _("After a suit there is no reconsideration.")
    )


def refuse_the_late(clock: Clock | None, *, at: object, note: str) -> None:
    """Whether what came late is heard is for the organ or the court to say: then the officer writes down why."""
    in_time = clock is None or timezone.localdate(clock.due_at) >= at  # type: ignore[operator]
    refuse_unless(
        in_time or bool(note), _("The time for it had run out by then. Say why it was taken up all the same.")
    )


def end(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down how the challenge ended"""
    on = timezone.localdate(timing.happened(made))
    row = punishing.of(proceeding).challenges.get(until=None)
    refuse_unless(on >= row.since, _("It had not begun by then."))
    row.until, row.result = on, made.facts["result"]
    row.save()


def sue_next(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """after a reconsideration, starts suit_after_review from the day its decision was received"""
    penalty = punishing.of(proceeding)
    last = penalty.challenges.order_by("pk").last()
    if last is None or last.forum != Forum.RECONSIDERATION:
        return
    whom = proceeding.case.institution_id or ""
    clock = timing.start(proceeding, "suit_after_review", since=timing.happened(made), institution=whom)
    punishing.keep(proceeding, suit_clock=clock)


def withdraw_publication(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """starts P09"""
    clock = timing.start(proceeding, "P09", since=timing.happened(made), duty=Duty.INVESTIGATE)
    punishing.keep(proceeding, publication_clock=clock)


def publication_withdrawn(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """ends P09"""
    timing.end(punishing.of(proceeding).publication_clock, timing.happened(made))


def drop_ways(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """drops the clocks of the ways to challenge"""
    penalty = punishing.of(proceeding)
    for clock in (penalty.reconsideration_clock, penalty.suit_clock):
        timing.drop(clock)
