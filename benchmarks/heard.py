"""A hundred thousand findings heard, with what stands in the ledger: laid out by rows, not by moves, for pages to show.

Every balance is made by the database's own triggers from postings of ordinary entries, so the pages read what they
always read.
"""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from claims.models import Batch, Snapshot
from institutions.loading import load_reference
from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act, Entry
from supervision.cases.models import Case
from supervision.cases.workflows import LEAD
from supervision.clocks import limits, running
from supervision.hearing.models import Hearing, HearingEvent, HearingLine, State
from supervision.ledger import booking
from supervision.ledger.models import Book, Item, Stage
from supervision.monitoring.models import Finding, FindingLine, Run

PLACES, COUNTY = 40, "990101"
MONTHS = [f"2026-{month:02}" for month in range(1, 11)]
WAY = (State.FIRST_REVIEW, State.NOTIFIED, State.APPEALED, State.SECOND_REVIEW, State.UPHELD, State.WITHDRAWN)
AMOUNT = Decimal("123.45")
LEGS = 1_000  # of an entry
RULES = ("drug_sex_restricted", "item_exact_duplicate", "adm_overlap")
AT_ONCE = 5_000

M = TypeVar("M", bound=models.Model)


def kept(rows: Iterator[M]) -> list[M]:
    """Write rows some thousand at a time."""
    made: list[M] = []
    while some := list(itertools.islice(rows, AT_ONCE)):
        made += type(some[0])._default_manager.bulk_create(some)
    return made


def people() -> tuple[Account, Account]:
    """A reviewer of the prefecture with every duty of the desk but two, and whoever reviews after them."""
    area = Division.objects.get(pk="990100")
    duties = [Duty.READ, Duty.MONITOR, Duty.HEAR, Duty.BOOK]
    first, _ = Account.objects.get_or_create(username="bench-first", defaults={"territory": area, "duties": duties})
    second, _ = Account.objects.get_or_create(username="bench-second", defaults={"territory": area, "duties": duties})
    return first, second


def places() -> list[Institution]:
    county = Division.objects.get(pk=COUNTY)
    return [
        Institution.objects.get_or_create(
            code=f"B{number:011}",
            defaults={"name_zh": f"测量医院{number}", "kind": "hospital", "level": 2, "division": county},
        )[0]
        for number in range(PLACES)
    ]


def lay_out(number: int) -> None:
    """As many hearings as are missing, each with its line, its item and its way through the ledger."""
    load_reference()
    first, _second = people()
    missing = number - Hearing.objects.count()
    if missing <= 0:
        return
    with transaction.atomic():
        findings = found(missing)
        hearings = heard(findings, first)
        accused = FindingLine.objects.filter(finding__in=findings).order_by("finding_id")
        lines = kept(
            HearingLine(
                hearing=hearing, line=line, claim=line.claim, charge=line.charge, suspected=AMOUNT,
                confirmed=AMOUNT if hearing.state == State.UPHELD else 0, fund_suspected=AMOUNT,
                fund_confirmed=AMOUNT if hearing.state == State.UPHELD else 0,
            )
            for hearing, line in zip(hearings, accused, strict=True)
        )  # fmt: skip
        into_the_ledger(hearings, lines, first)
    with_clocks(hearings[:2_000], first)
    with_a_case(hearings[0], first)
    told(number, first)


def a_run() -> Run:
    """Whose findings these are: a run over a batch of no claims."""
    if run := Run.objects.first():
        return run
    batch = Batch.objects.create(
        name="bench.csv", profile="template", digest="0" * 64, territory_id="990100", status=Batch.Status.LOADED,
        finished_at=timezone.now(),
    )  # fmt: skip
    snapshot = Snapshot.objects.create(batch=batch, tables={})
    return Run.objects.create(
        snapshot=snapshot, knowledge_version=1, status=Run.Status.DONE, finished_at=timezone.now()
    )


def found(number: int) -> list[Finding]:
    """Findings with a line each, taken up."""
    run, hospitals, begin = a_run(), places(), Finding.objects.count()
    findings = kept(
        Finding(
            rule=RULES[one % 3], key=f"bench:{one}", month=MONTHS[one % 10], institution=hospitals[one % PLACES],
            claim=f"{hospitals[one % PLACES].pk}:{one}", member=f"B{one % 9_999:08}", insured_area="990100",
            certainty=Finding.Certainty.HIGH, severity=2, at_stake=AMOUNT, owned=AMOUNT, fund_at_stake=AMOUNT,
            fund_method="share", because_en=f"Reason {one}", because_zh=f"理由{one}", content=UUID(int=one),
            page_hash="0" * 64, parameters=[], knowledge_version=1, first_run=run, last_run=run,
            found_at=timezone.now(), acted_on=True,
        )
        for one in range(begin, begin + number)
    )  # fmt: skip
    kept(
        FindingLine(finding=one, claim=one.claim, charge=f"{one.claim}:1", at_stake=AMOUNT, owned=AMOUNT, evidence={})
        for one in findings
    )
    return findings


def heard(findings: Sequence[Finding], first: Account) -> list[Hearing]:
    now = timezone.now()
    hearings = kept(
        Hearing(
            finding=one, institution=one.institution, place_id=COUNTY, rule=one.rule, month=one.month,
            state=WAY[place % len(WAY)], suspected=AMOUNT, notified_at=now, first_reviewer=first,
            confirmed=AMOUNT if WAY[place % len(WAY)] == State.UPHELD else 0,
        )
        for place, one in enumerate(findings)
    )  # fmt: skip
    kept(
        HearingEvent(hearing=one, move=move, after=after, by=first)
        for one in hearings
        for move, after in (("open", State.RAISED), ("take_up", State.FIRST_REVIEW), ("notify", State.NOTIFIED))
    )
    return hearings


def into_the_ledger(hearings: Sequence[Hearing], lines: Sequence[HearingLine], by: Account) -> None:
    """Suspected, and where it was decided confirmed: entries of many legs, as a site would book in a year."""
    county, area = Division.objects.get(pk=COUNTY), Division.objects.get(pk="990100")
    items = kept(
        Item(
            reference=f"hearing line {line.pk}", book=Book.FUND, institution_id=hearing.institution_id, place=county,
            pooling_area=area, fund="310", month=hearing.month, address=f"/desk/hearing/{hearing.pk}/",
        )
        for hearing, line in zip(hearings, lines, strict=True)
    )  # fmt: skip
    decided = [item for item, hearing in zip(items, hearings, strict=True) if hearing.state == State.UPHELD]
    for moved, source, target in ((items, Stage.SOURCE, Stage.SUSPECTED), (decided, Stage.SUSPECTED, Stage.CONFIRMED)):
        for begin in range(0, len(moved), LEGS):
            legs = [booking.Leg(item, source, target, AMOUNT) for item in moved[begin : begin + LEGS]]
            booking.book(legs, reason="measured", subject="bench", by=by)


def with_clocks(hearings: Sequence[Hearing], holder: Account) -> None:
    """Deadlines of the first hearings, half of them the reviewer's own."""
    now, code = timezone.now(), "hearing_second_review"
    for place, hearing in enumerate(hearings):
        running.start(
            code, subject=str(hearing), title_zh=f"复审{place}", title_en=f"Second review {place}",
            address=hearing.get_absolute_url(), places=limits.places_of(COUNTY), since=now - timedelta(hours=place % 9),
            duty=Duty.HEAR, holder=holder if place % 2 else None,
        )  # fmt: skip


def with_a_case(hearing: Hearing, by: Account) -> None:
    """A case to look at, with a thousand of the items in it."""
    number = "AJ-990101-2026-900000"
    if Case.objects.filter(number=number).exists():
        return
    Case.objects.create(
        number=number, title="A case of a year", origin=Case.Origin.OTHER, place_id=COUNTY, opened_by=by,
        respondent=Case.Respondent.INSTITUTION, institution=hearing.institution, facts="measured", state=LEAD.first,
    )  # fmt: skip
    Item.objects.filter(pk__in=Item.objects.order_by("pk").values("pk")[:1_000]).update(case=number)


def told(number: int, by: Account) -> None:
    """The chain of acts with as many entries, the later ones as copies that nobody verifies: for the list alone."""
    last = record(Act.HEARING, by, "hearing 1", move="take_up").number
    kept(
        Entry(
            number=one, at=str(timezone.now()), account=by.username, act=Act.HEARING, subject=f"hearing {one}",
            facts={"move": "take_up"}, before="", hash=hashlib.sha256(f"bench {one}".encode()).hexdigest(),
        )
        for one in range(last + 1, number + 1)
    )  # fmt: skip
