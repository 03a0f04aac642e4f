"""The rulebook's codes in the reader's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.language import in_chinese

from .models import Finding
from .rulebook import Rule
from .standing import lately

# The catalogue's types of violation (8.2), with the place in the Regulation on the Use of Medical Security Funds.
VIOLATIONS: dict[str, Promise] = {
    "V01": _("split admission"),
    "V02": _("nominal admission (bed held, no care)"),
    "V03": _("excessive treatment or examination"),
    "V04": _("split prescriptions"),
    "V05": _("prescribing over the limit"),
    "V06": _("duplicate prescribing"),
    "V07": _("unnecessary services, low-threshold admission"),
    "V08": _("duplicate charging"),
    "V09": _("charging above the standard"),
    "V10": _("charging parts of a service separately"),
    "V11": _("exchanging drugs, consumables, services or facilities"),
    "V12": _("helping to resell drugs or to return cash"),
    "V13": _("costs outside the fund's scope settled with it"),
    "V14": _("other loss to the fund (up- or down-coded disease group)"),
    "V15": _("inducing or helping false or impostor care"),
    "V16": _("forged or altered records"),
    "V17": _("invented medical services"),
    "V18": _("other fraud on the fund"),
    "V19": _("member: lending the credential to another"),
    "V20": _("member: enjoying benefits twice"),
    "V21": _("member: reselling drugs, taking cash or goods"),
    "V22": _("management (data or trace codes not sent as required)"),
    "V23": _("codes and data quality"),
    "V24": _("medication safety reminder"),
    "V25": _("qualification and staff"),
}
ARTICLES = {
    "V01": "38(1)", "V02": "38(1)", "V03": "38(2)", "V04": "38(2)", "V05": "38(2)", "V06": "38(2)", "V07": "38(2)",
    "V08": "38(3)", "V09": "38(3)", "V10": "38(3)", "V11": "38(4)", "V12": "38(5)", "V13": "38(6)", "V14": "38(7)",
    "V15": "40(1)", "V16": "40(2)", "V17": "40(3)", "V18": "40(4)", "V19": "41", "V20": "41", "V21": "41", "V22": "39",
}  # fmt: skip

SEVERITIES: dict[int, Promise] = {
    1: _("inform"),
    2: _("deny or deduct the line after review"),
    3: _("hold and request records"),
    4: _("investigate (possible fraud)"),
}
STAGES: dict[str, Promise] = {
    "draft": _("draft"),
    "expert_review": _("with the experts"),
    "trial": _("on trial"),
    "in_force": _("in force"),
    "suspended": _("suspended"),
    "retired": _("retired"),
}
MOMENTS: dict[str, Promise] = {
    "remind": _("before (reminder)"),
    "review": _("during (review)"),
    "audit": _("after (audit)"),
}
RESULT_TYPES: dict[str, Promise] = {"definite": _("definite violation"), "suspicious": _("suspicion")}
SCENARIOS: dict[str, Promise] = {"stay": _("inpatient care"), "visit": _("outpatient care and pharmacies")}
CERTAINTIES = {choice.name.lower(): choice.label for choice in Finding.Certainty}

CERTAINTY_SENTENCES: dict[int, Promise] = {
    1: _("lead: a pattern to look into, no amount is put in question by itself"),
    2: _("reminder: worth a word, not an accusation"),
    3: _("slightly suspicious: often has an innocent reason, look at the record"),
    4: _("highly suspicious: hard to explain, the institution should be heard"),
    5: _("certain: follows from the data alone, if the data are right"),
}
EXEMPTION_STATES: dict[str, Promise] = {
    "asked": _("waits for approval"),
    "coming": _("approved, still to begin"),
    "in_force": _("in force"),
    "expired": _("expired"),
    "ended": _("ended"),
    "refused": _("refused"),
}
FUND_METHODS: dict[str, Promise] = {
    "whole": _("what the fund paid for the whole claim"),
    "group": _("paid by disease group: a line changes nothing for the fund"),
    "share": _("the eligible part, at the settlement's fund ratio"),
}
ENCOUNTERS: dict[str, Promise] = {
    "inpatient": _("Inpatient stay"),
    "outpatient": _("Outpatient visit"),
    "emergency": _("Emergency"),
    "chronic": _("Chronic-disease visit"),
    "day_surgery": _("Day surgery"),
    "pharmacy": _("Pharmacy purchase"),
    "home_bed": _("Home bed"),
}
SEXES: dict[str, Promise] = {"1": _("male"), "2": _("female")}

# A rule's family follows from the first word of its code.
FAMILIES: dict[str, Promise] = {
    "quality": _("Data quality"),
    "drug": _("Drugs"),
    "item": _("Services and prices"),
    "cons": _("Consumables"),
    "stay": _("Stays"),
    "person": _("Persons"),
    "operation": _("Operations and anaesthesia"),
    "tcm": _("Chinese medicine"),
    "trace": _("Traceability codes"),
    "institution": _("Institutions and practitioners"),
}
FAMILY_OF = {
    "claim": "quality", "charge": "person", "adm": "stay", "bed": "stay", "nursing": "item",
    "oprn": "operation", "anesthesia": "operation", "diag": "quality", "psn": "person", "pharm": "person",
    "xr": "stay", "surg": "item", "dr": "institution", "inst": "institution", "equip": "institution",
    "stock": "institution", "cluster": "institution",
}  # fmt: skip


def rule_title(code: str) -> str:
    """The title of the rule of this code; the bare code where the rulebook has lost the page."""
    rule = lately().get(code)
    return rule.said("title") if rule else title_of_people(code, "zh" if in_chinese() else "en")


@dataclass(frozen=True)
class ByPeople:
    """What people find without a rule is called, and on which basis they do."""

    title_zh: str
    title_en: str
    basis_zh: str
    basis_en: str


BY_PEOPLE = {
    "on_site_inspection": ByPeople(
        "现场检查", "inspection on the spot", "《医疗保障基金使用监督管理条例》第二十七条",
        "Regulation on the Use of Medical Security Funds, art. 27",
    )
}  # fmt: skip


def title_of_people(code: str, tongue: str) -> str:
    """Of what people found on the spot; of a rule whose page is lost, the bare code."""
    known = BY_PEOPLE.get(code)
    return getattr(known, f"title_{tongue}") if known else code


def family_code(rule: Rule) -> str:
    word = rule.code.partition("_")[0]
    return FAMILY_OF.get(word, word)


def scenarios(rule: Rule) -> list[str]:
    """The kinds of encounter a page speaks of: those it reads as such; of lines alone, both."""
    read = {name.removesuffix("_history") for name in rule.relations} & SCENARIOS.keys()
    return sorted(read or SCENARIOS)


def family(rule: Rule) -> Promise | str:
    code = family_code(rule)
    return FAMILIES.get(code, code)


def violations(rule: Rule) -> list[tuple[str, Promise | str, str]]:
    """Code, words and article of each type of violation the rule points at."""
    return [(code, VIOLATIONS.get(code, code), ARTICLES.get(code, "")) for code in rule.violations]
