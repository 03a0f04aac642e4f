"""Acts that are no row of a table: openings, and what officers, book-keepers and keepers of deadlines do beside moves.

For each, somebody who may do it, and how to make it ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from credit import enterprises, evaluating, insured, objecting, repairing, showing_together
from credit.commitments import committing
from institutions.models import Account, Department, Duty
from supervision.cases import officers
from supervision.cases.facts import FACTS, Kind
from supervision.cases.models import Case
from supervision.cases.opening import add_hearings, open_case
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import BEGINNINGS, LEAD
from supervision.clocks import extending, handing, pausing
from supervision.clocks.models import Clock
from supervision.complaints import filing, receipts, retention, talking
from supervision.complaints.models import Forgetting
from supervision.complaints.rewards import granting
from supervision.hearing import answering, opening
from supervision.hearing.models import Hearing, HearingLine
from supervision.ledger import matching, paying, repaying, taking_back
from supervision.ledger.models import Book, Item, Stage
from tests.cases import office
from tests.cases.office import Office, make_case, make_department, make_office, make_upheld
from tests.clocks.building import make_clock
from tests.complaints.building import make_complaint, make_desk
from tests.complaints.building import told as told_by_citizens
from tests.complaints.rewards.office import make_desk as make_reward_desk
from tests.complaints.rewards.office import make_true
from tests.complaints.vault.building import SUBJECT, make_asked, make_reader, make_row
from tests.credit.office import computed, on_record
from tests.credit.office import make_desk as make_credit_desk
from tests.credit.rated import told as told_to_an_enterprise
from tests.credit.suspended import penalty_on_a_person
from tests.hearing.heard import make_lines, make_reviewer, notified
from tests.ledger.small import make_item
from tests.walks.walking import PLAIN

Doing = Callable[[Account], Any]
Answer = HearingLine.Answer


@dataclass(frozen=True)
class Ready:
    """An act that waits for somebody to do it; who may, and which duties let somebody."""

    do: Doing
    by: Account
    duties: frozenset[Duty]
    party: Department.Party | None = None
    of_one_place: bool = True  # a neighbour's own, otherwise, is nobody else's business
    recorded: bool = True  # in the chain of acts


READY: dict[str, Callable[[], Ready]] = {}


def act(make: Callable[[], Ready]) -> Callable[[], Ready]:
    READY[make.__name__] = make
    return make


def booking(name: str, do: Callable[[Item, Account], Any]) -> None:
    """An act of the book-keepers about an item of which ¥100.00 is outstanding."""

    def ready() -> Ready:
        return Ready(partial(do, make_item(at=Stage.DEMANDED)), make_office().booker, frozenset({Duty.BOOK}))

    READY[name] = ready


# --- Openings -----------------------------------------------------------------------------------------


@act
def open_hearing() -> Ready:
    at = make_office()
    finding = make_lines("100.00", place=at.place)
    return Ready(lambda by: opening.open_hearing(finding, by=by), make_reviewer("reviewer"), frozenset({Duty.HEAR}))


def answering_by(do: Callable[[Hearing, Account], Any], *, recorded: bool = True) -> Callable[[], Ready]:
    """An act of the institution about a finding that was sent to it, every line of which is accepted in draft."""

    def ready() -> Ready:
        at = make_office()
        sent = notified(make_lines("100.00", place=at.place), make_reviewer("reviewer"))
        answering.draft_all(sent, answering.LineAnswer(Answer.ACCEPTED), by=at.hospital, over=True)
        return Ready(partial(do, sent), at.hospital, frozenset({Duty.ANSWER}), recorded=recorded)

    return ready


READY["answer_a_finding"] = answering_by(
    lambda sent, by: answering.answer(sent, answering.drafted(sent), by=by, turn=sent.turn)
)
READY["send_the_answers"] = answering_by(
    lambda sent, by: answering.send(sent, by=by, turn=sent.turn, checked=answering.stamp(sent))
)
READY["write_an_answer"] = answering_by(
    lambda sent, by: [
        answering.draft(line, answering.LineAnswer(Answer.APPEALED, "no"), by=by, turn=1) for line in sent.lines.all()
    ],
    recorded=False,
)
READY["write_all_answers"] = answering_by(
    lambda sent, by: answering.draft_all(sent, answering.LineAnswer(Answer.ACCEPTED), by=by, over=True), recorded=False
)


@act
def open_a_case() -> Ready:
    at = make_office()
    facts: dict[str, Any] = {"title": "a lead", "origin": "complaint", "respondent": "institution", "facts": "as told"}
    return Ready(
        lambda by: open_case(place=at.place.division, institution=at.place, by=by, **facts), at.first,
        frozenset({Duty.INVESTIGATE, Duty.HEAR, Duty.DECIDE, Duty.COMPLAINTS}),
    )  # fmt: skip


@act
def add_a_hearing_to_a_case() -> Ready:
    at = make_office()
    case, upheld = make_case(at), make_upheld(at)
    return Ready(lambda by: add_hearings(case, [upheld], by=by), at.first, frozenset({Duty.HEAR}))


def opens(kind: str) -> Callable[[], Ready]:
    """A measure is opened in a case that its officers are verifying."""
    begins = BEGINNINGS[kind]  # type: ignore[index]

    def ready() -> Ready:
        at = make_office()
        case = office.verified(make_case(at, make_upheld(at)), at)
        agent = office.make_officer("agent", party="handling")
        if kind == "penalty":
            LEAD.make(case, "file", by=at.chief)
            case.proceedings.update(closed_at=timezone.now())
        make_department("industry")
        facts = {"note": "as reported", **{name: told(name, case) for name in begins.asks}}
        in_charge = at.chief if begins.duty == Duty.DECIDE else at.first
        by = agent if begins.party == Department.Party.HANDLING else in_charge
        return Ready(
            lambda who: open_proceeding(case, kind, by=who, **facts), by, frozenset({begins.duty}), begins.party
        )

    return ready


def told(name: str, case: Case) -> Any:
    fact = FACTS[name]
    if fact.choices is None:
        return PLAIN[fact.kind]()
    offered = [value for value, _words in fact.choices(case)]
    return offered if fact.kind == Kind.CHOICES else offered[0]


READY |= {f"open a {kind}": opens(kind) for kind in BEGINNINGS}


# --- Officers -----------------------------------------------------------------------------------------


def in_hand() -> tuple[Office, Case]:
    at = make_office()
    return at, office.assigned(make_case(at), at)


@act
def replace_an_officer() -> Ready:
    at, case = in_hand()
    coming = office.make_officer("third")
    return Ready(
        lambda by: officers.replace(case, at.second, coming, reason="ill", by=by), at.chief, frozenset({Duty.DECIDE})
    )


@act
def ask_that_an_officer_steps_aside() -> Ready:
    at, case = in_hand()
    return Ready(
        lambda by: officers.ask_recusal(case, at.second, asked_for="officer", reason="a cousin", by=by), at.first,
        frozenset({Duty.INVESTIGATE, Duty.DECIDE}),
    )  # fmt: skip


@act
def decide_that_an_officer_steps_aside() -> Ready:
    at, case = in_hand()
    asked = officers.ask_recusal(case, at.second, asked_for="officer", reason="a cousin", by=at.second)
    return Ready(
        lambda by: officers.decide_recusal(asked, granted=True, reason="so it is", by=by), at.chief,
        frozenset({Duty.DECIDE}),
    )  # fmt: skip


# --- Identities ---------------------------------------------------------------------------------------


@act
def ask_for_an_identity() -> Ready:
    make_row(SUBJECT, "990101")
    return Ready(make_asked, make_reader("asker"), frozenset({Duty.IDENTITY}))


# --- Money --------------------------------------------------------------------------------------------


def paid(item: Item, by: Account) -> Any:
    return paying.pay({item: Decimal("40.00")}, voucher=f"V-{item.pk}", day=timezone.localdate(), by=by)


booking("pay", paid)
booking(
    "offset",
    lambda item, by: paying.offset({item: Decimal("40.00")}, batch="B-1", day=timezone.localdate(), by=by),
)
booking(
    "ask_a_plan",
    lambda item, by: paying.ask_plan(
        item, [(timezone.localdate() + timedelta(30), Decimal("100.00"))], reason="poor", basis="deed 7", by=by
    ),
)
booking(
    "ask_a_write_off",
    lambda item, by: paying.ask_write_off(item, Decimal("40.00"), reason="bankrupt", basis="ruling 9", by=by),
)


@act
def take_in_a_bank_file() -> Ready:
    """A file is its territory's own: what it pays is looked for there."""
    content = f"voucher,day,amount,payer,reference\nV1,2026-03-02,60.00,Hospital,{make_item(at=Stage.DEMANDED)}"
    return Ready(
        lambda by: matching.take_in("bank.csv", content.encode(), book=Book.FUND, by=by), make_office().booker,
        frozenset({Duty.BOOK}), of_one_place=False,
    )  # fmt: skip


@act
def ask_a_repayment() -> Ready:
    at = make_office()
    item = make_item(at=Stage.DEMANDED)
    paid(item, at.booker)
    return Ready(
        lambda by: repaying.ask_repayment(item, Decimal("40.00"), reason="annulled", basis="ruling 3", by=by),
        at.booker, frozenset({Duty.BOOK}),
    )  # fmt: skip


@act
def take_a_payment_back() -> Ready:
    at = make_office()
    came = paid(make_item(at=Stage.DEMANDED), at.booker)
    return Ready(lambda by: taking_back.take_back(came, reason="bounced", by=by), at.booker, frozenset({Duty.BOOK}))


# --- Deadlines ----------------------------------------------------------------------------------------


def keeping(name: str, do: Callable[[Any, Account], Any], *, in_charge: bool = False, asked: Any = None) -> None:
    """An act about a deadline of the investigators; `asked` says what one of them has asked for before."""

    def ready() -> Ready:
        at = make_office()
        since = f"{timezone.localdate() - timedelta(2)} 09:00"
        clock = make_clock("P01", since=since, duty=Duty.INVESTIGATE)
        subject = asked(clock, at.first) if asked else clock
        duties = {Duty.DECIDE} if in_charge else {Duty.INVESTIGATE, Duty.DECIDE}
        return Ready(partial(do, subject), at.chief if in_charge else at.first, frozenset(duties))

    READY[name] = ready


def pause_asked(clock: Clock, by: Account) -> Any:
    return pausing.ask_pause(clock, reason="an appraisal", by=by)


def extension_asked(clock: Clock, by: Account) -> Any:
    return extending.ask_extension(clock, amount=1, reason="many lines", by=by)


def paused(clock: Clock, by: Account) -> Clock:
    pausing.approve_pause(pause_asked(clock, by), by=office.make_officer("in charge", Duty.DECIDE))
    return clock


keeping("ask_a_pause", pause_asked)
keeping("approve_a_pause", lambda wish, by: pausing.approve_pause(wish, by=by), in_charge=True, asked=pause_asked)
keeping("refuse_a_pause", lambda wish, by: pausing.refuse_pause(wish, by=by), in_charge=True, asked=pause_asked)
keeping("let_a_clock_run_again", lambda clock, by: pausing.let_run(clock, by=by), asked=paused)
keeping("ask_an_extension", extension_asked)
keeping(
    "approve_an_extension",
    lambda wish, by: extending.approve_extension(wish, by=by),
    in_charge=True,
    asked=extension_asked,
)
keeping(
    "refuse_an_extension",
    lambda wish, by: extending.refuse_extension(wish, by=by),
    in_charge=True,
    asked=extension_asked,
)
keeping(
    "hand_a_deadline_over",
    lambda clock, by: handing.hand_over([clock], to=office.make_officer("who takes over"), reason="on leave", by=by),
)


# --- Complaints ---------------------------------------------------------------------------------------


@act
def write_down_a_report() -> Ready:
    report = told_by_citizens(channel="telephone")
    return Ready(
        lambda by: filing.write_down(report, receipts.draw_ticket(), by=by), make_desk().first,
        frozenset({Duty.COMPLAINTS}),
    )  # fmt: skip


@act
def write_to_a_reporter() -> Ready:
    complaint = make_complaint()
    return Ready(
        lambda by: talking.write_to_reporter(complaint, "which Sunday?", by=by), make_desk().first,
        frozenset({Duty.COMPLAINTS}),
    )  # fmt: skip


@act
def hold_back_what_would_be_erased() -> Ready:
    complaint, tomorrow = make_complaint(), timezone.localdate() + timedelta(1)
    row = Forgetting.objects.create(complaint=complaint, what="words", due_on=tomorrow)
    return Ready(
        lambda by: retention.hold(row, until=tomorrow, why="an appeal is open", by=by), make_desk().chief,
        frozenset({Duty.DECIDE}),
    )  # fmt: skip


@act
def begin_a_reward() -> Ready:
    desk = make_reward_desk()
    complaint = make_true(desk)
    return Ready(lambda by: granting.begin(complaint, by=by), desk.proposer, frozenset({Duty.COMPLAINTS}))


# --- Credit -------------------------------------------------------------------------------------------


@act
def begin_an_evaluation() -> Ready:
    desk = make_credit_desk()
    return Ready(
        lambda by: evaluating.begin_evaluation(desk.place, by=by), desk.keeper, frozenset({Duty.CREDIT}),
        Department.Party.AUTHORITY,
    )  # fmt: skip


@act
def ask_to_show_evaluations() -> Ready:
    desk = make_credit_desk()
    evaluation = computed(desk)
    return Ready(
        lambda by: showing_together.ask_to_show({evaluation.pk: evaluation.turn}, by=by), desk.chief,
        frozenset({Duty.DECIDE}), Department.Party.AUTHORITY,
    )  # fmt: skip


@act
def begin_a_commitment() -> Ready:
    desk = make_credit_desk()
    (template,) = committing.open_templates(desk.place)
    return Ready(
        lambda by: committing.begin_commitment(desk.place, template, by=by), desk.keeper, frozenset({Duty.CREDIT}),
        Department.Party.AUTHORITY,
    )  # fmt: skip


@act
def note_a_fact_of_an_enterprise() -> Ready:
    today, desk = timezone.localdate(), make_credit_desk()
    return Ready(
        lambda by: enterprises.note_fact(
            "91990100MA0000000X", "杜撰制药", matter="tax", number="SF-1", happened_on=today, known_on=today, by=by
        ),
        desk.keeper, frozenset({Duty.CREDIT}), Department.Party.AUTHORITY, of_one_place=False,
    )  # fmt: skip


@act
def draw_a_code() -> Ready:
    desk = make_credit_desk()
    subject = told_to_an_enterprise(desk)
    return Ready(
        lambda by: objecting.draw_code(subject, by=by), desk.keeper, frozenset({Duty.CREDIT}),
        Department.Party.AUTHORITY,
    )  # fmt: skip


@act
def propose_to_suspend_online_settlement() -> Ready:
    desk = make_credit_desk()
    penalty = penalty_on_a_person(desk.keeper)
    return Ready(
        lambda by: insured.propose_suspension(penalty, by=by), desk.keeper, frozenset({Duty.CREDIT}),
        Department.Party.AUTHORITY,
    )  # fmt: skip


@act
def apply_for_a_repair() -> Ready:
    desk = make_credit_desk()
    event = on_record(desk.place, known_on=timezone.localdate() - timedelta(215))
    return Ready(
        lambda by: repairing.apply_for_repair(event, statement="paid back", promise="no more", by=by), desk.hospital,
        frozenset({Duty.SIGN}),
    )  # fmt: skip
