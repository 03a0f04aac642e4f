"""The team of an inspection: drawn or named officers with a leader, experts and third parties; who must step aside."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import drawing, ruling
from .listing import interest_of
from .models import Expert, Inspection, Inspector, Member, Number, Pairing
from .models.inspections import AT_WORK


def name_the_drawn(inspection: Inspection, *, by: Account) -> None:
    """Those drawn for the institution make the team; the first in rank leads until another is named."""
    pairs = Pairing.objects.filter(
        draw=inspection.draw_id, institution=inspection.institution_id, standing=Pairing.Standing.DRAWN
    )
    for place, one in enumerate(pairs.order_by("rank")):
        Member.objects.create(
            inspection=inspection, inspector_id=one.inspector_id, drawn=True, leader=not place, named_by=by
        )


def open_team(inspection: Inspection, by: Account) -> Inspection:
    """The inspection, for who puts its team together."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    locked = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if by.territory is None or not locked.place_id.startswith(by.territory.prefix):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.institution_id is not None, _("It has no institution yet."))
    refuse_unless(locked.state in AT_WORK, _("Its team has done its work."))
    return locked


@transaction.atomic
def name_officer(inspection: Inspection, inspector: Inspector, *, by: Account) -> Member:
    """One more officer of the library, beside those who were drawn."""
    locked = open_team(inspection, by)
    refuse_unless(
        inspector.place_id.startswith(locked.place.prefix) and inspector.until is None,
        _("This inspector does not stand in the library of the place."),
    )
    refuse_the_interested(inspector, locked)
    refuse_unless(not locked.members.filter(inspector=inspector).exists(), _("They are on the team, or stepped aside."))
    first = not locked.members.officers().exists()
    made = Member.objects.create(inspection=locked, inspector=inspector, leader=first, named_by=by)
    record(Act.CASE, by, locked.number, move="name_officer", inspector=inspector.certificate)
    return made


@transaction.atomic
def name_helper(inspection: Inspection, *, expert: Expert | None = None, third_party: str = "", by: Account) -> Member:
    """An expert of the library, or somebody of a third party: they help, and decide nothing."""
    locked = open_team(inspection, by)
    refuse_unless((expert is None) != (not third_party.strip()), _("Name an expert or a third party."))
    if expert is not None:
        refuse_unless(
            expert.place_id.startswith(locked.place.prefix) and expert.until is None,
            _("This expert does not stand in the library of the place."),
        )
        refuse_the_interested(expert, locked)
    made = Member.objects.create(inspection=locked, expert=expert, third_party=third_party.strip()[:120], named_by=by)
    record(Act.CASE, by, locked.number, move="name_helper")
    return made


def refuse_the_interested(listed: Inspector | Expert, inspection: Inspection) -> None:
    interest = interest_of(listed, inspection.institution_id)
    refuse_unless(
        interest is None,
        _("They have an interest in this institution: %(reason)s.") % {"reason": interest.reason if interest else ""},
    )


@transaction.atomic
def name_leader(inspection: Inspection, inspector: Inspector, *, by: Account) -> Member:
    """One of its officers answers for it."""
    locked = open_team(inspection, by)
    member = locked.members.officers().filter(inspector=inspector).first()
    if member is None:
        raise MoveRefused(_("Only an officer of the team leads it."))
    locked.members.serving().filter(leader=True).update(leader=False)
    member.leader = True
    member.save(update_fields=["leader"])
    record(Act.CASE, by, locked.number, move="name_leader", inspector=inspector.certificate)
    return member


@transaction.atomic
def recuse(inspection: Inspection, member: Member, reason: str, *, by: Account) -> Member | None:
    """A member steps aside. In the place of a drawn officer the next is drawn by the same seed."""
    locked = open_team(inspection, by)
    refuse_unless(bool(reason.strip()), _("Say why."))
    mine = locked.members.serving().select_for_update(of=("self",)).filter(pk=member.pk).first()
    if mine is None:
        raise MoveRefused(_("They are not on the team."))
    led = mine.leader
    mine.until, mine.reason, mine.leader = timezone.now(), reason.strip()[:200], False
    mine.save(update_fields=["until", "reason", "leader"])
    following = None
    if mine.drawn and mine.inspector is not None and locked.draw is not None:
        inspector = drawing.step_aside(locked.draw, str(locked.institution_id), mine.inspector, mine.reason)
        following = Member.objects.create(inspection=locked, inspector=inspector, drawn=True, named_by=by)
    if led and (leads := locked.members.officers().order_by("pk").first()):
        leads.leader = True
        leads.save(update_fields=["leader"])
    record(Act.CASE, by, locked.number, move="recuse", member=mine.pk)
    return following


# --- Asked by moves --------------------------------------------------------------------------------------


def lacks(inspection: Inspection) -> str:
    """What its team lacks before it may go; empty where nothing does."""
    least = ruling.number(Number.Code.OFFICERS, inspection.place_id).value
    officers = list(inspection.members.officers().select_related("inspector"))
    if len(officers) < least:
        return _("The team needs %(least)d officers at least.") % {"least": least}
    if not any(one.leader for one in officers):
        return _("The team has no leader.")
    for member in inspection.members.serving().select_related("inspector__account", "expert"):
        listed = member.inspector or member.expert
        if listed is not None and (found := interest_of(listed, inspection.institution_id)):
            return _("%(who)s has an interest in this institution: %(reason)s.") % {
                "who": member,
                "reason": found.reason,
            }
    return ""


def officer_of(inspection: Inspection, by: Account) -> Member | None:
    """The account's own place among its officers."""
    return inspection.members.officers().filter(inspector__account=by.pk).first()
