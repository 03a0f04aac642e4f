"""A page that nobody has checked yet reads what its asker may see, and nothing of anybody else's."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from claims import warehouse
from institutions.models import Account
from supervision.laboratory import comparing
from supervision.laboratory.models import ChangedFinding, Comparison, Version
from supervision.monitoring import confined
from supervision.monitoring.rulebook import read
from supervision.monitoring.schema import CLAIMS
from tests.builders import make_account, make_institution
from tests.claims.building import publish
from tests.laboratory.pages import CODE, PAGE, back_tested
from tests.monitoring.small import charge, visit

Three = tuple[Account, Account, Account]
# Each line under the name of an institution of the author's, with whom it is about in the sentence.
STEALING = PAGE.replace("SELECT c.institution,", "SELECT 'H1' AS institution,").replace(
    "c.item\n", "c.member AS item\n"
)


@pytest.fixture
def two(tmp_path: Path, settings: Settings, db: None) -> None:
    """Claims of a neighbour's institution; one of them of a member insured in the author's prefecture."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_institution("H1", "990101")
    make_institution("H2", "990201")
    theirs = {"institution": "H2", "member": "M2"}
    rows = [charge(1, 500), charge(2, 700, claim="2", **theirs), charge(3, 900, claim="3", institution="H2")]
    visits = [visit(), visit("2", insured_area="990200", **theirs), visit("3", institution="H2")]
    members = [{"member": "M1", "insured_area": "990100"}, {"member": "M2", "insured_area": "990200"}]
    publish(tmp_path, {"charge": rows, "visit": visits, "member": members})


def stealing(author: Account) -> Version:
    assert author.territory
    return Version.objects.create(
        rule=CODE, number=1, text=STEALING, hash=read(CODE, STEALING).hash, origin="text", reason="x",
        territory=author.territory, author=author,
    )  # fmt: skip


def test_a_back_test_reads_the_claims_that_its_asker_may_see(three: Three, two: None) -> None:
    version = stealing(three[0])
    done = back_tested(version, three[0])
    assert done.status == Comparison.Status.DONE, list(done.months.values())
    found = ChangedFinding.objects.filter(month__comparison=done)
    assert {one.key for one in found} == {"H1:1:1", "H1:3:3"}  # of the own institution; of a member insured here
    assert {one.because_en for one in found} == {"M1 is dear"}
    page = Client(headers={"accept-language": "en"})
    page.force_login(three[0])
    assert "as far as" in page.get(done.get_absolute_url()).content.decode()
    nation = make_account("nation", "000000")
    whole = ChangedFinding.objects.filter(month__comparison=back_tested(version, nation))
    assert {one.because_en for one in whole} == {"M1 is dear", "M2 is dear"}
    # What a wider asker's back-test of the page has read does not come back to its author either.
    wider = version.comparisons.get(asked_by=nation)
    assert page.get(wider.get_absolute_url()).status_code == 404
    assert page.get(whole[0].get_absolute_url()).status_code == 404
    assert wider.get_absolute_url() not in page.get(version.get_absolute_url()).content.decode()


def test_every_relation_of_claims_and_members_is_narrowed(three: Three, two: None) -> None:
    version = stealing(three[0])
    made = comparing.back_test(version, ["2026-01"], by=three[0])
    seen = comparing.seen_in(made)
    assert seen
    assert (list(seen.institutions), seen.prefix) == (["H1"], "9901")
    public = {"institution", "registration", "permit", "equipment"}
    assert {name for name in CLAIMS if not confined.shown_of(name)} == public
    with warehouse.connect() as con:
        warehouse.attach(con, made.snapshot, month="2026-01", back=0)
        confined.narrow(con, made.snapshot, seen, ["2026-01"], CLAIMS)
        assert {row[0] for row in con.execute("SELECT claim FROM charge").fetchall()} == {"H1:1", "H1:3"}
        assert {row[0] for row in con.execute("SELECT claim FROM visit_history").fetchall()} == {"H1:1", "H1:3"}
        assert con.execute("SELECT member FROM member").fetchall() == [("M1",)]
