"""The ledger's sums: of each book, by one word, and where the money goes."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Institution
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger import destinations
from supervision.ledger.filters import LedgerFilter
from supervision.ledger.grouping import COLUMNS, WAYS, books, rows
from supervision.ledger.sums import FIGURES
from supervision.paging import page, with_changes


@desk_page
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What stands where in the reader's territory; every figure opens to its items."""
    asked = LedgerFilter(request.GET, signed_in(request))
    way = way_asked(request)
    found = None
    if way == "institution":
        named = Institution.objects.filter(pk__in=asked.items.order_by().values("institution"))
        found = page(named, request.GET, sort="pk")
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "columns": [FIGURES[name].words for name in COLUMNS],
        "books": books(asked),
        "rows": rows(asked, way, found.rows if found else None),
        "way": way,
        "ways": [(name, words, with_changes(request.GET, {"by": name})) for name, words in WAYS.items()],
        "page": found,
        "query": with_changes(request.GET, {}),
    }
    return render(request, "ledger/overview.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same groups, all of them."""
    account = signed_in(request)
    asked = LedgerFilter(request.GET, account)
    way = way_asked(request)
    headings = [str(WAYS[way]), *(_("%(figure)s, yuan") % {"figure": FIGURES[name].words} for name in COLUMNS)]
    found = rows(asked, way)
    cells: Iterable[list[exporting.Cell]] = ([row.label, *(cell.amount for cell in row.cells)] for row in found)
    answer = exporting.export(f"ledger-{asked.book_chosen}", form, headings, cells)
    record(Act.EXPORT, account, "ledger", rows=len(found), form=form, query=with_changes(request.GET, {}))
    return answer


@desk_page
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Where money goes: the fund's account by fund and pooling area, the treasury, and damages; never one sum."""
    asked = LedgerFilter(request.GET, signed_in(request))
    context = {
        "filter": asked,
        "columns": [FIGURES[name].words for name in destinations.COLUMNS],
        "fund": destinations.of_the_fund(asked),
        "treasury": destinations.of_the_treasury(asked),
        "agreement": destinations.of_agreements(asked),
    }
    return render(request, "ledger/accounts.html", context)


def way_asked(request: HttpRequest) -> str:
    way = request.GET.get("by", "division")
    if way not in WAYS:
        raise Http404
    return way
