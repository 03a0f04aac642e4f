"""A finding made on the spot beside those of rules: owned once, never withdrawn by a run, and proved without one."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from supervision.documents.models import Document
from supervision.hearing import packs
from supervision.hearing.models import Hearing
from supervision.hearing.proving import problems
from supervision.hearing.workflow import HEARING
from supervision.inspections.models import Fact
from supervision.ledger.models import SelfCorrected
from supervision.monitoring import owning
from supervision.monitoring.again import CannotRunAgain, run_again
from supervision.monitoring.models import Finding, FindingQuerySet
from supervision.moves import MoveRefused
from tests.builders import make_finding, make_line
from tests.inspections import office as tell
from tests.inspections.office import Office


def heard(office: Office, folder: Path, *, suspected: str = "30.00") -> Fact:
    inspection = tell.on_site(tell.drawn(office))
    fact = tell.found(inspection, claim=tell.settled(office, folder), suspected=suspected)
    inspection = tell.concluded(tell.defended(tell.fed_back(inspection), office))
    tell.move(inspection, "hand_on", by=office.hearer)
    fact.refresh_from_db()
    return fact


def hearing_of(fact: Fact) -> Hearing:
    assert fact.hearing is not None
    return fact.hearing


def test_no_fen_has_two_owners(office: Office, folder: Path) -> None:
    claim = f"{office.hospital.pk}:1"
    rule = make_finding(office.hospital, at_stake="100.00", claim=claim, certainty=Finding.Certainty.HIGH)
    rule.lines.all().delete()
    make_line(rule, charge=f"{claim}:1", at_stake=Decimal(100), amount=10_000)
    found = hearing_of(heard(office, folder)).finding
    rule.refresh_from_db()
    assert (found.owned, rule.owned) == (Decimal(30), Decimal(70))


def test_what_the_institution_reported_itself_is_not_asked_for_again(office: Office, folder: Path) -> None:
    fact = heard(office, folder)
    claim = f"{office.hospital.pk}:1"
    SelfCorrected.objects.create(
        institution=office.hospital, record="ZC-1", claim=claim, charge=f"{claim}:1", amount=Decimal(20),
        fund=Decimal(16), factor=0, reason="x",
    )  # fmt: skip
    hearing = HEARING.make(hearing_of(fact), "take_up", by=office.hearer)
    hearing = HEARING.make(hearing, "notify", by=office.hearer)
    assert hearing.suspected == Decimal(10)
    letter = Document.objects.get(about=str(hearing), kind="finding_notice")
    assert "现场检查" in letter.text_zh
    assert "第二十七条" in letter.text_zh
    assert "on_site_inspection" not in letter.text_zh + letter.text_en


def test_it_was_found_by_no_run_and_is_not_found_again(office: Office, folder: Path) -> None:
    found = hearing_of(heard(office, folder)).finding
    assert (found.first_run, found.last_run, found.acted_on, found.status) == (None, None, True, "open")
    with pytest.raises(CannotRunAgain):
        run_again(found)
    mine = Finding.objects.filter(pk=found.pk)
    assert isinstance(mine, FindingQuerySet)
    owning.unsettle(mine)
    owning.settle()
    found.refresh_from_db()
    assert found.owned == Decimal(30)


def test_its_pack_tells_that_no_run_found_it(office: Office, folder: Path) -> None:
    hearing = hearing_of(heard(office, folder))
    with ZipFile(BytesIO(packs.take(hearing, by=office.hearer))) as archive:
        pack = json.loads(archive.read("pack.json"))
    assert (pack["run"], pack["warehouse"]) == (None, None)
    assert pack["finding"]["rule"] == "on_site_inspection"
    assert list(problems(pack, lambda _path: None, with_files=False)) == []
    assert list(problems({**pack, "finding": {**pack["finding"], "page_hash": "0" * 64}}, lambda _path: None))


def test_findings_are_handed_on_once(office: Office, folder: Path) -> None:
    fact = heard(office, folder)
    with pytest.raises(MoveRefused, match="handed on already"):
        tell.move(fact.inspection, "hand_on", by=office.hearer)
    assert Finding.objects.filter(rule="on_site_inspection").count() == 1
