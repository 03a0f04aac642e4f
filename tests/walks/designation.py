"""The ways of an application for designation and of a service agreement, between institution, agency and department."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions import agreements
from institutions.models import Department, Duty
from supervision.designation.models import Application, Contract, Stage
from supervision.designation.scoring import begin
from supervision.designation.timing import so_long_after
from supervision.designation.workflows import AGREEMENT, APPLICATION, OBJECTION
from tests.cases.office import run_out
from tests.designation import parties
from tests.designation.parties import make_agency
from tests.walks.walking import Walk

HANDLING, AUTHORITY = Department.Party.HANDLING, Department.Party.AUTHORITY


def application() -> Walk:
    agency = make_agency()

    def team(subject: Application) -> Mapping[str, Any]:
        return {"assessors": parties.team(agency)}

    def good(subject: Application) -> Mapping[str, Any]:
        parties.scored(subject, agency)
        return {}

    def bad(subject: Application) -> Mapping[str, Any]:
        parties.scored(subject, agency, "0.1")
        return {}

    def late(subject: Application) -> Mapping[str, Any]:
        run_out(subject.clock)
        return {}

    def assessed(subject: Application) -> Mapping[str, Any]:
        """The team is known, so that whoever decides is no part of it."""
        if subject.assessment is None:
            begin(subject, agency.first, agency.second)
        return {}

    def filed(subject: Application) -> Mapping[str, Any]:
        APPLICATION.make(subject, "file_passed", by=agency.first)
        return {}

    def contract(subject: Application) -> Contract:
        found = subject.contracts.get()
        found.figures = dict.fromkeys(found.figures, "5")
        found.save()
        return found

    def dropped(subject: Application) -> Mapping[str, Any]:
        Contract.objects.filter(pk=contract(subject).pk).update(state=Stage.DROPPED)
        return {}

    def signed(subject: Application) -> Mapping[str, Any]:
        Contract.objects.filter(pk=contract(subject).pk).update(state=Stage.SIGNED)
        return {}

    who = {
        str(Duty.SIGN): agency.owner, f"{Duty.AGREE} {HANDLING}": agency.first,
        f"{Duty.DECIDE} {HANDLING}": agency.head,
    }  # fmt: skip
    ready = {
        "assess": team, "pass": good, "fail": bad, "bar": bad, "run_out": late, "negotiate": late,
        "supplement refuse": late, "overturn": assessed, "publicise": filed, "signed": signed, "break_off": dropped,
    }  # fmt: skip
    return Walk(APPLICATION, lambda: parties.begun(agency), who, ready)


def objection() -> Walk:
    agency = make_agency()
    return Walk(
        OBJECTION, lambda: parties.objected(parties.publicised(agency)), {f"{Duty.DECIDE} {HANDLING}": agency.head}
    )


def agreement() -> Walk:
    agency = make_agency()

    def seal(subject: Contract) -> Mapping[str, Any]:
        return parties.seal(subject)

    def ahead(subject: Contract) -> Mapping[str, Any]:
        first = so_long_after("agreement_notice", subject.place, timezone.localdate())
        return {"wanted_from": first, "wanted_until": first + timedelta(days=30)}

    def come(subject: Contract) -> Mapping[str, Any]:
        Contract.objects.filter(pk=subject.pk).update(wanted_from=timezone.localdate())
        return {}

    def ground(code: str) -> Any:
        return lambda _subject: {"measure_ground": code}

    def heard(measure: str) -> Any:
        def hearing(subject: Contract) -> Mapping[str, Any]:
            if measure == "suspend":
                register("in_force")(subject)
            if subject.clock is not None:  # the institution has not stated its case
                run_out(subject.clock)
            Contract.objects.filter(pk=subject.pk).update(
                measure=measure, ground=parties.ground_of(subject, "end_fraud"), proposer=agency.second
            )
            return {}

        return hearing

    def long_before_its_end(subject: Contract) -> Mapping[str, Any]:
        Contract.objects.filter(pk=subject.pk).update(until=timezone.localdate() + timedelta(days=300))
        return {}

    def changed(subject: Contract) -> Mapping[str, Any]:
        return {"changed_data": "beds from 80 to 120", "changed_on": timezone.localdate()}

    def reported(subject: Contract) -> Mapping[str, Any]:
        Contract.objects.filter(pk=subject.pk).update(changed="beds", changed_on=timezone.localdate())
        return {}

    def paused_long(subject: Contract) -> Mapping[str, Any]:
        run_out(subject.pause_clock)
        return {}

    def over(subject: Contract) -> Mapping[str, Any]:
        past = timezone.localdate() - timedelta(days=1)
        Contract.objects.filter(pk=subject.pk).update(since=past, until=past)
        return {}

    def followed(subject: Contract) -> Mapping[str, Any]:
        over(subject)
        after = parties.drafted(agency, timezone.localdate())
        Contract.objects.filter(pk=after.pk).update(predecessor=subject, state=Stage.SIGNED)
        return {}

    def hung(subject: Contract) -> Mapping[str, Any]:
        """It hangs on another agreement, which is over."""
        insurer, today = parties.make_insurer("990200"), timezone.localdate()
        line = agreements.conclude(agency.place, insurer, number="XY-MAIN", since=today, until=subject.until)
        main = Contract.objects.create(
            number="XY-MAIN", institution=agency.place, insurer=insurer, since=today, until=subject.until,
            agreement=agreements.end(line, because="XY-MAIN"), state=Stage.ENDED,
        )  # fmt: skip
        Contract.objects.filter(pk=subject.pk).update(main=main)
        return {}

    def register(state: str) -> Any:
        def says(subject: Contract) -> Mapping[str, Any]:
            assert subject.agreement is not None
            subject.agreement.refresh_from_db()
            if subject.agreement.state != state:
                CHANGES[state](subject.agreement)
            return {}

        return says

    who = {
        str(Duty.SIGN): agency.owner, f"{Duty.AGREE} {HANDLING}": agency.first,
        f"{Duty.DECIDE} {HANDLING}": agency.head, f"{Duty.DECIDE} {AUTHORITY}": agency.department,
    }  # fmt: skip
    ready = {
        "ask_no_renewal": long_before_its_end, "report_change": changed, "take_in_change": reported,
        "sign": seal, "countersign": seal, "ask_pause": ahead, "ask_end": ahead, "begin_pause": come, "end": come,
        "in_force propose": ground("suspend_risk"), "suspended propose": ground("end_fraud"),
        "suspend": heard("suspend"), "terminate": heard("terminate"), "follow_end": hung, "fall": hung, "lapse": paused_long, "expire": over,
        "renew": followed, "drop_termination": register("suspended"), "drop_measure": register("in_force"), "follow_suspension": register("suspended"),
        "follow_resumption": register("in_force"), "follow_termination": register("terminated"),
    }  # fmt: skip
    return Walk(AGREEMENT, lambda: parties.drafted(agency), who, ready)


def resumed(agreement: Any) -> None:
    back = agreements.restore if agreement.state == "terminated" else agreements.resume
    back(agreement, because="AJ-1-P1")


CHANGES: Mapping[str, Any] = {
    "suspended": lambda one: agreements.suspend(one, because="AJ-1-P1"),
    "terminated": lambda one: agreements.terminate(one, because="AJ-1-P1"),
    "in_force": resumed,
}
