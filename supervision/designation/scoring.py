"""The assessors' sheet: points for each criterion, seen on paper and on site, by two people who both stand by it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from . import ruling
from .models import Application, Assessment, Criterion, Score, Standing

UNDER_WAY = (Standing.ASSESSING, Standing.REASSESSING)


def sheet(application: Application) -> list[Criterion]:
    """What is scored for the applicant's kind."""
    return ruling.criteria(Criterion.Use.ASSESSMENT, application.institution.kind, application.place)


def begin(application: Application, first: Account, second: Account) -> Assessment:
    """A round of its own; of the second round the points begin anew."""
    return Assessment.objects.create(
        application=application, first=first, second=second, round=application.assessments.count() + 1,
        needed=ruling.threshold("assessment_pass", application.place),
    )  # fmt: skip


def reached(application: Application, by: Account) -> Assessment:
    """The round that is under way, locked, for one of its team."""
    found = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not found.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.AGREE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.AGREE.label},
    )
    refuse_unless(found.state in UNDER_WAY, _("It is not being assessed."))
    round_ = found.assessment
    assert round_ is not None
    refuse_unless(round_.is_by(by), _("You are not of the team that assesses it."))
    return round_


@transaction.atomic
def score(
    application: Application, points: Mapping[str, tuple[Decimal, str]], *, on_paper: date | None,
    on_site: date | None, by: Account,
) -> Assessment:  # fmt: skip
    """Write the whole sheet: by the code of each criterion its points and what was seen."""
    round_, today = reached(application, by), timezone.localdate()
    for day in filter(None, (on_paper, on_site)):
        refuse_unless(round_.began_on <= day <= today, _("It was looked at between its beginning and today."))
    asked = sheet(application)
    missing = [str(one) for one in asked if one.code not in points]
    refuse_unless(not missing, _("Something is missing: %(what)s.") % {"what": ", ".join(missing)})
    for criterion in asked:
        given, seen = points[criterion.code]
        refuse_unless(
            0 <= given <= criterion.points, _("No more points than the criterion has: %(what)s.") % {"what": criterion}
        )
        Score.objects.update_or_create(
            assessment=round_, criterion=criterion, defaults={"points": given, "seen": seen, "by": by}
        )
    round_.on_paper, round_.on_site = on_paper, on_site
    round_.scored_by, round_.agreed_by, round_.total = by, None, round_.sum
    round_.save()
    record(Act.AGREEMENT, by, application.number, move="score", round=round_.round, total=str(round_.total))
    return round_


@transaction.atomic
def agree(application: Application, *, by: Account) -> Assessment:
    """The other of the two stands by the sheet as it is."""
    round_ = reached(application, by)
    refuse_unless(round_.scored_by_id is not None, _("Nothing has been scored yet."))
    refuse_unless(round_.scored_by_id != by.pk, _("This needs a second person: you have decided on it already."))
    refuse_unless(bool(round_.on_paper and round_.on_site), _("It is looked at on paper and on site."))
    round_.agreed_by = by
    round_.save(update_fields=["agreed_by"])
    record(Act.AGREEMENT, by, application.number, move="agree", round=round_.round, total=str(round_.total))
    return round_
