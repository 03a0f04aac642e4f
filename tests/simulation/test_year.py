"""A year told by moves comes to its end, adds up, and says where it would not."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from pytest_django import Settings

from institutions.models import Institution
from supervision.cases.demonstration import heard
from supervision.cases.demonstration.telling import tell
from supervision.cases.models import Case
from supervision.complaints import demonstration as complaints
from supervision.complaints.demonstration import Kept
from supervision.documents.models import Document
from supervision.hearing.models import HearingLine
from supervision.inspections.models import Inspection
from supervision.monitoring.models import FindingTotal
from supervision.payments.models.settlements import SettlementLine
from supervision.simulation import reconciling, year
from tests.cases import test_demonstration as cases
from tests.reporting import test_demonstration as demonstration

hospital, prefecture = cases.hospital, demonstration.prefecture
vault, more_findings = demonstration.vault, demonstration.more_findings
TINY = year.Scale(0, hearings=0, cases=0, reports=3, flights=1, daily=1, evaluations=2, requests=0)
FALSE: dict[str, Callable[[], object]] = {
    "settlements: deposit": lambda: SettlementLine.objects.filter(figure="deposit").update(amount=F("amount") + 1),
    "findings: open, and kept totals": lambda: FindingTotal.objects.update(findings=F("findings") + 1),
    "histories: cases.case elsewhere": lambda: Case.objects.filter(state="filed").update(state="new"),
    "hearings: suspected of hearings": lambda: HearingLine.objects.update(suspected=F("suspected") + 1),
    "letters: files that are not": lambda: Path(newest().pdf.path).write_bytes(b"another"),
}


def newest() -> Document:
    return Document.objects.latest("pk")


def wrong() -> list[str]:
    return [one.name for one in reconciling.checks() if not one.ok]


def test_a_year_is_told_to_its_end_and_adds_up(prefecture: Institution, settings: Settings) -> None:
    told = year.tell_year(7, TINY)
    assert told.left_off == []
    assert wrong() == []
    assert set(Inspection.objects.values_list("mode", "state")) >= {("flight", "closed"), ("daily", "closed")}
    months = {str(at)[:7] for at in Inspection.objects.values_list("events__at", flat=True)}
    assert len(months) > 6

    said = io.StringIO()
    call_command("simulate_year", "--seed", "7", "--check", "--json", stdout=said, stderr=io.StringIO())
    report = json.loads(said.getvalue())
    assert report["reconciled"]
    assert report["institution"] == prefecture.pk
    assert report["counts"]["inspections.inspection"]["all"] == Inspection.objects.count()

    for name, falsify in FALSE.items():
        with transaction.atomic():
            falsify()
            assert [found for found in wrong() if found.startswith(name)], name
            transaction.set_rollback(True)
    with pytest.raises(CommandError, match="letters: files"):  # a file does not come back with a transaction
        call_command("simulate_year", "--seed", "7", "--check", stdout=io.StringIO(), stderr=io.StringIO())


def test_the_same_seed_chooses_the_same(prefecture: Institution) -> None:
    def chosen(seed: int) -> list[tuple[int, str]]:
        desk = complaints.assemble()
        rng = random.Random(seed)
        kept: list[Kept] = []
        stories = year.more_reports(desk, kept, rng, year.SCALES["full"])
        return [(ago, getattr(story, "__qualname__", "")) for ago, story in stories]

    assert chosen(1) == chosen(1) != chosen(2)


def test_a_second_year_is_not_told_over_the_first(prefecture: Institution) -> None:
    tell([(9, heard.heard(1, heard.NOTIFIED, heard.varied(heard.findings()),
                                    complaints.assemble().cases))])  # fmt: skip
    with pytest.raises(CommandError, match="--check"):
        call_command("simulate_year", "--seed", "1", stdout=io.StringIO(), stderr=io.StringIO())
