"""A supplementary agreement for an internet hospital: a text that hangs on the main agreement of its hospital.

An internet hospital is designated through the hospital that it belongs to, by a supplementary agreement (Order 2 of
the National Healthcare Security Administration). For which kinds of institution there is one, the texts say.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, as_a_move, refuse_unless

from . import following, ruling, signing
from .models import Contract, ContractTemplate
from .models.contracts import GONE


def has_a_text(main: Contract) -> bool:
    """Whether institutions of its kind may have one at all."""
    try:
        ruling.template(main.institution.kind, main.place, use=ContractTemplate.Use.INTERNET)
    except MoveRefused:
        return False
    return main.main_id is None


@transaction.atomic
def supplement(main: Contract, *, by: Account) -> Contract:
    """A text that hangs on this agreement and ends with it; it is negotiated and signed like the main one.

    It begins today, or with the main agreement where that begins later.
    """
    found = Contract.objects.select_for_update(of=("self",)).get(pk=main.pk)
    if not found.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.AGREE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.AGREE.label},
    )
    refuse_unless(by.insurer_id in (None, found.insurer_id), _("It is for another agency."))
    may_be_supplemented(found)
    with as_a_move():
        first = max(found.since, timezone.localdate())
        new = signing.draft_text(found.institution, found.insurer, since=first, by=by, main=found)
    record(Act.AGREEMENT, by, new.number, move="supplement", main=found.number)
    return new


def may_be_supplemented(main: Contract) -> None:
    """A main agreement in force, and nothing that hangs on it yet."""
    refuse_unless(main.main_id is None, _("It hangs on another agreement itself."))
    refuse_unless(
        following.is_in_force(main), _("The main agreement %(number)s is not in force.") % {"number": main.number}
    )
    before = main.supplements.exclude(state__in=GONE).first()
    refuse_unless(before is None, _("There is a supplementary agreement already: %(number)s.") % {"number": before})
