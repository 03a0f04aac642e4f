"""The indicators of an institution's month: each a fraction, in words, with where its parts come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Days of the two readings of a readmission that the brief names; each is told in the name of its indicator.
READMITTED_WITHIN, READMITTED_LATE = 15, 31


@dataclass(frozen=True)
class Formula:
    """What is divided by what; `unit` says how the result is read."""

    words: Promise
    told: Promise
    over: str
    under: str
    unit: Literal["yuan", "share", "number"] = "share"
    watched: Literal["high", "both"] = "high"


FORMULAS: Mapping[str, Formula] = {
    "avg_outpatient": Formula(
        _("Fee of a visit"), _("fees of visits / visits"), "visit_fees", "visits", "yuan"
    ),
    "avg_inpatient": Formula(
        _("Fee of a stay"), _("fees of stays / discharges"), "stay_fees", "discharges", "yuan"
    ),
    "alos": Formula(
        _("Days of a stay"), _("days in bed / discharges"), "bed_days", "discharges", "number", "both"
    ),
    "readmit_15": Formula(
        _("Readmitted within 15 days"),
        _("stays of a member with the same group of illness ≤ 15 days before / discharges"),
        "readmitted", "discharges",
    ),
    "readmit_31": Formula(
        _("Readmitted within 31 days"),
        _("stays of a member with the same group of illness ≤ 31 days before / discharges"),
        "readmitted_late", "discharges",
    ),
    "fund_growth": Formula(
        _("Growth of what the fund paid"), _("paid by the fund / paid in the same month of the year before − 1"),
        "fund_more", "fund_then", "share", "both",
    ),
    "trace_rate": Formula(
        _("Drug lines with a traceability code"), _("lines of drugs with a code that was read / lines of drugs"),
        "coded", "drug_lines", "share", "both",
    ),
    "visits_per_head": Formula(_("Visits a head"), _("visits / members seen"), "visits", "members", "number"),
    "self_paid_rate": Formula(_("Paid by members themselves"), _("paid in cash / fees"), "self_paid", "fees"),
    "out_of_scope_rate": Formula(
        _("Outside the scope of the fund"), _("(fees − eligible fees) / fees"), "out_of_scope", "fees"
    ),
    "drug_share": Formula(_("Share of drugs"), _("drugs / charges"), "drugs", "charged"),
    "consumable_share": Formula(_("Share of consumables"), _("consumables / charges"), "consumables", "charged"),
    "test_share": Formula(_("Share of tests"), _("examinations and tests / charges"), "tests", "charged"),
    "cmi": Formula(
        _("Case mix index"), _("sum of the weights of disease groups / discharges whose group has a weight"),
        "weights", "weighted", "number", "both",
    ),
    "weighted_share": Formula(
        _("Discharges whose group has a weight"), _("discharges whose group has a weight / discharges"),
        "weighted", "measured", "share", "both",
    ),
    "nonlocal_share": Formula(
        _("Members insured elsewhere"), _("encounters of members insured elsewhere / encounters"), "away", "encounters"
    ),
    "hit_rate": Formula(_("Findings a line"), _("accused lines / charged lines"), "hits", "charge_lines"),
    "refusal_rate": Formula(_("Refused of what was declared"), _("refused / declared"), "refused", "declared"),
    "appeal_success": Formula(
        _("Appeals that were upheld"), _("upheld appeals / appeals decided"), "upheld", "appeals", "share", "both"
    ),
    "recovery_rate": Formula(
        _("Recovered of what was confirmed"), _("returned / confirmed"), "recovered", "confirmed", "share", "both"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class NotCounted:
    """An indicator that the field knows and the warehouse cannot form: told on the page, never guessed."""

    words: Promise
    told: Promise
    because: Promise


NO_WEIGHTS = NotCounted(
    _("Case mix index"), _("sum of the weights of disease groups / discharges whose group has a weight"),
    _("no list of weights is loaded for this place and month"),
)  # fmt: skip
NOT_COUNTED: tuple[NotCounted, ...] = (
    NotCounted(
        _("Hospitalization rate"), _("discharges of insured persons / insured persons"),
        _("the insured are registered by area, so it is told by area, beside the funds"),
    ),
)  # fmt: skip
