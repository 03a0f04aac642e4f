"""What happened to a major issue, from all that is kept of it, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.utils.translation import gettext as _

from institutions.models import Account

from .models import Issue
from .models.interviews import Interview


@dataclass(frozen=True)
class Entry:
    """One line: when, what in a word or two, the words that were written, by whom; `late` where it came too late."""

    at: datetime
    what: str
    words: str = ""
    by: Account | None = None
    late: bool = False
    address: str = ""


def told(issue: Issue, interviews: list[Interview]) -> list[Entry]:
    return sorted((*moved(issue), *written(issue), *of_interviews(interviews)), key=attrgetter("at"))


def moved(issue: Issue) -> Iterator[Entry]:
    yield Entry(issue.found_at, _("The issue was found"), by=issue.finder)
    for event in issue.events.select_related("by__territory"):
        what = event.after_words if event.before else _("Brought up")
        yield Entry(event.at, what, event.note, event.by)


def written(issue: Issue) -> Iterator[Entry]:
    for report in issue.reports.select_related("by__territory"):
        yield Entry(report.at, report.get_kind_display(), report.words, report.by, late=report.late)
    for one in issue.guidance.select_related("place", "by__territory"):
        yield Entry(one.at, f"{one.get_kind_display()} ({one.place})", one.words, one.by)
    for listing in issue.listings.select_related("place", "by__territory"):
        what = _("Listed by %(place)s") % {"place": listing.place}
        yield Entry(listing.listed_at, what, listing.demands, listing.by)
    for task in issue.tasks.select_related("by__territory", "done_by__territory"):
        yield Entry(task.at, _("Task for %(owner)s") % {"owner": task.owner}, task.words, task.by)
        if task.done_at is not None:
            what = _("Task of %(owner)s done") % {"owner": task.owner}
            late = task.clock is not None and task.done_at > task.clock.due_at
            yield Entry(task.done_at, what, task.done_words, task.done_by, late=late)
    for link in issue.links.select_related("by__territory"):
        yield Entry(link.at, _("Matter linked"), link.number, link.by)


def of_interviews(interviews: list[Interview]) -> Iterator[Entry]:
    for one in interviews:
        address = one.get_absolute_url()
        if one.notified_at is not None:
            what = _("%(party)s called to an interview") % {"party": one.party}
            yield Entry(one.notified_at, what, one.number, one.approver, address=address)
        if one.held_at is not None:
            yield Entry(
                one.held_at, _("Interview of %(party)s held") % {"party": one.party}, one.number, address=address
            )
