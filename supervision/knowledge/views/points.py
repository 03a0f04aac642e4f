"""The lists, one list with its export, and one point with its history."""

import json
from collections.abc import Iterable, Iterator, Sequence

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.knowledge.filters import PointFilter, named
from supervision.knowledge.lists import LISTS, ON_NO_PAGE, Shape
from supervision.knowledge.models import Point, Proposal, Said
from supervision.knowledge.telling import Told
from supervision.paging import CAP, capped_count, in_order, page, with_changes

MOST_IN_WORKBOOK = 100_000


@desk_page
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, with how many points hold where the reader is."""
    account = signed_in(request)
    seen = Point.objects.visible_to(account).in_force().order_by().values("list").annotate(n=Count("pk"))
    number = {row["list"]: row["n"] for row in seen}
    rows = [(shape, number.get(name, 0)) for name, shape in LISTS.items() if name not in ON_NO_PAGE]
    waiting = Proposal.objects.visible_to(account).filter(status=Proposal.Status.PREPARED).count()
    context = {
        "rows": sorted(rows, key=lambda row: row[0].name_in_words),
        "points": sum(number.values()),
        "waiting": waiting,
    }
    return render(request, "knowledge/lists.html", context)


def shape_of(code: str) -> Shape:
    if (shape := LISTS.get(code)) is None or shape.of_insured_persons:
        raise Http404
    return shape


@desk_page
@require_GET
def one_list(request: HttpRequest, code: str) -> HttpResponse:
    """The points of a list that answer the question in the address."""
    shape = shape_of(code)
    asked = PointFilter(request.GET, shape, signed_in(request))
    found = asked.points()
    shown = page(found, request.GET, sort="key")
    context = {
        "shape": shape,
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(found),
        "cap": CAP,
        "page": shown,
        "rows": [Told.of(point) for point in shown.rows],
        "places": dict(asked.places),
        "query": with_changes(request.GET, {}),
    }
    return render(request, "knowledge/list.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """Exactly the points of the page's list, in its order, in the form that can be taken in again."""
    account, shape = signed_in(request), shape_of(code)
    found = in_order(PointFilter(request.GET, shape, account).points(), "key")
    if form == "xlsx" and capped_count(found, MOST_IN_WORKBOOK) > MOST_IN_WORKBOOK:
        messages.error(request, _("A workbook holds at most 100,000 points here: filter the list, or take the CSV."))
        return redirect("knowledge:list", code)
    rows = (cells(point) for point in found.iterator(chunk_size=2000))
    if form == "json":
        answer: HttpResponseBase = as_json(shape, rows)
    else:
        answer = exporting.export(shape.name, form, headings(shape), rows)
    record(Act.EXPORT, account, f"knowledge list {shape.name}", form=form, query=with_changes(request.GET, {}))
    return answer


def headings(shape: Shape) -> list[str]:
    own = [column.name for column in shape.columns]
    return [
        "point", *own, "place", "since", "until", "basis", "source", "verified", "national_rule", "published_in",
        "announcement",
    ]  # fmt: skip


def cells(point: Said) -> list[exporting.Cell]:
    told = Told.of(point)
    return [
        point.point, *told.values.values(), point.place, point.valid.lower, told.until, point.basis, point.source,
        point.verified, point.national_rule, point.published_in, point.announcement,
    ]  # fmt: skip


def as_json(shape: Shape, rows: Iterable[Sequence[exporting.Cell]]) -> StreamingHttpResponse:
    names = headings(shape)

    def written() -> Iterator[str]:
        yield json.dumps({"list": shape.name, "title": shape.title, "title_zh": shape.title_zh}, ensure_ascii=False)[
            :-1
        ]
        yield ', "points": ['
        for number, row in enumerate(rows):
            yield (",\n" if number else "\n") + json.dumps(
                dict(zip(names, map(exporting.plain, row), strict=True)), ensure_ascii=False, default=str
            )
        yield "]}\n"

    disposition = {"Content-Disposition": f'attachment; filename="{shape.name}.json"'}
    return StreamingHttpResponse(written(), content_type="application/json", headers=disposition)


@desk_page
@require_GET
def point(request: HttpRequest, number: int) -> HttpResponse:
    """One point, all that ever held for the same thing and place, and what holds for it elsewhere."""
    account = signed_in(request)
    seen = Point.objects.visible_to(account)
    shown = get_object_or_404(seen, pk=number)
    same = seen.filter(list=shown.list_id, key=shown.key).select_related(
        "batch__proposal__prepared_by",
        "batch__proposal__decided_by",
        "ended_by__proposal__prepared_by",
        "ended_by__proposal__decided_by",
    )
    history = same.filter(place=shown.place).order_by("-batch", "valid")
    elsewhere = same.in_force().exclude(place=shown.place).order_by("place", "valid")
    context = {
        "shape": LISTS[shown.list_id],
        "told": Told.of(shown),
        "history": [Told.of(one) for one in history],
        "elsewhere": [Told.of(one) for one in elsewhere],
        "places": named({one.place for one in (*history, *elsewhere)}),
    }
    return render(request, "knowledge/point.html", context)
