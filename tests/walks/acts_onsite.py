"""Acts of visits and samples that are no row of a table."""

from decimal import Decimal
from uuid import uuid4

from institutions.models import Duty
from supervision.onsite import sampling, visiting
from tests.onsite.office import Device, daily, make_office, opened
from tests.onsite.prefecture import sample_of
from tests.walks.acts import Ready, act

GOES = frozenset({Duty.INVESTIGATE})


@act
def open_a_visit() -> Ready:
    office = make_office()
    place = office.first.territory
    assert place is not None
    return Ready(
        lambda by: visiting.open_visit(
            about="", institution=office.hospital, officers=[office.first, office.second], checklist=daily(),
            place=place, by=by,
        ),
        office.first, GOES,
    )  # fmt: skip


@act
def take_a_visit_along() -> Ready:
    office = make_office()
    visit = opened(office)
    return Ready(lambda by: visiting.take_along(visit, uuid4(), by=by), office.first, GOES)


@act
def hand_a_visit_back() -> Ready:
    office = make_office()
    visit = opened(office)
    device = Device(visit, office.first).taken()
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # over nothing
    return Ready(
        lambda by: visiting.hand_back(visit, device.ident, entries=0, digest=digest, by=by), office.first, GOES
    )


@act
def give_a_device_up() -> Ready:
    office = make_office()
    visit = opened(office)
    device = Device(visit, office.second).taken()
    return Ready(lambda by: visiting.give_up_device(visit, device.ident, why="lost", by=by), office.first, GOES)


@act
def judge_a_drawn_claim() -> Ready:
    office = make_office()
    sample = sample_of("9901", office.hospital, by=office.first)
    claim = sample.sampled.get().pk
    return Ready(
        lambda by: sampling.judge_claim(sample, claim, wrong=Decimal("1.00"), why="twice", by=by), office.first, GOES
    )
