"""The demonstration's reports come about by what citizens tell and the moves people make, beside its cases."""

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Institution
from supervision.complaints import demonstration
from supervision.complaints.exposure.models import TypicalCase
from supervision.complaints.gate.models import Upload
from supervision.complaints.models import Complaint, ComplaintEvent, State
from supervision.complaints.rewards.models import Reward
from supervision.complaints.vault.models import Opening
from supervision.documents.models import Document
from tests.builders import make_institution
from tests.cases import test_demonstration as cases

hospital = cases.hospital
HEARD_BESIDE = 2  # findings that the great case is about


@pytest.fixture(autouse=True)
def more_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "FINDINGS", cases.FINDINGS + HEARD_BESIDE)


def test_reports_at_every_step_over_months_with_one_rewarded(hospital: Institution) -> None:
    for number in range(6):
        make_institution(f"H9901010000{number + 2}")
    kept = demonstration.tell(demonstration.assemble())
    assert len(kept) == Complaint.objects.count() == 25
    assert set(Complaint.objects.values_list("state", flat=True)) == set(State.values) - {"filed"}
    assert set(Complaint.objects.values_list("kind", "named")) == {
        (kind, named) for kind in ("tip", "grievance") for named in (True, False)
    }
    assert Upload.objects.exclude(subject="").count() == 6
    assert set(Opening.objects.values_list("state", flat=True)) == {"asked", "approved"}
    assert Reward.objects.get().state == "paid"
    assert TypicalCase.objects.get().state == "published"

    days = [timezone.localdate(at) for at in ComplaintEvent.objects.order_by("pk").values_list("at", flat=True)]
    assert days == sorted(days)
    assert (days[-1] - days[0]).days > 60
    numbered = Document.objects.order_by("pk").values_list("issued_at", flat=True)
    assert list(numbered) == sorted(numbered)

    rewarded = next(one for one in kept if one.about == "rewarded")
    page = Client(HTTP_ACCEPT_LANGUAGE="en").post("/report/follow/", {"receipt": rewarded.receipt})
    assert rewarded.number in page.content.decode()
