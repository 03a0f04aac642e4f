"""What the three tables share: the visit with its records, the feedback, the defence, and the end of it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Department, Duty
from supervision.cases.facts import AT, RECORD, WHERE, Kind, ask
from supervision.documents.models import Document
from supervision.inspections import letters, repeating, sealing, teaming, timing, visiting, voting
from supervision.inspections.models import Inspection
from supervision.moves import Made, Move, refuse_unless

AUTHORITY = Department.Party.AUTHORITY
Moves = dict[str, Move[Inspection]]

PUBLISHED = ask("published_result", Kind.WORDS, gettext_lazy("Result, as it is published"))
ITEMS = ask("items", Kind.WORDS, gettext_lazy("Items, a line each: name | kind | source | number"))
STORED = ask("stored", Kind.WORDS, gettext_lazy("Items, a line each: name | number | where it is kept"))


# --- What moves ask for -------------------------------------------------------------------------------------


def by_an_officer(inspection: Inspection, by: Account) -> None:
    """by an officer of its team"""
    refuse_unless(teaming.officer_of(inspection, by) is not None, _("Only officers of its team do this."))


def by_the_leader(inspection: Inspection, by: Account) -> None:
    """by the leader of its team"""
    member = teaming.officer_of(inspection, by)
    refuse_unless(member is not None and member.leader, _("The leader of its team does this."))


def by_nobody_of_the_team(inspection: Inspection, by: Account) -> None:
    """by nobody of its team"""
    refuse_unless(teaming.officer_of(inspection, by) is None, _("Whoever has inspected does not decide on it."))


def of_the_organiser(inspection: Inspection, by: Account) -> None:
    """by the place that has organised it"""
    holds = by.territory is not None and inspection.place_id.startswith(by.territory.prefix)
    refuse_unless(holds, _("The place that has organised it does this."))


def team_is_whole(inspection: Inspection, by: Account) -> None:
    """with two officers at least, a leader, and nobody who has an interest in the institution"""
    refuse_unless(not (why := teaming.lacks(inspection)), why)


def repetition_is_explained(inspection: Inspection, by: Account) -> None:
    """with a reason, where the plan leads there again within a year"""
    refuse_unless(
        bool(inspection.repeat_reason) or not repeating.is_one_too_many(inspection),
        _("By the plan this institution is visited a second time within a year: say why, or cancel it."),
    )


def is_on_record(inspection: Inspection, by: Account) -> None:
    """with a record of the inspection on the spot"""
    written = Document.objects.filter(about=str(inspection), kind="onsite_record").exists()
    refuse_unless(written, _("There is no record of the inspection on the spot yet."))


def every_fact_is_answered(inspection: Inspection, by: Account) -> None:
    """with an answer to every finding"""
    left = [str(one.number) for one in inspection.facts.filter(answer="")]
    refuse_unless(not left, _("These findings are not answered yet: %(numbers)s.") % {"numbers": ", ".join(left)})


def disputes_are_decided(inspection: Inspection, by: Account) -> None:
    """once every officer has voted on what is disputed"""
    left = [str(one.number) for one in voting.outstanding(inspection)]
    refuse_unless(
        not left, _("Not every officer has voted on what is disputed: %(numbers)s.") % {"numbers": ", ".join(left)}
    )


def nothing_is_sealed(inspection: Inspection, by: Account) -> None:
    """once it was decided on what was preserved"""
    refuse_unless(
        not inspection.sealings.exclude(state="decided").exists(), _("Decide first on the evidence that was preserved.")
    )


# --- What moves do --------------------------------------------------------------------------------------------


def approves(inspection: Inspection, made: Made[Inspection]) -> None:
    """keeps who has approved it"""
    inspection.approver = made.by


def enters(inspection: Inspection, made: Made[Inspection]) -> None:
    """keeps since when the team is on site"""
    inspection.entered_at = timezone.now()


def feeds_back(inspection: Inspection, made: Made[Inspection]) -> None:
    """lays every finding before the institution"""
    inspection.fed_back_at = timezone.now()


def keeps_the_defence(inspection: Inspection, made: Made[Inspection]) -> None:
    """keeps the defence"""
    inspection.defence = made.note


def goes_on(inspection: Inspection, made: Made[Inspection]) -> None:
    """goes on without a defence: what was disputed by then is decided together"""


def publishes(inspection: Inspection, made: Made[Inspection]) -> None:
    """shows the result on the public site"""
    inspection.result, inspection.published_on = str(made.facts["published_result"]).strip(), timezone.localdate()


def on_site(before: frozenset[str]) -> Moves:
    """The visit: entered by an officer with the notice, then put on record."""
    stays = frozenset({"onsite"})
    officer: dict[str, Any] = {"party": AUTHORITY, "conditions": (by_an_officer,)}

    def records(words: Promise, kind: str, *asks: str, **more: Any) -> Move[Inspection]:
        effects = (letters.issues(kind, **more),)
        return Move(stays, "onsite", Duty.INVESTIGATE, words, effects=effects, asks=asks, **officer)

    return {
        "enter": Move(
            before, "onsite", Duty.INVESTIGATE, gettext_lazy("Enter, show the credentials, serve the notice"),
            party=AUTHORITY, conditions=(by_an_officer, team_is_whole, repetition_is_explained),
            effects=(letters.serves_the_notice, enters, visiting.opens_the_visit),
        ),
        "record_onsite": records(
            gettext_lazy("Record an inspection on the spot"), "onsite_record", WHERE, AT, RECORD
        ),
        "record_interview": records(gettext_lazy("Record an inquiry"), "interview_record", WHERE, AT, RECORD),
        "list_evidence": records(gettext_lazy("List evidence"), "evidence_list", ITEMS),
        "seal": Move(
            stays, "onsite", Duty.DECIDE, gettext_lazy("Preserve evidence"), party=AUTHORITY,
            conditions=(of_the_organiser, by_nobody_of_the_team), effects=(sealing.seals,), needs_note=True,
            asks=(STORED,),
        ),
    }  # fmt: skip


def heard(told: str) -> Moves:
    """The findings fed back and defended, in a state that each table names."""
    return {
        "feed_back": Move(
            frozenset({"onsite"}), told, Duty.INVESTIGATE, gettext_lazy("Feed the findings back"), party=AUTHORITY,
            conditions=(by_the_leader, is_on_record),
            effects=(
                timing.starts(timing.DEFENCE, Duty.ANSWER),
                letters.issues("inspection_feedback", letters.of_feedback, served=True),
                feeds_back,
            ),
        ),
        "defend": Move(
            frozenset({told}), "defended", Duty.ANSWER, gettext_lazy("Hand in the defence"),
            conditions=(timing.in_the_window, every_fact_is_answered), effects=(keeps_the_defence, timing.meets),
            needs_note=True,
        ),
        "go_on": Move(
            frozenset({told}), "defended", Duty.INVESTIGATE, gettext_lazy("Go on: the time for a defence has run out"),
            party=AUTHORITY, conditions=(by_the_leader, timing.window_is_over), effects=(goes_on, timing.meets),
        ),
    }  # fmt: skip


def cancelled(before: frozenset[str]) -> Moves:
    return {
        "cancel": Move(
            before, "cancelled", Duty.DECIDE, pgettext_lazy("an inspection", "Cancel it"), party=AUTHORITY,
            conditions=(of_the_organiser,), effects=(timing.stops,), needs_note=True,
        )
    }  # fmt: skip


def standing(inspection: Inspection) -> Mapping[str, bool]:
    """Whether anything stands, and whether any of it names lines."""
    facts = voting.standing_facts(inspection)
    return {"any": bool(facts), "lines": any(fact.charges.all() for fact in facts)}
