"""The list of contacts of a place: named, and crossed out when somebody else takes the post."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from .models import Contact


@transaction.atomic
def name_contact(name: str, *, post: str, telephone: str, by: Account) -> Contact:
    """Somebody to be called in the account's own place."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    refuse_unless(bool(name.strip() and post.strip() and telephone.strip()), _("All of it is needed."))
    place = by.territory
    assert place is not None
    made = Contact.objects.create(
        place=place, name=name.strip()[:60], post=post.strip()[:100], telephone=telephone.strip()[:40], by=by
    )
    record(Act.CASE, by, f"contact {made.pk}", move="name_contact")
    return made


@transaction.atomic
def cross_out(key: int, *, by: Account) -> Contact:
    """Nobody calls this contact any more."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    found = Contact.objects.filter(pk=key, place=by.territory, until=None).first() if by.territory else None
    if found is None:
        raise BeyondReach(_("There is nothing here by that number."))
    found.until = timezone.localdate()
    found.save()
    record(Act.CASE, by, f"contact {found.pk}", move="cross_out")
    return found
