"""Gathers what stands on record elsewhere: penalties, measures, breaches, findings, and what other apps have told.

Cases, hearings and agreements do not know of credit, so they are asked, by night. Asking again finds nothing new. What
is only being looked into is no record: a settlement held while fraud is looked into says nothing about anybody.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Q
from django.utils import timezone

from institutions.models import Institution, Measure, StandingFact
from supervision.cases.models import Kind, Penalty, PenaltyState, Proceeding, ProceedingEvent, Violation, ViolationType
from supervision.hearing.models import Hearing
from supervision.hearing.models import State as Heard

from .models import CreditEvent, Indicator, RecordKind
from .recording import note, withdraw

FELL = Q(proceeding__state=PenaltyState.REVOKED) | Q(changed_fine=0)
# The heaviest measure of one decision counts for it, and the breach itself then counts no second time.
BY_WEIGHT = (
    Measure.Kind.TERMINATED, Measure.Kind.SUSPENDED, Measure.Kind.DEPARTMENT, Measure.Kind.PERSON, Measure.Kind.PAYMENT
)  # fmt: skip
OF_MEASURES = {
    Measure.Kind.TERMINATED: Indicator.TERMINATED, Measure.Kind.SUSPENDED: Indicator.SUSPENDED,
    Measure.Kind.DEPARTMENT: Indicator.PART_SUSPENDED, Measure.Kind.PERSON: Indicator.PART_SUSPENDED,
    Measure.Kind.PAYMENT: Indicator.PAYMENT_HELD,
}  # fmt: skip
CONFIRMED = (Heard.UPHELD, Heard.HANDLED, Heard.CLOSED)
TOLD = {
    StandingFact.Kind.SELF_REPORTED: (Indicator.SELF_REPORTED, RecordKind.SELF_CHECK),
    StandingFact.Kind.SELF_CHECK_FALSE: (Indicator.SELF_CHECK_FALSE, RecordKind.SELF_CHECK),
    StandingFact.Kind.ASSESSED_WELL: (Indicator.ASSESSED_WELL, RecordKind.ASSESSMENT),
    StandingFact.Kind.ASSESSED_POORLY: (Indicator.ASSESSED_POORLY, RecordKind.ASSESSMENT),
    StandingFact.Kind.GRIEVANCE: (Indicator.GRIEVANCE, RecordKind.COMPLAINT),
}


def gather(institution: Institution) -> int:
    """How many records of the institution are new."""
    before = CreditEvent.objects.filter(institution=institution).count()
    penalties(institution)
    measures(institution)
    breaches(institution)
    findings(institution)
    what_was_told(institution)
    return CreditEvent.objects.filter(institution=institution).count() - before


def gather_all() -> int:
    """Of all institutions about which anything may stand on record; the others are not asked one by one."""
    about = Q(cases__proceedings__isnull=False) | Q(measures__isnull=False) | Q(standing__isnull=False)
    upheld = Hearing.objects.filter(state__in=CONFIRMED).values("institution")
    noted = CreditEvent.objects.values("institution")
    rows = Institution.objects.filter(about | Q(pk__in=upheld) | Q(pk__in=noted)).order_by("pk").distinct()
    return sum(gather(institution) for institution in rows)


def penalties(institution: Institution) -> None:
    """Those that were decided and served; what fell in a challenge is withdrawn."""
    about = Penalty.objects.filter(proceeding__case__institution=institution, decided_on__isnull=False)
    for penalty in about.exclude(FELL).filter(served_on__isnull=False).select_related("proceeding"):
        number = str(penalty.proceeding)
        acted = penalty.proceeding.violations.filter(withdrawn_at=None).aggregate(last=Max("acted_until"))["last"]
        note(
            institution, Indicator.FRAUD if is_fraud(penalty) else Indicator.PENALTY, kind=RecordKind.PENALTY,
            number=number, happened_on=acted or penalty.decided_on or day_of(penalty), known_on=day_of(penalty),
            amount=penalty.standing_fine,
        )  # fmt: skip
    gone = (str(penalty.proceeding) for penalty in about.filter(FELL).select_related("proceeding"))
    fallen(institution, RecordKind.PENALTY, gone)


def day_of(penalty: Penalty) -> dt.date:
    """The day from which it is known: that of its service."""
    assert penalty.served_on is not None
    return penalty.served_on


def is_fraud(penalty: Penalty) -> bool:
    standing = Violation.objects.filter(proceeding=penalty.proceeding, withdrawn_at=None)
    return standing.filter(type__basis=ViolationType.Basis.FRAUD).exists()


def measures(institution: Institution) -> None:
    """Of each decision its heaviest measure; what was annulled from the beginning is withdrawn."""
    by_decision: dict[str, list[Measure]] = {}
    for measure in Measure.objects.filter(institution=institution, kind__in=BY_WEIGHT).order_by("pk"):
        by_decision.setdefault(measure.because, []).append(measure)
    for number, imposed in by_decision.items():
        standing = sorted((one for one in imposed if one.counts), key=lambda one: BY_WEIGHT.index(one.kind))
        if not standing:
            fallen(institution, RecordKind.MEASURE, [number])
            continue
        first = standing[0]
        known = min(first.since, timezone.localdate())
        note(
            institution, OF_MEASURES[Measure.Kind(first.kind)], kind=RecordKind.MEASURE, number=number,
            happened_on=known, known_on=known,
        )  # fmt: skip


def breaches(institution: Institution) -> None:
    """Those that were carried out and led to no measure in the register; an annulled one is withdrawn."""
    rows = Proceeding.objects.filter(case__institution=institution, kind=Kind.BREACH)
    annulled = ProceedingEvent.objects.filter(proceeding__in=rows, move="annul").values("proceeding")
    registered = Measure.objects.filter(institution=institution, kind__in=BY_WEIGHT).values("because")
    carried_out = rows.filter(breach__executed_at__isnull=False).exclude(number__in=registered)
    for proceeding in carried_out.exclude(pk__in=annulled).select_related("breach"):
        executed = timezone.localdate(proceeding.breach.executed_at)
        note(
            institution, Indicator.BREACH, kind=RecordKind.BREACH, number=proceeding.number, happened_on=executed,
            known_on=executed, amount=proceeding.breach.base,
        )  # fmt: skip
    fallen(institution, RecordKind.BREACH, rows.filter(pk__in=annulled).values_list("number", flat=True))


def findings(institution: Institution) -> None:
    """Those that two people upheld and that no case goes on with: a case speaks for its findings."""
    rows = Hearing.objects.filter(institution=institution, state__in=CONFIRMED, confirmed__gt=0, in_case=None)
    for hearing in rows:
        upheld = hearing.events.filter(after=Heard.UPHELD).order_by("pk").first()
        day = timezone.localdate(upheld.at if upheld else hearing.moved_at)
        note(
            institution, Indicator.CONFIRMED, kind=RecordKind.HEARING, number=str(hearing.pk), happened_on=day,
            known_on=day, amount=hearing.fund_confirmed,
        )  # fmt: skip
    gone = Hearing.objects.filter(institution=institution).exclude(pk__in=rows.values("pk"))
    fallen(institution, RecordKind.HEARING, (str(key) for key in gone.values_list("pk", flat=True)))


def what_was_told(institution: Institution) -> None:
    """What apps beside credit know: self-checks, assessments, grievances."""
    for fact in StandingFact.objects.filter(institution=institution, kind__in=TOLD):
        indicator, kind = TOLD[StandingFact.Kind(fact.kind)]
        event = note(
            institution, indicator, kind=kind, number=fact.record, happened_on=fact.happened_on,
            known_on=fact.known_on, amount=fact.amount,
        )  # fmt: skip
        if fact.taken_back_on:
            withdraw(event, because=fact.taken_back_because, on=fact.taken_back_on)


def fallen(institution: Institution, kind: RecordKind, numbers: Iterable[str]) -> None:
    """Of these records those that still count are withdrawn."""
    rows = CreditEvent.objects.filter(institution=institution, record_kind=kind, record__in=list(numbers))
    for event in rows.exclude(endings__why="withdrawn"):
        withdraw(event, because=event.record)
