"""Acts beside the table of requests for assistance. Those that read a warehouse are tried in tests/assistance."""

from decimal import Decimal

from institutions.models import Duty
from supervision.assistance import naming
from tests.assistance.regions import made, make_regions
from tests.walks.acts import Ready, act

OFFICER = frozenset({Duty.INVESTIGATE})


@act
def leave_a_claim_out() -> Ready:
    at = make_regions()
    request = made(at)
    key = request.claims.get().pk
    return Ready(lambda by: naming.leave_claim_out(request, key, by=by), at.home.officer, OFFICER)


@act
def answer_about_a_claim() -> Ready:
    at = make_regions()
    request = made(at, "handling")
    key = request.claims.get().pk
    return Ready(
        lambda by: naming.answer_claim(request, key, found=True, lost=Decimal(1), words="x", by=by), at.away.officer,
        OFFICER,
    )  # fmt: skip
