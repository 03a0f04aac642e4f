"""The list of rewards, and the beginning of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.complaints.models import Complaint
from supervision.complaints.rewards import granting
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.models.rewards import sees_rewards
from supervision.complaints.rewards.reward_filter import RewardFilter
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page


@desk_page
@require_GET
def rewards(request: HttpRequest) -> HttpResponse:
    """The rewards of the territory, the newest first."""
    account = signed_in(request)
    if not sees_rewards(account):
        raise Http404
    asked = RewardFilter(request.GET, account)
    rows = asked.rewards.select_related("complaint", "place__parent", "clock__limit")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.rewards),
        "page": page(rows, request.GET, sort="-id"),
        "may_bring": may_bring(asked, account),
        "sees_reports": account.sees_complaints,
    }  # fmt: skip
    return render(request, "rewards/list.html", context)


def may_bring(asked: RewardFilter, account: Account) -> Complaint | None:
    """The report that the list was asked for, where it has no reward yet and this account may begin one."""
    if not account.holds(Duty.COMPLAINTS) or "complaint" not in asked.chosen:
        return None
    rows = Complaint.objects.visible_to(account).filter(number=asked.chosen["complaint"])
    return rows.exclude(pk__in=Reward.objects.values("complaint")).first()


@desk_page
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a reward of the report whose number is sent."""
    account = signed_in(request)
    if not account.holds(Duty.COMPLAINTS):
        raise Http404
    number = request.POST.get("complaint", "")
    complaint = Complaint.objects.visible_to(account).filter(number=number).first()
    try:
        if complaint is None:
            raise MoveRefused(_("There is no report by that number."))
        return redirect(granting.begin(complaint, by=account))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("rewards:rewards")
