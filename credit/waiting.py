"""The evaluation that an institution was shown, and may object to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind

from .models import Evaluation, State


def waiting(account: Account) -> list[Entry]:
    rows = Evaluation.objects.visible_to(account).filter(state=State.PUBLICISED)
    return [entry(one) for one in rows.select_related("clock__limit")]


def entry(one: Evaluation) -> Entry:
    said = {"year": one.cycle, "grade": one.letter or "–"}
    return Entry(
        Kind.MAY, _("object to the credit evaluation of %(year)s: %(grade)s") % said, reverse("own_credit:own"),
        (Duty.SIGN,), since=one.publicised_on, clock=one.clock, due_on=one.object_until, about=one.number,
    )  # fmt: skip
