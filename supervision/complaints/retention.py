"""What was told is kept no longer than it is needed: when a complaint has ended, each part of it gets the day on which
it is erased, which stands on a page of the desk for a while before. Number, kind, place and outcome stay, for figures.

How long is a limit like any other (clocks/reference/limits.toml), so that a place may keep less.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import calendar, limits
from supervision.clocks.models.reference import Unit
from supervision.moves import BeyondReach, refuse_unless

from .gate import keeping
from .models import Complaint, Forgetting, State
from .vault.sealing import erase as erase_identity

KEPT = {Forgetting.What.IDENTITY: "complaint_identity_kept", Forgetting.What.WORDS: "complaint_words_kept"}
REFUSED_KEPT = "complaint_refused_kept"
ANNOUNCED, HELD = "complaint_erasure_announced", "complaint_erasure_held"
FREE_TEXT = ("lead_title", "lead_facts")  # facts of moves that somebody worded
AT_ONCE = 500

# What lies above tells it: whether a part is needed still, and what else of the complaint's words it keeps.
STILL_NEEDED: list[Callable[[Complaint], bool]] = []
ERASED_TOO: list[Callable[[Complaint], int]] = []


def schedule() -> int:
    """Every complaint that has ended gets the days on which its parts are erased; how many got one now."""
    ended = Complaint.objects.select_related("joined_to").filter(
        Q(state=State.ARCHIVED) | Q(state=State.JOINED, joined_to__state=State.ARCHIVED)
    )
    made = 0
    for what in Forgetting.What:
        without = ended.exclude(forgettings__what=what)
        while some := list(without[:AT_ONCE]):
            rows = [Forgetting(complaint=one, what=what, due_on=due_on(one, what)) for one in some]
            made += len(Forgetting.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def due_on(complaint: Complaint, what: str) -> date:
    """The day by the limits of its place; never so soon that nobody could have seen it coming."""
    today = timezone.localdate()
    code = KEPT[Forgetting.What(what)]
    if complaint.ground and what == Forgetting.What.WORDS:
        code = REFUSED_KEPT
    return max(after(complaint, code, ended_on(complaint)), after(complaint, ANNOUNCED, today))


def ended_on(complaint: Complaint) -> date:
    return timezone.localdate(complaint.leading.moved_at)


def after(complaint: Complaint, code: str, day: date) -> date:
    """A day so long after another. Nobody has to work on it, so holidays that are not known yet do not matter."""
    limit = limits.limit(code, limits.places_of(complaint.place_id), timezone.localdate())
    if limit.unit == Unit.DAYS:
        return day + timedelta(limit.amount)
    months = {Unit.MONTHS.value: 1, Unit.YEARS.value: 12}.get(limit.unit)
    refuse_unless(months is not None, _("How long something is kept is said in days, months or years."))
    return calendar.months_after(day, limit.amount * (months or 0))


def announced_days(place: str) -> int:
    """How many days ahead the page shows what will be erased."""
    return limits.limit(ANNOUNCED, limits.places_of(place), timezone.localdate()).amount


@transaction.atomic
def hold(forgetting: Forgetting, *, until: date, why: str, by: Account) -> Forgetting:
    """Keep it for now, with a reason and until a day; held once more, the later word counts."""
    refuse_unless(by.holds(Duty.DECIDE), _("You do not hold the duty for this."))
    locked = Forgetting.objects.select_for_update(of=("self",)).select_related("complaint").get(pk=forgetting.pk)
    if not locked.complaint.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.done_on is None, _("That was erased already."))
    refuse_unless(bool(why.strip()), _("Say why."))
    last = after(locked.complaint, HELD, timezone.localdate())
    within = timezone.localdate() < until <= last
    refuse_unless(within, _("It can be held back from tomorrow until %(last)s.") % {"last": last.isoformat()})
    locked.held_by, locked.held_until, locked.why = by, until, why.strip()
    locked.save()
    record(Act.COMPLAINT, by, locked.complaint.number, move="hold_back", what=locked.what, until=until.isoformat())
    return locked


def forget_due() -> int:
    """Erase what is due, each part in a transaction of its own: what was killed half-way goes on where it stopped."""
    due = Forgetting.objects.due(timezone.localdate()).values_list("pk", flat=True)
    return sum(forget(number) for number in list(due))


@transaction.atomic
def forget(number: int) -> bool:
    """One part, if it is due still; the chain of acts keeps how much it was, and nothing of what it said."""
    rows = Forgetting.objects.select_for_update(of=("self",), skip_locked=True).select_related("complaint")
    forgetting = rows.due(timezone.localdate()).filter(pk=number).first()
    if forgetting is None or any(needed(forgetting.complaint) for needed in STILL_NEEDED):
        return False
    words = forgetting.what == Forgetting.What.WORDS
    erased = erase_words(forgetting.complaint) if words else {"versions": erase_identity(forgetting.complaint.number)}
    forgetting.done_on, forgetting.why_sealed = timezone.localdate(), ""
    forgetting.save()
    record(Act.COMPLAINT, "", forgetting.complaint.number, move="forget", what=forgetting.what, **erased)
    return True


def erase_words(complaint: Complaint) -> dict[str, int]:
    """Everything that somebody said in it, and its files; how many of each."""
    Complaint.objects.filter(pk=complaint.pk).update(
        facts_sealed="", named_as_sealed="", when_sealed="", forgotten_on=timezone.localdate()
    )
    return {
        "messages": complaint.messages.exclude(words_sealed="").update(words_sealed=""),
        "notes": sum(erase_notes(complaint)) + sum(erased(complaint) for erased in ERASED_TOO),
        "reasons": complaint.forgettings.exclude(why_sealed="").update(why_sealed=""),
        "files": keeping.erase(complaint.number),
    }


def erase_notes(complaint: Complaint) -> Iterator[int]:
    """What was noted with its moves, and what facts of them somebody worded; outcomes and grounds stay."""
    for event in complaint.events.all():
        facts = {name: said for name, said in event.facts.items() if name not in FREE_TEXT}
        if event.words_sealed or facts != event.facts:
            event.words_sealed, event.facts = "", facts
            event.save(update_fields=["words_sealed", "facts"])
            yield 1
