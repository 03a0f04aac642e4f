"""Grades of institutions: reads the scheme of the place and the records, and has them worked out."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Min, Prefetch
from django.utils.translation import gettext as _

from institutions.models import Agreement, Institution, Measure
from supervision.clocks.calendar import months_after
from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .grading import Band, End, Fact, Grade, Line, Terms, work_out
from .models import CreditEnding, CreditEvent, Scheme

NEW, TERMINATED, UNSIGNED = "new", "terminated", "unsigned"


class NoScheme(Refused):
    """Nobody has set how institutions are evaluated there."""


def scheme_of(institution: Institution, at: dt.date) -> Scheme:
    """That of the narrowest place; one for this kind of institution goes before one for all."""
    rows = Scheme.objects.filter(
        place__in=places_of(institution.division_id), about__in=[Scheme.about_of(institution), Scheme.About.ANY],
        valid__contains=at,
    )  # fmt: skip
    found = narrowest(sorted(rows, key=lambda row: row.about == Scheme.About.ANY))
    if found is None:
        raise NoScheme(_("No credit scheme has been set for this place and day: an administrator adds it."))
    return found


def terms_of(scheme: Scheme) -> Terms:
    bands = [Band(band.letter, band.from_points) for band in scheme.bands.order_by("-from_points")]
    lines = [
        Line(line.indicator, line.points, line.above, line.at_best, line.months, line.repairable)
        for line in scheme.lines.all()
    ]
    by_year = scheme.counts == Scheme.Counts.YEAR
    return Terms(
        scheme.base, scheme.least, scheme.most, scheme.bonus_most, bands, lines, by_year=by_year, name=str(scheme)
    )


def facts_of(institution: Institution) -> list[Fact]:
    rows = CreditEvent.objects.filter(institution=institution)
    return [fact_of(row) for row in rows.prefetch_related(Prefetch("endings", CreditEnding.objects.order_by("pk")))]


def fact_of(row: CreditEvent) -> Fact:
    ends = tuple(End(end.why, end.known_on, end.from_on) for end in row.endings.all())
    return Fact(row.pk, row.indicator, row.record_kind, row.record, row.happened_on, row.known_on, row.amount, ends)


def grade(institution: Institution, *, at: dt.date) -> Grade:
    """The grade of a day, from the scheme of that day and what was known by then."""
    scheme = scheme_of(institution, at)
    reason = why_not(institution, scheme, at)
    if reason:
        return Grade(at, "", None, why_not=reason, scheme=str(scheme))
    return work_out(terms_of(scheme), facts_of(institution), at)


def without(institution: Institution, keys: Iterable[int], *, at: dt.date) -> Grade:
    """The grade that there would be if some records counted no more."""
    left = [fact for fact in facts_of(institution) if fact.key not in set(keys)]
    return work_out(terms_of(scheme_of(institution, at)), left, at)


def why_not(institution: Institution, scheme: Scheme, at: dt.date) -> str:
    """Newly signed and terminated institutions are not evaluated."""
    first = Agreement.objects.filter(institution=institution).aggregate(first=Min("period__startswith"))["first"]
    if first is None or first > at:
        return UNSIGNED
    if Measure.objects.filter(institution=institution, kind=Measure.Kind.TERMINATED).in_force(at).exists():
        return TERMINATED
    return NEW if months_after(first, scheme.months_new) > at else ""


def reason_words(reason: str) -> str:
    return {
        NEW: _("not evaluated: it signed only lately"),
        TERMINATED: _("not evaluated: its agreement was terminated"),
        UNSIGNED: _("not evaluated: it has no agreement"),
    }.get(reason, "")
