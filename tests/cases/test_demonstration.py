"""The demonstration's cases and hearings come about by the moves people make, and its ledger adds up."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Institution
from supervision.audit.models import Entry
from supervision.cases import demonstration
from supervision.cases.models import Case, CaseEvent, Proceeding
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing.models import Hearing, HearingEvent
from supervision.ledger.models import Balance, Posting
from tests.builders import make_division, make_institution
from tests.cases.handled import make_department, make_insurer
from tests.claims.building import publish
from tests.hearing.charged import charge, line, visit
from tests.hearing.heard import make_lines

FINDINGS = 29  # as many as the demonstration hears of its hospital


@pytest.fixture
def hospital(db: None, tmp_path: Path, settings: Settings) -> Institution:
    """The largest of the prefecture, with findings about claims that stand in the warehouse."""
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    for code in ("990101", "990200", "000000"):
        make_division(code)
    for party in ("authority", "handling", "industry"):
        make_department(party)
    make_insurer()
    place = make_institution("H99010100001", beds=900)
    claims = [f"{place.pk}:c{number}" for number in range(FINDINGS)]
    lines = [line(claim, number, 60000) for claim in claims for number in (1, 2)]
    visits = [visit(claim, total=120000) for claim in claims]
    publish(tmp_path, {"visit": visits, "fee_line": lines, "charge": list(map(charge, lines))})
    for claim in claims:
        make_lines("600.00", "600.00", place=place, rule="item_exact_duplicate", claim=claim)
    return place


def test_cases_on_every_track_and_hearings_at_every_step_over_months(hospital: Institution) -> None:
    demonstration.hear_and_handle(demonstration.assemble())
    assert set(Proceeding.objects.values_list("kind", flat=True)) == {
        "penalty", "recovery", "breach", "interview", "suspension", "criminal", "transfer", "rectification", "discipline",
    }  # fmt: skip
    assert {"notified", "accepted", "appealed", "second_review", "verification", "upheld", "withdrawn"} <= set(
        Hearing.objects.values_list("state", flat=True)
    )
    settled, _returned, with_the_police, *others = Case.objects.order_by("pk")
    assert len(others) == 2
    assert settled.proceedings.get(kind="penalty").state == "closed"
    assert with_the_police.proceedings.get(kind="penalty").overall_clock.state == "paused"  # type: ignore[union-attr]
    assert Document.objects.filter(kind="transfer_letter").count() == 2
    assert Posting.objects.aggregate(all=Sum("amount"))["all"] == Decimal("0.00")
    first = Balance.objects.filter(item__case=settled.number, amount__gt=0).values_list("stage", flat=True)
    assert set(first) == {"cash"}

    # It lies over months, in the order of days; the chain of acts keeps when it was really told.
    days = [timezone.localdate(at) for at in CaseEvent.objects.order_by("pk").values_list("at", flat=True)]
    assert days == sorted(days)
    assert (days[-1] - days[0]).days > 60
    assert days[-1] < timezone.localdate()
    begun = HearingEvent.objects.filter(move="open").select_related("hearing__finding")
    assert all(event.hearing.finding.found_at < event.at for event in begun)
    numbered = Document.objects.order_by("pk").values_list("issued_at", flat=True)
    assert list(numbered) == sorted(numbered)
    assert {"running", "paused", "met"} <= set(Clock.objects.values_list("state", flat=True))
    assert Clock.objects.filter(state="running", due_at__lt=timezone.now()).exists()
    assert Entry.objects.order_by("number").first().at[:10] >= str(timezone.now().date())  # type: ignore[union-attr]
