"""Makes measures act: what a decision suspends or ends stands in the register; desk, rules and finance go by it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import agreements
from institutions import measures as register
from institutions.models import Account, Agreement, Institution, Measure, Practitioner
from institutions.models.measures import MeasureQuerySet
from supervision.knowledge import registering
from supervision.moves import Made, refuse_unless

from . import breaching
from .models import Concerned, Proceeding
from .timing import happened

Kind = Measure.Kind


def of(proceeding: Proceeding) -> MeasureQuerySet:
    """What the register holds because of this proceeding."""
    return Measure.objects.filter(because=str(proceeding)).select_related("institution")


def names_whom(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down the department or person to be suspended, and until when"""
    about, code, until = made.facts["about"], str(made.facts["code"]).strip(), made.facts["until"]
    refuse_unless(about in Concerned.About.values, _("There is no such choice."))
    institution = breaching.institution_of(proceeding)
    if about == Concerned.About.PERSON:
        known = Practitioner.objects.filter(code=code, registrations__institution=institution).exists()
        refuse_unless(known, _("Nobody with this code is registered at the institution."))
    breach = breaching.breach_of(proceeding)
    Concerned.objects.update_or_create(breach=breach, about=about, code=code, defaults={"until": until})


def impose(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """puts suspensions and termination in force, once: in the register and on the agreement"""
    breach = breaching.breach_of(proceeding)
    if breach.executed_at:
        return
    institution, codes = breaching.institution_of(proceeding), {one.code for one in breach.measures.all()}
    new = whole(proceeding, institution, codes, made.by)
    if breaching.SUSPEND_PERSON in codes:
        new += [
            register.impose(Kind(one.about), institution, code=one.code, until=one.until, because=str(proceeding))
            for one in breach.concerned.all()
        ]
    registering.tell(new, by=made.by)


def whole(proceeding: Proceeding, institution: Institution, codes: set[str], by: Account) -> list[Measure]:
    """The measures on the institution as a whole; its agreement is what they say of it."""
    because, kinds = str(proceeding), []
    if breaching.STOP_PAYING in codes:
        kinds.append(Kind.PAYMENT)
    if breaching.TERMINATE in codes:
        agreements.terminate(breaching.agreement_of(proceeding, by), because=because)
        kinds.append(Kind.TERMINATED)
    elif breaching.SUSPEND in codes:
        agreements.suspend(breaching.agreement_of(proceeding, by), because=because)
        kinds.append(Kind.SUSPENDED)
    return [register.impose(kind, institution, because=because) for kind in kinds]


def open_ended(proceeding: Proceeding) -> Sequence[Measure]:
    """What holds until somebody lifts it. A termination is for good."""
    return list(of(proceeding).in_force().filter(until=None).exclude(kind=Kind.TERMINATED))


def something_to_lift(proceeding: Proceeding, by: Account) -> None:
    """A measure of it is in force that can be lifted."""
    refuse_unless(of(proceeding).in_force().exclude(kind=Kind.TERMINATED).exists(), _("No measure of it is in force."))


def all_lifted(proceeding: Proceeding, by: Account) -> None:
    """Nothing of it holds without an end."""
    left = ", ".join(sorted({one.get_kind_display() for one in open_ended(proceeding)}))
    refuse_unless(not left, _("Still in force: %(what)s. Lift it first.") % {"what": left})


def lift(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lifts its measures, and the agreement is in force again"""
    standing = of(proceeding).in_force().exclude(kind=Kind.TERMINATED)
    end(standing, proceeding, made, annulled=False)


def annul(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes its measures out of the register as if they had never held"""
    end(of(proceeding), proceeding, made, annulled=True)


def end(measures: QuerySet[Measure], proceeding: Proceeding, made: Made[Proceeding], *, annulled: bool) -> None:
    because = made.note or str(made.facts.get("result") or "") or str(proceeding)
    ended = register.lift(measures, because=because, annulled=annulled)
    registering.tell(ended, by=made.by)
    back = {Kind.SUSPENDED: agreements.resume, Kind.TERMINATED: agreements.restore}
    for measure in ended:
        for agreement in Agreement.objects.filter(
            institution=measure.institution, state_because=str(proceeding), state=measure.kind
        ):
            back[Kind(measure.kind)](agreement, because=str(proceeding))


def hold_settlement(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """enters in the register that settlement stands still from that day"""
    institution = proceeding.case.institution
    if institution is not None:  # of a person nothing is settled with an institution
        register.impose(Kind.SETTLEMENT, institution, because=str(proceeding), since=timezone.localdate(happened(made)))


def settle_again(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes the hold of settlement off"""
    because = made.note or str(proceeding)
    register.lift(of(proceeding), because=because, on=timezone.localdate(happened(made)))
