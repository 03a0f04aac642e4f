"""The clocks of a hearing: one for the step it stands at, and one for the institution's window to answer."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.clocks import limits, running
from supervision.clocks.models import Clock
from supervision.monitoring.models import Finding
from supervision.monitoring.standing import lately, page_of
from supervision.monitoring.terms import title_of_people
from supervision.moves import Effect, Made, refuse_unless

from .models import Hearing

FIRST_REVIEW, ANSWER = "hearing_first_review", "hearing_answer"
SECOND_REVIEW, VERIFICATION = "hearing_second_review", "hearing_verification"


def started(
    hearing: Hearing, code: str, *, address: str = "", institution: str = "", holder: Account | None = None
) -> Clock:
    """A clock by the limit that holds where the institution lies."""
    now, places = timezone.now(), limits.places_of(hearing.place_id)
    title_zh, title_en = titles(hearing.finding)
    limit = limits.limit(code, places, timezone.localdate(now))
    return running.start(
        code, subject=str(hearing), title_zh=f"{limit.name_zh}（{title_zh}）"[:200],
        title_en=f"{limit.name_en} ({title_en})"[:200], address=address or hearing.get_absolute_url(),
        places=places, since=now, institution=institution, duty=Duty.ANSWER if institution else Duty.HEAR,
        holder=holder,
    )  # fmt: skip


def titles(finding: Finding) -> tuple[str, str]:
    """What the finding's rule is called, in Chinese and in English."""
    rule = page_of(finding.rule, finding.page_hash) or lately().get(finding.rule)
    if rule:
        return rule.title_zh, rule.title
    return title_of_people(finding.rule, "zh"), title_of_people(finding.rule, "en")


def starts(code: str, *, held: bool = False) -> Effect[Hearing]:
    """The step that begins now must be done by then; where it is held, by whoever makes the move."""

    def starting(hearing: Hearing, made: Made[Hearing]) -> None:
        hearing.clock = started(hearing, code, holder=made.by if held else None)

    starting.__doc__ = f"starts {code}"
    return starting


def meets(hearing: Hearing, made: Made[Hearing]) -> None:
    """ends the clock of the step"""
    if hearing.clock is not None and hearing.clock.ended_at is None:
        running.meet(hearing.clock)
    hearing.clock = None


def takes_the_clock(hearing: Hearing, made: Made[Hearing]) -> None:
    """the clock is its taker's from now on"""
    if hearing.clock is not None:
        hearing.clock.holder = made.by
        hearing.clock.save(update_fields=["holder"])


# --- The institution's window -------------------------------------------------------------------------


def starts_the_window(hearing: Hearing, made: Made[Hearing]) -> None:
    """starts hearing_answer"""
    hearing.answer_clock = started(
        hearing, ANSWER, address=hearing.get_absolute_url(), institution=hearing.institution_id
    )


def meets_the_window(hearing: Hearing, made: Made[Hearing]) -> None:
    """the institution has answered in time"""
    hearing.answered_at = timezone.now()
    if hearing.answer_clock is not None and hearing.answer_clock.ended_at is None:
        running.meet(hearing.answer_clock)


def closes_the_window(hearing: Hearing, made: Made[Hearing]) -> None:
    """the institution's clock has run out"""
    hearing.answered_at = timezone.now()
    if hearing.answer_clock is not None and hearing.answer_clock.ended_at is None:
        running.meet(hearing.answer_clock)  # later than it was due: missed


def window_is_over(hearing: Hearing) -> bool:
    """Whether the time to answer has run out."""
    return hearing.answer_clock is not None and hearing.answer_clock.has_run_out


def in_the_window(hearing: Hearing, by: Account) -> None:
    """while the window is open"""
    refuse_unless(not window_is_over(hearing), _("The time to answer has run out."))


def after_the_window(hearing: Hearing, by: Account) -> None:
    """when the window has run out"""
    refuse_unless(window_is_over(hearing), _("The institution still has time to answer."))
