"""What an institution is asked to send, to put right or to sign of its applications and agreements."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock, past_day

from .models import Application, Contract, Stage, Standing

APPLICATIONS: dict[str, tuple[Kind, Promise]] = {
    Standing.DRAFT: (Kind.SIGN, gettext_lazy("Submit the application to %(agency)s")),
    Standing.SUPPLEMENT: (Kind.CORRECT, gettext_lazy("Send what the application to %(agency)s lacks")),
    Standing.RECTIFYING: (Kind.CORRECT, gettext_lazy("Put right what the assessment by %(agency)s found")),
}
AGREEMENTS: dict[str, tuple[Kind, Promise]] = {
    Stage.OFFERED: (Kind.SIGN, gettext_lazy("Sign the agreement with %(agency)s")),
    Stage.PROPOSED: (Kind.ANSWER, gettext_lazy("State your case: a measure against the agreement with %(agency)s")),
    Stage.SUSPENDED: (Kind.MAY, gettext_lazy("ask that the agreement with %(agency)s is resumed")),
}


def waiting(account: Account) -> list[Entry]:
    return [*applications(account), *agreements(account)]


def applications(account: Account) -> list[Entry]:
    rows = Application.objects.visible_to(account).select_related("insurer", "clock__limit").order_by("moved_at", "pk")
    return [
        found
        for state, (kind, _words) in APPLICATIONS.items()
        for found in first_of(rows.filter(state=state), of_application, further_applications(kind), past_clock("clock"))
    ]


def of_application(one: Application) -> Entry:
    kind, words = APPLICATIONS[one.state]
    return Entry(
        kind, str(words) % {"agency": one.insurer}, reverse("designation:own_application", args=[one.number]),
        (Duty.SIGN,), since=day_of(one.moved_at), clock=one.clock, about=one.number,
    )  # fmt: skip


def further_applications(kind: Kind) -> Callable[[int], Entry]:
    def rest(count: int) -> Entry:
        words = ngettext("%(n)d further application", "%(n)d further applications", count) % {"n": count}
        return Entry(kind, words, reverse("designation:own_applications"), (Duty.SIGN,), count=count)

    return rest


def agreements(account: Account) -> list[Entry]:
    """What each state asks for, and which terms end."""
    seen = Contract.objects.visible_to(account).select_related("insurer").order_by("moved_at", "pk")
    found = []
    for state, (kind, _words) in AGREEMENTS.items():
        clock = clock_at(state)
        rows = seen.filter(state=state).select_related(f"{clock}__limit")
        if state == Stage.SUSPENDED:
            rows = rows.main_ones()  # what hangs on it is resumed with it
        found += first_of(rows, at_its_stage, further_agreements(kind), past_clock(clock))
    ending = seen.living().filter(renewal_clock__ended_at=None, renewal_clock__isnull=False).order_by("until", "pk")
    return [*found, *first_of(ending, ending_soon, further_agreements(Kind.MAY), past_day("until"))]


def clock_at(state: str) -> str:
    return "pause_clock" if state == Stage.SUSPENDED else "clock"


def at_its_stage(one: Contract) -> Entry:
    kind, words = AGREEMENTS[one.state]
    return Entry(
        kind, str(words) % {"agency": one.insurer}, reverse("designation:own_agreement", args=[one.number]),
        (Duty.SIGN,), since=day_of(one.moved_at), clock=getattr(one, clock_at(one.state)), about=one.number,
    )  # fmt: skip


def ending_soon(one: Contract) -> Entry:
    words = _("expect the text of the next term from %(agency)s: the agreement ends") % {"agency": one.insurer}
    address = reverse("designation:own_agreement", args=[one.number])
    return Entry(Kind.MAY, words, address, due_on=one.until, about=one.number)


def further_agreements(kind: Kind) -> Callable[[int], Entry]:
    def rest(count: int) -> Entry:
        words = ngettext("%(n)d further agreement", "%(n)d further agreements", count) % {"n": count}
        return Entry(kind, words, reverse("designation:own_agreements"), (Duty.SIGN,), count=count)

    return rest
