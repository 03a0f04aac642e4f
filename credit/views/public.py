"""What everybody may read: the grade in force and since when. No points, no records, nobody's name."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from credit.models import Rating
from institutions.models import Institution
from supervision.monitoring.filters import tidy
from supervision.paging import page

SIZE = 30
LONGEST = 60


@login_not_required
@require_GET
def grades(request: HttpRequest) -> HttpResponse:
    """Designated institutions whose evaluation is in force; what is under way or objected to is not told."""
    named = tidy(request.GET.get("named", "").replace("\0", ""))[:LONGEST]
    rows = Institution.objects.exclude(grade="").select_related("division__parent")
    for word in named.split()[:6]:
        rows = rows.filter(Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__istartswith=word))
    context = {"named": named, "page": page(rows, request.GET, sort="code", size=SIZE)}
    return render(request, "credit/public.html", context)


@login_not_required
@require_GET
def enterprises(request: HttpRequest) -> HttpResponse:
    """Enterprises whose tier is disclosed, for as long as it is: name, matter and tier; no sums, no persons."""
    named = tidy(request.GET.get("named", "").replace("\0", ""))[:LONGEST]
    rows = Rating.objects.disclosed().select_related("fact__enterprise", "place__parent")
    if named:
        rows = rows.filter(Q(fact__enterprise__name_zh__icontains=named) | Q(fact__enterprise__code=named))
    context = {"named": named, "page": page(rows, request.GET, sort="-id", size=SIZE)}
    return render(request, "credit/public_enterprises.html", context)
