"""The review queue, and one hearing with all that it stands on."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing import fund_part, reported
from supervision.hearing.bulk import MOST, TOGETHER
from supervision.hearing.filters import HearingFilter
from supervision.hearing.forms import MoveForm, TogetherForm, form_for
from supervision.hearing.models import Hearing, State
from supervision.hearing.workflow import HEARING, MOVES
from supervision.monitoring import evidence
from supervision.monitoring.models import Finding
from supervision.monitoring.standing import lately, page_of
from supervision.monitoring.terms import violations
from supervision.moves import Choice
from supervision.paging import neighbours, page, with_changes

SIZE = 100


@desk_page
@require_GET
def hearings(request: HttpRequest) -> HttpResponse:
    """What is to be reviewed, and what became of the rest."""
    account = signed_in(request)
    asked = HearingFilter(request.GET, account)
    size = MOST if request.GET.get("size") == "most" else SIZE
    shown = page(shown_with(asked.hearings), request.GET, sort="-id", size=size)
    moves = together(shown.rows) if account.holds(Duty.HEAR) else []
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "counts": asked.counts(),
        "page": shown,
        "together": TogetherForm(moves) if moves else None,
        "tickable": {state for name in moves for state in MOVES[name].before},
        "ticked": "ticked" in request.GET,
        "tick_all": placed(request.GET, {"ticked": "all"}),
        "tick_none": placed(request.GET, {"ticked": None}),
        "most": with_changes(request.GET, {"size": "most"}) if size < MOST and shown.next else "",
        "query": with_changes(request.GET, {"ticked": None, "size": None}),
    }
    return render(request, "hearing/desk/hearings.html", context)


def placed(query: QueryDict, changes: dict[str, str | None]) -> str:
    """The same page of the same list, with its boxes ticked or not."""
    place: dict[str, str | None] = {name: str(query[name]) for name in ("after", "before") if name in query}
    return with_changes(query, {**place, **changes})


def shown_with(rows: QuerySet[Hearing]) -> QuerySet[Hearing]:
    return rows.select_related("institution", "finding", "clock__limit", "answer_clock__limit")


def together(rows: list[Hearing]) -> list[str]:
    """The moves that may be wished for many of these at once."""
    states = {hearing.state for hearing in rows}
    return [name for name in TOGETHER if states & MOVES[name].before]


@desk_page
@require_GET
def hearing(request: HttpRequest, number: int) -> HttpResponse:
    """One hearing; whoever opens it is written down, for it shows a member's claim."""
    account = signed_in(request)
    asked = HearingFilter(request.GET, account)
    rows = asked.visible.select_related(
        "institution__division", "finding__last_run", "finding__exemption", "first_reviewer", "second_reviewer",
        "verifier", "clock__limit", "answer_clock__limit", "place",
    )  # fmt: skip
    shown = get_object_or_404(rows, pk=number)
    response = render(request, "hearing/desk/hearing.html", context_of(request, shown, account, asked))
    record(Act.READ, account, str(shown))
    return response


def context_of(
    request: HttpRequest, shown: Hearing, account: Account, asked: HearingFilter, refused: MoveForm | None = None
) -> dict[str, object]:
    """What the page of one hearing shows; `refused` is the form that was sent and must be mended."""
    finding = shown.finding
    rule = page_of(shown.rule, finding.page_hash) or lately().get(shown.rule)
    lines = list(shown.lines.select_related("answered_by"))
    before, after = neighbours(asked.hearings, shown, sort="-id")
    return {
        "hearing": shown,
        "finding": finding,
        "rule": rule,
        "violations": violations(rule) if rule else [],
        "evidence": evidence.laid_out(finding, account, Finding.objects.visible_to(account), rule),
        "lines": lines,
        "suspected": fund_part.suspected(lines) if lines else None,
        "confirmed": fund_part.confirmed(lines) if shown.confirmed else None,
        "self_reported": reported.self_reported(shown),
        "attachments": list(shown.attachments.visible_to(account).select_related("added_by")),
        "events": list(shown.events.select_related("by", "bulk")),
        "choices": choices(shown, account, refused),
        "may_file": shown.state in (State.ACCEPTED, State.UPHELD),
        "case": case_of(shown),
        "silent": shown.answered_at is not None and shown.by_silence,
        "may_attach": account.holds(Duty.HEAR) and shown.state not in (State.RELEASED, State.CLOSED),
        "before": before,
        "after": after,
        "query": with_changes(request.GET, {}),
    }


def case_of(shown: Hearing) -> Any:
    """The case that it went into; cases know hearings, not the other way round."""
    taken = getattr(shown, "in_case", None) if shown.state in (State.HANDLED, State.CLOSED) else None
    return taken.case if taken else None


def choices(shown: Hearing, account: Account, refused: MoveForm | None) -> list[tuple[Choice[Hearing], MoveForm]]:
    """The moves of the desk that the state allows, each with its form; the institution's own are not for the desk."""
    return [
        (choice, refused if refused and refused.name == choice.name else form_for(choice.name, shown))
        for choice in HEARING.choices(shown, account)
        if choice.move.duty == Duty.HEAR
    ]
