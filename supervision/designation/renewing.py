"""The end of a term comes near: a clock reminds of it, and the agency makes a new text out of the old one."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import running
from supervision.moves import BeyondReach, as_a_move, refuse_unless

from . import signing, timing
from .models import Contract, Stage
from .models.contracts import LIVING

RENEWAL = "agreement_renewal"  # the limit


def due(contract: Contract) -> bool:
    """Whether its last day is so near that renewal is settled."""
    return timing.so_long_before(RENEWAL, contract.place, contract.until) <= timezone.localdate()


def remind() -> int:
    """A clock for each agreement whose term ends soon, that runs to about its last day; how many were started."""
    started = 0
    for contract in soon_over():
        if due(contract) and not has_successor(contract):
            first = timing.so_long_before(RENEWAL, contract.place, contract.until)
            since = timezone.make_aware(datetime.combine(first, datetime.min.time()))
            with transaction.atomic():
                contract.renewal_clock = timing.start(contract, RENEWAL, since=since)
                contract.save(update_fields=["renewal_clock"])
            started += 1
    return started


def soon_over() -> Iterator[Contract]:
    """Those of each pooling area whose last day may be near enough: a month ends on different days."""
    today = timezone.localdate()
    living = Contract.objects.living().main_ones().filter(renewal_clock=None, until__gte=today)
    for area in living.order_by().values_list("insurer__pooling_area", flat=True).distinct():
        last = timing.so_long_after(RENEWAL, area, today) + timedelta(days=3)
        yield from living.filter(insurer__pooling_area=area, until__lte=last)


def has_successor(contract: Contract) -> bool:
    return Contract.objects.filter(predecessor=contract).exists()


@transaction.atomic
def renew(contract: Contract, *, by: Account) -> Contract:
    """A text for the next term, with the figures of this one; it is negotiated and signed like the first."""
    found = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not found.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.AGREE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.AGREE.label},
    )
    may_be_renewed(found)
    with as_a_move():
        first = max(found.until + timedelta(days=1), timezone.localdate())
        successor = signing.draft_text(found.institution, found.insurer, since=first, by=by, predecessor=found)
    if found.renewal_clock is not None and found.renewal_clock.ended_at is None:
        running.meet(found.renewal_clock)
    record(Act.AGREEMENT, by, successor.number, move="renew", renews=found.number)
    return successor


def may_be_renewed(contract: Contract) -> None:
    """In force, its end near, no text for the next term yet, and the last appraisal does not speak against it."""
    refuse_unless(contract.main is None, _("It is made anew with the next main agreement."))
    refuse_unless(contract.state in LIVING and contract.state != Stage.SUSPENDED, _("It is not in force."))
    refuse_unless(due(contract), _("Its term does not end soon."))
    before = Contract.objects.filter(predecessor=contract).first()
    refuse_unless(before is None, _("There is a text for the next term already: %(number)s.") % {"number": before})
    refuse_unless(contract.wish != Contract.Wish.LEAVE, _("The institution has said that it is not to be renewed."))
    last = contract.appraisals.confirmed().order_by("-year").first()
    refuse_unless(
        last is None or last.band.renews,
        _("By its last appraisal it is not renewed: %(band)s.") % {"band": last.band if last else ""},
    )
