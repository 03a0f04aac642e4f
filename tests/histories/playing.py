"""Plays a history: at each step somebody does something, by the tables' moves and the books' acts alone.

What is refused changes nothing. Each step follows from one number, so that a history can be played again.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from institutions.agreements import AgreementRefused
from institutions.models import Account, Duty
from supervision.cases.models import Case, Proceeding
from supervision.cases.opening import add_hearings, open_case
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import BEGINNINGS, LEAD, WORKFLOWS
from supervision.clocks.calendar import DeadlineRefused
from supervision.clocks.models import Clock
from supervision.hearing import answering, opening, window
from supervision.hearing.models import Hearing, HearingLine, State
from supervision.hearing.workflow import HEARING
from supervision.ledger import matching, paying, repaying, taking_back
from supervision.ledger.booking import BookingRefused
from supervision.ledger.models import RETURNED, Balance, BankRow, Book, Entry, Item, Plan, Repayment, Stage, WriteOff
from supervision.ledger.repaying import REPAYMENT
from supervision.ledger.workflows import BANK_ROW, PLAN, WRITE_OFF
from supervision.moves import Move, MoveRefused, Workflow
from tests.histories import giving
from tests.histories.prefecture import Prefecture, make_prefecture

REFUSALS = (MoveRefused, BookingRefused, DeadlineRefused, AgreementRefused)
# Where a history ends, or goes back: chosen now and then, or none would ever come to its money.
SELDOM = {
    "release", "withdraw", "close", "drop", "return", "send_back", "end", "take_back", "decide_none", "revoke", "annul",
    "no_problem", "pass_on", "reopen", "preserve", "refer", "archive", "feed_back", "weigh", "note_refusal", "refuse",
    "record_onsite", "record_interview", "list_evidence", "challenge", "dispute", "verify", "redirect", "charge_conduct",
    "request_hearing", "call_hearing", "assess", "propose_suspension",
}  # fmt: skip
OFTEN = {
    "propose_fine",
    "report",
    "charge",
    "assign",
    "file",
    "handle",
    "uphold",
    "notify",
    "decide",
    "serve",
    "submit",
}
MONEY = {"penalty": 6, "recovery": 3, "breach": 3}  # which measures are gone on with, before those that are about none
PERSISTENCE = 3  # how many moves are tried, and by how many, one after the other


class History:
    """What has happened so far, in words; and what may happen next."""

    def __init__(self, seed: int) -> None:
        self.where: Prefecture = make_prefecture(Random(seed))
        self.told: list[str] = []
        self.acts: Sequence[tuple[int, Callable[[Random], str]]] = (
            (9, self.hear), (3, self.open_a_case), (6, self.move_a_case), (3, self.measure), (14, self.move_a_measure),
            (2, self.pay), (1, self.offset), (1, self.ask), (3, self.decide_on_money), (1, self.take_back),
            (1, self.bank_file), (1, self.ask_back), (3, self.time_passes),
        )  # fmt: skip

    def step(self, number: int) -> bool:
        """One thing is done, or refused; whether it was done."""
        chance = Random(number)
        act = chance.choices([act for _weight, act in self.acts], [weight for weight, _act in self.acts])[0]
        with suppress(*REFUSALS), transaction.atomic():
            if done := act(chance):
                self.told.append(done)
                return True
        return False

    # --- Hearings -------------------------------------------------------------------------------------

    def hear(self, chance: Random) -> str:
        finding = chance.choice(self.where.findings)
        hearing = Hearing.objects.filter(finding=finding).order_by("pk").last()
        if hearing is None:
            by = chance.choice(self.where.who_hold(Duty.HEAR))
            return f"{opening.open_hearing(finding, by=by)} opened"
        if hearing.state == State.NOTIFIED and chance.random() < 0.7:
            return self.answer(hearing, chance)
        return self.move(HEARING, hearing, chance)

    def answer(self, hearing: Hearing, chance: Random) -> str:
        words = [answering.LineAnswer(HearingLine.Answer.ACCEPTED), answering.LineAnswer(HearingLine.Answer.APPEALED, "an emergency")]  # fmt: skip
        said = {line.pk: chance.choice(words) for line in hearing.lines.all()}
        answering.answer(hearing, said, by=self.where.answers, turn=hearing.turn)
        return f"{hearing} answered"

    # --- Cases ----------------------------------------------------------------------------------------

    def open_a_case(self, chance: Random) -> str:
        ready = list(Hearing.objects.filter(state__in=[State.UPHELD, State.ACCEPTED]))
        by = chance.choice(self.where.who_hold(Duty.INVESTIGATE, "authority"))
        if not ready:
            return ""
        some = chance.sample(ready, chance.randint(1, len(ready)))
        there = list(Case.objects.all())
        if there and chance.random() < 0.5:
            add_hearings(chance.choice(there), some, by=by)
            return "hearings added to a case"
        place = self.where.hospital
        case = open_case(
            title="Charges after discharge", origin="findings", place=place.division, respondent="institution",
            institution=place, facts="出院后收费", by=by, hearings=some,
        )  # fmt: skip
        return f"{case} opened of {len(some)}"

    def move_a_case(self, chance: Random) -> str:
        there = list(Case.objects.all())
        return self.move(LEAD, chance.choice(there), chance) if there else ""

    def measure(self, chance: Random) -> str:
        there = list(Case.objects.all())
        if not there:
            return ""
        case = chance.choice(there)
        kind = chance.choice(["breach", "breach", "breach", "recovery", "recovery", "summary", *WORKFLOWS])
        begins = BEGINNINGS[kind]  # type: ignore[index]
        by = chance.choice(self.where.who_hold(begins.duty, begins.party))
        facts = giving.given(begins.asks, case, self.where, by, chance)
        return f"{open_proceeding(case, kind, by=by, note='as said', **facts)} opened"

    def move_a_measure(self, chance: Random) -> str:
        there = list(Proceeding.objects.filter(closed_at=None)) or list(Proceeding.objects.all())
        if not there:
            return ""
        proceeding = chance.choices(there, [MONEY.get(one.kind, 1) for one in there])[0]
        return self.move(WORKFLOWS[proceeding.kind], proceeding, chance)  # type: ignore[index]

    # --- Money ----------------------------------------------------------------------------------------

    def owed(self, chance: Random) -> tuple[Item, Decimal] | None:
        standing = list(Balance.objects.filter(stage=Stage.DEMANDED, amount__gt=0).select_related("item"))
        if not standing:
            return None
        row = chance.choice(standing)
        return row.item, row.amount

    def pay(self, chance: Random) -> str:
        if not (found := self.owed(chance)):
            return ""
        item, most = found
        paid = giving.some_money(chance, most)
        paying.pay({item: paid}, voucher=giving.voucher(), day=timezone.localdate(), by=self.booker(chance))
        return f"{paid} paid of {item}"

    def offset(self, chance: Random) -> str:
        if not (found := self.owed(chance)):
            return ""
        item, most = found
        part = giving.some_money(chance, most)
        paying.offset({item: part}, batch=giving.voucher(), day=timezone.localdate(), by=self.booker(chance))
        return f"{part} offset of {item}"

    def ask(self, chance: Random) -> str:
        if not (found := self.owed(chance)):
            return ""
        (item, most), by = found, self.booker(chance)
        if chance.random() < 0.5:
            amount = giving.some_money(chance, most)
            return f"{paying.ask_write_off(item, amount, reason='bankrupt', basis='ruling 9', by=by)} asked"
        first = giving.some_money(chance, most)
        days = [timezone.localdate() + timedelta(30 * number) for number in (1, 2)]
        parts = [(day, part) for day, part in zip(days, (first, most - first), strict=True) if part]
        return f"{paying.ask_plan(item, parts, reason='poor', basis='deed 7', by=by)} asked"

    def decide_on_money(self, chance: Random) -> str:
        wishes: list[tuple[Workflow[Any], Any]] = [
            *((WRITE_OFF, wish) for wish in WriteOff.objects.filter(state=WriteOff.State.ASKED)),
            *((PLAN, plan) for plan in Plan.objects.filter(state__in=[Plan.State.ASKED, Plan.State.AGREED])),
            *((REPAYMENT, owed) for owed in Repayment.objects.all()),
            *((BANK_ROW, row) for row in BankRow.objects.all()),
        ]  # fmt: skip
        return self.move(*chance.choice(wishes), chance) if wishes else ""

    def take_back(self, chance: Random) -> str:
        came = list(Entry.objects.filter(postings__stage__in=RETURNED, reverses=None, reversed_by=None).distinct())
        if not came:
            return ""
        entry = chance.choice(came)
        taking_back.take_back(entry, reason="the bank returned it", by=self.booker(chance))
        return f"{entry} taken back"

    def ask_back(self, chance: Random) -> str:
        """Something that came turns out not to be owed."""
        standing = Balance.objects.filter(stage__in=RETURNED, amount__gt=0).select_related("item")
        if not (came := list(standing)):
            return ""
        row, by = chance.choice(came), self.booker(chance)
        amount = giving.some_money(chance, row.amount)
        return f"{repaying.ask_repayment(row.item, amount, reason='annulled', basis='ruling 3', by=by)} asked"

    def bank_file(self, chance: Random) -> str:
        if not (found := self.owed(chance)):
            return ""
        item, most = found
        named = item.reference if chance.random() < 0.6 else item.case or "nothing known"
        amount = giving.some_money(chance, most)
        row = f"{giving.voucher()},{timezone.localdate()},{amount},Hospital,{named}"
        content = f"voucher,day,amount,payer,reference\n{row}".encode()
        matching.take_in("bank.csv", content, book=Book(item.book), by=self.booker(chance))
        return f"a bank file with {amount} for {named}"

    def booker(self, chance: Random) -> Account:
        return chance.choice(self.where.who_hold(Duty.BOOK))

    # --- What every table has in common ---------------------------------------------------------------

    def move(self, flow: Workflow[Any], subject: Any, chance: Random) -> str:
        """One of the moves that its state allows, tried by some of those who hold its duty."""
        offered = [name for name, move in flow.moves.items() if subject.state in move.before and not move.by_itself]
        offered = [name for name in offered if name not in senseless(subject)]
        tried = sorted(offered, key=lambda name: chance.random() ** weight(flow, name))[:PERSISTENCE]
        for name in tried:
            if chance.random() > weight(flow, name):
                continue
            move = flow.moves[name]
            holders = self.where.who_hold(move.duty, move.party)
            for by in chance.sample(holders, min(PERSISTENCE, len(holders))):
                with suppress(*REFUSALS):
                    self.make(flow, subject, name, move, by, chance)
                    return f"{subject} {name} by {by.username}"
        return ""

    def make(self, flow: Workflow[Any], subject: Any, name: str, move: Move[Any], by: Account, chance: Random) -> None:
        asks = tuple(name for name in move.asks if flow is not BANK_ROW)
        facts = giving.given(asks, subject, self.where, by, chance)
        if flow is HEARING and name == "uphold":
            facts["lines"] = giving.decisions(subject, chance)
        if flow is BANK_ROW and name == "book" and (owed := self.owed(chance)):
            facts["item"] = owed[0].reference
        flow.make(subject, name, by=by, note="as said", **facts)

    def time_passes(self, chance: Random) -> str:
        """One of the clocks that run has run out, weeks ago."""
        going = list(Clock.objects.going().order_by("pk"))
        if not going:
            return ""
        clock, past = chance.choice(going), timezone.now() - timedelta(50)
        Clock.objects.filter(pk=clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(20))
        window.expire_due()
        return f"{clock} runs out"


def weight(flow: Workflow[Any], name: str) -> float:
    """What is done seldom comes late among what is tried."""
    hearing_ends = flow is HEARING and name == "handle"
    return 0.2 if name in SELDOM or hearing_ends else 3 if name in OFTEN else 1


def senseless(subject: Any) -> set[str]:
    """What the table allows of a penalty and no officer would do: charge without end, or report what is not weighed."""
    if not isinstance(subject, Proceeding) or subject.kind != "penalty":
        return set()
    standing = subject.violations.filter(withdrawn_at=None)
    if not standing.exists():
        return {"report"}
    to_weigh = standing.filter(grade="", type__only_if_refusing=False).exclude(type__basis="none").exists()
    return {"charge", "charge_conduct", "report"} if to_weigh else {"charge", "charge_conduct", "propose_fine"}
