"""The kinds of letters, and the words that stand for each in a reference number."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of letter; `sign` is what its numbers are called by: 云医保[罚告]字〔2026〕12号."""

    code: str
    sign: str
    words: Promise


# Most of them are named by the measures for penalties in medical security (National Healthcare Security Administration,
# order 4); the findings' letters and those to other bodies are the site's own.
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("finding_notice", "疑告", _("notice of a finding")),
        Kind("finding_decision", "复决", _("decision on a finding after second review")),
        Kind("filing_approval", "立审", _("approval to file a case")),
        Kind("inspection_notice", "检通", _("inspection notice")),
        Kind("inspection_feedback", "检馈", _("findings of an inspection, fed back")),
        Kind("inspection_handover", "检移", _("hand-over of what an inspection found")),
        Kind("onsite_record", "现检", _("record of an inspection on the spot")),
        Kind("interview_record", "询录", _("record of an inquiry")),
        Kind("evidence_list", "证登", _("list of evidence")),
        Kind("preservation_decision", "证保", _("decision to preserve evidence")),
        Kind("correction_order", "责改", _("order to correct")),
        Kind("refund_order", "责退", _("order to refund")),
        Kind("legal_review_opinion", "法审", _("opinion after legal review")),
        Kind("prior_notice", "罚告", _("prior notice of a penalty")),
        Kind("hearing_notice", "听通", _("notice of a hearing")),
        Kind("hearing_record", "听录", _("record of a hearing")),
        Kind("collective_discussion", "集议", _("record of a collective discussion")),
        Kind("penalty_decision", "罚决", _("penalty decision")),
        Kind("no_penalty_decision", "不罚", _("decision not to punish")),
        Kind("service_receipt", "送回", _("receipt of service")),
        Kind("reminder", "催告", _("reminder")),
        Kind("deferral_decision", "缓缴", _("decision on paying a fine later or in parts")),
        Kind("repayment_notice", "退款", _("notice of a repayment")),
        Kind("enforcement_application", "强申", _("application for enforcement")),
        Kind("closing_approval", "结审", _("approval to close a case")),
        Kind("transfer_letter", "移送", _("transfer letter")),
        Kind("interview_notice", "约通", _("notice of an interview")),
        Kind("interview_minutes", "约纪", _("minutes of an interview")),
        Kind("discipline_letter", "纪函", _("letter to the discipline inspection")),
        Kind("breach_notice", "协告", _("notice of a breach of agreement")),
        Kind("breach_decision", "协决", _("decision on a breach of agreement")),
        Kind("measure_lifted", "协复", _("notice that a measure is lifted")),
        Kind("recovery_notice", "追回", _("notice of recovery under the agreement")),
        Kind("recovery_reminder", "催款", _("reminder of a recovery under the agreement")),
        Kind("recovery_withdrawn", "撤追", _("notice that a demand is withdrawn")),
        Kind("refund_enforcement", "退执", _("application for enforcement of a refund order")),
        Kind("supervision_request", "监督", _("request that the procuratorate supervise the filing")),
        Kind("suspension_request", "停结", _("request to suspend settlement")),
        Kind("assistance_letter", "协函", _("request for assistance")),
        Kind("designation_supplement", "定补", _("notice of what an application lacks")),
        Kind("designation_refused", "定不", _("notice that an application is not accepted")),
        Kind("designation_result", "定评", _("result of an assessment")),
        Kind("designation_filing", "定备", _("filing of the result of an assessment")),
        Kind("service_agreement", "协议", _("service agreement")),
        Kind("agreement_filing", "协备", _("filing of a service agreement")),
        Kind("points_notice", "记告", _("notice of points of a practitioner")),
        Kind("points_decision", "记决", _("decision on points of a practitioner")),
        Kind("points_withdrawn", "记撤", _("notice that points of a practitioner are withdrawn")),
        Kind("credit_shown", "信示", _("notice of a credit evaluation")),
        Kind("credit_answer", "信复", _("answer to an objection to a credit evaluation")),
        Kind("credit_repair", "信修", _("decision on a credit repair")),
        Kind("commitment_text", "承诺", _("commitment")),
        Kind("settlement_approved", "结核", _("notice of an approved settlement")),
        Kind("settlement_reopened", "结撤", _("notice that an approval of a settlement is taken back")),
        Kind("settlement_paid", "结付", _("notice of a paid settlement")),
        Kind("enterprise_rating", "招信", _("notice of a rating of an enterprise")),
    )
}
