"""The insurers' side of the invented prefecture: a prepayment is paid and set off, months are told by letters."""

from pathlib import Path

import pytest
import time_machine

from institutions.models import Institution
from supervision.cases.demonstration import assemble
from supervision.cases.demonstration.telling import tell
from supervision.documents.models import Document
from supervision.payments import budgeting, demonstration
from supervision.payments.models import Hospitalization, MonthlySettlement, Prepayment, WeightList
from tests.builders import make_institution
from tests.cases import test_demonstration as cases
from tests.claims.building import publish
from tests.payments.office import treat

pytestmark = pytest.mark.django_db
hospital = cases.hospital
MONTHS = ("2026-03", "2026-04", "2026-05", "2026-06")


@pytest.fixture
def prefecture(hospital: Institution, tmp_path: Path) -> list[Institution]:
    """Three hospitals that settle four months with the employees' fund, and somebody who is insured."""
    places = [hospital, *(make_institution(f"H9901010010{turn}") for turn in (1, 2))]
    for month in MONTHS:
        for place in places:
            treat(tmp_path, place, 100_000, 50_000, month=month)
    publish(tmp_path, {"member": [{"member": "m1", "insured_area": "990101"}]})
    return places


@time_machine.travel("2026-11-20T10:00+08:00")
def test_what_was_lent_in_january_is_set_off_month_by_month(prefecture: list[Institution]) -> None:
    cast = assemble()
    tell(demonstration.stories(cast))
    lent = Prepayment.objects.get(institution=prefecture[0], fund="310")
    assert lent.state == "offset"  # its second month is objected to, and waits
    taken = [one.amount for one in lent.drawdowns.all()]
    assert 0 < lent.set_off == sum(taken) < lent.amount
    assert Prepayment.objects.get(institution=prefecture[1], fund="310").state == "settled"
    assert Prepayment.objects.get(fund="390").state == "refused"

    here = MonthlySettlement.objects.filter(month__gte="2026-01", fund="310", institution__in=prefecture)
    assert {one.adjustments for one in here} == {0}  # what came before is no month to adjust
    paid = here.filter(state="reconciled").values_list("number", flat=True)
    assert set(paid) == set(Document.objects.filter(kind="settlement_paid").values_list("about", flat=True))
    assert Document.objects.filter(kind="settlement_approved").count() == len(paid)

    [beyond] = [one for one in budgeting.of_institutions(cast.books, 2026) if one.beyond]
    assert beyond.budget.institution == prefecture[0]
    assert all("虚构" in one.source for one in WeightList.objects.all())
    assert Hospitalization.objects.filter(area="990100", month__in=MONTHS).count() == 3
