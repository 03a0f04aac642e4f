"""Opens a visit, and keeps book of the devices on which its record travels."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, refuse_unless

from . import ruling
from .models import Checklist, Device, Entry, Number, Visit, VisitOfficer
from .models.visits import State
from .sealing import digest_of_many

NUMBERING = 7_310_801  # visits are numbered one after the other


@transaction.atomic
def open_visit(
    *, about: str, institution: Institution, officers: Sequence[Account], checklist: Checklist, place: Division,
    by: Account,
) -> Visit:  # fmt: skip
    """A visit of these officers to an institution of the account's territory.

    `about` is the number of what it belongs to, empty for a daily visit; `place` is the division that visits.
    At least as many officers go as the row `officers_least` says (Regulation, art. 29).
    """
    permitted(by)
    if not within(by, place) or not within(by, institution.division):
        raise BeyondReach(_("There is nothing here by that number."))
    going = list({one.pk: one for one in officers}.values())
    least = int(ruling.number(Number.Code.OFFICERS_LEAST, place.pk).value)
    refuse_unless(len(going) >= least, _("At least %(least)d officers go on a visit.") % {"least": least})
    unfit = [str(one) for one in going if not may_go(one, institution)]
    refuse_unless(not unfit, _("These cannot go on this visit: %(who)s.") % {"who": ", ".join(unfit)})
    one_at_a_time(NUMBERING)
    start = f"XC-{place.pk}-{timezone.localdate().year}-"
    made = Visit.objects.create(
        number=f"{start}{Visit.objects.filter(number__startswith=start).count() + 1}", about=about.strip(),
        institution=institution, place=place, checklist=checklist, opened_by=by, state=State.OPEN,
    )  # fmt: skip
    VisitOfficer.objects.bulk_create(VisitOfficer(visit=made, account=one) for one in going)
    made.events.create(move="open", after=made.state, by=by)
    record(Act.VISIT, by, made.number, move="open", officers=[one.username for one in going])
    return made


def permitted(by: Account) -> None:
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )


def within(by: Account, place: Division) -> bool:
    return by.territory is not None and place.pk.startswith(by.territory.prefix)


def may_go(officer: Account, institution: Institution) -> bool:
    """Whoever handles cases where the institution lies."""
    return officer.is_active and officer.holds(Duty.INVESTIGATE) and within(officer, institution.division)


@transaction.atomic
def take_along(visit: Visit, device: UUID, *, by: Account) -> Device:
    """Note that an officer has the visit on a device. Said twice it is noted once."""
    locked = gone_on(visit, by)
    refuse_unless(locked.state == State.OPEN, _("This visit is over."))
    refuse_unless(device.int > 0, _("The device does not say which it is."))
    made, new = Device.objects.get_or_create(ident=device, defaults={"visit": locked, "account": by})
    refuse_unless(made.visit_id == locked.pk and made.account_id == by.pk, _("The device holds something else."))
    refuse_unless(made.is_out, _("The device has handed this visit back."))
    if new:
        record(Act.VISIT, by, locked.number, move="take_along", device=str(device))
    return made


@transaction.atomic
def hand_back(visit: Visit, device: UUID, *, entries: int, digest: str, by: Account) -> bool:
    """Whether everything that the device has written is here; then it may forget it.

    The device says how many entries it has and the digest over them (`sealing.digest_of_many`). Said twice it holds
    twice; nothing is noted where anything is missing.
    """
    locked = gone_on(visit, by)
    told = Device.objects.select_for_update().filter(ident=device, visit=locked, account=by).first()
    if told is None:
        raise BeyondReach(_("There is nothing here by that number."))
    here = list(Entry.objects.filter(device=told))
    if len(here) != entries or digest_of_many(here) != digest:
        return False
    if told.returned_at is None:
        told.returned_at = timezone.now()
        told.save(update_fields=["returned_at"])
        record(Act.VISIT, by, locked.number, move="hand_back", device=str(device), entries=entries, digest=digest)
    return True


@transaction.atomic
def give_up_device(visit: Visit, device: UUID, *, why: str, by: Account) -> Device:
    """Wait no longer for a device that is lost or broken. What still comes from it is kept, outside of the seal."""
    permitted(by)
    locked = gone_on(visit, by)
    told = Device.objects.select_for_update().filter(ident=device, visit=locked).first()
    if told is None:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(told.is_out, _("The device has handed this visit back."))
    refuse_unless(bool(why.strip()), _("Say why."))
    told.given_up_by, told.why = by, why.strip()[:400]
    told.save(update_fields=["given_up_by", "why"])
    record(Act.VISIT, by, locked.number, move="give_up", device=str(device), why=told.why)
    return told


def gone_on(visit: Visit, by: Account) -> Visit:
    """The visit, locked, for one of its officers."""
    locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if not locked.reaches(by) or not locked.is_gone_on_by(by):
        raise BeyondReach(_("There is nothing here by that number."))
    return locked
