"""The steps of a penalty: what its moves do besides changing the state."""

from datetime import datetime, time

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.cases import deferring, enforcing, punishing, surcharging, timing, violating
from supervision.cases.delivering import deliver, hand_over
from supervision.cases.letters import named, write
from supervision.cases.models import Proceeding
from supervision.clocks import calendar, limits, pausing
from supervision.clocks.models import Clock, Unit
from supervision.moves import Effect, Made, refuse_unless

NOON = time(12)
Step = Effect[Proceeding]


def file(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues filing_approval and starts P05"""
    punishing.of(proceeding)
    proceeding.overall_clock = timing.start(proceeding, "P05", since=timezone.now(), duty=Duty.INVESTIGATE)
    facts = {**punishing.said(proceeding), "opinion": made.note, "basis": punishing.FILED_UNDER}
    write("filing_approval", proceeding, made, **facts)


def end_all(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """ends the overall clock"""
    timing.end(proceeding.overall_clock)


def hear_on(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """names day and presider of the hearing, P04 ahead, and lets the overall clock stand still"""
    at, presider = made.facts["hearing_at"], Account.objects.filter(username=made.facts["presider"]).first()
    refuse_unless(presider is not None, _("Name who presides."))
    assert presider is not None
    case = proceeding.case
    refuse_unless(
        case.reaches(presider) and not case.officers.filter(account=presider).exists()
        and presider.pk != proceeding.handler_id,
        _("Who handles the case does not preside at its hearing."),
    )  # fmt: skip
    notice = limits.limit("P04", timing.places(proceeding), timezone.localdate())
    earliest = calendar.add(timezone.now(), notice.amount, Unit(notice.unit))
    refuse_unless(at > earliest, _("A hearing is told %(days)d working days before.") % {"days": notice.amount})
    punishing.keep(proceeding, hearing_on=timezone.localdate(at), hearing_told_on=None, presider=presider)
    write("hearing_notice", proceeding, made, at=at, host=str(presider))
    stand_still(proceeding, made, _("A hearing was asked for."))


def serve_hearing_notice(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves hearing_notice; P04 counts from its receipt"""
    penalty = punishing.of(proceeding)
    refuse_unless(penalty.hearing_told_on is None, _("Its receipt is written down already."))
    at = deliver(proceeding, made, "hearing_notice")
    notice = limits.limit("P04", timing.places(proceeding), timezone.localdate())
    earliest = calendar.add(at, notice.amount, Unit(notice.unit))
    refuse_unless(
        penalty.hearing_on is not None and penalty.hearing_on > timezone.localdate(earliest),
        _("Received so late, it leaves less than %(days)d working days before the hearing: call it anew.")
        % {"days": notice.amount},
    )
    punishing.keep(proceeding, hearing_told_on=timezone.localdate(at))


def stand_still(proceeding: Proceeding, made: Made[Proceeding], reason: str) -> None:
    """The time of a hearing does not count: asked by who prepared the case, approved by who decides."""
    clock = proceeding.overall_clock
    if clock is not None and clock.state == Clock.State.RUNNING and clock.due_at > timezone.now():
        pausing.pause(clock, reason=reason, asked_by=proceeding.handler, approved_by=made.by)


def run_again(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lets the overall clock run again"""
    clock = proceeding.overall_clock
    if clock is not None and clock.state == Clock.State.PAUSED:
        pausing.resume(clock, by=made.by)


def reviewed(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down who reviewed it"""
    proceeding.reviewer = made.by


def tell_beforehand(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues prior_notice, served today, and starts P03"""
    at = timing.happened(made)
    refuse_unless(
        timezone.localdate(at) == timezone.localdate(), _("The notice is issued today: it was not served before.")
    )
    timing.end(proceeding.clock)
    proceeding.clock = timing.start(proceeding, "P03", since=at, institution=proceeding.case.institution_id or "")
    with translation.override("zh-hans"):  # a letter is Chinese, whoever sends it
        right = _("You may ask for a hearing by then.") if punishing.large(proceeding, "hearing") else ""
    letter = write(
        "prior_notice", proceeding, made, **punishing.said(proceeding), hearing_right=right,
        deadline=timezone.localdate(proceeding.clock.due_at),
    )  # fmt: skip
    hand_over(proceeding, made, letter, at)


def hear_the_party(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps what the party says, beside what it said since it was told; its time runs on"""
    penalty, clock, said = punishing.of(proceeding), proceeding.clock, str(made.facts["statement"])
    if clock is not None and penalty.defended_at is not None and penalty.defended_at >= clock.since:
        said = f"{penalty.defence}\n{said}"
    punishing.keep(proceeding, defence=said, defended_at=timezone.now())


def end_window(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """ends the party's time to speak, by the day on which it spoke"""
    timing.end(proceeding.clock, punishing.of(proceeding).defended_at)
    proceeding.clock = None


def serve_decision(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the decision, and starts P07 and P10"""
    at = delivered_decision(proceeding, made, "penalty_decision")
    clock = timing.start(proceeding, "P07", since=at, institution=proceeding.case.institution_id or "")
    punishing.keep(proceeding, payment_clock=clock)
    proceeding.clock = clock


def serve_no_penalty(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the decision not to punish, and starts P10"""
    delivered_decision(proceeding, made, "no_penalty_decision")
    proceeding.clock = None


def delivered_decision(proceeding: Proceeding, made: Made[Proceeding], kind: str) -> datetime:
    """Hand the decision over; from its receipt on it can be challenged."""
    at = deliver(proceeding, made, kind)
    timing.end(proceeding.clock, at)
    whom = proceeding.case.institution_id or ""
    punishing.keep(
        proceeding, served_on=timezone.localdate(at),
        reconsideration_clock=timing.start(proceeding, "P10", since=at, institution=whom),
        suit_clock=timing.start(proceeding, "P10_suit", since=at, institution=whom),
    )  # fmt: skip
    return at


def settled(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """ends the clock of paying, on the day of the last payment; a fine that is paid can still be challenged"""
    penalty = punishing.of(proceeding)
    payments = surcharging.payments(penalty)
    on = payments[-1][0] if payments else timezone.localdate()
    timing.end(penalty.payment_clock, timezone.make_aware(datetime.combine(on, NOON)))
    punishing.keep(proceeding, paid_on=on)


def drop_clocks(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """drops the clocks that still run, but for those of the ways to challenge"""
    penalty = punishing.of(proceeding)
    for clock in (proceeding.clock, proceeding.overall_clock, penalty.payment_clock, penalty.reminder_clock):
        timing.drop(clock)


def reopened(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """nobody has decided it yet"""
    proceeding.approver = None


def remind(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues reminder and starts P11"""
    punishing.keep(proceeding, reminded_at=timezone.now(), reminder_clock=None)
    proceeding.clock = timing.start(proceeding, "P11", since=final_since(proceeding), duty=Duty.INVESTIGATE)
    surcharge = punishing.booked_surcharge(proceeding)
    write(
        "reminder", proceeding, made, decision=named(proceeding, "penalty_decision"), surcharge=surcharge or None,
        amount=punishing.unpaid(proceeding), days=enforcing.reminder_days(proceeding),
    )  # fmt: skip


def final_since(proceeding: Proceeding) -> datetime:
    """From when the court may be asked: the ways to challenge are over, and so is the time that was allowed to pay."""
    penalty = punishing.of(proceeding)
    unused = [
        clock.due_at
        for clock in (penalty.reconsideration_clock, penalty.suit_clock)
        if clock is not None and clock.state not in (Clock.State.MET, Clock.State.STOPPED)
    ]
    days = [row.until for row in penalty.challenges.all() if row.until] + [deferring.last_day(proceeding)]
    ends = unused + [timezone.make_aware(datetime.combine(day, NOON)) for day in days if day]
    return min(max(ends, default=timezone.now()), timezone.now())


def serve_reminder(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the reminder, and starts enforcement_reminder from its receipt"""
    refuse_unless(punishing.of(proceeding).reminder_clock is None, _("Its receipt is written down already."))
    punishing.keep(proceeding, reminder_clock=enforcing.deliver_reminder(proceeding, made))


def apply(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues enforcement_application"""
    said = {**punishing.said(proceeding), "amount": punishing.unpaid(proceeding)}
    write("enforcement_application", proceeding, made, decision=named(proceeding, "penalty_decision"), **said)


def order_correction(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues correction_order and serves it; from the day it names the party may have refused"""
    violation, by = violating.chosen(proceeding, made), made.facts["correct_by"]
    refuse_unless(by > timezone.localdate(), _("The party needs time to correct it: the day has passed."))
    letter = write(
        "correction_order", proceeding, made, facts=violation.type.words_zh, basis=violation.type.cited_zh, deadline=by
    )
    hand_over(proceeding, made, letter, timing.happened(made))
    violation.correct_by = by
    violation.save()
