"""Grades as charts: how they are spread now, and how that came about month by month."""

import datetime as dt

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Institution
from supervision.charts import Bar, Chart
from supervision.clocks.calendar import months_after

from .models import Evaluation

MONTHS = 12


def spread(account: Account) -> Chart:
    """Institutions by the grade in force, each bar opening to its list."""
    rows = Institution.objects.visible_to(account).order_by("grade")
    counts = {row["grade"]: row["n"] for row in rows.values("grade").annotate(n=Count("pk"))}
    bars = [
        Bar(letter or _("no grade"), [count], f"/desk/credit/?grade={letter or 'none'}")
        for letter, count in sorted(counts.items(), key=lambda pair: (not pair[0], pair[0]))
    ]
    return Chart("grades-now", _("Institutions by grade"), _("Grade"), [_("Institutions")], "count", bars)


def trend(account: Account) -> Chart:
    """At the end of each month, how many institutions had which grade."""
    ends = month_ends(timezone.localdate())
    by_month = {end: at_end(account, end) for end in ends}
    letters = sorted({letter for counts in by_month.values() for letter in counts if letter})
    bars = [
        Bar(end.strftime("%Y-%m"), [counts.get(letter, 0) for letter in letters]) for end, counts in by_month.items()
    ]
    return Chart("grades-by-month", _("Grades by month"), _("Month"), letters, "count", bars if letters else [])


def month_ends(today: dt.date) -> list[dt.date]:
    first = today.replace(day=1)
    return [months_after(first, 1 - back) - dt.timedelta(days=1) for back in reversed(range(MONTHS))]


def at_end(account: Account, day: dt.date) -> dict[str, int]:
    """By letter, the evaluations that were in force on the day."""
    begun = Evaluation.objects.visible_to(account).filter(effective_on__lte=day)
    last = begun.order_by("institution_id", "-effective_on", "-pk").distinct("institution_id")
    rows = Evaluation.objects.filter(pk__in=last.values("pk")).order_by("letter").values("letter")
    return {row["letter"]: row["n"] for row in rows.annotate(n=Count("pk"))}
