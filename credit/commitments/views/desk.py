"""The desk's list of commitments, a new one, and one with the moves that its state allows."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credit.commitments import committing
from credit.commitments.commitment_filter import CommitmentFilter
from credit.commitments.models import Commitment, CommitmentTemplate
from credit.commitments.workflow import COMMITMENT
from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.monitoring.filters import dress
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page


class NewCommitment(forms.Form):
    """For whom, and by which template."""

    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Its code."),
        error_messages={"invalid_choice": _("There is no institution with this code in your territory.")},
    )  # fmt: skip
    template = forms.ModelChoiceField(label=_("Template"), queryset=CommitmentTemplate.objects.all())

    def __init__(self, account: Account, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        field = self.fields["institution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Institution.objects.visible_to(account)
        dress(self)
        field.widget.attrs["class"] = "form-control"  # typed


@desk_page
@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """The commitments of the territory, the newest first."""
    account = signed_in(request)
    asked = CommitmentFilter(request.GET, account)
    rows = asked.commitments.select_related("institution", "template")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.commitments),
        "page": page(rows, request.GET, sort="-id"), "may_begin": account.holds(Duty.CREDIT),
    }  # fmt: skip
    return render(request, "commitments/list.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    if not account.holds(Duty.CREDIT):
        raise Http404
    start = {"institution": request.GET.get("institution", "").replace("\0", "")}
    form = NewCommitment(account, request.POST) if request.method == "POST" else NewCommitment(account)
    form.initial = start
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(committing.begin_commitment(by=account, **form.cleaned_data))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "commitments/new.html", {"form": form})


def found(request: HttpRequest, number: str) -> Commitment:
    rows = Commitment.objects.visible_to(signed_in(request))
    beside = ("institution__division__parent", "template", "signer", "alleger__territory", "decider__territory")
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    record(Act.READ, signed_in(request), str(subject))
    return shown(request, subject, {})


def shown(request: HttpRequest, subject: Commitment, refused: RefusedForms) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    context = {
        "commitment": subject, "offers": offers(COMMITMENT, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "commitments/commitment.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, COMMITMENT, subject, lambda refused: shown(request, found(request, number), refused))
