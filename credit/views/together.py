"""Evaluations that are ready, shown together, and what became of each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from credit import showing_together as acts
from credit import tasks
from credit.models import Showing, ShowingLine
from credit.ready_filter import ReadyFilter
from institutions import fresh_code
from institutions.access import desk_page, signed_in
from institutions.models import Duty
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page, with_changes

SIZE = 100
Turns = dict[int, int]


@desk_page
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """What was worked out and is to be shown, with boxes for whoever may."""
    account = signed_in(request)
    asked = ReadyFilter(request.GET, account)
    rows = asked.evaluations.select_related("institution__division", "computer")
    shown = page(rows, request.GET, sort="id", size=SIZE)
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.evaluations), "page": shown,
        "may_show": acts.may_show(account), "all_count": min(asked.for_the_reader.count(), acts.MOST),
        "ticked": "ticked" in request.GET, "own": account.pk,
        "tick_all": placed(request.GET, {"ticked": "all"}), "tick_none": placed(request.GET, {"ticked": None}),
        "query": with_changes(request.GET, {"ticked": None}),
        "under_way": list(Showing.objects.visible_to(account).filter(finished_at=None)),
    }  # fmt: skip
    return render(request, "credit/ready.html", context)


def placed(query: QueryDict, changes: dict[str, str | None]) -> str:
    """The same page of the same list, with its boxes ticked or not."""
    place: dict[str, str | None] = {name: str(query[name]) for name in ("after", "before") if name in query}
    return with_changes(query, {**place, **changes})


@desk_page
@require_POST
def show(request: HttpRequest) -> HttpResponse:
    """Show those ticked, or all that answer the filters of the address, as many as one wish may hold."""
    account = signed_in(request)
    if not account.holds(Duty.DECIDE):
        raise Http404
    if asking := fresh_code.asked(request):
        return asking
    if request.POST.get("all"):
        seen = acts.all_of(ReadyFilter(request.GET, account).for_the_reader)
    else:
        seen = turns(request.POST.getlist("evaluation"))
    try:
        showing = acts.ask_to_show(seen, by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("credit:ready")
    tasks.send(showing.pk)
    return redirect(showing)


def turns(ticked: list[str]) -> Turns:
    """Each box says which evaluation it is of, and the turn that was shown beside it."""
    pairs = [one.partition(":") for one in ticked]
    return {int(pk): int(turn) for pk, _colon, turn in pairs if is_number(pk) and is_number(turn)}


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


@desk_page
@require_GET
def showing(request: HttpRequest, number: int, *, fragment: bool = False) -> HttpResponse:
    """What became of a wish: how far it is, and which were refused and why."""
    subject = get_object_or_404(Showing.objects.visible_to(signed_in(request)), pk=number)
    outcome = ShowingLine.Outcome
    done = subject.lines.filter(outcome=outcome.SHOWN).count()
    refused = subject.lines.filter(outcome=outcome.REFUSED)
    refused_count = refused.count()
    context = {
        "showing": subject, "done": done, "refused_count": refused_count, "behind": done + refused_count,
        "page": page(refused.select_related("evaluation__institution"), request.GET, sort="id", size=SIZE),
    }  # fmt: skip
    return render(request, f"credit/{'_showing' if fragment else 'showing'}.html", context)
