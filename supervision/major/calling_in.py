"""An interview is decided on: of an institution or agency of the territory, or of the department of a place below."""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution, Insurer
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, as_a_move, refuse_unless

from . import levelling
from .conferring import INTERVIEW
from .models import Ground, Interview, Issue
from .numbering import next_number


@transaction.atomic
def call_in(
    party: Institution | Insurer | Division, *, reason: str, by: Account, issue: Issue | None = None
) -> Interview:  # fmt: skip
    """By an officer; a person in charge sends the notice."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    place = by.territory
    assert place is not None
    refuse_unless(bool(reason.strip()), _("Say why."))
    if not sits_at(party).startswith(place.prefix) or (issue is not None and not issue.reaches(by)):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        not isinstance(party, Division) or party.pk != place.pk, _("A department is called in by a level above it.")
    )
    kind = kind_of(party)
    with as_a_move():
        ground = levelling.ground(kind, place.pk)
    made = Interview.objects.create(
        number=next_number("YT", place.pk, Interview.objects), place=place, kind=kind, ground=ground,
        institution=party if isinstance(party, Institution) else None,
        agency=party if isinstance(party, Insurer) else None,
        subject_place=party if isinstance(party, Division) else None,
        issue=issue, reason=reason.strip(), handler=by, state=INTERVIEW.first,
    )  # fmt: skip
    made.events.create(move="call_in", after=made.state, by=by, note=made.reason)
    record(Act.CASE, by, made.number, move="call_in", kind=kind)
    return made


def sits_at(party: Institution | Insurer | Division) -> str:
    if isinstance(party, Institution):
        return party.division_id
    return party.pooling_area_id if isinstance(party, Insurer) else party.pk


def kind_of(party: Institution | Insurer | Division) -> Ground.Party:
    if isinstance(party, Institution):
        return Ground.Party.INSTITUTION
    return Ground.Party.AGENCY if isinstance(party, Insurer) else Ground.Party.PLACE
