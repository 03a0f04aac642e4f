"""What the institution's doctors were reminded of on a day, what they did, and what they still owe a reason for."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty, Practitioner
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.terms import rule_title
from supervision.paging import capped_count, in_order, page, with_changes
from supervision.review.choices import choosing
from supervision.review.models import Handling, Remark

from .forms import ChoiceForm, DayForm

OWED_SHOWN = 20
UNANSWERED, OVERRIDDEN, OBEYED = Q(choice=""), Q(choice=Remark.Choice.OVERRODE), Q(choice=Remark.Choice.OBEYED)
OWED = UNANSWERED & ~Q(way=Handling.Way.TELL)
SHOWS = {
    "": (gettext_lazy("All"), Q()),
    "overridden": (gettext_lazy("Overridden"), OVERRIDDEN),
    "obeyed": (gettext_lazy("Obeyed"), OBEYED),
    "unanswered": (gettext_lazy("Not answered"), UNANSWERED),
    "owed": (gettext_lazy("A reason is owed"), OWED),
}
COUNTS = {
    "reminded": Count("pk"),
    "obeyed": Count("pk", filter=OBEYED),
    "overridden": Count("pk", filter=OVERRIDDEN),
    "unanswered": Count("pk", filter=UNANSWERED),
    "sum": Sum("at_stake"),
}


@institution_page
@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    mine = Remark.objects.visible_to(account).select_related("review")
    form = DayForm(request.GET)
    day = form.chosen()
    of_day = mine.filter(on(day))
    owed = mine.filter(OWED).order_by("-pk")
    groups = list(of_day.order_by("department", "practitioner").values("department", "practitioner").annotate(**COUNTS))
    context = {
        "form": form,
        "day": day,
        "owed": list(owed[:OWED_SHOWN]),
        "owed_more": max(0, capped_count(owed) - OWED_SHOWN),
        "all": of_day.aggregate(**COUNTS),
        "groups": groups,
        "names": names({str(one["practitioner"]) for one in groups}),
        "page": page(of_day.filter(chosen(request.GET)), request.GET, sort="-id"),
        "shows": [
            (name, words, with_changes(request.GET, {"show": name or None})) for name, (words, _q) in SHOWS.items()
        ],
        "show": shown(request.GET),
        "within": {name: request.GET[name] for name in ("department", "practitioner") if name in request.GET},
        "all_query": with_changes(request.GET, {"department": None, "practitioner": None}),
        "may_act": account.holds(Duty.CONNECT) or account.holds(Duty.INTAKE),
        "query": request.GET.urlencode(),
    }
    return render(request, "review/institution/reminders.html", context)


def on(day: date) -> Q:
    """Remarks of a day, found by when the message came."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    return Q(review__message__received_at__gte=begin, review__message__received_at__lt=begin + timedelta(days=1))


def shown(query: QueryDict) -> str:
    return name if (name := query.get("show", "")) in SHOWS else ""


def chosen(query: QueryDict) -> Q:
    """The remarks that the address asks for: of a department or doctor, answered so or so."""
    who = {name: str(query[name]).replace("\0", "")[:30] for name in ("department", "practitioner") if name in query}
    return SHOWS[shown(query)][1] & Q(**who)


def names(codes: set[str]) -> dict[str, str]:
    """What the doctors are called, where the register knows them."""
    return dict(Practitioner.objects.filter(pk__in=codes).values_list("pk", "name"))


@institution_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The remarks of the list, all of its pages."""
    account, day = signed_in(request), DayForm(request.GET).chosen()
    rows = in_order(Remark.objects.visible_to(account).filter(on(day)).filter(chosen(request.GET)), "-id")
    headings = [
        _("Time"), _("Rule"), _("Code"), _("Claim"), _("Clinical department"), _("Doctor"), _("Reason"),
        _("Amount, yuan"), _("What was done"), _("The doctor's reason"),
    ]  # fmt: skip
    answer = exporting.export(f"reminders-{day}", form, headings, cells(rows.select_related("review")))
    record(Act.EXPORT, account, f"reminders of {day}", rows=rows.count())
    return answer


def cells(rows: QuerySet[Remark]) -> Iterator[list[exporting.Cell]]:
    for one in rows.iterator(chunk_size=2000):
        yield [
            one.review.asked_at, str(rule_title(one.rule)), one.rule, one.review.claim.partition(":")[2],
            one.department, one.practitioner, one.because, one.at_stake, str(one.get_choice_display()), one.reason,
        ]  # fmt: skip


@institution_page
@duty_required(Duty.CONNECT, Duty.INTAKE)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """A reason, or the word that the order was changed."""
    account: Account = signed_in(request)
    remark = get_object_or_404(Remark.objects.visible_to(account), pk=number)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(word) for words in form.errors.values() for word in words))
        return redirect("own:reminders")
    try:
        choosing.choose(remark, form.cleaned_data["choice"], reason=form.cleaned_data["reason"], by=account)
    except choosing.ChoiceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kept: what was done about the remark."))
    return redirect("own:reminders")
