"""Weighted draws: the list, a new one, and one with every institution's weight and why."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from credit import drawing
from credit.models import Draw
from institutions.access import desk_page, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.filters import dress
from supervision.moves import MoveRefused
from supervision.paging import page


class DrawForm(forms.Form):
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=drawing.MOST)
    reason = forms.CharField(label=_("What for"), max_length=200)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        dress(self)


@desk_page
@require_http_methods(["GET", "POST"])
def draws(request: HttpRequest) -> HttpResponse:
    """The draws of the territory, the newest first; a POST draws another."""
    account = signed_in(request)
    form = DrawForm(request.POST) if request.method == "POST" else DrawForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(drawing.draw_sample(form.cleaned_data["size"], form.cleaned_data["reason"], by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    rows = Draw.objects.visible_to(account).select_related("place__parent", "drawn_by__territory")
    context = {"form": form, "page": page(rows, request.GET, sort="-id"), "may_draw": account.holds(Duty.CREDIT)}
    return render(request, "credit/draws.html", context)


@desk_page
@require_GET
def draw(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    rows = Draw.objects.visible_to(account).select_related("place__parent", "drawn_by__territory")
    shown = get_object_or_404(rows, number=number)
    lines = shown.lines.select_related("institution__division__parent")
    context = {"draw": shown, "page": page(lines, request.GET, sort="rank"), "same": drawing.drawn_again(shown)}
    record(Act.READ, account, shown.number)
    return render(request, "credit/draw.html", context)
