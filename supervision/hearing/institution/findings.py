"""The institution's findings: the list, one of them, the rule by which it was found, and the receipt."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.access import institution_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing import answering, fund_part, reported
from supervision.hearing.models import Attachment, Hearing, State
from supervision.hearing.timing import window_is_over
from supervision.monitoring import terms
from supervision.monitoring.grounds import grounds
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.standing import lately, page_of
from supervision.paging import page

from . import receipts, showing
from .forms import LineForm
from .listing import Asked

LINES_AT_ONCE = 50


def seen(account: Account, number: int) -> Hearing:
    """A hearing of this institution's; of others nobody learns that they exist."""
    rows = Hearing.objects.visible_to(account).select_related("finding", "institution", "answer_clock__limit")
    return get_object_or_404(rows, pk=number)


def rule_of(hearing: Hearing) -> Rule | None:
    """The page by which it was found, to the letter; else the one that counts now."""
    return page_of(hearing.rule, hearing.finding.page_hash) or lately().get(hearing.rule)


@institution_page
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    asked = Asked(request.GET, signed_in(request))
    context = {
        "asked": asked,
        "groups": [] if asked.show else asked.groups(),
        "page": asked.page() if asked.show else None,
        "office_hours": settings.OFFICE_HOURS,
    }
    return render(request, "hearing/institution/findings.html", context)


@institution_page
@require_GET
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding with its reason, its lines and what may be answered; whoever opens it is written down."""
    account = signed_in(request)
    hearing = seen(account, number)
    response = shown(request, account, hearing)
    record(Act.READ, account, str(hearing))
    return response


def shown(request: HttpRequest, account: Account, hearing: Hearing, refused: Sequence[LineForm] = ()) -> HttpResponse:
    """The page of a finding; the forms that were refused stand in it as they were filled in."""
    claims, rule = showing.claims(hearing), rule_of(hearing)
    lines = page(hearing.lines.all(), request.GET, sort="id", size=LINES_AT_ONCE)
    accused = showing.accused(hearing.lines.filter(pk__in=[one.pk for one in lines.rows]), claims)
    said = [one.said for one in accused]
    may_answer, again = answerable(hearing, account), {form.line.heard.pk: form for form in refused}
    context = {
        "hearing": hearing,
        "finding": hearing.finding,
        "rule": rule,
        "grounds": grounds(hearing.finding, said, account),
        "claims": claims,
        "page": lines,
        "accused": accused,
        "names": showing.names(rule, accused),
        "forms": [again.get(one.heard.pk) or LineForm(one) for one in accused] if may_answer else [],
        "refused": refused,
        "may_answer": may_answer,
        "lacks_duty": not account.holds(Duty.ANSWER),
        "drafted": len(answering.drafted(hearing)) if may_answer else 0,
        "count": hearing.lines.count(),
        "decided": showing.is_decided(hearing),
        "files": Attachment.objects.filter(hearing=hearing).select_related("added_by", "line"),
        "letters": showing.letters(hearing),
        "history": showing.history(hearing, account),
        "suspected": fund_part.suspected(hearing.lines.all()),
        "confirmed": fund_part.confirmed(hearing.lines.all()),
        "self_reported": reported.self_reported(hearing),
        "amounts": showing.amounts(hearing) if hearing.confirmed else None,
        "office_hours": settings.OFFICE_HOURS,
        "printed_at": timezone.now(),
        "limit": settings.ATTACHMENT_LIMIT >> 20,
    }
    return render(request, "hearing/institution/finding.html", context)


def answerable(hearing: Hearing, account: Account) -> bool:
    return hearing.state == State.NOTIFIED and account.holds(Duty.ANSWER) and not window_is_over(hearing)


@institution_page
@require_GET
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """The rule's page as it read when it found this."""
    hearing = seen(signed_in(request), number)
    if (found := rule_of(hearing)) is None:
        raise Http404
    context = {"hearing": hearing, "rule": found, "violations": terms.violations(found)}
    return render(request, "hearing/institution/rule.html", context)


@institution_page
@require_GET
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """What was answered, when and by whom; to be printed and kept."""
    hearing = seen(signed_in(request), number)
    if (made := receipts.of(hearing)) is None:
        raise Http404
    context = {"hearing": hearing, "receipt": made, "printed_at": timezone.now()}
    return render(request, "hearing/institution/receipt.html", context)
