"""The items that a sum adds up, one item with all that moved it, and one entry with its postings."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.deadlines import laid_out
from supervision.ledger.filters import ItemFilter
from supervision.ledger.forms import PayForm, PlanForm, RepayForm, RepaymentForm, TakeBackForm, WriteOffForm
from supervision.ledger.grouping import COLUMNS, fund_name
from supervision.ledger.history import history
from supervision.ledger.models import Entry, Item, Posting, Stage
from supervision.ledger.repaying import REPAYMENT
from supervision.ledger.sums import FIGURES, Sums, by_book, of_each, standing
from supervision.ledger.taking_back import is_payment
from supervision.ledger.workflows import PLAN, WRITE_OFF
from supervision.paging import capped_count, in_order, page, with_changes


@desk_page
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """The items that answer the question in the address, and what they come to."""
    asked = ItemFilter(request.GET, signed_in(request))
    found = page(asked.items.select_related("institution"), request.GET, sort="-pk")
    sums, figure = of_each(found.rows), asked.chosen.get("figure", "")
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "columns": [FIGURES[name].words for name in COLUMNS],
        "page": found,
        "rows": [(item, fund_name(item.fund), figures(sums[item.pk])) for item in found.rows],
        "count": capped_count(asked.items),
        "figure": FIGURES[figure].words if figure else "",
        "sum": by_book(asked.items)[asked.book_chosen].figure(figure or "confirmed"),
        "query": with_changes(request.GET, {}),
    }
    return render(request, "ledger/items.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the items of the list, all of its pages."""
    account = signed_in(request)
    asked = ItemFilter(request.GET, account)
    found = list(in_order(asked.items.select_related("institution", "place", "pooling_area"), "-pk"))
    sums = of_each(found)
    headings = [
        _("Reference"), _("Book"), _("Institution"), _("Name"), _("Person"), _("Handled in"), _("Pooling area"),
        _("Fund"), _("Month"), _("Case"),
        *(_("%(figure)s, yuan") % {"figure": FIGURES[name].words} for name in COLUMNS),
    ]  # fmt: skip
    rows = ([*cells(item), *figures(sums[item.pk])] for item in found)
    answer = exporting.export(f"ledger-items-{asked.book_chosen}", form, headings, rows)
    record(Act.EXPORT, account, "ledger items", rows=len(found), form=form, query=with_changes(request.GET, {}))
    return answer


def cells(item: Item) -> list[exporting.Cell]:
    return [
        item.reference, item.get_book_display(), item.institution_id, str(item.institution or ""), item.person,
        str(item.place), str(item.pooling_area), fund_name(item.fund), item.month, item.case,
    ]  # fmt: skip


def figures(sums: Sums) -> list[Any]:
    return [sums.figure(name) for name in COLUMNS]


@desk_page
@require_GET
def item(request: HttpRequest, number: int) -> HttpResponse:
    """One item: where its amount stands, every entry that moved it, and what can be done."""
    account = signed_in(request)
    shown = get_object_or_404(Item.objects.visible_to(account), pk=number)
    return render(request, "ledger/item.html", about(shown, account))


def about(shown: Item, account: Account, **forms: Any) -> dict[str, Any]:
    """What the page of an item shows; where a form was refused, the form as it was sent."""
    sums = standing(shown)
    return {
        "item": shown,
        "fund": fund_name(shown.fund),
        "stages": [(stage.label, sums[stage]) for stage in Stage if stage != Stage.SOURCE and sums[stage]],
        "assessed": -sums[Stage.SOURCE],
        "outstanding": sums[Stage.DEMANDED],
        "entries": history(shown),
        "plans": [
            (plan, laid_out(plan), list(PLAN.choices(plan, account)))
            for plan in shown.plans.select_related("asked_by", "decided_by")
        ],
        "write_offs": [
            (wish, list(WRITE_OFF.choices(wish, account)))
            for wish in shown.writeoffs.select_related("asked_by", "decided_by")
        ],
        "repayments": [
            (owed, [choice for choice in REPAYMENT.choices(owed, account) if choice.name != "pay"])
            for owed in shown.repayments.select_related("asked_by", "decided_by")
        ],
        "returned": sums.figure("returned"),
        "may_book": account.holds(Duty.BOOK),
        "pay_form": PayForm(initial={"amount": sums[Stage.DEMANDED], "day": timezone.localdate()}),
        "plan_form": PlanForm(),
        "write_off_form": WriteOffForm(initial={"amount": sums[Stage.DEMANDED]}),
        "repayment_form": RepaymentForm(initial={"amount": sums.figure("returned")}),
        "repay_form": RepayForm(initial={"day": timezone.localdate()}),
        **forms,
    }  # fmt: skip


@desk_page
@require_GET
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with its postings, what caused it, and what took it back."""
    account = signed_in(request)
    seen = Entry.objects.visible_to(account).select_related("by", "reverses", "reversed_by")
    shown = get_object_or_404(seen, pk=number)
    context = {
        "entry": shown,
        "reversed_by": getattr(shown, "reversed_by", None),
        "postings": Posting.objects.visible_to(account).filter(entry=shown).select_related("item__institution"),
        "may_take_back": account.holds(Duty.BOOK) and is_payment(shown) and not hasattr(shown, "reversed_by"),
        "form": TakeBackForm(),
    }
    return render(request, "ledger/entry.html", context)
