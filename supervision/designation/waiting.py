"""What an institution is asked to send, to put right or to sign of its applications and agreements."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from institutions.waiting import SHOWN, Entry, Kind, day_of

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
    rows = Application.objects.visible_to(account).filter(state__in=APPLICATIONS)
    return [of_application(one) for one in rows.select_related("insurer", "clock__limit")[:SHOWN]]


def of_application(one: Application) -> Entry:
    kind, words = APPLICATIONS[one.state]
    return Entry(
        kind, str(words) % {"agency": one.insurer}, reverse("designation:own_application", args=[one.number]),
        (Duty.SIGN,), since=day_of(one.moved_at), clock=one.clock, about=one.number,
    )  # fmt: skip


def agreements(account: Account) -> list[Entry]:
    seen = Contract.objects.visible_to(account)
    rows = seen.filter(state__in=AGREEMENTS) | seen.living().filter(renewal_clock__ended_at=None)
    beside = ("insurer", "clock__limit", "pause_clock__limit", "renewal_clock__limit")
    return [entry for one in rows.select_related(*beside)[:SHOWN] for entry in of_agreement(one)]


def of_agreement(one: Contract) -> list[Entry]:
    """What its state asks for, and that its term ends."""
    found = [at_its_stage(one)] if one.state in AGREEMENTS else []
    if one.renewal_clock is None or one.renewal_clock.ended_at is not None:
        return found
    words = _("expect the text of the next term from %(agency)s: the agreement ends") % {"agency": one.insurer}
    address = reverse("designation:own_agreement", args=[one.number])
    return [*found, Entry(Kind.MAY, words, address, due_on=one.until, about=one.number)]


def at_its_stage(one: Contract) -> Entry:
    kind, words = AGREEMENTS[one.state]
    clock = one.pause_clock if one.state == Stage.SUSPENDED else one.clock
    return Entry(
        kind, str(words) % {"agency": one.insurer}, reverse("designation:own_agreement", args=[one.number]),
        (Duty.SIGN,), since=day_of(one.moved_at), clock=clock, about=one.number,
    )  # fmt: skip
