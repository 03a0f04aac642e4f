"""The sandbox: a message is answered as it would be over the wire, and nothing is kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Duty
from supervision.review import trying

from .forms import MessageForm

FOLDER = Path(__file__).parent / "examples"
EXAMPLES: dict[str, Promise] = {
    "3101": _("3101: an order for a man of something for women"),
    "3102": _("3102: the bill of a stay before it is settled"),
    "3103": _("3103: what the doctor did"),
    "2204": _("2204: lines of an outpatient visit"),
}


@dataclass(frozen=True)
class Tried:
    """An answer, for people and for programs."""

    infno: str
    answer: Mapping[str, Any]

    @property
    def text(self) -> str:
        return json.dumps(self.answer, ensure_ascii=False, indent=2)

    @property
    def error(self) -> str:
        return str(self.answer["err_msg"] or "")

    @property
    def results(self) -> Sequence[Mapping[str, Any]]:
        """The remarks; a system that wants one object gets one."""
        said = self.answer["output"].get("result") or []
        found = [said] if isinstance(said, Mapping) else said
        return [one for one in found if "jr_id" in one]

    @property
    def asked(self) -> bool:
        return self.infno in ("3101", "3102")


@never_cache
@institution_page
@duty_required(Duty.CONNECT)
@require_http_methods(["GET", "POST"])
def sandbox(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    tried = None
    if request.method == "POST":
        form = MessageForm(request.POST)
        if form.is_valid():
            message = form.cleaned_data["message"]
            answer = trying.show(message.encode("utf-8", "surrogatepass"), by=account)
            tried = Tried(kind_of(message), answer)
    else:
        form = MessageForm(initial={"message": example(request.GET.get("example", ""), account.institution_id or "")})
    context = {"form": form, "tried": tried, "examples": list(EXAMPLES.items())}
    return render(request, "review/institution/sandbox.html", context)


def kind_of(message: str) -> str:
    """The kind that a message says it is, as far as it can be read."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return ""
    return str(said.get("infno", "")) if isinstance(said, dict) else ""


def example(name: str, institution: str) -> str:
    """An example as this institution would send it; nothing where there is none of this name."""
    if name not in EXAMPLES:
        return ""
    return (FOLDER / f"{name}.json").read_text("utf-8").replace("H00000000000", institution)
