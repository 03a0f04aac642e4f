"""What pages do with a form that is no move: act and go back, or say why not."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from supervision.refusal import Refused


def acted(request: HttpRequest, form: forms.Form | None, act: Callable[[], object], back: str) -> HttpResponse:
    """Act by a form that is sound; what is wrong with it, or why the act was refused, is told above the page."""
    if form is not None and not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label}: {' '.join(map(str, errors))}")
        return redirect(back)
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect(back)


def number_in(request: HttpRequest, name: str) -> int:
    """A number that was sent; nought where it is none."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
