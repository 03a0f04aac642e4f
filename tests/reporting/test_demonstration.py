"""The whole demonstration comes about by the moves that people make: designations, money, points and grades too."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from credit.commitments.models import Commitment
from credit.models import Evaluation, Repair
from credit.points.models import ScoreRecord
from institutions.models import Institution, Practitioner, Registration
from reporting import demonstration
from supervision.designation.models import Application, Contract
from supervision.inspections.models import Draw, Inspection, Sealing
from supervision.major.models import Interview, Issue
from supervision.payments.models import FundMonth, MonthlySettlement, Prepayment
from supervision.selfchecks.models import Report
from tests.builders import make_institution
from tests.cases import test_demonstration as cases
from tests.complaints.vault.building import make_keys

hospital = cases.hospital
MORE = {"hospital": ("H", 8), "clinic": ("C", 4), "pharmacy": ("P", 5)}


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> None:
    """Keys of the test's own, for what reporters tell of themselves."""
    for name in ("VAULT_KEYS_FILE", "VAULT_PUBLIC_KEYS_FILE", "VAULT_PUBLIC_KEYS", "VAULT_SOCKET"):
        setattr(settings, name, getattr(settings, name))  # what is set below is taken back
    make_keys(tmp_path)


@pytest.fixture(autouse=True)
def more_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "FINDINGS", cases.FINDINGS + 2)


@pytest.fixture
def prefecture(hospital: Institution) -> Institution:
    """More institutions of each kind, and four doctors of the hospital."""
    for kind, (sign, number) in MORE.items():
        for turn in range(number):
            make_institution(f"{sign}99010100{turn + 101}", kind=kind)
    for turn in range(4):
        doctor = Practitioner.objects.create(code=f"D99010100{turn:04}", name=f"测试医师{turn}", kind="physician")
        Registration.objects.create(practitioner=doctor, institution=hospital, since=date(2020, 1, 1))
    return hospital


def states(model: type) -> set[str]:
    return set(model.objects.values_list("state", flat=True))  # type: ignore[attr-defined]


def test_every_part_tells_its_stories(prefecture: Institution) -> None:
    assert demonstration.tell()
    assert states(Application) == {"supplement", "publicised", "signed", "barred"}
    assert states(Contract) == {"in_force", "suspended", "published", "defended", "offered"}
    assert set(Contract.objects.filter(main__isnull=False).values_list("state", flat=True)) == {"in_force", "offered"}
    assert set(Evaluation.objects.filter(state="effective").values_list("letter", flat=True)) == {"A", "B", "C", "D"}
    assert {"computed", "publicised", "objected", "superseded"} <= states(Evaluation)
    assert states(Repair) == {"granted"}
    assert states(Commitment) == {"told", "in_force", "breached"}
    assert {7, 12} <= set(ScoreRecord.objects.filter(state="effective").values_list("points", flat=True))
    assert {"appealed", "proposed"} <= states(ScoreRecord)
    assert "reconciled" in states(MonthlySettlement)
    assert states(Prepayment) <= {"applied", "refused", "paid", "offset", "settled"}
    assert FundMonth.objects.exclude(published_at=None).exists()
    assert {"submitted", "rechecked"} <= states(Report)
    assert states(Issue) == {"reviewed", "supervised"}
    assert Issue.objects.reported_late().count() == 1
    assert states(Interview) == {"rectifying"}
    assert states(Inspection) == {"closed", "feedback"}
    assert Draw.objects.published().count() == 1
    assert states(Sealing) == {"sealed"}
