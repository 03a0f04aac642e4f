"""How a visit ends: sealed, or withdrawn before anything was written."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.moves import Made, Move, Workflow, refuse_unless

from . import reading, ruling, sealing
from .models import Entry, Number, Visit
from .models.visits import State


def by_an_officer(visit: Visit, by: Account) -> None:
    """by one of its officers"""
    refuse_unless(visit.is_gone_on_by(by), _("Only an officer of this visit does that."))


def no_device_is_out(visit: Visit, by: Account) -> None:
    """once every device has handed back what it holds"""
    out = [one for one in visit.devices.all() if one.is_out]
    refuse_unless(not out, _("%(count)d devices have not handed back what they hold.") % {"count": len(out)})


def every_line_is_answered_once(visit: Visit, by: Account) -> None:
    """with one answer to every line of the list"""
    lines = reading.lines_of(visit)
    left = [line.item.code for line in lines if not line.answers]
    refuse_unless(not left, _("These lines are not answered yet: %(codes)s.") % {"codes": ", ".join(left)})
    twice = [line.item.code for line in lines if line.is_disputed]
    refuse_unless(not twice, _("Two answers stand to these lines: %(codes)s.") % {"codes": ", ".join(twice)})


def is_signed(visit: Visit, by: Account) -> None:
    """signed by enough officers and by the institution, or with a note of why it did not sign"""
    signed = list(Entry.objects.filter(visit=visit, kind=Entry.Kind.SIGNATURE))
    officers = {one.said["who"] for one in signed if one.said["side"] == "officer"}
    least = int(ruling.number(Number.Code.OFFICERS_LEAST, visit.place_id).value)
    refuse_unless(len(officers) >= least, _("At least %(least)d officers sign.") % {"least": least})
    refuse_unless(
        any(one.said["side"] == "institution" for one in signed),
        _("The institution has not signed; note why where it will not."),
    )


def nothing_is_written(visit: Visit, by: Account) -> None:
    """while nothing was written"""
    refuse_unless(not Entry.objects.filter(visit=visit).exists(), _("Something was written already."))


def put_under_seal(visit: Visit, made: Made[Visit]) -> None:
    """puts the digest over all entries under it; what comes later is kept outside of it"""
    visit.sealed_by, visit.sealed_at, visit.seal = made.by, timezone.now(), sealing.seal_of(visit)


MOVES: dict[str, Move[Visit]] = {
    "seal": Move(
        frozenset({State.OPEN}), State.SEALED, Duty.INVESTIGATE, gettext_lazy("Seal the record"),
        conditions=(by_an_officer, no_device_is_out, every_line_is_answered_once, is_signed), effects=(put_under_seal,),
    ),
    "withdraw": Move(
        frozenset({State.OPEN}), State.WITHDRAWN, Duty.INVESTIGATE, pgettext_lazy("of a visit", "Withdraw it"),
        conditions=(by_an_officer, no_device_is_out, nothing_is_written), needs_note=True,
    ),
}  # fmt: skip

VISIT = Workflow[Visit](
    name="visit", words=gettext_lazy("A visit"), states=State, act=Act.VISIT, moves=MOVES, first=State.OPEN,
    module=__name__,
)  # fmt: skip
