"""What a hospital has reported itself nobody asks for a second time, and damages take it as lightly as the rows say."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from institutions.models import Account, Institution
from supervision.cases import breaching, lightening
from supervision.cases.models import Breach, DamagesRate, Proceeding
from supervision.hearing import reported
from supervision.hearing.models import Hearing
from supervision.ledger.models import Item, SelfCorrected, Stage
from supervision.moves import MoveRefused
from supervision.selfchecks.models import Leniency, Report
from supervision.selfchecks.reporting import REPORT
from tests.cases.handled import begin, make_agreement, make_case, make_insurer, move
from tests.cases.handled import make_office as make_handling
from tests.hearing.heard import make_lines, make_reviewer, notified
from tests.ledger.small import move as into
from tests.selfchecks.office import Office, handed_in

pytestmark = pytest.mark.django_db


def accepted(office: Office, folder: Path) -> Report:
    """¥30 of the first line of claim 1 are reported; the fund had paid ¥24 of them."""
    return REPORT.make(handed_in(office, folder), "accept", by=office.first)


def heard(place: Institution, *amounts: str) -> Hearing:
    return notified(make_lines(*amounts, place=place, claim=f"{place.pk}:1"), make_reviewer("reviewer"))


def test_a_finding_on_a_line_that_was_reported_whole_is_refused_with_the_report(office: Office, folder: Path) -> None:
    report = accepted(office, folder)
    with pytest.raises(MoveRefused, match=report.number):
        heard(office.hospital, "30.00")


def test_of_a_line_that_was_reported_in_part_only_the_rest_is_heard(office: Office, folder: Path) -> None:
    report = accepted(office, folder)
    hearing = heard(office.hospital, "40.00", "20.00")
    assert list(hearing.lines.values_list("suspected", flat=True)) == [Decimal("10.00"), Decimal("20.00")]
    [shown] = reported.self_reported(hearing)
    assert (shown.record, shown.amount, shown.fund) == (report.number, Decimal("30.00"), Decimal("24.00"))


def test_what_is_not_taken_in_yet_leaves_a_finding_as_it_is(office: Office, folder: Path) -> None:
    report = handed_in(office, folder)
    assert heard(office.hospital, "40.00").suspected == Decimal("40.00")
    with pytest.raises(MoveRefused, match="being heard"):
        REPORT.make(report, "accept", by=office.first)
    assert not SelfCorrected.objects.exists()


def test_both_sides_read_on_the_finding_what_was_reported(office: Office, folder: Path, client: Client) -> None:
    report = accepted(office, folder)
    hearing = heard(office.hospital, "40.00")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for reader, address in (
        (office.first, hearing.get_absolute_url()),
        (office.signer, f"/institution/findings/{hearing.pk}/"),
    ):
        client.force_login(reader)
        page = client.get(address).content.decode()
        assert report.number in page
        assert "so that nobody pays it twice" in page


def breach_of(office: Office, hearing: Hearing) -> Proceeding:
    """The rest that was heard went into a case, and the agency handles it as a breach with damages."""
    case = make_case(make_handling(), institution=office.hospital)
    item = Item.objects.get(reference=f"hearing line {hearing.lines.get().pk}")
    into(item, Stage.SUSPECTED, Stage.CONFIRMED, "8.00")
    Item.objects.filter(pk=item.pk).update(case=case.number)
    make_agreement(office.hospital)
    DamagesRate.objects.create(
        insurer=make_insurer(),
        rate=Decimal("0.3"),
        source="agreement, art. 50",
        valid=DateRange(date(2024, 1, 1), None),
    )
    agent = Account.objects.get(username="agent")
    return move(begin(case, "breach", agent), "notify", agent, measures=["M4"], note="found")


@pytest.mark.parametrize(("factor", "damages"), [("0", "2.40"), ("0.5", "6.00"), ("1", "9.60")])
def test_damages_take_what_was_reported_by_the_factor_of_the_row(
    factor: str, damages: str, office: Office, folder: Path
) -> None:
    Leniency.objects.filter(code="damages").update(value=Decimal(factor))
    report = accepted(office, folder)
    breach = breach_of(office, heard(office.hospital, "40.00"))
    assert breach.amount == Decimal(damages)  # 0.3 of the 8 that were heard, and of the 24 as the factor says
    [kept] = Breach.objects.get(proceeding=breach).lightened.all()
    assert (kept.amount, kept.factor, kept.line.record) == (Decimal("24.00"), Decimal(factor), report.number)
    assert "自查自纠" in breaching.demand(breach)


def test_a_false_report_makes_damages_heavier(office: Office, folder: Path) -> None:
    report = accepted(office, folder)
    Report.objects.filter(pk=report.pk).update(state="refunded", seed="drawn")
    report.refresh_from_db()
    REPORT.make(report, "recheck", by=office.second, recheck_outcome="false", note="invented")
    assert SelfCorrected.objects.get().factor == Decimal(2)
    breach = breach_of(office, heard(office.hospital, "40.00"))
    assert breach.amount == Decimal("16.80")  # 0.3 of 8 + 2 x 24


def test_what_one_breach_has_taken_another_does_not(office: Office, folder: Path) -> None:
    Leniency.objects.filter(code="damages").update(value=Decimal(1))
    accepted(office, folder)
    first = breach_of(office, heard(office.hospital, "40.00"))
    assert first.handler is not None
    other = begin(first.case, "breach", first.handler)
    assert lightening.lighten(other, breaching.breach_of(other)) == 0
