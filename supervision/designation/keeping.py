"""What moves of agreements ask for besides state and duty, and what they do to the register and to other places."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions import agreements
from institutions import measures as register
from institutions.models import Account, Agreement, Measure
from supervision.cases.facts import Kind, ask
from supervision.clocks import running
from supervision.knowledge import registering
from supervision.moves import THE_SITE, Made, Workflow, refuse_unless

from . import following, letters, ruling, timing
from .models import Contract, Criterion, Stage
from .models.contracts import GONE

PAUSE = "agreement_suspension"  # the limit
MEASURES = {Criterion.Use.SUSPENSION: Contract.Measure.SUSPEND, Criterion.Use.TERMINATION: Contract.Measure.TERMINATE}


def digest(contract: Contract) -> Iterable[tuple[str, str]]:
    """One choice, that names the file which is signed."""
    if contract.document is None:
        return []
    sealed = contract.document.pdf_digest
    words = _("I have read the text with the SHA-256 digest %(digest)s and sign it.") % {"digest": sealed}
    return [(sealed, words)]


def grounds(contract: Contract) -> Iterable[tuple[str, str]]:
    return [(code, f"{MEASURES[use].label}: {row}") for code, use, row in offered(contract)]


def offered(contract: Contract) -> list[tuple[str, Criterion.Use, Criterion]]:
    kind, place = contract.institution.kind, contract.place
    return [(row.code, use, row) for use in MEASURES for row in ruling.criteria(use, kind, place)]


SEALED = ask("sealed_text", Kind.CHOICES, gettext_lazy("The text"), choices=digest)
SIGNATORY = ask("signatory", Kind.LINE, gettext_lazy("Name of who signs"))
FROM = ask("wanted_from", Kind.DAY, gettext_lazy("From which day on"))
UNTIL = ask("wanted_until", Kind.DAY, gettext_lazy("Last day"))
GROUND = ask("measure_ground", Kind.CHOICE, gettext_lazy("Measure and its ground"), choices=grounds)


# --- What is asked ----------------------------------------------------------------------------------


def is_a_main_agreement(contract: Contract, by: Account) -> None:
    """it hangs on no other agreement"""
    refuse_unless(
        contract.main is None,
        _("It hangs on the main agreement %(number)s: that is done there.") % {"number": contract.main},
    )


def is_a_supplement(contract: Contract, by: Account) -> None:
    """it hangs on a main agreement"""
    refuse_unless(contract.main is not None, _("It hangs on no other agreement."))


def main_one_is_in_force(contract: Contract, by: Account) -> None:
    """where it hangs on a main agreement, that is in force"""
    refuse_unless(
        contract.main is None or following.is_in_force(contract.main),
        _("The main agreement %(number)s is not in force.") % {"number": contract.main},
    )


def main_one_is_over(contract: Contract, by: Account) -> None:
    """the main agreement is over"""
    refuse_unless(
        contract.main is not None and contract.main.state in GONE,
        _("The main agreement %(number)s is not over.") % {"number": contract.main},
    )


def not_publicly_run(contract: Contract, by: Account) -> None:
    """by an institution that is not publicly run"""
    refuse_unless(
        not contract.institution.publicly_run, _("A publicly run institution may not ask to suspend or end it.")
    )


def day_has_come(contract: Contract, by: Account) -> None:
    """the day that was granted has come"""
    day = contract.wanted_from
    refuse_unless(day is not None and day <= timezone.localdate(), _("That day has not come yet."))


def institution_was_heard(contract: Contract, by: Account) -> None:
    """the institution has stated its case, or its time for it is over"""
    refuse_unless(
        contract.state == Stage.DEFENDED or timing.ran_out(contract), _("The institution may still state its case.")
    )


def about(measure: Contract.Measure) -> Any:
    """A condition: this is the measure that was proposed."""

    def proposed(contract: Contract, by: Account) -> None:
        refuse_unless(contract.measure == measure, _("Another measure was proposed."))

    proposed.__doc__ = f"what was proposed is to {measure.value} it"
    return proposed


def stands_as(state: Agreement.State) -> Any:
    """A condition: the register of agreements says so."""

    def standing(contract: Contract, by: Account) -> None:
        refuse_unless(contract.line.state == state, _("The register says another state of the agreement."))

    standing.__doc__ = f"the register says: {state.value}"
    return standing


def held_by_nobody_else(contract: Contract, by: Account) -> None:
    """not suspended by a decision on a breach, or by the own pooling area: that is lifted there"""
    refuse_unless(
        not contract.because,
        _("It is suspended because of %(what)s: it is lifted there.") % {"what": contract.because},
    )


def paused_too_long(contract: Contract, by: Account) -> None:
    """suspended for agreement_suspension, and nobody has asked for its resumption"""
    clock = contract.pause_clock
    refuse_unless(clock is not None and clock.has_run_out, _("Its time is not over yet."))


def term_is_over(contract: Contract, by: Account) -> None:
    """its last day has passed"""
    refuse_unless(contract.until < timezone.localdate(), _("The term is not over yet."))


def is_renewed(contract: Contract, by: Account) -> None:
    """another agreement follows it"""
    refuse_unless(following.follows_on(contract), _("No agreement follows it."))


def is_not_renewed(contract: Contract, by: Account) -> None:
    """no agreement follows it"""
    refuse_unless(not following.follows_on(contract), _("Another agreement follows it."))


# --- Signed, filed, in force ------------------------------------------------------------------------


def tell_application(move: str) -> Any:
    """An effect that carries the news to the application, once this move is written."""

    def telling(contract: Contract, made: Made[Contract]) -> None:
        if contract.application is not None:
            contract.state = {"signed": Stage.SIGNED, "break_off": Stage.DROPPED}[move]
            contract.save(update_fields=["state"])
            Workflow.known["application"].make(contract.application, move, by=THE_SITE)

    telling.__doc__ = f"the application: {move}"
    return telling


def file(contract: Contract, made: Made[Contract]) -> None:
    """issues agreement_filing to the department of the same level, and starts agreement_filing"""
    assert contract.document is not None
    timing.starts("agreement_filing")(contract, made)
    assert contract.template is not None
    letters.write(
        "agreement_filing", contract, by=made.by, agreement=contract.number, name=contract.template.name_zh,
        name_en=contract.template.name_en, since=contract.since,
        until=contract.until, digest=contract.document.pdf_digest, **letters.department_of(contract),
    )  # fmt: skip


def conclude(contract: Contract, made: Made[Contract]) -> None:
    """enters it in the register of agreements, for its term; what hangs on a main agreement stands there with it"""
    timing.meets(contract, made)
    if contract.main is not None:
        return
    contract.agreement = agreements.conclude(
        contract.institution, contract.insurer, number=contract.number, since=contract.since, until=contract.until
    )


# --- At the institution's wish ----------------------------------------------------------------------


def day_of(made: Made[Contract], name: str) -> date:
    said = made.facts[name]
    return said if isinstance(said, date) else date.fromisoformat(str(said))


def want(contract: Contract, first: date) -> None:
    """Whoever wants it suspended or ended says so ahead."""
    earliest = timing.so_long_after("agreement_notice", contract.place, timezone.localdate())
    refuse_unless(first >= earliest, _("That is asked for ahead: %(day)s is the first day.") % {"day": earliest})
    refuse_unless(first <= contract.until, _("By then the agreement is over."))
    contract.wanted_from, contract.wanted_until = first, None


def want_pause(contract: Contract, made: Made[Contract]) -> None:
    """keeps from when to when, no longer than agreement_suspension"""
    first, last = day_of(made, "wanted_from"), day_of(made, "wanted_until")
    want(contract, first)
    longest = timing.so_long_after(PAUSE, contract.place, first)
    refuse_unless(first <= last < longest, _("A suspension ends before %(day)s.") % {"day": longest})
    contract.wanted_until = last


def want_end(contract: Contract, made: Made[Contract]) -> None:
    """keeps from which day on"""
    want(contract, day_of(made, "wanted_from"))


def unwant(contract: Contract, made: Made[Contract]) -> None:
    """nothing is wanted any more"""
    contract.wanted_from = contract.wanted_until = None


def pause_as_wanted(contract: Contract, made: Made[Contract]) -> None:
    """suspends it in the register, at the institution's own wish, and starts agreement_suspension"""
    contract.of_own_will = True
    pause(contract, made)


def end(contract: Contract, made: Made[Contract]) -> None:
    """ends it in the register"""
    timing.drops(contract, made)
    lift(contract, made)
    contract.agreement = agreements.end(contract.line, because=contract.number)
    contract.ended_on = timezone.localdate()
    forget_clocks(contract)
    following.supplements_follow(contract)


# --- Measures of the agency -------------------------------------------------------------------------


def propose(contract: Contract, made: Made[Contract]) -> None:
    """keeps measure and ground, starts agreement_defence for the institution, and issues breach_notice"""
    chosen = {code: (use, row) for code, use, row in offered(contract)}
    refuse_unless(made.facts["measure_ground"] in chosen, _("There is no such choice."))
    use, contract.ground = chosen[made.facts["measure_ground"]]
    contract.measure, contract.proposer = MEASURES[use], made.by
    suspended = contract.line.state == Agreement.State.SUSPENDED
    refuse_unless(not (suspended and contract.measure == Contract.Measure.SUSPEND), _("It is suspended already."))
    contract.clock = timing.start(contract, "agreement_defence", duty=None)
    letters.write("breach_notice", contract, by=made.by, facts=made.note, **measure_told(contract))


def measure_told(contract: Contract) -> dict[str, object]:
    """Agreement, measure and ground as a letter tells them."""
    assert contract.ground is not None
    zh, en = {
        "suspend": ("中止服务协议", "suspend the agreement"),
        "terminate": ("解除服务协议", "terminate the agreement"),
    }[contract.measure]
    return {
        "agreement": contract.number, "demand": f"{zh}：{contract.ground.name_zh}",
        "demand_en": f"{en}: {contract.ground.name_en}",
    }  # fmt: skip


def tell_decision(contract: Contract, made: Made[Contract]) -> None:
    """issues breach_decision"""
    proposal = contract.events.filter(move="propose").order_by("-pk").first()
    defence = contract.events.filter(move="defend", pk__gt=proposal.pk if proposal else 0).order_by("-pk").first()
    letters.write(
        "breach_decision", contract, by=made.by, facts=proposal.note if proposal else made.note, reason=made.note,
        defence=defence.note if defence else "", **measure_told(contract),
    )  # fmt: skip


def forget_proposal(contract: Contract, made: Made[Contract]) -> None:
    """nothing is proposed any more"""
    timing.drops(contract, made)
    contract.measure, contract.proposer, contract.ground = "", None, None


def pause(contract: Contract, made: Made[Contract]) -> None:
    """suspends it in the register, starts agreement_suspension, and other places follow"""
    timing.drops(contract, made)
    contract.agreement = agreements.suspend(contract.line, because=contract.number)
    note_pause(contract)
    impose(contract, made, Measure.Kind.SUSPENDED)
    following.supplements_follow(contract)
    following.follow_elsewhere(contract, because=contract.number)


def note_pause(contract: Contract) -> None:
    """That it is suspended from today on, and how long that may last."""
    contract.suspensions += 1
    contract.suspended_on, contract.measure, contract.proposer = timezone.localdate(), "", None
    contract.wanted_from = None
    contract.pause_clock = timing.start(contract, PAUSE, duty=None)


def resume(contract: Contract, made: Made[Contract]) -> None:
    """it is in force again in the register, and so it is in other places; issues measure_lifted"""
    timing.meets(contract, made)
    contract.agreement = agreements.resume(contract.line, because=contract.number)
    lift(contract, made)
    note_resumption(contract)
    following.supplements_follow(contract)
    following.resume_elsewhere(contract, because=contract.number)
    letters.write("measure_lifted", contract, by=made.by, agreement=contract.number, reason=made.note or _("put right"))


def note_resumption(contract: Contract) -> None:
    contract.suspended_on, contract.of_own_will, contract.because = None, False, ""
    contract.wanted_until, contract.ground, contract.ended_on, contract.published_on = None, None, None, None
    if contract.pause_clock is not None and contract.pause_clock.ended_at is None:
        running.meet(contract.pause_clock)
    contract.pause_clock = None


def terminate(contract: Contract, made: Made[Contract]) -> None:
    """terminates it in the register, and other places follow"""
    timing.drops(contract, made)
    lift(contract, made)
    contract.agreement = agreements.terminate(contract.line, because=contract.number)
    contract.ended_on = timezone.localdate()
    forget_clocks(contract)
    impose(contract, made, Measure.Kind.TERMINATED)
    following.supplements_follow(contract)
    following.follow_elsewhere(contract, because=contract.number)


def impose(contract: Contract, made: Made[Contract], kind: Measure.Kind) -> None:
    """In the register of measures, for desk, rules and finance: of the own pooling area alone, as it holds for all."""
    if contract.of_own_area:
        new = register.impose(kind, contract.institution, because=contract.number)
        registering.tell([new], by=made.by)


def lift(contract: Contract, made: Made[Contract]) -> None:
    """What the register of measures holds because of this agreement ends today."""
    held = Measure.objects.filter(because=contract.number).exclude(kind=Measure.Kind.TERMINATED)
    ended = register.lift(held, because=made.note or contract.number)
    if ended:
        registering.tell(ended, by=made.by)


def forget_clocks(contract: Contract) -> None:
    for name in ("pause_clock", "renewal_clock"):
        clock = getattr(contract, name)
        if clock is not None and clock.ended_at is None:
            running.stop(clock)
        setattr(contract, name, None)


def publish(contract: Contract, made: Made[Contract]) -> None:
    """puts it on the public list of those that were terminated"""
    contract.published_on = timezone.localdate()


def run_out(contract: Contract, made: Made[Contract]) -> None:
    """its term is over: the clocks end"""
    timing.drops(contract, made)
    lift(contract, made)
    contract.ended_on = contract.until
    forget_clocks(contract)


# --- What others decided ----------------------------------------------------------------------------


def follow_suspension(contract: Contract, made: Made[Contract]) -> None:
    """keeps what it was suspended because of, and starts agreement_suspension, for a main agreement alone"""
    timing.drops(contract, made)
    if contract.main is not None:
        contract.because, contract.suspended_on = contract.main.number, timezone.localdate()
        return
    contract.because = contract.line.state_because
    note_pause(contract)
    following.supplements_follow(contract)


def follow_resumption(contract: Contract, made: Made[Contract]) -> None:
    """nothing holds it any more"""
    timing.drops(contract, made)
    note_resumption(contract)
    following.supplements_follow(contract)


def follow_termination(contract: Contract, made: Made[Contract]) -> None:
    """keeps what it was terminated because of"""
    timing.drops(contract, made)
    found = contract.line
    contract.because, contract.ended_on = str(contract.main or found.state_because), found.state_since
    forget_clocks(contract)
    following.supplements_follow(contract)


def follow_end(contract: Contract, made: Made[Contract]) -> None:
    """keeps the main agreement as what it ended because of, and since when"""
    timing.drops(contract, made)
    contract.because, contract.ended_on = str(contract.main), contract.line.state_since
