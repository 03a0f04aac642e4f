"""My work, the clocks of the territory, and what deadlines are reckoned by."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.clocks import running
from supervision.clocks.calendar import DeadlineRefused, day_of
from supervision.clocks.limits import places_of
from supervision.clocks.models import CalendarYear, Clock, Limit
from supervision.paging import capped_count, page

from .changing import CHANGES, forms_for
from .clock_filter import ClockFilter
from .forms import HandOverForm
from .holidays import spans_of
from .mine import work_of


@desk_page
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I have to do, the overdue first."""
    work = work_of(signed_in(request))
    shown = [*work.overdue.clocks, *work.due.clocks, *work.waiting.clocks]
    return render(request, "clocks/mine.html", {"work": work, "institutions": institutions_of(shown)})


@desk_page
@require_GET
def clocks(request: HttpRequest) -> HttpResponse:
    """The clocks of the territory, the most urgent first."""
    asked = ClockFilter(request.GET, signed_in(request))
    listed = page(asked.clocks.select_related("limit", "holder"), request.GET, sort="due_at")
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(asked.clocks),
        "page": listed,
        "institutions": institutions_of(listed.rows),
    }
    return render(request, "clocks/list.html", context)


def institutions_of(shown: list[Clock]) -> dict[str, Institution]:
    """The institutions that owe some of them, by code."""
    return Institution.objects.in_bulk({clock.institution for clock in shown if clock.institution})


def found(request: HttpRequest, number: int) -> Clock:
    seen = Clock.objects.visible_to(signed_in(request)).select_related("limit", "holder")
    return get_object_or_404(seen, pk=number)


@desk_page
@require_GET
def clock(request: HttpRequest, number: int) -> HttpResponse:
    """One clock with all that changed it."""
    shown = found(request, number)
    people = ("asked_by", "approved_by", "refused_by")
    context = {
        "clock": shown,
        "institutions": institutions_of([shown]),
        "pauses": shown.pauses.select_related(*people, "resumed_by"),
        "extensions": shown.extensions.select_related(*people),
        "hand_overs": shown.hand_overs.select_related("giver", "taker", "by"),
        **forms_for(shown, signed_in(request)),
    }
    return render(request, "clocks/clock.html", context)


@desk_page
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Pause, extend, resume or hand over; the field `act` says which."""
    shown, act = found(request, number), CHANGES.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise DeadlineRefused(_("Nothing was chosen."))
        messages.success(request, act(shown, request.POST, signed_in(request)))
    except DeadlineRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(shown)


@desk_page
@require_http_methods(["GET", "POST"])
def hand_over_all(request: HttpRequest) -> HttpResponse:
    """All that somebody keeps by name goes to somebody else at once: mine, or as the person in charge another's."""
    account = signed_in(request)
    giver = giver_of(account, request.GET.get("of", ""))
    kept = kept_by(giver, account)
    form = HandOverForm(kept, account, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = running.hand_over(kept, to=form.cleaned_data["to"], reason=form.cleaned_data["reason"], by=account)
        except DeadlineRefused as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(n)d deadline was handed over.", "%(n)d deadlines were handed over.", len(given))
            messages.success(request, said % {"n": len(given)})
            return redirect("work:mine")
    context = {
        "form": form, "clocks": kept, "giver": giver, "givers": givers(account), "institutions": institutions_of(kept),
    }  # fmt: skip
    return render(request, "clocks/hand_over.html", context)


def kept_by(giver: Account, account: Account) -> list[Clock]:
    return list(Clock.objects.visible_to(account).going().filter(holder=giver).select_related("limit"))


def givers(account: Account) -> list[Account]:
    """Whose clocks the account may hand over: its own, and those of its territory where it is in charge."""
    if not account.holds(Duty.DECIDE):
        return [account]
    keeping = Clock.objects.visible_to(account).going().values("holder")
    return [account, *Account.objects.filter(pk__in=keeping).exclude(pk=account.pk).order_by("username")]


def giver_of(account: Account, username: str) -> Account:
    for one in givers(account) if username else [account]:
        if username in ("", one.username):
            return one
    raise Http404


@desk_page
@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit with its source and how far it was confirmed: the nation's, and those of our divisions."""
    territory = signed_in(request).territory
    assert territory is not None
    here = Limit.objects.filter(place__startswith=territory.prefix)
    rows = here | Limit.objects.filter(place__in=places_of(territory.code))
    return render(request, "clocks/limits.html", {"limits": rows.order_by("code", "place", "valid")})


@desk_page
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The years whose holidays are known, with their make-up days and sources."""
    years = CalendarYear.objects.order_by("-year").prefetch_related("days")
    known = [(year, spans_of(list(year.days.all()))) for year in years]
    today = day_of(timezone.now())
    missing = [year for year in (today.year, today.year + 1) if year not in {one.year for one, _spans in known}]
    return render(request, "clocks/calendar.html", {"years": known, "missing": missing})
