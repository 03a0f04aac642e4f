"""Every kind of proceeding with its table of moves and how it begins."""

from collections.abc import Mapping

from supervision.cases.models import Proceeding
from supervision.cases.models.proceedings import Kind
from supervision.moves import Workflow

from .beginning import Beginning
from .breach import BREACH, BREACH_BEGINS
from .criminal import CRIMINAL, CRIMINAL_BEGINS
from .discipline import DISCIPLINE, DISCIPLINE_BEGINS
from .interview import INTERVIEW, INTERVIEW_BEGINS
from .lead import LEAD
from .penalty import PENALTY, PENALTY_BEGINS
from .recovery import RECOVERY, RECOVERY_BEGINS
from .rectification import RECTIFICATION, RECTIFICATION_BEGINS
from .summary import SUMMARY, SUMMARY_BEGINS
from .suspension import SUSPENSION, SUSPENSION_BEGINS
from .transfer import TRANSFER, TRANSFER_BEGINS

# Each module of a kind adds its two lines here.
WORKFLOWS: Mapping[Kind, Workflow[Proceeding]] = {
    Kind.PENALTY: PENALTY,
    Kind.SUMMARY: SUMMARY,
    Kind.TRANSFER: TRANSFER,
    Kind.DISCIPLINE: DISCIPLINE,
    Kind.CRIMINAL: CRIMINAL,
    Kind.RECTIFICATION: RECTIFICATION,
    Kind.INTERVIEW: INTERVIEW,
    Kind.SUSPENSION: SUSPENSION,
    Kind.RECOVERY: RECOVERY,
    Kind.BREACH: BREACH,
}
BEGINNINGS: Mapping[Kind, Beginning] = {
    Kind.PENALTY: PENALTY_BEGINS,
    Kind.SUMMARY: SUMMARY_BEGINS,
    Kind.TRANSFER: TRANSFER_BEGINS,
    Kind.DISCIPLINE: DISCIPLINE_BEGINS,
    Kind.CRIMINAL: CRIMINAL_BEGINS,
    Kind.RECTIFICATION: RECTIFICATION_BEGINS,
    Kind.INTERVIEW: INTERVIEW_BEGINS,
    Kind.SUSPENSION: SUSPENSION_BEGINS,
    Kind.RECOVERY: RECOVERY_BEGINS,
    Kind.BREACH: BREACH_BEGINS,
}

__all__ = ["BEGINNINGS", "LEAD", "WORKFLOWS"]
