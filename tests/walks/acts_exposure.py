"""Acts beside the tables: telling a case, excusing a find, and what the desk writes down about social supervisors."""

from collections.abc import Callable
from functools import partial
from typing import Any

from institutions.models import Account, Duty
from supervision.complaints.exposure.drafting import excuse, retell
from supervision.complaints.supervisors import working
from supervision.complaints.supervisors.models import SocialSupervisor
from tests.cases.office import make_office, make_officer
from tests.complaints.exposure.telling import TEXTS, make_closed, make_desk, make_draft
from tests.complaints.supervisors.library import make_appointed, make_nominee
from tests.walks.acts import READY, Ready, act

KEEPS = frozenset({Duty.COMPLAINTS})


@act
def tell_a_case() -> Ready:
    desk = make_desk()
    return Ready(partial(tell, make_closed(desk)), desk.writer, KEEPS)


def tell(case: Any, by: Account) -> Any:
    return retell(case, TEXTS, by=by)


@act
def excuse_a_find() -> Ready:
    desk = make_desk()
    typical = make_draft(desk, facts_zh="2号楼空置。")
    return Ready(lambda by: excuse(typical, "address", "2号楼", reason="its own", by=by), desk.second, KEEPS)


@act
def nominate_a_supervisor() -> Ready:
    return Ready(make_nominee, make_officer("keeper", Duty.COMPLAINTS), KEEPS)


def about(name: str, do: Callable[[Any, Account], Any], first: Callable[..., Any] | None = None) -> None:
    """An act about somebody in office; `first` makes what it is about."""

    def ready() -> Ready:
        keeper = make_officer("keeper", Duty.COMPLAINTS)
        appointed = make_appointed(keeper, make_office().chief)
        return Ready(partial(do, first(appointed, keeper) if first else appointed), keeper, KEEPS)

    READY[name] = ready


def with_task(one: SocialSupervisor, by: Account) -> Any:
    return working.give_task(one, "visit", by=by)


def with_lead(one: SocialSupervisor, by: Account) -> Any:
    return working.note_lead(one, "empty beds", by=by)


about("give_a_task", with_task)
about("bring_a_lead", with_lead)
about("appraise_a_supervisor", lambda one, by: working.appraise(one, "diligent", by=by))
about("write_a_tasks_report", lambda task, by: working.write_report(task, "done", by=by), with_task)
about("take_up_a_lead", lambda lead, by: working.take_up(lead, "Empty beds", by=by), with_lead)
about("leave_a_lead", lambda lead, by: working.leave_lead(lead, "no more to it", by=by), with_lead)
