"""What is done with other departments beside the tables of moves."""

from institutions.models import Duty
from supervision.coordination import reading
from tests.coordination.office import drafted, given, make_sharing
from tests.walks.acts import Ready, act

INVESTIGATING, LIAISING = frozenset({Duty.INVESTIGATE}), frozenset({Duty.LIAISE})


@act
def draft_a_package() -> Ready:
    sharing = make_sharing()
    return Ready(lambda by: drafted(sharing, by=by), sharing.officer, INVESTIGATING)


@act
def read_a_package() -> Ready:
    sharing = make_sharing()
    package = given(sharing)
    return Ready(lambda by: reading.read_package(package, by=by), sharing.liaison, LIAISING)
