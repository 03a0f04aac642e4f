"""Social supervisors for tests, brought to where a test begins."""

from typing import Any

from institutions.models import Account
from supervision.complaints.supervisors.models import SocialSupervisor
from supervision.complaints.supervisors.workflow import SUPERVISOR
from supervision.complaints.supervisors.working import nominate
from tests.builders import make_division
from tests.cases.office import run_out


def make_nominee(by: Account, person: str = "沈知秋", division: str = "990100", **facts: Any) -> SocialSupervisor:
    values: dict[str, Any] = {"category": "expert", "recommended": "invited", "reason": "knows billing"}
    return nominate(person, division=make_division(division), by=by, **{**values, **facts})


def make_public(by: Account, chief: Account, **facts: Any) -> SocialSupervisor:
    selected = SUPERVISOR.make(make_nominee(by, **facts), "select", by=chief, note="the best")
    return SUPERVISOR.make(selected, "publicise", by=by)


def make_appointed(by: Account, chief: Account, **facts: Any) -> SocialSupervisor:
    public = make_public(by, chief, **facts)
    run_out(public.clock)
    return SUPERVISOR.make(public, "appoint", by=chief)
