"""What the desk and liaisons are offered of one table of moves: each side its own."""

from typing import Any

from institutions.models import Account, Duty
from supervision.cases.views.acts import Offer, RefusedForms, offers
from supervision.moves import Workflow


def own_offers(workflow: Workflow[Any], subject: Any, account: Account, refused: RefusedForms) -> list[Offer]:
    """Liaisons see what is theirs to do, and the desk what is not."""
    return [
        one
        for one in offers(workflow, subject, account, refused)
        if (workflow.moves[one.name].duty == Duty.LIAISE) == account.at_liaison
    ]
