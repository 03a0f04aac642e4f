"""Draws up a campaign and its list of problems, and adds a place's own to a list that was issued."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, chain
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import THE_SITE, BeyondReach, MoveRefused, refuse_unless

from .campaigning import CAMPAIGN
from .models import Campaign, Localisation, Problem, Report
from .models.campaigns import State
from .models.reports import State as Stage
from .reporting import REPORT

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
NUMBERING = 7_310_031  # campaigns are numbered one after the other


def permitted(by: Account) -> Division:
    """Who draws up lists: of a territory, and with the duty to review."""
    refuse_unless(
        by.holds(Duty.HEAR) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.HEAR.label},
    )
    assert by.territory is not None
    return by.territory


@transaction.atomic
def draw_up(
    title: str, *, first_month: str, last_month: str, due_on: date, basis: str, kind: str = "", by: Account
) -> Campaign:
    """A campaign of the account's own territory, still a draft."""
    place = permitted(by)
    refuse_unless(bool(title.strip() and basis.strip()), _("A campaign has a title and a basis."))
    sound = MONTH.fullmatch(first_month) and MONTH.fullmatch(last_month) and first_month <= last_month
    refuse_unless(bool(sound), _("Write the period as 2025-01 to 2025-12."))
    refuse_unless(due_on >= timezone.localdate(), _("It is to be reported by a day to come."))
    one_at_a_time(NUMBERING)
    year = timezone.localdate().year
    count = Campaign.objects.filter(number__startswith=f"ZC-{place.pk}-{year}-").count()
    made = Campaign.objects.create(
        number=f"ZC-{place.pk}-{year}-{count + 1}", title=title.strip(), place=place, kind=kind,
        first_month=first_month, last_month=last_month, due_on=due_on, basis=basis.strip(), drafter=by,
        state=CAMPAIGN.first,
    )  # fmt: skip
    made.events.create(move="draw_up", after=made.state, by=by)
    record(Act.COMMITMENT, by, made.number, move="draw_up")
    return made


@transaction.atomic
def add_problem(campaign: Campaign, code: str, *, field: str, words: str, basis: str, by: Account) -> Problem:
    """To a draft by its own level; to a list that was issued by a place below, for that place alone."""
    place = permitted(by)
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    ours = locked.place_id == place.pk
    if not ours and locked.place_id not in chain(place.pk):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(bool(code.strip() and field.strip() and words.strip() and basis.strip()), _("All of it is needed."))
    refuse_unless(
        (locked.state == State.DRAFT) if ours else (locked.state == State.ISSUED),
        _("Its own level adds to a draft, a place below to a list that was issued."),
    )
    refuse_unless(ours or not handed_in(locked, place), _("Reports of this place were handed in by this list already."))
    try:
        with transaction.atomic():
            made = Problem.objects.create(
                campaign=locked, code=code.strip()[:20], place=place, field=field.strip()[:60],
                words=words.strip()[:400], basis=basis.strip()[:200], added_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("There is a problem with this code already.")) from None
    record(Act.COMMITMENT, by, f"{locked} {made}", move="add_problem")
    return made


def handed_in(campaign: Campaign, place: Division) -> bool:
    rows = Report.objects.filter(campaign=campaign, place__code__startswith=place.prefix)
    return rows.exclude(state__in=[Stage.ISSUED, Stage.LOCALISED, Stage.REPORTING]).exists()


@transaction.atomic
def localise(campaign: Campaign, *, by: Account) -> Localisation:
    """File the list as the place's own: all that was issued, and what the place has added."""
    place = permitted(by)
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if locked.place_id not in chain(place.pk):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == State.ISSUED, _("Only a list that was issued is made a place's own."))
    added = locked.problems.filter(place=place).count()
    try:
        with transaction.atomic():
            made = Localisation.objects.create(campaign=locked, place=place, added=added, by=by)
    except IntegrityError:
        raise MoveRefused(_("That place has filed its list already.")) from None
    waiting = Report.objects.filter(campaign=locked, place__code__startswith=place.prefix, state=Stage.ISSUED)
    for report in waiting.order_by("pk"):
        REPORT.make(report, "localise", by=THE_SITE)
    record(Act.COMMITMENT, by, str(locked), move="localise", added=added)
    return made
