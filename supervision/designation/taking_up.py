"""What comes about by itself, by night: times that ran out, days that came, and what others decided."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from institutions.models import Agreement
from supervision.moves import THE_SITE, Movable, MoveRefused, Workflow

from . import following, renewing
from .models import Application, Contract, ContractEvent, Stage, Standing
from .models.contracts import GONE, LIVING, UNDER_WAY
from .workflows import AGREEMENT, APPLICATION

STATES = {
    Agreement.State.IN_FORCE: (Stage.SUSPENDED, Stage.RESUMPTION_ASKED, Stage.TERMINATED, Stage.PUBLISHED),
    Agreement.State.SUSPENDED: tuple(set(LIVING) - {Stage.SUSPENDED, Stage.RESUMPTION_ASKED}),
    Agreement.State.TERMINATED: LIVING,
}


def take_up() -> int:
    """Everything that is due, once; how many moves were made. Twice changes nothing."""
    open_files()
    moved = follow_decisions() + let_run_out() + days_that_came() + terms_that_ended() + main_ones_that_changed()
    renewing.remind()
    return moved


def open_files() -> int:
    """Agreements that came in otherwise get a file, so that their terms are kept like all others."""
    today, opened = timezone.localdate(), 0
    rows = Agreement.objects.filter(contract=None, period__contains=today, period__endswith__isnull=False)
    for agreement in rows.exclude(state__in=Agreement.OVER).select_related("institution", "insurer"):
        assert agreement.last_day is not None
        contract = Contract.objects.create(
            number=agreement.number, institution=agreement.institution, insurer=agreement.insurer,
            since=agreement.period.lower or today, until=agreement.last_day, agreement=agreement,
            state=Stage.IN_FORCE, offered_at=timezone.now(),
        )  # fmt: skip
        ContractEvent.objects.create(contract=contract, move="open", after=contract.state)
        opened += 1
    return opened


def follow_decisions() -> int:
    """What a decision on a breach did to an agreement stands in its file too, and other pooling areas follow."""
    moved = 0
    for state, stages in STATES.items():
        changed = Contract.objects.filter(agreement__state=state, state__in=stages)
        for contract in changed.select_related("agreement", "institution", "insurer__pooling_area"):
            assert contract.agreement is not None
            moved += following.take_over([contract.agreement])
            because = contract.agreement.state_because
            if state == Agreement.State.IN_FORCE:
                following.resume_elsewhere(contract, because=because)
            else:
                following.follow_elsewhere(contract, because=because)
    return moved


def let_run_out() -> int:
    """Not put right in time; suspended for so long that it ends."""
    rectifying = Application.objects.filter(state=Standing.RECTIFYING, clock__due_at__lt=timezone.now())
    paused = Contract.objects.filter(state=Stage.SUSPENDED, pause_clock__due_at__lt=timezone.now())
    return sum(made(APPLICATION, one, "run_out") for one in rectifying) + sum(
        made(AGREEMENT, one, "lapse") for one in paused
    )


def days_that_came() -> int:
    """Suspensions and ends that were granted for today or before."""
    today, moved = timezone.localdate(), 0
    for stage, move in ((Stage.PAUSE_GRANTED, "begin_pause"), (Stage.END_GRANTED, "end")):
        moved += sum(made(AGREEMENT, one, move) for one in Contract.objects.filter(state=stage, wanted_from__lte=today))
    return moved


def terms_that_ended() -> int:
    """Agreements whose last day has passed: renewed where another follows, else expired."""
    over = Contract.objects.living().filter(Q(until__lt=timezone.localdate()))
    return sum(made(AGREEMENT, one, "renew") or made(AGREEMENT, one, "expire") for one in over)


def main_ones_that_changed() -> int:
    """What hangs on an agreement says what that says; what was under way when that ended falls away."""
    hanging = Contract.objects.filter(main__isnull=False)
    late = [
        one
        for state, stages in {**STATES, Agreement.State.ENDED: LIVING}.items()
        for one in hanging.filter(main__agreement__state=state, state__in=stages)
    ]
    left = hanging.filter(state__in=UNDER_WAY, main__state__in=GONE)
    return sum(following.takes_over(one) for one in late) + sum(made(AGREEMENT, one, "fall") for one in left)


def made(workflow: Workflow[Any], subject: Movable, move: str) -> bool:
    try:
        workflow.make(subject, move, by=THE_SITE)
    except MoveRefused:
        return False  # somebody was quicker
    return True
