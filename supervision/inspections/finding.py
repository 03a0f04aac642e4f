"""What the officers write down of what they found: each problem with its norm, and the settlement lines it names."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import reading
from .models import Charge, Fact, Inspection
from .teaming import officer_of


def open_book(inspection: Inspection, by: Account) -> Inspection:
    """The inspection while its team is on site, for one of its officers."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    locked = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(officer_of(locked, by) is not None, _("Only officers of its team do this."))
    refuse_unless(locked.state == "onsite", _("Findings are written down while the team is on site."))
    return locked


@transaction.atomic
def write_fact(inspection: Inspection, *, words: str, norm: str, item: str = "", by: Account) -> Fact:
    """One problem; the lines it names follow one by one."""
    locked = open_book(inspection, by)
    refuse_unless(bool(words.strip() and norm.strip()), _("Say what was found, and against which norm."))
    known = locked.items.filter(code=item).first()
    refuse_unless(not item or known is not None, _("The inspection has no such item."))
    last = locked.facts.order_by("-number").first()
    made = Fact.objects.create(
        inspection=locked, number=last.number + 1 if last else 1, item=known, words=words.strip()[:400],
        norm=norm.strip()[:200], found_by=by,
    )  # fmt: skip
    record(Act.CASE, by, str(made), move="write_down")
    return made


@transaction.atomic
def name_charge(fact: Fact, *, claim: str, line: str, suspected: Decimal, by: Account) -> Charge:
    """A line of a settled claim, and how much of it is in question, in yuan."""
    locked = open_book(fact.inspection, by)
    made = reading.line(str(locked.institution_id), claim.strip(), line.strip(), suspected, account=by)
    made.fact = fact
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise MoveRefused(_("The finding names this line already.")) from None
    record(Act.CASE, by, str(fact), move="name_charge", charge=made.charge, amount=f"{suspected}")
    return made


@transaction.atomic
def strike_fact(fact: Fact, *, by: Account) -> None:
    """Take a problem out again, with the lines it names, while the team is on site."""
    locked = open_book(fact.inspection, by)
    number = str(fact)
    fact.charges.all().delete()
    fact.delete()
    record(Act.CASE, by, locked.number, move="strike", fact=number)
