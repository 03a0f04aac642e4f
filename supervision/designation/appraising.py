"""The appraisal of a year's performance: points by criteria, the band they reach, a second person who confirms it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import standing
from institutions.models import Account, AppraisedYear, Duty, StandingFact
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from . import ruling
from .models import Appraisal, Contract, Criterion

HUNDRED = Decimal(100)


def sheet(contract: Contract) -> list[Criterion]:
    return ruling.criteria(Criterion.Use.PERFORMANCE, contract.institution.kind, contract.place)


def reached(contract: Contract, by: Account) -> Contract:
    found = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not found.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.AGREE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.AGREE.label},
    )
    return found


@transaction.atomic
def appraise_year(
    contract: Contract, *, year: int, points: Mapping[str, tuple[Decimal, str]], by: Account
) -> Appraisal:
    """Write the year's appraisal, or write it anew as long as nobody has confirmed it."""
    found = reached(contract, by)
    refuse_unless(found.main_id is None, _("It is appraised with its main agreement."))
    refuse_unless(found.agreement_id is not None, _("It was never in force."))
    refuse_unless(
        found.since.year <= year <= min(found.until, timezone.localdate()).year, _("It does not hold in that year.")
    )
    confirmed = Appraisal.objects.confirmed().filter(contract=found, year=year)
    refuse_unless(not confirmed.exists(), _("That year's appraisal was confirmed already."))
    scores, total, whole = [], Decimal(0), Decimal(0)
    for criterion in sheet(found):
        given, seen = points.get(criterion.code, (None, ""))
        refuse_unless(
            given is not None and 0 <= given <= criterion.points,
            _("No more points than the criterion has: %(what)s.") % {"what": criterion},
        )
        assert given is not None
        scores.append({**ruling.told(criterion), "points": f"{given:.2f}", "of": str(criterion.points), "seen": seen})
        total, whole = total + given, whole + criterion.points
    score = (HUNDRED * total / whole).quantize(Decimal("0.01")) if whole else Decimal(0)
    values = {"scores": scores, "total": score, "band": ruling.band(score, found.place), "written_by": by}
    appraisal, _new = Appraisal.objects.update_or_create(contract=found, year=year, defaults=values)
    record(Act.AGREEMENT, by, found.number, move="appraise", year=year, score=str(score))
    return appraisal


@transaction.atomic
def confirm_appraisal(appraisal: Appraisal, *, by: Account) -> Appraisal:
    """A second person of the agency stands by it; from now on the institution reads it."""
    found = reached(appraisal.contract, by)
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    refuse_unless(locked.confirmed_by_id is None, _("That year's appraisal was confirmed already."))
    refuse_unless(locked.written_by_id != by.pk, _("This needs a second person: you have decided on it already."))
    locked.confirmed_by, locked.confirmed_at = by, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    tell_who_pays(locked)
    if locked.band.tells:
        happened = min(date(locked.year, 12, 31), timezone.localdate())
        kind = StandingFact.Kind(locked.band.tells)
        standing.tell(kind, found.institution, record=f"{found.number} {locked.year}", happened_on=happened)
    record(Act.AGREEMENT, by, found.number, move="confirm", year=locked.year, band=str(locked.band.name_zh))
    return locked


def tell_who_pays(appraisal: Appraisal) -> AppraisedYear:
    """Lay down below what the year releases of the deposit: settlements read it there."""
    contract, band = appraisal.contract, appraisal.band
    return AppraisedYear.objects.create(
        institution=contract.institution, insurer=contract.insurer, year=appraisal.year, score=appraisal.total,
        record=f"{contract.number} {appraisal.year}", band_zh=band.name_zh, band_en=band.name_en,
        release=band.release, source=band.source,
    )  # fmt: skip
