"""What the platform knows of an applicant by itself, with the record that says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Institution, Measure, Practitioner
from supervision.ledger.models import Balance, Book, Stage

from . import ruling
from .models import Application, Contract, Criterion
from .models import Stage as Standing
from .timing import so_long_after


@dataclass(frozen=True)
class Record:
    """One fact, and the address of the page it opens to ('' where none does)."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Checked:
    """A criterion with what is known about it: of a condition what is missing, of a ground what speaks for it."""

    criterion: Criterion
    records: list[Record]


Check = Callable[[Institution, str], Iterator[Record]]  # of an institution, at a pooling area


def conditions(application: Application) -> list[Checked]:
    """The conditions of the applicant's kind, each with what the platform knows against it."""
    return checked(Criterion.Use.CONDITION, application)


def grounds(application: Application) -> list[Checked]:
    """The grounds for not accepting, each with the records that speak for it."""
    return checked(Criterion.Use.REFUSAL, application)


def checked(use: Criterion.Use, application: Application) -> list[Checked]:
    rows = ruling.criteria(use, application.institution.kind, application.place)
    return [Checked(row, known(row, application)) for row in rows]


def known(criterion: Criterion, application: Application) -> list[Record]:
    if criterion.check_by == "operating":
        return list(operating(application))
    check = CHECKS.get(criterion.check_by)
    return list(check(application.institution, application.place)) if check else []


# --- Conditions: what is missing --------------------------------------------------------------------


def operating(application: Application) -> Iterator[Record]:
    """In business for so long, by the day that the applicant has told."""
    begun, asked = application.opened_on, timezone.localdate(application.submitted_at or timezone.now())
    if begun is None:
        yield Record(_("It has not said since when it has been in business."))
    elif so_long_after("designation_operating", application.place, begun) > asked:
        yield Record(_("In business only since %(day)s.") % {"day": begun.isoformat()})


def registered(kind: Practitioner.Kind, institution: Institution) -> bool:
    today = timezone.localdate()
    rows = institution.practitioners.filter(kind=kind, registrations__institution=institution)
    return rows.exclude(registrations__until__lt=today).exists()


def physician(institution: Institution, place: str) -> Iterator[Record]:
    if not registered(Practitioner.Kind.PHYSICIAN, institution):
        yield Record(_("No physician is registered at it here."))


def pharmacist(institution: Institution, place: str) -> Iterator[Record]:
    if not registered(Practitioner.Kind.PHARMACIST, institution):
        yield Record(_("No pharmacist is registered at it here."))


def office(institution: Institution, place: str) -> Iterator[Record]:
    """From so many beds on it needs an office of its own: the platform knows the beds, not the office."""
    if institution.beds >= ruling.threshold("office_from_beds", place):
        yield Record(_("It has %(beds)d beds: an office of its own is needed.") % {"beds": institution.beds})


# --- Grounds: what speaks for them ------------------------------------------------------------------


def penalty_unpaid(institution: Institution, place: str) -> Iterator[Record]:
    """Fines that were demanded and have not come in."""
    due = Balance.objects.filter(
        item__institution=institution, item__book=Book.TREASURY, stage=Stage.DEMANDED, amount__gt=0
    )
    for balance in due.select_related("item"):
        words = _("%(what)s: ¥%(amount)s outstanding, case %(case)s")
        said = {"what": balance.item.title, "amount": f"{balance.amount:,.2f}", "case": balance.item.case or "–"}
        yield Record(words % said, balance.item.address)


def terminated_before(institution: Institution, place: str) -> Iterator[Record]:
    """Terminations whose bar is not over: by the ground where the agreement's file names one, else as a breach."""
    for contract in Contract.objects.filter(
        institution=institution, state__in=(Standing.TERMINATED, Standing.PUBLISHED)
    ):
        if contract.because or contract.ended_on is None:
            continue  # it followed another, which stands here itself
        bars = contract.ground.bars if contract.ground else "designation_after_breach"
        until = so_long_after(bars, place, contract.ended_on) if bars else None
        if until and until > timezone.localdate():
            words = _("%(number)s terminated on %(day)s: no application before %(until)s")
            said = {"number": contract.number, "day": contract.ended_on.isoformat(), "until": until.isoformat()}
            yield Record(words % said, contract.get_absolute_url())
    yield from terminated_by_case(institution, place)


def terminated_by_case(institution: Institution, place: str) -> Iterator[Record]:
    """What decisions on breaches ended; the register of measures names the proceeding."""
    own = Contract.objects.filter(institution=institution).values("number")
    ended = Measure.objects.filter(institution=institution, kind=Measure.Kind.TERMINATED).exclude(because__in=own)
    for measure in ended.filter(lifted_on=None):
        until = so_long_after("designation_after_breach", place, measure.since)
        if until > timezone.localdate():
            words = _("Terminated by %(number)s on %(day)s: no application before %(until)s")
            said = {"number": measure.because, "day": measure.since.isoformat(), "until": until.isoformat()}
            yield Record(words % said)


def barred(institution: Institution, place: str) -> Iterator[Record]:
    """An application that did not pass twice, with its year still running."""
    today = timezone.localdate()
    for failed in Application.objects.filter(
        institution=institution, insurer__pooling_area=place, barred_until__gt=today
    ):
        words = _("%(number)s did not pass: no application before %(until)s")
        until = failed.barred_until
        yield Record(
            words % {"number": failed.number, "until": until.isoformat() if until else ""}, failed.get_absolute_url()
        )


def suspended_twice(institution: Institution, place: str) -> Iterator[Record]:
    """Suspensions of the agreement in this term, as often as end it."""
    today = timezone.localdate()
    enough = ruling.threshold("suspensions_that_end", place)
    rows = Contract.objects.living().main_ones().filter(institution=institution, insurer__pooling_area=place)
    for contract in rows.filter(since__lte=today, suspensions__gte=enough):
        words = _("%(number)s was suspended %(times)d times in this term")
        yield Record(words % {"number": contract.number, "times": contract.suspensions}, contract.get_absolute_url())


CHECKS: dict[str, Check] = {
    "physician": physician, "pharmacist": pharmacist, "office": office, "penalty_unpaid": penalty_unpaid,
    "terminated_before": terminated_before, "barred": barred, "suspended_twice": suspended_twice,
}  # fmt: skip
