"""Begins a typical case from a closed case, and excuses what the check took for a person."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Case
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, refuse_unless

from . import decisions
from .knowing import hits
from .models import Excuse, Exposed, TypicalCase, TypicalCaseEvent
from .models.cases import CHINESE
from .workflow import BEFORE, TYPICAL_CASE

NUMBERING = 0x6578706F  # 'expo'; a number of our own among PostgreSQL's advisory locks


@transaction.atomic
def retell(case: Case, texts: Mapping[str, str], *, by: Account) -> TypicalCase:
    """Retell a closed case. The institution is not named until somebody decides that it may be."""
    refuse_unless(by.holds(Duty.COMPLAINTS) and by.institution_id is None, _("You do not hold the duty for this."))
    if not case.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(decisions.may_be_told(case), _("A case is told only when it is over or its penalty is closed."))
    refuse_unless(decisions.fallen(case, None) is None, _("Its decision was revoked or changed."))
    told = {name: texts.get(name, "").strip() for name in CHINESE}
    refuse_unless(all(told.values()), _("A typical case has a title, facts, violations and how they were handled."))
    one_at_a_time(NUMBERING)
    typical = TypicalCase.objects.create(
        number=next_number(case), case=case, place=case.place, drafted_by=by, drafted_on=timezone.localdate(),
        state=TYPICAL_CASE.first, **told,
    )  # fmt: skip
    TypicalCaseEvent.objects.create(typical=typical, move="draft", after=typical.state, by=by, facts=told)
    record(Act.EXPOSURE, by, typical.number, move="draft", case=case.number)
    return typical


def next_number(case: Case) -> str:
    """DX, the division, the year and which typical case of that year it is; whoever asks holds the lock."""
    start = f"DX-{case.place_id}-{timezone.localdate().year}-"
    rows = TypicalCase.objects.filter(number__startswith=start).order_by("-number")
    last = rows.values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06}"


@transaction.atomic
def excuse(typical: TypicalCase, kind: str, text: str, *, reason: str, by: Account) -> Excuse:
    """What was found names nobody, says somebody who did not write it."""
    refuse_unless(by.holds(Duty.COMPLAINTS) and by.institution_id is None, _("You do not hold the duty for this."))
    if not typical.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    locked = TypicalCase.objects.select_for_update(of=("self",)).get(pk=typical.pk)
    refuse_unless(
        locked.state in BEFORE,
        _("That cannot be done with what is %(state)s.") % {"state": Exposed(locked.state).label},
    )
    refuse_unless(by.pk != locked.drafted_by_id, _("This needs a second person: you wrote the text."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    refuse_unless((kind, text) in {(hit.kind, hit.text) for hit in hits(locked)}, _("Nothing like that was found."))
    made, _new = Excuse.objects.update_or_create(
        typical=locked, kind=kind, text=text,
        defaults={"reason": reason.strip(), "by": by, "on": timezone.localdate()},
    )  # fmt: skip
    record(Act.EXPOSURE, by, locked.number, move="excuse", kind=kind, reason=made.reason)
    return made
