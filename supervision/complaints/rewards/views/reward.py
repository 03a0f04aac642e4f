"""One reward: how it was reckoned, who decided, how it is paid, and the moves that its state allows."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.forms import ActForm
from supervision.cases.models import Case
from supervision.cases.views.acts import make, offers
from supervision.clocks.models import Clock
from supervision.complaints.models import Complaint
from supervision.complaints.rewards import wording
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD

PEOPLE = ("proposer__territory", "checker__territory", "approver__territory")
PAYING = ("pay", "book_back")  # money leaves or comes: a present code is shown


def found(request: HttpRequest, number: str) -> Reward:
    rows = Reward.objects.visible_to(signed_in(request))
    beside = ("complaint", "case", "place__parent", "rule", "clock__limit", *PEOPLE)
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def reward(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    page = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return page


def shown(request: HttpRequest, subject: Reward, *, refused: Mapping[str, ActForm] | None = None) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    context = {
        "reward": subject,
        "steps": wording.steps(subject),
        "offers": offers(REWARD, subject, account, refused or {}),
        "form": next(iter((refused or {}).values()), None),
        "clocks": list(Clock.objects.visible_to(account).filter(subject=subject.number).going()),
        "vouchers": list(subject.vouchers.select_related("issued_by__territory")),
        "payments": list(subject.payments.select_related("by__territory", "voucher")),
        **what_led_to_it(subject, account),
    }
    return render(request, "rewards/reward.html", context)


def what_led_to_it(subject: Reward, account: Account) -> dict[str, object]:
    """Report, case and what was noted are for who handles reports or decides; finance pays a number and a sum."""
    reports = Complaint.objects.visible_to(account).filter(pk=subject.complaint_id)
    cases = Case.objects.visible_to(account).filter(pk=subject.case_id)
    known = reports.first()
    return {
        "complaint": known,
        "case": cases.first() if known else None,
        "events": list(subject.events.select_related("by__territory", "reward")),
        "may_read_notes": known is not None,
        "may_ask": account.holds(Duty.IDENTITY),
    }


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the reward; its name stands in the field `move`."""
    return make(
        request, REWARD, found(request, number),
        lambda refused: shown(request, found(request, number), refused=refused), with_code=PAYING,
    )  # fmt: skip
