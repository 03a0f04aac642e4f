"""Whom to call in each place of the territory."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.major import calling
from supervision.major.forms import ContactForm
from supervision.major.models import Contact
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page


@desk_page
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            calling.name_contact(by=account, **form.cleaned_data)
            return redirect("major:contacts")
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    rows = Contact.objects.visible_to(account).now()
    context = {
        "form": form, "page": page(rows.select_related("place"), request.GET, sort="id"),
        "count": capped_count(rows), "may_name": account.holds(Duty.DECIDE), "own": account.territory_id,
    }  # fmt: skip
    return render(request, "major/contacts.html", context)


@desk_page
@duty_required(Duty.DECIDE)
@require_POST
def cross_out(request: HttpRequest) -> HttpResponse:
    which = request.POST.get("contact", "")
    try:
        calling.cross_out(
            int(which) if which.isascii() and which.isdigit() and len(which) < 19 else 0, by=signed_in(request)
        )
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("major:contacts")
