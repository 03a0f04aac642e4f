"""What stands open to everybody: who passed, who is designated, whose agreement was terminated, and what was signed."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from institutions.models import Agreement, Institution
from supervision.designation import objecting, signing
from supervision.designation.forms import VerifyForm
from supervision.designation.models import Application, Contract, Stage
from supervision.monitoring.filters import tidy
from supervision.paging import page

ANY = [("", gettext_lazy("any"))]
STATES = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
SIZE = 30


class SearchForm(forms.Form):
    """What is not understood filters nothing."""

    named = forms.CharField(label=gettext_lazy("Name, code or place"), required=False, max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=[*ANY, *Institution.Kind.choices])

    def __init__(self, query: QueryDict) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.use_required_attribute = False
        self.is_valid()

    def narrowed(self, rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(institution__kind=kind)
        for word in self.cleaned_data.get("named", "").split()[:6]:
            one = Q(institution__name_zh__icontains=word) | Q(institution__name_en__icontains=word)
            placed = Q(institution__division__name_zh__icontains=word) | Q(
                institution__division__name_en__icontains=word
            )
            rows = rows.filter(one | placed | Q(institution__code__istartswith=word))
        return rows


@login_not_required
@require_GET
def designated(request: HttpRequest) -> HttpResponse:
    """Every agreement that holds today: with whom, until when, whether it is suspended, and what hangs on it."""
    form, today = SearchForm(request.GET), timezone.localdate()
    held = Agreement.objects.filter(period__contains=today, state__in=STATES)
    rows = form.narrowed(held).select_related("institution__division__parent", "insurer")
    listed = page(rows, request.GET, sort="id", size=SIZE)
    hanging = hanging_on(listed.rows, today)
    context = {"form": form, "page": listed, "rows": [(one, hanging.get(one.pk, [])) for one in listed.rows]}
    return render(request, "designation/public_designated.html", context)


def hanging_on(listed: Iterable[Agreement], today: date) -> dict[int | None, list[Contract]]:
    """The supplementary agreements that hold today, by the key of the main one's line in the register."""
    rows = Contract.objects.living().filter(main__agreement__in=listed, since__lte=today, until__gte=today)
    found: dict[int | None, list[Contract]] = {}
    for one in rows.select_related("main", "template").order_by("pk"):
        assert one.main is not None
        found.setdefault(one.main.agreement_id, []).append(one)
    return found


@login_not_required
@require_GET
def terminated(request: HttpRequest) -> HttpResponse:
    """The list of those whose agreement was terminated, as the agencies published it."""
    rows = Contract.objects.filter(state=Stage.PUBLISHED).select_related("institution__division", "insurer", "ground")
    context = {"page": page(rows, request.GET, sort="-id", size=SIZE)}
    return render(request, "designation/public_terminated.html", context)


@login_not_required
@require_GET
def publicised(request: HttpRequest) -> HttpResponse:
    """Who passed the assessment, before anything is signed: anybody may object until the day that stands there."""
    rows = Application.objects.publicised().select_related("institution__division", "insurer", "clock")
    listed = page(rows, request.GET, sort="-id", size=SIZE)
    context = {"page": listed, "open": {one.pk for one in listed.rows if objecting.is_open(one)}}
    return render(request, "designation/public_publicised.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file is, to the byte, a text that was signed here. The file is read and not kept."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        if given.size > settings.ATTACHMENT_LIMIT:
            form.add_error("file", _("The file is too large."))
        else:
            digest = hashlib.sha256()
            for chunk in given.chunks():
                digest.update(chunk)
            context |= {"digest": digest.hexdigest(), "verified": signing.verify(digest.hexdigest())}
    return render(request, "designation/public_verify.html", context)
