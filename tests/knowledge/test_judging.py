"""A charge is judged by the point that is valid on its day, and the finding shows that point's basis and source."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from claims import warehouse
from supervision.knowledge import loading, proposing
from supervision.knowledge.models import Proposal
from supervision.monitoring import node, runs
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import rulebook
from tests.builders import make_account, make_division, make_institution
from tests.claims.building import publish
from tests.knowledge.sheets import as_csv, national
from tests.monitoring import small

pytestmark = pytest.mark.django_db
A = "XA01AAA001A001010100001"
RULE = "drug_insutype_limited"


@pytest.fixture
def claims(tmp_path: Path, settings: object) -> Path:
    """Two charges of one drug: on the last day of one point, and on the first day of the next."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")  # type: ignore[attr-defined]
    make_institution("H1")
    make_division("990101")
    rows = []
    for number, day in ((1, dt.date(2026, 1, 27)), (2, dt.date(2026, 1, 28))):
        rows.append({
            **small.charge(number, 50), "item": A, "day": day, "province": "990000", "area": "990100",
            "newborn": False, "kind": "outpatient",
        })  # fmt: skip
    publish(tmp_path / "in", {"charge": rows, "visit": [small.visit(insurance="310", day=dt.date(2026, 1, 27))]})
    return tmp_path


def brought() -> Proposal:
    rows = [
        national("KP-1", A, item_name="旧名"),
        national("KP-2", A, item_name="新名", supersedes="KP-1", published_at="2026-01-28", constraint="限工伤保险",
                 announcement_url="https://www.nhsa.gov.cn/2026.html"),
    ]  # fmt: skip
    proposal = proposing.prepare([("all.csv", as_csv(rows))], by=make_account("first", "000000"))
    return proposing.approve(proposal, by=make_account("second", "000000"))


def test_a_charge_is_judged_by_the_point_of_its_day_and_the_page_shows_its_basis(claims: Path, client: Client) -> None:
    loading.load(loading.SHIPPED)
    before, done = loading.version(), brought()
    rule, snapshot = rulebook()[RULE], warehouse.published()
    assert node.answers(rule, "2026-01", snapshot=snapshot, knowledge_version=before).num_rows == 0
    found = node.answers(rule, "2026-01", snapshot=snapshot, knowledge_version=done.version_id or 0).to_pylist()
    assert {(row["charge"][-1], row["point"], row["name"]) for row in found} == {
        ("1", "KP-1", "旧名"),
        ("2", "KP-2", "新名"),
    }
    run = runs.start([RULE], ["2026-01"])
    runs.work(run)
    client.force_login(make_account())
    later = Finding.objects.get(rule=RULE, claim="H1:1", key__endswith=":2")
    page = client.get(later.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Knowledge it was judged by" in page
    assert "药品限工伤保险：限工伤保险" in page
    assert "KP-2" in page
    assert "https://www.nhsa.gov.cn/2026.html" in page
    assert "NHSA: 第三批.xlsx" in page
    assert "KP-1" not in page
