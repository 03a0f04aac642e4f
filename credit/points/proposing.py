"""Proposes a score for a person: only after the institution was punished or handled more heavily, and once an act."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Duty, Practitioner
from supervision.audit.chain import record as write_down
from supervision.audit.models import Act
from supervision.cases.models import Proceeding
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import effects, grounds, ruling
from .models import Matter, Responsibility, ScoreRecord
from .workflows.record import SCORE


@transaction.atomic
def propose(
    practitioner: Practitioner, proceeding: Proceeding, *, matter: Matter, responsibility: Responsibility, facts: str,
    by: Account,
) -> ScoreRecord:  # fmt: skip
    """The points follow from matter and responsibility; another person approves them."""
    refuse_the_stranger(by)
    if not proceeding.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)  # numbers in their turn
    grounds.refuse_what_is_not_in_effect(proceeding)
    refuse_what_does_not_hold(matter, responsibility, proceeding)
    refuse_unless(bool(facts.strip()), _("Say what the person did."))
    points = responsibility.points(matter)
    refuse_what_was_scored(practitioner, proceeding, points)
    refuse_unless(
        practitioner.registrations.filter(institution=proceeding.case.institution).exists(),
        _("Nobody with this code is registered at the institution."),
    )
    found = created(practitioner, proceeding, matter, responsibility, facts.strip(), points, by)
    found.clock = effects.start(found, effects.NOTICE, duty=Duty.DECIDE)
    found.save(update_fields=["clock"])
    found.events.create(move="propose", after=found.state, by=by, facts={"points": str(points)})
    write_down(Act.POINTS, by, found.number, move="propose", points=points)
    return found


def refuse_the_stranger(by: Account) -> None:
    """The agency proposes: somebody of it who keeps points."""
    party = by.department.party if by.department else None
    refuse_unless(
        by.holds(Duty.CREDIT) and not by.institution_id,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.CREDIT.label},
    )
    handling = Department.Party.HANDLING
    refuse_unless(party == handling, _("That is for the %(party)s to do.") % {"party": handling.label})


def refuse_what_does_not_hold(matter: Matter, responsibility: Responsibility, proceeding: Proceeding) -> None:
    """Matter and responsibility are rows that hold here today, and the matter is scored after such a handling."""
    place, today = proceeding.case.place_id, timezone.localdate()
    holds = matter in ruling.matters(place, today) and responsibility in ruling.responsibilities(place, today)
    refuse_unless(holds, _("There is no such choice."))
    refuse_unless(grounds.belongs(matter, proceeding), _("This matter is not scored after such a handling."))


def refuse_what_was_scored(practitioner: Practitioner, proceeding: Proceeding, points: int) -> None:
    """One act is scored once, at the highest tier: a second score of it must be a higher one."""
    counted = ScoreRecord.objects.counted().filter(practitioner=practitioner, act=proceeding.case.number)
    highest = max(counted.values_list("points", flat=True), default=0)
    refuse_unless(
        points > highest,
        _("This act was scored with %(points)d points already; it is scored once, at the highest.")
        % {"points": highest},
    )


def created(
    practitioner: Practitioner, proceeding: Proceeding, matter: Matter, responsibility: Responsibility, facts: str,
    points: int, by: Account,
) -> ScoreRecord:  # fmt: skip
    institution = proceeding.case.institution
    assert institution is not None
    number = f"{proceeding.number}-J{ScoreRecord.objects.filter(proceeding=proceeding).count() + 1}"
    try:
        with transaction.atomic():
            return ScoreRecord.objects.create(
                number=number, practitioner=practitioner, institution=institution, place=institution.division,
                proceeding=proceeding, act=proceeding.case.number, matter=matter, responsibility=responsibility,
                proposed_points=points, points=points, facts=facts, state=SCORE.first, proposer=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("A score of this act is under way already.")) from None
