"""Everybody who may not do an act that is no row of a table."""

from collections.abc import Iterator

from institutions.models import Account, Department, Duty
from tests.builders import make_institution
from tests.walks.acts import Ready
from tests.walks.walking import stranger


def strangers_to(ready: Ready) -> Iterator[tuple[str, Account]]:
    """Every kind of account that may not do it."""
    inside, duty = ready.by.institution, min(ready.duties)
    party = ready.by.department.party if ready.by.department else "authority"
    elsewhere = make_institution("H99020100009", division="990201")
    for other in Duty:
        if other not in ready.duties and not (inside and other == Duty.ADMINISTER):
            yield f"only {other}", stranger([other], inside=inside, party=party)
    yield "no duty", stranger([], inside=inside, party=party)
    yield "stopped", stranger([duty], inside=inside, party=party, is_active=False)
    yield "of another institution", stranger([duty], inside=elsewhere)
    if ready.of_one_place:
        yield "of a neighbour", stranger([duty], territory="990200", party=party)
    yield "of nowhere", stranger([duty], territory=None)
    if not inside:
        yield "of the accused", stranger([duty], inside=make_institution("H99010000001", division="990101"))
    for one in Department.Party:
        if ready.party not in (None, one):
            yield f"of the {one}", stranger([duty], party=one)
