"""What the pages of both sides show of a person and of a record: files, sums, and the acts that are open."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from credit.points import grounds, reckoning, standing
from credit.points.models import Disqualification, Qualification, ScoreRecord, ServiceCommitment
from credit.points.workflows.qualification import QUALIFICATION
from credit.points.workflows.record import SCORE
from institutions.models import Account, Institution, Practitioner, Registration
from institutions.models.parties import PractitionerQuerySet
from supervision.cases.models import Proceeding
from supervision.cases.views.acts import RefusedForms, offers
from supervision.documents.models import Document
from supervision.moves import Workflow

PEOPLE = ("proposer__territory", "approver__territory", "decider__territory")


@dataclass(frozen=True)
class Listed:
    """A practitioner as a list shows one: this year's points, and what is held back today."""

    practitioner: Practitioner
    points: int
    held: Disqualification | None
    institutions: Sequence[str]


@dataclass(frozen=True)
class Happening:
    """One line of a person's timeline."""

    on: dt.date
    words: str
    state: str
    record: ScoreRecord | None = None


def registered(account: Account) -> QuerySet[Registration]:
    """Where people work, as far as the account sees those institutions."""
    seen = Institution.objects.visible_to(account)
    return Registration.objects.filter(institution__in=seen).select_related("institution").order_by("-since")


def beside(rows: PractitionerQuerySet, account: Account) -> PractitionerQuerySet:
    """With what a list shows of each."""
    return rows.select_related("qualification").prefetch_related(Prefetch("registrations", registered(account)))


def listed(practitioners: Sequence[Practitioner]) -> list[Listed]:
    """Read with as many questions for fifty as for one."""
    today = timezone.localdate()
    codes = [one.pk for one in practitioners]
    histories = standing.histories(codes)
    held = {one.practitioner_id: one for one in Disqualification.objects.in_force(today).filter(practitioner__in=codes)}
    return [
        Listed(
            one, reckoning.total(histories[one.pk].scored, histories[one.pk].repaired, today), held.get(one.pk),
            sorted({str(row.institution) for row in one.registrations.all() if not row.until or row.until >= today}),
        )
        for one in practitioners
    ]  # fmt: skip


def of_person(practitioner: Practitioner, account: Account) -> dict[str, Any]:
    """One doctor, one file: registrations, commitments, records, holds, letters and what happened when."""
    records = list(
        ScoreRecord.objects.visible_to(account)
        .filter(practitioner=practitioner)
        .select_related("matter", "responsibility", "institution", "proceeding__case", "practitioner")
        .prefetch_related("repairs__activity")
    )
    now = standing.standing(practitioner)
    qualification = Qualification.objects.filter(practitioner=practitioner).first()
    seen = {record.number for record in records}
    held = Disqualification.objects.visible_to(account)
    return {
        "practitioner": practitioner, "qualification": qualification, "now": now, "records": records,
        "elsewhere": sum(number not in seen for number in now.records), "seen": seen,
        "registrations": list(registered(account).filter(practitioner=practitioner)),
        "commitments": commitments(qualification, account),
        "holds": list(held.filter(practitioner=practitioner).select_related("record")),
        "happenings": happenings(qualification, records),
        "interviews": interviews(qualification, now.on.year),
    }  # fmt: skip


def interviews(qualification: Qualification | None, year: int) -> list[tuple[dt.date, str]]:
    """The interviews of the year: the day, and who held them."""
    events = qualification.events.filter(move="interview") if qualification else []
    held = [(dt.date.fromisoformat(one.facts["interviewed_on"]), str(one.facts["interviewer"])) for one in events]
    return [(day, who) for day, who in held if day.year == year]


def commitments(qualification: Qualification | None, account: Account) -> list[ServiceCommitment]:
    seen = Institution.objects.visible_to(account)
    rows = ServiceCommitment.objects.filter(qualification=qualification, institution__in=seen)
    return list(rows.select_related("institution", "text"))


def happenings(qualification: Qualification | None, records: Sequence[ScoreRecord]) -> list[Happening]:
    """What was done with the qualification and with each record, the latest first."""
    found = []
    if qualification:
        found = [
            (
                event.at,
                Happening(timezone.localdate(event.at), move_words(QUALIFICATION, event.move), event.after_words),
            )
            for event in qualification.events.all()
        ]
    for record in records:
        found += [
            (
                event.at,
                Happening(timezone.localdate(event.at), move_words(SCORE, event.move), event.after_words, record),
            )
            for event in record.events.all()
        ]
    return [happening for _at, happening in sorted(found, key=lambda one: one[0], reverse=True)]


def move_words(workflow: Workflow[Any], name: str) -> str:
    """What a move is called; what stands before the first of a table has no words there."""
    move = workflow.moves.get(name)
    return str(move.words) if move else {"register": _("Registered"), "propose": _("Proposed")}.get(name, name)


def of_record(record: ScoreRecord, account: Account, refused: RefusedForms) -> dict[str, Any]:
    """One record with its reasons, its letters, its repairs and the acts open to the account."""
    return {
        "institutions": {record.institution_id: record.institution},
        "record": record, "offers": offers(SCORE, record, account, refused),
        "form": next(iter(refused.values()), None), "events": list(record.events.select_related("by__territory")),
        "repairs": list(record.repairs.select_related("activity", "asked_by__territory", "decided_by__territory")),
        "fallen": not grounds.in_effect().filter(pk=record.proceeding_id).exists(),
        "proceeding": Proceeding.objects.visible_to(account).filter(pk=record.proceeding_id).first(),
        "documents": list(Document.objects.visible_to(account).filter(about=record.number).order_by("pk")),
    }  # fmt: skip
