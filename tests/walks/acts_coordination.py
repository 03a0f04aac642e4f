"""What is done with other departments beside the tables of moves."""

from django.utils import timezone

from institutions.models import Duty
from supervision.coordination import keys, meeting, reading
from tests.coordination.office import brought, called, drafted, given, make_sharing, minuted
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


@act
def bring_a_departments_lead() -> Ready:
    sharing = make_sharing()
    return Ready(lambda by: brought(sharing, by=by), sharing.liaison, LIAISING)


@act
def call_a_meeting() -> Ready:
    sharing = make_sharing()
    return Ready(lambda by: called(sharing, by=by), sharing.officer, INVESTIGATING)


@act
def decide_a_task() -> Ready:
    sharing = make_sharing()
    made, day = minuted(sharing), timezone.localdate()
    return Ready(
        lambda by: meeting.decide_task(made, "x", partner=None, due_on=day, by=by), sharing.officer, INVESTIGATING
    )


@act
def open_a_departments_key() -> Ready:
    return Ready(lambda by: keys.open_department_key(by=by), make_sharing().liaison, LIAISING)


@act
def close_a_departments_key() -> Ready:
    sharing = make_sharing()
    keys.open_department_key(by=sharing.liaison)
    return Ready(lambda by: keys.close_department_key(1, by=by), sharing.liaison, LIAISING)


@act
def set_where_a_department_is_told() -> Ready:
    sharing = make_sharing()
    return Ready(lambda by: keys.set_endpoint("https://police.example/", by=by), sharing.liaison, LIAISING)
