"""How long it takes to decide three hundred like hearings together, beside the same rows changed by one statement.

The peer is the floor: PostgreSQL changing state and turn of as many hearings at once, with the triggers that keep
former rows, but without letters, history, ledger and acts.
"""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.hearing import bulk
from supervision.hearing.models import Bulk, Hearing, HearingLine, State
from supervision.hearing.workflow import HEARING
from supervision.monitoring.models import Finding

from . import heard
from .sheet import Sheet, watch

MANY, GOAL = 300, 10  # hearings, seconds


def measure(sheet: Sheet) -> None:
    """Taken up, and released as no violation; those of a second sort sent, answered and upheld with their letters."""
    first, second = heard.people()
    findings = heard.found(MANY)
    Finding.objects.filter(pk__in=[one.pk for one in findings]).update(acted_on=False)
    decided(sheet, "taken up", bulk.ask_to_take_up(findings, by=first))
    hearings = Hearing.objects.filter(finding__in=findings).order_by("pk")
    decided(sheet, "sent, with a notice each", bulk.ask(list(hearings.all()), "notify", by=first))
    answer(hearings.all())
    decided(sheet, "second review begun", bulk.ask(list(hearings.all()), "second_review", by=second))
    decided(sheet, "upheld, with a decision each", bulk.ask(list(hearings.all()), "uphold", by=second, note="as noted"))
    decided(sheet, "handed on to recovery", bulk.ask(list(hearings.all()), "handle", by=second, measure="recover"))
    others = heard.found(MANY)
    Finding.objects.filter(pk__in=[one.pk for one in others]).update(acted_on=False)
    bulk.take_up(others, by=first)
    released = list(Hearing.objects.filter(finding__in=others))
    wish = bulk.ask(released, "release", by=first, note="a known course", cause="documented")
    decided(sheet, "released as no violation", wish)
    floor(sheet, [one.pk for one in released])


def answer(hearings: QuerySet[Hearing]) -> None:
    """Every institution accepts every line."""
    for hearing in hearings.select_related("institution"):
        place = hearing.institution
        by, _ = Account.objects.get_or_create(
            username=f"bench-{place.pk}", defaults={"institution": place, "duties": [Duty.ANSWER]}
        )
        hearing.lines.update(answer=HearingLine.Answer.ACCEPTED, answered_by=by, answered_at=timezone.now())
        HEARING.make(hearing, "accept", by=by)


def decided(sheet: Sheet, what: str, wish: Bulk) -> None:
    with watch() as once:
        made = bulk.carry_out(wish)
    assert made.done == MANY, made.refused[:1]
    sheet.add(f"{MANY} hearings {what}", once.seconds, "s", GOAL, more_is_better=False)


def floor(sheet: Sheet, keys: list[int]) -> None:
    """The peer, taken back again."""
    with watch() as once, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hearing_hearing SET state = %s, turn = turn + 1 WHERE id = ANY(%s)", [State.RELEASED, keys]
        )
        transaction.set_rollback(True)
    sheet.add(f"peer: {MANY} rows by one statement, nothing else", once.seconds, "s")
