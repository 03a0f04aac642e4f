"""The ways of a visit and of a sample."""

from collections.abc import Mapping
from typing import Any

from institutions.models import Duty
from supervision.onsite.models import Sample, SampledClaim, Visit
from supervision.onsite.sample_workflow import SAMPLE
from supervision.onsite.workflow import VISIT
from tests.onsite.office import Device, filled, make_office, opened
from tests.onsite.prefecture import sample_of
from tests.walks.walking import Walk


def visit() -> Walk:
    office = make_office()

    def home(subject: Visit) -> Mapping[str, Any]:
        device = Device(subject, office.first).taken()
        filled(device)
        device.send()
        assert device.hand_back()
        return {}

    return Walk(VISIT, lambda: opened(office), {Duty.INVESTIGATE: office.first}, {"seal": home})


def sample() -> Walk:
    office = make_office()

    def judged(subject: Sample) -> Mapping[str, Any]:
        SampledClaim.objects.filter(sample=subject).update(wrong="1.00", why="twice", judged_by=office.second)
        return {}

    return Walk(
        SAMPLE, lambda: sample_of("9901", office.hospital, by=office.first),
        {Duty.INVESTIGATE: office.first, Duty.DECIDE: office.head}, {"estimate": judged},
    )  # fmt: skip
