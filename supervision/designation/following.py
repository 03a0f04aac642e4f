"""What one agreement means for others: those of other pooling areas follow the own one, and a term the one before."""

from django.utils import timezone

from institutions import agreements
from institutions.models import Agreement, Institution
from supervision.moves import THE_SITE, MoveRefused, Workflow

from .models import Contract, Stage
from .models.contracts import LIVING

HOLDING = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
CONCLUDED = (Stage.SIGNED, Stage.FILED, Stage.IN_FORCE)
# The move by which the file of an agreement takes over what the register says of it.
TAKES_OVER = {
    Agreement.State.IN_FORCE: "follow_resumption", Agreement.State.SUSPENDED: "follow_suspension",
    Agreement.State.TERMINATED: "follow_termination", Agreement.State.ENDED: "follow_end",
}  # fmt: skip


def follows_on(contract: Contract) -> bool:
    """Whether an agreement for the time after its last day is signed, filed or in force."""
    return Contract.objects.filter(predecessor=contract, state__in=CONCLUDED).exists()


def is_in_force(main: Contract) -> bool:
    """Whether something may hang on it now: a main agreement, in force by its file and by the register."""
    holds = main.main_id is None and main.state in LIVING and main.until >= timezone.localdate()
    return holds and main.line.state == Agreement.State.IN_FORCE


def elsewhere(institution: Institution, own: Agreement) -> list[Agreement]:
    """The institution's agreements with agencies of other pooling areas."""
    held = Agreement.objects.filter(institution=institution, state__in=HOLDING).exclude(insurer=own.insurer)
    return list(held.select_related("insurer__pooling_area").order_by("pk"))


def follow_elsewhere(contract: Contract, *, because: str) -> list[Agreement]:
    """Where the own pooling area, or one above it, suspends or terminates, the other agreements follow."""
    if not contract.of_own_area or contract.agreement is None:
        return []
    state, followed = contract.line.state, []
    for other in elsewhere(contract.institution, contract.agreement):
        if state == Agreement.State.TERMINATED:
            followed.append(agreements.terminate(other, because=because))
        elif state == Agreement.State.SUSPENDED and other.state == Agreement.State.IN_FORCE:
            followed.append(agreements.suspend(other, because=because))
    take_over(followed)
    return followed


def resume_elsewhere(contract: Contract, *, because: str) -> list[Agreement]:
    """What was suspended because of it alone is in force again."""
    if not contract.of_own_area or contract.agreement is None:
        return []
    held = [one for one in elsewhere(contract.institution, contract.agreement) if one.state_because == because]
    back = [agreements.resume(one, because=because) for one in held if one.state == Agreement.State.SUSPENDED]
    take_over(back)
    return back


def take_over(changed: list[Agreement]) -> int:
    """The files of these agreements say what the register says; how many were moved."""
    return sum(takes_over(contract) for contract in Contract.objects.filter(agreement__in=changed))


def supplements_follow(contract: Contract) -> int:
    """What hangs on this agreement says what the register says of it; how many were moved."""
    return sum(takes_over(one) for one in contract.supplements.all())


def takes_over(contract: Contract) -> bool:
    """Whether its file had to be moved to say what the register says."""
    try:
        Workflow.known["agreement"].make(contract, TAKES_OVER[Agreement.State(contract.line.state)], by=THE_SITE)
    except MoveRefused:
        return False  # its file says so already
    return True
