"""How an objection to a publicised application is answered. docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.designation import objecting
from supervision.designation.models import Objection, Reply
from supervision.moves import Move, Workflow

AGENCY = Department.Party.HANDLING
WHO = (objecting.of_its_agency, objecting.not_of_its_team)

MOVES: dict[str, Move[Objection]] = {
    "uphold": Move(
        frozenset({Reply.OPEN}), Reply.UPHELD, Duty.DECIDE, _("Uphold the objection"), party=AGENCY, conditions=WHO,
        needs_note=True,
    ),
    "dismiss": Move(
        frozenset({Reply.OPEN}), Reply.DISMISSED, Duty.DECIDE, _("Do not uphold the objection"), party=AGENCY,
        conditions=WHO, needs_note=True,
    ),
}  # fmt: skip

OBJECTION = Workflow(
    name="designation_objection", words=_("An objection to a designation"), states=Reply, act=Act.AGREEMENT,
    moves=MOVES, first=Reply.OPEN, module=__name__,
)  # fmt: skip
