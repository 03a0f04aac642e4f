"""Facts about pharmaceutical enterprises, and what the moves of their ratings do."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks.calendar import months_after
from supervision.moves import THE_SITE, Made, MoveRefused, by_another_than, refuse_unless

from . import letters, rating
from .models import Enterprise, EnterpriseFact, Matter, Measure, Rating, RatingState, Tier, TierDisclosure


def needed_of(subject: Rating) -> list[tuple[str, str]]:
    return [(str(code), str(Measure(code).label)) for code in subject.needed]


TAKEN = ask("measures_taken", Asked.CHOICES, gettext_lazy("Measures that are shown to be taken"), choices=needed_of)
another_than_finder = by_another_than("finder")
another_than_checker = by_another_than("checker")


# --- Found ----------------------------------------------------------------------------------------------


@transaction.atomic
def note_fact(
    code: str, name_zh: str, *, matter: str, number: str, happened_on: dt.date, known_on: dt.date, by: Account,
    amount: Decimal = Decimal(0), aggravated: bool = False, found_tier: int = Tier.NONE,
) -> Rating:  # fmt: skip
    """What a judgment, a penalty or an audit found, with the number of that record."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    refuse_unless(matter in Matter.values and found_tier in Tier.values, _("There is no such choice."))
    refuse_unless(happened_on <= known_on <= timezone.localdate(), _("The days are not in order."))
    enterprise, _new = Enterprise.objects.get_or_create(code=code, defaults={"name_zh": name_zh})
    try:
        with transaction.atomic():
            fact = EnterpriseFact.objects.create(
                enterprise=enterprise, matter=matter, record=number, happened_on=happened_on, known_on=known_on,
                amount=amount, aggravated=aggravated, found_tier=found_tier,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This record is noted already.")) from None
    return found(fact, by)


def found(fact: EnterpriseFact, by: Account) -> Rating:
    year, place = timezone.localdate().year, str(by.territory_id)
    count = Rating.objects.filter(place=place, number__startswith=f"ZC-{place}-{year}-").count()
    made = Rating.objects.create(
        number=f"ZC-{place}-{year}-{count + 1}", place_id=place, fact=fact, finder=by, state=RatingState.FOUND
    )
    made.events.create(move="note", after=made.state, by=by)
    record(Act.CREDIT, by, made.number, move="note", fact=fact.record)
    return made


# --- Rated, told, disclosed -----------------------------------------------------------------------------


def rate(subject: Rating, made: Made[Rating]) -> None:
    """works out the tier and its corrective measures by the rows of the day"""
    of_it = rating.rated_fact(subject.fact, at=timezone.localdate())
    refuse_unless(of_it.tier > Tier.NONE, _("By the thresholds of today this gives no tier."))
    subject.tier, subject.needed = of_it.tier, sorted(of_it.measures)


def tell(subject: Rating, made: Made[Rating]) -> None:
    """issues enterprise_rating, and keeps who decided on it"""
    subject.decider, subject.told_on = made.by, timezone.localdate()
    letters.tell_enterprise(subject, by=made.by)


def months_disclosed(tier: int, on: dt.date) -> int | None:
    rows = TierDisclosure.objects.filter(tier=tier, valid__contains=on)
    most: int | None = rows.aggregate(most=Max("months"))["most"]
    return most


def may_be_disclosed(subject: Rating, by: Account) -> None:
    """the tier is one that is disclosed"""
    months = months_disclosed(subject.tier, timezone.localdate())
    refuse_unless(months is not None, _("This tier is not disclosed."))


def publish(subject: Rating, made: Made[Rating]) -> None:
    """shows name, matter and tier to everybody for as long as the tier is disclosed"""
    today = timezone.localdate()
    months = months_disclosed(subject.tier, today)
    assert months is not None
    subject.disclosed_on, subject.disclosed_until = today, months_after(today, months)


# --- Put right, or over ---------------------------------------------------------------------------------


def note_measures(subject: Rating, made: Made[Rating]) -> None:
    """keeps which measures are shown to be taken, and who saw it"""
    taken = {int(code) for code in made.facts["measures_taken"]}
    refuse_unless(taken <= set(subject.needed), _("There is no such choice."))
    subject.done, subject.checker = sorted({*subject.done, *taken}), made.by


def all_taken(subject: Rating, by: Account) -> None:
    """every corrective measure of its tier is taken"""
    left = [str(Measure(code).label) for code in subject.needed if code not in subject.done]
    refuse_unless(not left, _("Not shown yet: %(what)s.") % {"what": "; ".join(left)})


def repair(subject: Rating, made: Made[Rating]) -> None:
    """ends the fact, and takes it off the public page"""
    end_fact(subject, made)


def withdraw(subject: Rating, made: Made[Rating]) -> None:
    """ends the fact: its record fell, or it was noted in error"""
    end_fact(subject, made)


def end_fact(subject: Rating, made: Made[Rating]) -> None:
    fact = subject.fact
    fact.repaired_on, fact.repaired_because = max(timezone.localdate(), fact.known_on), f"{made.name} {subject.number}"
    fact.save(update_fields=["repaired_on", "repaired_because"])


def disclosed_long_enough(subject: Rating, by: Account) -> None:
    """the months of its disclosure are over"""
    until = subject.disclosed_until
    refuse_unless(until is not None and until < timezone.localdate(), _("It is disclosed for a time still."))


def expire_all() -> int:
    """Disclosures that are over. Again changes nothing."""
    from .enterprise_workflow import RATING  # noqa: PLC0415 - the table names this module's effects

    over = Rating.objects.filter(state=RatingState.PUBLISHED, disclosed_until__lt=timezone.localdate())
    for subject in over:
        RATING.make(subject, "expire", by=THE_SITE)
    return len(over)
