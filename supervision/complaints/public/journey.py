"""How reporting works: the way of a report, with every deadline as it stands in the list of limits and its source."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from supervision.clocks.limits import NATION
from supervision.clocks.models import Limit

WAY: tuple[tuple[str, Promise, Promise], ...] = (
    (
        "complaint_acceptance", _("It is received, and accepted or not"),
        _("You hold the receipt. Whoever handles it decides whether it is accepted, and if not, says why."),
    ),
    (
        "P01", _("It is looked into"),
        _("Officers verify what you told, two at least, and a third person decides whether a case is filed."),
    ),
    (
        "complaint_told", _("You are told"),
        _("Whoever reports by name is told the decision. Anonymous reporters read it with their receipt."),
    ),
    (
        "complaint_grievance", _("A complaint about your own rights is answered"),
        _("It goes to the agency or department that can settle it, which answers you."),
    ),
    (
        "complaint_objection", _("You may object"),
        _("If you do not agree with the result, say so once: another person decides."),
    ),
    (
        "reward_claim", _("You may claim a reward"),
        _("Where what you told proves true and a reward is due, you are told of it and claim it."),
    ),
    (
        "reward_payment", _("The reward is paid"),
        _("From the department's own budget, to an account or against a code; nobody who handled the report pays it."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of a report's way, and how long it may take, if that is laid down."""

    words: Promise
    about: Promise
    limit: Limit | None


@login_not_required
@require_GET
def journey(request: HttpRequest) -> HttpResponse:
    return render(request, "public/journey.html", {"steps": list(steps())})


def steps() -> Iterator[Step]:
    """The limits of the nation: a place may have shorter ones, which the report's own page then shows."""
    codes = [code for code, _words, _about in WAY]
    rows = Limit.objects.filter(code__in=codes, place=NATION, valid__contains=timezone.localdate())
    limits = {limit.code: limit for limit in rows}
    for code, words, about in WAY:
        yield Step(words, about, limits.get(code))
