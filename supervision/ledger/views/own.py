"""The institution's side of the ledger: what it owes, what it has paid, and by which vouchers."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import institution_page, signed_in
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.deadlines import laid_out
from supervision.ledger.grouping import fund_name
from supervision.ledger.history import history
from supervision.ledger.models import Book, Item, Plan
from supervision.ledger.sums import FIGURES, Sums, by_book, of_each, standing
from supervision.paging import in_order, page

COLUMNS = ("demanded", "returned", "written_off", "outstanding")


@institution_page
@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """All that was ever demanded of the institution, and what is left of it; each book by itself."""
    account = signed_in(request)
    items = Item.objects.visible_to(account)
    found = page(items, request.GET, sort="-pk")
    each, sums = of_each(found.rows), by_book(items)
    context = {
        "columns": [FIGURES[name].words for name in COLUMNS],
        "books": [(book.label, figures(sums[book])) for book in Book],
        "page": found,
        "rows": [(item, fund_name(item.fund), figures(each[item.pk])) for item in found.rows],
        "plans": plans(items),
    }
    return render(request, "ledger/own/owed.html", context)


def figures(sums: Sums) -> list[tuple[Promise, Decimal]]:
    """Each figure under its name."""
    return [(FIGURES[name].words, sums.figure(name)) for name in COLUMNS]


def plans(items: Any) -> list[Any]:
    """The instalments that are agreed on, with what is due next."""
    agreed = Plan.objects.filter(item__in=items.order_by(), state=Plan.State.AGREED).select_related("item")
    return [(plan, laid_out(plan)) for plan in agreed[:20]]


@institution_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same list, all of its pages."""
    account = signed_in(request)
    found = list(in_order(Item.objects.visible_to(account), "-pk"))
    each = of_each(found)
    headings = [
        _("Reference"), _("Book"), _("Month"), _("Fund"), _("Case"),
        *(_("%(figure)s, yuan") % {"figure": FIGURES[name].words} for name in COLUMNS),
    ]  # fmt: skip
    answer = exporting.export("owed", form, headings, (cells(item, each[item.pk]) for item in found))
    record(Act.EXPORT, account, "own ledger", rows=len(found), form=form)
    return answer


def cells(item: Item, sums: Sums) -> list[exporting.Cell]:
    about = [item.reference, item.get_book_display(), item.month, fund_name(item.fund), item.case]
    return [*about, *(sums.figure(name) for name in COLUMNS)]


@institution_page
@require_GET
def item(request: HttpRequest, number: int) -> HttpResponse:
    """One demand: its entries with their vouchers, and its instalments."""
    account = signed_in(request)
    shown = get_object_or_404(Item.objects.visible_to(account).select_related("pooling_area"), pk=number)
    sums = standing(shown)
    context = {
        "item": shown,
        "fund": fund_name(shown.fund),
        "figures": figures(sums),
        "entries": history(shown),
        "plans": [(plan, laid_out(plan)) for plan in shown.plans.filter(state=Plan.State.AGREED)],
    }
    return render(request, "ledger/own/item.html", context)
