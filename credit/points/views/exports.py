"""Practitioners and what was scored, taken away as a table: what the list shows, all of its pages."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from credit.points.models import ScoreRecord
from credit.points.practitioner_filter import PractitionerFilter
from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision import exporting
from supervision.audit.chain import record as write_down
from supervision.audit.models import Act

from . import showing

AT_ONCE = 500


@desk_page
@require_GET
def practitioners(request: HttpRequest, form: str) -> HttpResponseBase:
    """Those who answer the filters, with this year's points and what is held back today."""
    account = signed_in(request)
    headings = [
        _("Code"), _("Name"), _("Kind"), _("Registered at"), _("Points this year"), _("Payment qualification"),
        _("Held back until"),
    ]  # fmt: skip
    answer = exporting.export(
        "practitioners", form, headings, people(PractitionerFilter(request.GET, account), account)
    )
    write_down(Act.EXPORT, account, "practitioners", form=form)
    return answer


def people(asked: PractitionerFilter, account: Account) -> Iterator[list[exporting.Cell]]:
    """Read so many at once: the sums of a whole province are not held in memory."""
    rows, after = asked.practitioners.order_by("code"), ""
    while found := list(showing.beside(rows.filter(code__gt=after), account)[:AT_ONCE]):
        after = found[-1].pk
        for one in showing.listed(found):
            state = one.held.get_kind_display() if one.held else ""
            yield [
                one.practitioner.pk, one.practitioner.name, one.practitioner.get_kind_display(),
                _(", ").join(one.institutions), one.points, state, one.held.until if one.held else None,
            ]  # fmt: skip


@desk_page
@require_GET
def records(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every record of the territory, each with what it rests on."""
    account = signed_in(request)
    headings = [
        _("Record"), _("Code"), _("Name"), _("Institution"), _("Matter"), _("Responsibility"), _("Points"), _("State"),
        _("In effect since"), _("Rests on"),
    ]  # fmt: skip
    beside = ("practitioner", "institution", "matter", "responsibility", "proceeding")
    rows = ScoreRecord.objects.visible_to(account).select_related(*beside).order_by("number")
    answer = exporting.export("records", form, headings, (cells(one) for one in rows.iterator()))
    write_down(Act.EXPORT, account, "records of points", form=form)
    return answer


def cells(one: ScoreRecord) -> list[exporting.Cell]:
    return [
        one.number, one.practitioner_id, one.practitioner.name, str(one.institution), str(one.matter),
        str(one.responsibility), one.points, one.get_state_display(), one.effective_on, str(one.proceeding),
    ]  # fmt: skip
