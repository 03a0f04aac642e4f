"""The bank's files: what came in, what it paid, and what waits for somebody to say what it is for."""

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.ledger.booking import BookingRefused
from supervision.ledger.forms import BankFileForm
from supervision.ledger.matching import take_in, try_all
from supervision.ledger.models import BankFile, BankRow, Book
from supervision.ledger.statements import StatementRefused
from supervision.ledger.views.acting import moved
from supervision.ledger.workflows import BANK_ROW
from supervision.paging import page

State = BankRow.State


@desk_page
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """The files, each with how many of its rows are booked, wait or were refused."""
    account = signed_in(request)
    seen = BankFile.objects.visible_to(account).select_related("by")
    counted = seen.annotate(
        booked=Count("rows", filter=Q(rows__state=State.BOOKED)),
        waiting=Count("rows", filter=Q(rows__state=State.WAITING)),
        refused=Count("rows", filter=Q(rows__state=State.REFUSED)),
        amount=Sum("rows__amount", filter=Q(rows__state=State.BOOKED)),
    )
    context = {
        "page": page(counted, request.GET, sort="-pk"),
        "form": BankFileForm(),
        "may_book": account.holds(Duty.BOOK),
    }
    return render(request, "ledger/bank_files.html", context)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep every row of a file, and book those that say clearly what they pay."""
    form = BankFileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            file = take_in(given.name, given.read(), book=Book(form.cleaned_data["book"]), by=signed_in(request))
        except (BookingRefused, StatementRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(file)
    page_ = page(BankFile.objects.none(), request.GET, sort="-pk")
    return render(request, "ledger/bank_files.html", {"form": form, "may_book": True, "page": page_, "refused": form})


@desk_page
@require_GET
def file(request: HttpRequest, number: int) -> HttpResponse:
    """One file, row by row: what was wrong with a row, what it paid, or why it waits."""
    account = signed_in(request)
    shown = get_object_or_404(BankFile.objects.visible_to(account).select_related("by", "place"), pk=number)
    rows = shown.rows.select_related("entry", "file__place")
    found = page(
        rows.filter(state=state) if (state := request.GET.get("state")) in State.values else rows,
        request.GET,
        sort="pk",
    )
    context = {
        "file": shown,
        "states": [(one.value, one.label, by_state(shown).get(one.value, 0)) for one in State],
        "state": state,
        "page": found,
        "rows": [(row, list(BANK_ROW.choices(row, account)) if account.holds(Duty.BOOK) else []) for row in found.rows],
        "may_book": account.holds(Duty.BOOK),
    }
    return render(request, "ledger/bank_file.html", context)


def by_state(shown: BankFile) -> dict[str, int]:
    return dict(shown.rows.order_by().values_list("state").annotate(Count("pk")))


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Try once more what waits: what it pays may be demanded by now."""
    account = signed_in(request)
    shown = get_object_or_404(BankFile.objects.visible_to(account), pk=number)
    messages.success(request, _("Booked: %(rows)d.") % {"rows": try_all(shown, by=account)})
    return redirect(shown)


@desk_page
@duty_required(Duty.BOOK)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a waiting row pays, set it aside, or take its booking back."""
    row = get_object_or_404(BankRow.objects.visible_to(signed_in(request)), pk=number)
    return moved(request, row, BANK_ROW)
