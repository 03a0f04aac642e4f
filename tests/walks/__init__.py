"""A walk for each workflow that the site knows."""

from collections.abc import Callable, Mapping

from tests.walks import (
    assistance,
    complaints,
    credit,
    designation,
    exposure,
    hearing,
    inspections,
    ledger,
    major,
    measures,
    payments,
    penalty,
    points,
    rewards,
    selfchecks,
    vault,
)
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
    "settlement": payments.settlement,
    "prepayment": payments.prepayment,
    "self_correction_campaign": selfchecks.campaign,
    "self_correction": selfchecks.report,
    "major_issue": major.issue,
    "assistance": assistance.request,
    "major_interview": major.interview,
    "inspection_plan": inspections.plan,
    "inspection_sealing": inspections.sealing,
    "flight_inspection": inspections.flight,
    "random_inspection": inspections.random,
    "daily_inspection": inspections.daily,
    "score_record": points.score_record,
    "qualification": points.qualification,
    "application": designation.application,
    "designation_objection": designation.objection,
    "agreement": designation.agreement,
    "evaluation": credit.evaluation,
    "credit_repair": credit.repair,
    "commitment": credit.commitment,
    "enterprise_rating": credit.enterprise_rating,
    "offline_settlement": credit.offline_settlement,
}


def way_of(name: str) -> Walk:
    return WALKS[name]()
