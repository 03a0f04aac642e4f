"""The clocks of major issues and interviews. Reports are due in hours, which run through nights and days of rest."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from institutions.models import Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.moves import Made

from .models import Interview, Issue, IssueTask, Listing

REVIEW, LISTED, TASK, PUT_RIGHT = "major_review", "major_listing", "major_task", "interview_answer"


def start(
    code: str, issue: Issue, *, since: datetime | None = None, duty: Duty = Duty.INVESTIGATE, until: date | None = None
) -> Clock:
    """A clock of the issue's place, by the limit that holds there."""
    places, at = limits.places_of(issue.place_id), since or timezone.now()
    limit = limits.limit(code, places, day_of(at))
    return running.start(
        code, subject=issue.number, title_zh=f"{limit.name_zh}（{issue.title}）"[:200],
        title_en=f"{limit.name_en} ({issue.title})"[:200], address=issue.get_absolute_url(), places=places, since=at,
        duty=duty, found=limit, until=until,
    )  # fmt: skip


def next_report(issue: Issue) -> None:
    """The clock of the next follow-up report, where the issue's level asks for one."""
    code = issue.rule.follow_limit
    issue.clock = start(code, issue) if code else None


def starts_following(issue: Issue, made: Made[Issue]) -> None:
    """starts the clock of the next report, as the level says"""
    drop(issue.clock)
    next_report(issue)


def starts_review(issue: Issue, made: Made[Issue]) -> None:
    """starts major_review"""
    issue.reviewing = start(REVIEW, issue, duty=Duty.DECIDE)


def meets_review(issue: Issue, made: Made[Issue]) -> None:
    """meets the clock of the review"""
    running.meet_if_going(issue.reviewing)


def ends(issue: Issue, made: Made[Issue]) -> None:
    """ends all of its clocks"""
    for clock in (issue.clock, issue.reviewing):
        drop(clock)


def drop(clock: Clock | None) -> None:
    if clock is not None and clock.ended_at is None:
        running.stop(clock)


def of_listing(listing: Listing) -> Clock:
    return start(LISTED, listing.issue, duty=Duty.DECIDE, until=listing.due_on)


def of_task(task: IssueTask) -> Clock:
    return start(TASK, task.issue, duty=Duty.INVESTIGATE, until=task.due_on)


# --- Interviews -------------------------------------------------------------------------------------


def lets_put_right(interview: Interview, made: Made[Any]) -> None:
    """starts interview_answer, which whoever was called in owes"""
    running.meet_if_going(interview.clock)
    at, own = timezone.now(), interview.institution
    places = limits.places_of(interview.party_place.pk)
    limit = limits.limit(PUT_RIGHT, places, day_of(at))
    address = reverse("own_major:interview", args=[interview.number]) if own else interview.get_absolute_url()
    interview.clock = running.start(
        PUT_RIGHT, subject=interview.number, title_zh=f"{limit.name_zh}（{interview.number}）",
        title_en=f"{limit.name_en} ({interview.number})", address=address, places=places, since=at, found=limit,
        institution=own.pk if own else "", duty=Duty.ANSWER if own else Duty.DECIDE,
    )  # fmt: skip


def meets(interview: Interview, made: Made[Any]) -> None:
    """meets the clock"""
    running.meet_if_going(interview.clock)


def stops(interview: Interview, made: Made[Any]) -> None:
    """stops the clock"""
    drop(interview.clock)
