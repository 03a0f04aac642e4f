"""How a campaign is issued and closed."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import timing
from .models import Campaign, Report, ReportEvent
from .models.campaigns import State
from .models.reports import State as Stage

another_than_drafter = by_another_than("drafter")


def has_problems(campaign: Campaign, by: Account) -> None:
    """with at least one problem on its list"""
    refuse_unless(campaign.problems.exists(), _("Its list is empty."))


def all_reported(campaign: Campaign, by: Account) -> None:
    """once every report is closed"""
    left = Report.objects.filter(campaign=campaign).exclude(state=Stage.CLOSED).count()
    refuse_unless(not left, _("%(left)d reports are not closed.") % {"left": left})


def issue(campaign: Campaign, made: Made[Campaign]) -> None:
    """lays a report before each institution of the territory"""
    campaign.issuer, campaign.issued_on = made.by, timezone.localdate()
    places = Institution.objects.filter(division__code__startswith=campaign.place.prefix)
    if campaign.kind:
        places = places.filter(kind=campaign.kind)
    reports = Report.objects.bulk_create(
        Report(
            number=f"{campaign.number}-{place.pk}", campaign=campaign, institution=place, place_id=place.division_id,
            state=Stage.ISSUED,
        )
        for place in places.order_by("pk")
    )  # fmt: skip
    ReportEvent.objects.bulk_create(
        ReportEvent(report=report, move="issue", after=Stage.ISSUED, by=made.by) for report in reports
    )
    for report in reports:
        timing.start(report, campaign)


MOVES: dict[str, Move[Campaign]] = {
    "issue": Move(
        frozenset({State.DRAFT}), State.ISSUED, Duty.DECIDE, gettext_lazy("Issue it"),
        conditions=(another_than_drafter, has_problems), effects=(issue,),
    ),
    "close": Move(
        frozenset({State.ISSUED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close it"), conditions=(all_reported,),
        needs_note=True,
    ),
}  # fmt: skip

CAMPAIGN = Workflow[Campaign](
    name="self_correction_campaign", words=gettext_lazy("A campaign of self-correction"), states=State,
    act=Act.COMMITMENT, moves=MOVES, first=State.DRAFT, module=__name__,
)  # fmt: skip
