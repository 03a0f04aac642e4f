"""The knowledge base: its lists, one list, one point with its history; batches, and what versions differ in."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.paging import CAP, Page, capped_count, in_order, page, with_changes

from . import proposing
from .differing import between
from .filters import PointFilter, VersionsForm, named
from .forms import DecisionForm, SheetsForm
from .lists import LISTS, Shape
from .models import Point, Proposal, ProposedPoint, RejectedRow, Said
from .rejecting import REASONS, failure_text, reason_text
from .sheets import SheetRefused

DAY = timedelta(days=1)
MOST_IN_WORKBOOK = 100_000
KINDS = {
    kind.value: kind.label for kind in (ProposedPoint.Kind.NEW, ProposedPoint.Kind.CHANGED, ProposedPoint.Kind.ENDED)
}


@desk_page
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, with how many points hold where the reader is."""
    account = signed_in(request)
    seen = Point.objects.visible_to(account).in_force().order_by().values("list").annotate(n=Count("pk"))
    number = {row["list"]: row["n"] for row in seen}
    rows = [(shape, number.get(name, 0)) for name, shape in LISTS.items()]
    waiting = Proposal.objects.visible_to(account).filter(status=Proposal.Status.PREPARED).count()
    context = {
        "rows": sorted(rows, key=lambda row: row[0].name_in_words),
        "points": sum(number.values()),
        "waiting": waiting,
    }
    return render(request, "knowledge/lists.html", context)


def shape_of(code: str) -> Shape:
    if (shape := LISTS.get(code)) is None:
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


@dataclass(frozen=True)
class Told:
    """A point as a page shows it: its own columns as they are written, its last day."""

    point: Said
    values: dict[str, str]

    @classmethod
    def of(cls, point: Said) -> "Told":
        return cls(point, LISTS[point.list_id].written(point.values))

    @property
    def until(self) -> Any:
        upper = self.point.valid.upper
        return upper and upper - DAY


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


# --- Batches ------------------------------------------------------------------------------------------------


@desk_page
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    show = request.GET.get("show", "")
    rows = Proposal.objects.visible_to(account).select_related("prepared_by", "decided_by")
    if show in Proposal.Status.values:
        rows = rows.filter(status=show)
    shown = page(rows, request.GET, sort="-number", size=25)
    context = {
        "page": shown,
        "places": named({one.place for one in shown.rows}),
        "kinds": [("", _("All")), *Proposal.Status.choices],
        "show": show,
        "may_prepare": account.holds(Duty.KNOWLEDGE),
    }
    return render(request, "knowledge/batches.html", context)


@desk_page
@require_GET
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: what came in, what it changes, what was rejected, and who stands for it."""
    account = signed_in(request)
    shown = seen(account, number)
    reason = request.GET.get("reason", "")
    refused = shown.rejects.filter(reason=reason) if reason in REASONS else shown.rejects.all()
    context = {
        "batch": shown,
        "place": named({shown.place})[shown.place],
        **difference(request, rows_of(shown, account), shown.base, shown.version_id),
        "reasons": shown.rejects.order_by().values("reason").annotate(n=Count("pk")).order_by("-n", "reason"),
        "reason": reason,
        "rejects": refused[:100],
        "may_decide": account.holds(Duty.KNOWLEDGE) and Proposal.objects.within(account).filter(pk=shown.pk).exists(),
        "own": shown.prepared_by_id == account.pk,
        "undone_by": getattr(shown, "undone_by", None),
    }
    return render(request, "knowledge/batch.html", context)


def seen(account: Account, number: int) -> Proposal:
    rows = Proposal.objects.visible_to(account).select_related("prepared_by", "decided_by", "undoes", "undone_by")
    return get_object_or_404(rows, pk=number)


def rows_of(shown: Proposal, account: Account) -> QuerySet[Any]:
    """What a batch changes, or would change."""
    if shown.version_id:
        return between(shown.base, shown.version_id).visible_to(account)
    lines = ProposedPoint.objects.visible_to(account).filter(proposal=shown.pk)
    return lines.exclude(kind=ProposedPoint.Kind.SAME).annotate(how=F("kind")).select_related("before")


@dataclass(frozen=True)
class Difference:
    """One row of a difference: what became of a point, and what it was before."""

    how: str
    told: Told
    before: Told | None

    @property
    def name(self) -> str:
        """What it was, in words."""
        return str(self.told.point.values.get("name") or self.told.point.key)

    @property
    def moved(self) -> bool:
        """Whether it holds on other days than before."""
        return self.before is not None and self.before.point.valid != self.told.point.valid

    def changed(self) -> list[tuple[str, str, str]]:
        """The columns that say something else than before."""
        if self.before is None:
            return []
        pairs = [(name, self.before.values[name], value) for name, value in self.told.values.items()]
        one, other = self.before.point, self.told.point
        pairs += [(name, getattr(one, name), getattr(other, name)) for name in ("basis", "source", "verified")]
        return [pair for pair in pairs if pair[1] != pair[2]]


def difference(request: HttpRequest, rows: QuerySet[Any], earlier: int, later: int | None) -> dict[str, Any]:
    """How many points of each list are new, changed and ended; and the rows of the list and kind that are asked for."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.order_by().values("list", "how").annotate(n=Count("pk")):
        counted[row["list"]][row["how"]] = row["n"]
    of_list, kind = request.GET.get("list", ""), request.GET.get("kind", "")
    if of_list in LISTS:
        rows = rows.filter(list=of_list)
    if kind in KINDS:
        rows = rows.filter(how=kind)
    shown: Page[Any] = page(rows, request.GET, sort="key", size=25)
    return {
        "lists": [
            {"shape": LISTS[name], "counts": [each.get(kind, 0) for kind in KINDS], "here": name == of_list,
             "address": with_changes(request.GET, {"list": name, "reason": None})}
            for name, each in sorted(counted.items())
        ],
        "totals": [(kind, words, sum(each.get(kind, 0) for each in counted.values())) for kind, words in KINDS.items()],
        "kinds": [
            (name, words, with_changes(request.GET, {"kind": name or None}))
            for name, words in {"": _("All"), **KINDS}.items()
        ],
        "kind": kind,
        "of_list": LISTS.get(of_list),
        "all_lists": with_changes(request.GET, {"list": None}),
        "page": shown,
        "rows": told_differences(shown.rows, earlier, later),
        "places": named({row.place for row in shown.rows}),
    }  # fmt: skip


def told_differences(rows: Sequence[Any], earlier: int, later: int | None) -> list[Difference]:
    before: dict[tuple[str, str, str], Said] = {}
    if later is not None:
        keys = [row.key for row in rows if row.how == ProposedPoint.Kind.CHANGED]
        for one in Point.objects.at(earlier).filter(key__in=keys, ended_by__lte=later):
            before.setdefault((one.list_id, one.key, one.place), one)
    found = []
    for row in rows:
        was = row.before if later is None else before.get((row.list_id, row.key, row.place))
        changed = was if was and (row.how == ProposedPoint.Kind.CHANGED or getattr(row, "remains", False)) else None
        found.append(Difference(row.how, Told.of(row), Told.of(changed) if changed else None))
    return found


@desk_page
@require_GET
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every rejected row with its place and reason."""
    account = signed_in(request)
    shown = seen(account, number)
    heads = [_("File"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("Family"), _("Reason"), _("Code"), _("Points")]
    rows = map(reject_cells, shown.rejects.iterator(chunk_size=2000))
    answer = exporting.export(f"knowledge-{shown.pk}-rejects", "csv", heads, rows)
    record(Act.EXPORT, account, f"rejects of {proposing.about(shown)}", rows=shown.rejects.count())
    return answer


def reject_cells(one: RejectedRow) -> list[exporting.Cell]:
    words = reason_text(one.reason, one.detail)
    return [one.file, one.sheet, one.row, one.column, one.value, one.family, words, one.reason, one.points]


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = SheetsForm(request.POST, request.FILES) if request.method == "POST" else SheetsForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.prepare(form.sheets(), by=account)
        except SheetRefused as refusal:
            form.add_error("files", failure_text(refusal.code, refusal.name))
        except proposing.ProposalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(made)
    return render(request, "knowledge/new.html", {"form": form, "lists": LISTS.values()})


def to_decide(account: Account, number: int) -> Proposal:
    """A batch that this account sees, if it may also decide on it."""
    shown = seen(account, number)
    if not Proposal.objects.within(account).filter(pk=shown.pk).exists():
        record(Act.DENIAL, account, proposing.about(shown), why="the batch reaches beyond the territory")
        raise PermissionDenied
    return shown


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse. Who prepared it may only take it away again."""
    account = signed_in(request)
    shown = to_decide(account, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        for error in form.non_field_errors() or [_("Choose to approve or to refuse.")]:
            messages.error(request, str(error))
        return redirect(shown)
    try:
        if form.cleaned_data["act"] == "refuse":
            proposing.refuse(shown, by=account, note=form.cleaned_data["note"])
        elif proposing.approve(shown, by=account).waits:
            messages.error(
                request, _("What is in force has changed since this was prepared. Look at the difference again.")
            )
    except proposing.ProposalRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(shown)


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = to_decide(account, number)
    try:
        back = proposing.take_back(shown, by=account)
    except proposing.ProposalRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("What held before is in force again."))
    return redirect(back)


@desk_page
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """How any two versions differ, as far as the reader may see them."""
    account = signed_in(request)
    form = VersionsForm(request.GET, account)
    first, last = sorted((form.first, form.last))
    rows = between(first, last).visible_to(account)
    context = {"form": form, "earlier": first, "later": last, **difference(request, rows, first, last)}
    return render(request, "knowledge/compare.html", context)
