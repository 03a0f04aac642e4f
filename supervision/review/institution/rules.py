"""What each rule at the desk means: its page, how often it spoke here, and what is done about it here."""

from datetime import timedelta

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.access import institution_page, signed_in
from supervision.monitoring import terms
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import in_force
from supervision.review.choices import handling
from supervision.review.models import Handling, Remark, Review

from .reminders import COUNTS

LATELY = timedelta(days=30)


def at_desk() -> dict[str, Rule]:
    """The rules that speak before anything is paid."""
    moments = set(Review.Moment.values)
    return {code: rule for code, rule in in_force().items() if rule.runs and moments & set(rule.moments)}


@institution_page
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    assert account.institution is not None
    lately = Remark.objects.visible_to(account).filter(review__message__received_at__gte=timezone.now() - LATELY)
    spoke = dict(lately.order_by().values_list("rule").annotate(n=Count("pk")))
    speaking = at_desk()
    ways = handling.ways_at(account.institution, speaking)
    rows = [(rule, Handling.Way(ways[code]), spoke.get(code, 0)) for code, rule in speaking.items()]
    rows.sort(key=lambda row: -row[2])
    context = {"rows": rows, "days": LATELY.days, "strictness": handling.strictness(account.institution)}
    return render(request, "review/institution/rules.html", context)


@institution_page
@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    account = signed_in(request)
    assert account.institution is not None
    if (shown := at_desk().get(code)) is None:
        raise Http404
    spoke = Remark.objects.visible_to(account).filter(
        rule=code, review__message__received_at__gte=timezone.now() - LATELY
    )
    context = {
        "rule": shown,
        "violations": terms.violations(shown),
        "way": Handling.Way(handling.ways_at(account.institution, [code])[code]),
        "strictness": handling.strictness(account.institution),
        "spoke": spoke.aggregate(**COUNTS),
        "days": LATELY.days,
    }
    return render(request, "review/institution/rule.html", context)
