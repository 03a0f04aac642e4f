"""C1: what an upload is answered tells nothing of claims that the account may not see."""

from pathlib import Path

import pytest

from claims import intake
from institutions.models import Account
from tests.claims.building import a_claim, a_line, take_in, write_folder
from tests.claims.conftest import home, places

__all__ = ["home", "places"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SCAN = {"institution": "H1", "event": "sale", "done_at": "2026-03-01 08:31:00", "loose": "N", "line_no": "1"}


def a_scan(number: str, claim: str) -> dict[str, str]:
    return SCAN | {"scan_no": number, "code": f"800{number}", "claim_no": claim}


@pytest.mark.parametrize("post", [{"institution_id": "H2"}, {"territory_id": "990200"}])
def test_c1_claims_of_others_are_answered_like_claims_that_do_not_exist(home: Path, post: dict[str, str]) -> None:
    take_in(write_folder(home / "in", claims=[a_claim()], lines=[a_line()], scans=[a_scan("1", "a")]))
    clerk = Account.objects.create(username="clerk", **post)
    guesses = write_folder(
        home / "guesses",
        claims=[a_claim("a"), a_claim("b")],
        lines=[a_line("a"), a_line("b")],
        scans=[a_scan("1", "a"), a_scan("2", "b")],
    )
    batch = intake.take_in(intake.make([guesses], profile="template", by=clerk))
    told = batch.rejects.values_list("file", "column", "reason", "detail")
    theirs, missing = (list(told.filter(row=row)) for row in (2, 3))
    assert [(*answer[:3], answer[3].replace("H1:b", "H1:a")) for answer in missing] == theirs
