"""What is no move of a table, as every kind of account, own and foreign: done by those who may, refused to all others."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pytest_django import Settings

from credit import enterprises, evaluating, insured, objecting, repairing, showing_together
from credit.commitments import committing
from credit.points import proposing as scoring
from credit.points import registering as staffing
from institutions.models import Account
from supervision.assistance import naming
from supervision.audit.models import Entry
from supervision.cases import officers, proceeding
from supervision.cases import opening as cases
from supervision.clocks import extending, handing, pausing
from supervision.clocks.calendar import DeadlineRefused
from supervision.complaints import filing, retention, talking
from supervision.complaints.exposure import drafting
from supervision.complaints.rewards import granting
from supervision.complaints.supervisors import working
from supervision.complaints.vault import asking as identities
from supervision.coordination import drafting as sharing
from supervision.coordination import keys as department_keys
from supervision.coordination import meeting as meetings
from supervision.coordination import reading as shared
from supervision.coordination import receiving
from supervision.designation import applying, appraising, commissioning, renewing, signing, supplementing
from supervision.designation import scoring as assessing
from supervision.hearing import answering
from supervision.hearing import opening as hearings
from supervision.inspections import answering as answering_inspections
from supervision.inspections import drawing as lots
from supervision.inspections import finding as on_the_spot
from supervision.inspections import listing, planning, repeating, teaming, voting
from supervision.inspections import opening as inspecting
from supervision.ledger import matching, paying, repaying, taking_back
from supervision.ledger.booking import BookingRefused
from supervision.major import bringing_up, calling, calling_in, following, suggesting
from supervision.moves import MoveRefused
from supervision.onsite import sampling as sampling_claims
from supervision.onsite import visiting
from supervision.payments import declaring, lending, publishing
from supervision.selfchecks import answering as self_correcting
from supervision.selfchecks import drafting as campaigns
from tests.walks import (  # noqa: F401 - known once they are imported
    acts_assistance,
    acts_coordination,
    acts_designation,
    acts_exposure,
    acts_inspections,
    acts_major,
    acts_onsite,
    acts_payments,
    acts_points,
)
from tests.walks.acts import READY, Ready
from tests.walks.strangers import strangers_to
from tests.walks.walking import taken_back

REFUSALS = (MoveRefused, BookingRefused, DeadlineRefused)
MODULES = (
    answering,
    answering_inspections,
    inspecting,
    listing,
    lots,
    on_the_spot,
    planning,
    repeating,
    teaming,
    voting,
    applying,
    appraising,
    assessing,
    bringing_up,
    calling,
    calling_in,
    campaigns,
    cases,
    commissioning,
    committing,
    declaring,
    department_keys,
    drafting,
    enterprises,
    evaluating,
    insured,
    extending,
    filing,
    following,
    granting,
    handing,
    hearings,
    identities,
    lending,
    objecting,
    matching,
    naming,
    meetings,
    receiving,
    officers,
    paying,
    pausing,
    proceeding,
    publishing,
    renewing,
    repairing,
    repaying,
    retention,
    sampling_claims,
    scoring,
    self_correcting,
    shared,
    sharing,
    showing_together,
    signing,
    staffing,
    suggesting,
    supplementing,
    taking_back,
    talking,
    visiting,
    working,
)
# By the act that is tried here; what only another act or a move calls is tried with it.
TRIED = {
    "open_hearing": "open_hearing", "answer": "answer_a_finding", "send": "send_the_answers",
    "draft": "write_an_answer", "draft_all": "write_all_answers", "open_case": "open_a_case",
    "add_hearings": "add_a_hearing_to_a_case", "open_proceeding": "open a penalty", "replace": "replace_an_officer",
    "ask_recusal": "ask_that_an_officer_steps_aside", "decide_recusal": "decide_that_an_officer_steps_aside",
    "pay": "pay", "offset": "offset", "ask_plan": "ask_a_plan", "ask_write_off": "ask_a_write_off",
    "ask_repayment": "ask_a_repayment",
    "take_in": "take_in_a_bank_file", "take_back": "take_a_payment_back", "ask_pause": "ask_a_pause",
    "approve_pause": "approve_a_pause", "refuse_pause": "refuse_a_pause", "let_run": "let_a_clock_run_again",
    "ask_extension": "ask_an_extension", "approve_extension": "approve_an_extension",
    "refuse_extension": "refuse_an_extension", "hand_over": "hand_a_deadline_over",
    "ask": "ask_for_an_identity", "write_down": "write_down_a_report", "write_to_reporter": "write_to_a_reporter",
    "begin": "begin_a_reward", "hold": "hold_back_what_would_be_erased",
    "retell": "tell_a_case", "excuse": "excuse_a_find", "nominate": "nominate_a_supervisor",
    "give_task": "give_a_task", "write_report": "write_a_tasks_report", "note_lead": "bring_a_lead",
    "register": "register_a_practitioner", "end": "end_a_registration", "propose": "propose_points",
    "draw_code": "draw_a_code", "ask_to_show": "ask_to_show_evaluations", "begin_evaluation": "begin_an_evaluation", "apply_for_repair": "apply_for_a_repair",
    "begin_commitment": "begin_a_commitment", "propose_suspension": "propose_to_suspend_online_settlement",
    "note_fact": "note_a_fact_of_an_enterprise",
    "check_area": "check_a_fund", "tell_month": "tell_a_month_of_a_fund", "publish_month": "publish_a_month_of_a_fund",
    "draw_up": "draw_up_a_campaign", "add_problem": "add_a_problem", "localise": "make_a_list_the_places_own",
    "answer_problem": "answer_a_problem", "drop_line": "take_a_line_out",
    "take_up": "take_up_a_lead", "leave_lead": "leave_a_lead", "appraise": "appraise_a_supervisor",
    "apply": "begin_an_application", "write_application": "write_an_application", "enclose": "enclose_a_file",
    "leave_out": "leave_a_file_out", "score": "score_an_application", "agree": "agree_to_a_sheet",
    "commission": "name_a_third_party", "supplement": "supplement_an_agreement", "set_terms": "set_the_terms", "renew": "renew_an_agreement", "appraise_year": "appraise_a_year",
    "confirm_appraisal": "confirm_an_appraisal",
    "bring_up": "bring_up_an_issue", "write_follow_up": "write_a_follow_up", "give_guidance": "give_guidance",
    "link_matter": "link_a_matter", "set_task": "set_a_task", "finish_task": "finish_a_task",
    "name_contact": "name_a_contact", "cross_out": "cross_a_contact_out", "leave_suggestion": "leave_a_proposal",
    "call_in": "call_in_a_party",
    "leave_claim_out": "leave_a_claim_out", "answer_claim": "answer_about_a_claim",
    "open_visit": "open_a_visit", "take_along": "take_a_visit_along", "hand_back": "hand_a_visit_back",
    "give_up_device": "give_a_device_up", "judge_claim": "judge_a_drawn_claim",
    "draft_package": "draft_a_package", "read_package": "read_a_package",
    "bring_lead": "bring_a_departments_lead", "call_meeting": "call_a_meeting", "decide_task": "decide_a_task",
    "open_department_key": "open_a_departments_key", "close_department_key": "close_a_departments_key",
    "set_endpoint": "set_where_a_department_is_told",
    "draw_up_plan": "draw_up_a_plan_of_inspections", "add_plan_line": "add_a_line_to_a_plan",
    "drop_plan_line": "take_a_line_out_of_a_plan", "draw_line": "draw_a_line_of_a_plan",
    "propose_inspection": "propose_an_inspection", "publish_draw": "publish_a_draw",
    "give_reason": "give_the_reason_of_a_second_visit", "list_inspector": "list_an_inspector",
    "list_expert": "list_an_expert", "unlist": "take_out_of_the_library",
    "note_conflict": "note_a_conflict_of_interest", "name_officer": "name_an_officer_of_a_team",
    "name_helper": "name_a_helper_of_a_team", "name_leader": "name_the_leader_of_a_team",
    "recuse": "let_a_member_step_aside", "write_fact": "write_a_finding_down", "strike_fact": "strike_a_finding",
    "answer_fact": "answer_a_finding_of_an_inspection", "vote": "vote_on_a_finding",
}  # fmt: skip
WITHIN = {
    "held": "write_follow_up", "officer": "answer_claim", "drafted": "leave_claim_out", "look_up": "draft_request",
    "freeze": "draft_request", "draft_request": "needs claims in a warehouse; tests/assistance asks who may",
    "name_claim": "needs claims in a warehouse; tests/assistance asks who may", "suggestion": "leave_suggestion",
    "draw": "draw_line", "begin_inspection": "propose_inspection", "begin_drawn": "draw_line",
    "name_the_drawn": "draw_line", "keeper": "list_inspector", "open_team": "name_officer", "officer_of": "vote",
    "open_book": "write_fact", "name_charge": "needs claims in a warehouse; tests/inspections asks who may",
    "has_lines": "the move approve",
    "refusal_of": "the move publicise", "tell_the_rules": "the move impose", "text_is_missing": "the move tell_again",
    "text_is_there": "the move sign", "may_still_be_objected_to": "the move object",
    "time_to_object_is_over": "the move publish",
    "declare": "a month of claims; tests/payments asks who may", "laid_down": "declare", "permitted": "draw_up",
    "open_report": "answer_problem", "add_line": "needs claims in a warehouse; tests/selfchecks asks who may",
    "place_of": "draft_package", "partner_of": "bring_lead", "decided": "the move tell",
    "by_whom_it_is": "the move report_here", "own_place": "call_meeting", "not_expired": "the move give", "somebody_reads": "the move give",
    "signer": "apply", "open_to_writing": "write_application", "draft_text": "renew", "terms_are_set": "the move offer",
    "created": "propose", "refuse_the_stranger": "propose",
    "applied": "apply_for_repair", "begin_many": "begin_evaluation", "next_number": "draw_line", "found": "note_fact", "may_be_disclosed": "the move publish",
    "all_taken": "the move repair", "penalty_stands": "the move impose", "penalty_fell": "the move fall",
    "over": "the move end", "disclosed_long_enough": "the move expire",
    "draw_claims": "needs claims in a warehouse; tests/onsite asks who may", "within": "open_visit", "gone_on": "take_along",
    "at_the_desk": "nominate", "in_reach": "give_task",
    "returned": "pay", "keep": "take_in", "try_all": "take_in", "pause": "a move of two people", "resume": "a move",
    "name_officers": "the move assign", "asked": "ask_pause", "decidable": "approve_pause", "approved": "approve_pause",
    "end_pause": "let_run", "check": "open_hearing", "permit": "pay", "said": "pay", "lay_down": "ask_plan", "set_apart": "ask_repayment", "tell": "the move approve", "locked_for": "answer",
    "begun": "begin", "written": "ask", "write": "answer", "eligible": "replace", "reached": "ask_recusal", "in_charge_of": "replace",
    "may_hand_over": "hand_over", "says_something_else": "the move reopen", "paid_by": "the move book of a bank's row",
}  # fmt: skip


@pytest.fixture(autouse=True)
def letters(db: None, tmp_path: Path, settings: Settings, in_english: None) -> None:
    """The letters of what is made ready go into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


def acts_of(module: ModuleType) -> Iterator[str]:
    """Every function of the module that is told who does it."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        by = inspect.signature(function).parameters.get("by")
        if function.__module__ == module.__name__ and by is not None and not name.startswith("_"):
            yield name


def refused(ready: Ready, by: Account) -> bool:
    try:
        ready.do(by)
    except REFUSALS:
        return True
    return False


def test_every_act_beside_the_tables_is_tried() -> None:
    known = {name for module in MODULES for name in acts_of(module)}
    assert known - WITHIN.keys() == TRIED.keys()
    assert set(TRIED.values()) <= READY.keys()


@pytest.mark.parametrize("name", sorted(READY))
def test_who_may_does_it_and_everybody_else_is_refused_and_changes_nothing(name: str) -> None:
    ready = READY[name]()
    tried = 0
    for who, account in strangers_to(ready):
        written = Entry.objects.count()
        with taken_back():
            assert refused(ready, account), who
        assert Entry.objects.count() == written, who
        tried += 1
    assert tried >= 15
    with taken_back():
        written = Entry.objects.count()
        ready.do(ready.by)
        assert (Entry.objects.count() > written) == ready.recorded
