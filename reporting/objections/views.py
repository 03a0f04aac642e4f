"""Anybody objects to an application that is publicised, and reads the answer with a receipt. Nobody signs in.

Machines are kept out as they are from reports: a browser works a second, a page without a script waits
(complaints.gate). A page that is sent twice is taken in once, and has the same receipt (complaints.receipts). The
receipt rides in forms and never stands in an address.
"""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from supervision.complaints import receipts
from supervision.complaints.gate import proving
from supervision.designation import objecting
from supervision.designation.models import Application, Objection
from supervision.refusal import Refused

LONGEST = 4000  # characters


class ObjectionForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What speaks against it?"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("What you know, when and where it was, and what could prove it."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=60)
    contact = forms.CharField(
        label=gettext_lazy("How to reach you"), max_length=120,
        help_text=gettext_lazy(
            "A telephone number or an address. Name and contact are kept sealed; only those at the agency who answer "
            "read them. They are erased some time after the application is over."
        ),
    )  # fmt: skip

    def __init__(self, sent: object = None) -> None:
        super().__init__(sent)  # type: ignore[arg-type]
        self.use_required_attribute = False

    def told(self) -> objecting.Objected:
        return objecting.Objected(**self.cleaned_data)


@login_not_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """The form, and the receipt once it is sent. After the day nothing is taken in, and the page says so."""
    rows = Application.objects.publicised().select_related("institution__division", "insurer", "clock")
    application = get_object_or_404(rows, number=number)
    if request.method == "GET":
        return asked(request, application, ObjectionForm())
    form, ticket = ObjectionForm(request.POST), ticket_of(request)
    if not form.is_valid():
        return asked(request, application, form)
    receipt = receipts.receipt_of(ticket)
    try:
        if request.POST.get("ticket") != ticket:
            raise Refused(_("The page was incomplete. Nothing was sent yet: please send it now."))
        objection = objecting.object_to(
            application, form.told(), mark=receipts.mark(receipt), known=receipts.marks(receipt),
            prove=lambda: proving.check(request.POST.get("proof", "")),
        )  # fmt: skip
    except Refused as refusal:
        return asked(request, application, form, refusal=str(refusal))
    context = {"objection": objection, "receipt": receipts.shown(receipt)}
    return render(request, "objections/received.html", context)


def asked(request: HttpRequest, application: Application, form: ObjectionForm, *, refusal: str = "") -> HttpResponse:
    context = {
        "application": application, "form": form, "refusal": refusal, "open": objecting.is_open(application),
        "ticket": ticket_of(request), "challenge": proving.challenge(),
    }  # fmt: skip
    return render(request, "objections/object.html", context)


def ticket_of(request: HttpRequest) -> str:
    """Drawn once for a page: it comes back with the form, so that sending twice is sending once."""
    ticket = request.POST.get("ticket", "")
    return ticket if len(ticket) == 32 and ticket.isalnum() else receipts.draw_ticket()


@login_not_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The door for who has the receipt, and behind it what became of the objection."""
    if request.method == "GET":
        return render(request, "objections/follow.html", {})
    typed = receipts.understood(request.POST.get("receipt", ""))
    rows = Objection.objects.filter(mark__in=receipts.marks(typed)) if len(typed) == receipts.LENGTH else []
    objection = next(iter(rows), None)
    refusal = "" if objection else _("There is no objection with this receipt.")
    context = {"objection": objection, "refusal": refusal, "typed": request.POST.get("receipt", "")}
    return render(request, "objections/follow.html", context)
