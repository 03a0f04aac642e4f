"""A walk for each workflow that the site knows."""

from collections.abc import Callable, Mapping

from tests.walks import complaints, exposure, hearing, ledger, measures, penalty, rewards, vault
from tests.walks.walking import Walk

WALKS: Mapping[str, Callable[[], Walk]] = {
    "hearing": hearing.hearing,
    "lead": penalty.lead,
    "penalty": penalty.penalty,
    "summary": penalty.summary,
    "breach": measures.breach,
    "recovery": measures.recovery,
    "suspension": measures.suspension,
    "interview": measures.interview,
    "rectification": measures.rectification,
    "criminal": measures.criminal,
    "discipline": measures.discipline,
    "transfer": measures.transfer,
    "write_off": ledger.write_off,
    "repayment": ledger.repayment,
    "instalment_plan": ledger.instalment_plan,
    "bank_row": ledger.bank_row,
    "opening": vault.opening,
    "typical_case": exposure.typical_case,
    "error_claim": exposure.error_claim,
    "social_supervisor": exposure.social_supervisor,
    "complaint": complaints.complaint,
    "reward": rewards.reward,
}


def way_of(name: str) -> Walk:
    return WALKS[name]()
