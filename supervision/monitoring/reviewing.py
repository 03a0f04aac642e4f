"""Reviews of findings by people, and what they do to a rule that is wrong too often."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from . import owning, thresholds, turns
from .guards import Demotion, Measure, Review
from .models import Finding
from .rulebook import Rule

if TYPE_CHECKING:
    from institutions.models import Account

Z = 1.959963984540054  # of a 95 % interval
LOWER = {"certain": "high", "high": "low"}  # the catalogue's levels; below them a rule is only switched off


# Pages that are judged at the end of many reviews, by their hashes; nothing where each review judges its own.
judged_later: ContextVar[dict[str, Rule] | None] = ContextVar("judged_later", default=None)


class ReviewRefused(Exception):
    """The finding cannot be reviewed now; the sentence says why."""


def wilson(upheld: int, reviewed: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson); None where nothing was reviewed."""
    if not reviewed:
        return None
    share, z2 = upheld / reviewed, Z * Z
    middle = (share + z2 / (2 * reviewed)) / (1 + z2 / reviewed)
    half = Z * sqrt(share * (1 - share) / reviewed + z2 / (4 * reviewed * reviewed)) / (1 + z2 / reviewed)
    return max(0.0, middle - half), min(1.0, middle + half)


def reviewable(finding: Finding) -> bool:
    return finding.status == Finding.Status.OPEN or finding.withdrawn_because == Finding.Withdrawn.REVIEWED


def review(
    finding: Finding, outcome: Review.Outcome, *, by: "Account", note: str, cause: str = "", page: Rule | None = None
) -> Review:
    """Decide on a finding: no later run changes or withdraws it. `page` is its rule's as it stands now."""
    with transaction.atomic():
        turns.alone()  # no step may write over what is being decided
        shown = Finding.objects.select_for_update().get(pk=finding.pk)
        if not reviewable(shown):
            raise ReviewRefused(_("Only what is open, or was withdrawn by a review, can be reviewed."))
        shown.reviews.filter(stands=True).update(stands=False)
        made = shown.reviews.create(
            rule=shown.rule, page_hash=shown.page_hash, institution_id=shown.institution_id,
            insured_area=shown.insured_area, outcome=outcome, cause=cause, note=note, reviewed_by=by,
        )  # fmt: skip
        upheld = outcome == Review.Outcome.UPHELD
        shown.acted_on, shown.relabelled = True, ""
        shown.status = Finding.Status.OPEN if upheld else Finding.Status.WITHDRAWN
        shown.withdrawn_because = "" if upheld else Finding.Withdrawn.REVIEWED
        shown.withdrawn_at = None if upheld else timezone.now()
        if not upheld:
            shown.owned = 0
            shown.lines.update(owned=0)
        shown.save(update_fields=["acted_on", "relabelled", "status", "withdrawn_because", "withdrawn_at", "owned"])
        owning.unsettle(Finding.objects.filter(pk=shown.pk))
        owning.settle_between_runs()
        if page is not None:
            judge_now_or_later(page)
        record(Act.REVIEW, by, f"finding {shown.pk}", outcome=outcome, cause=cause, note=note)
    return made


def judge_now_or_later(page: Rule) -> None:
    waiting = judged_later.get()
    if waiting is None:
        judge(page)
    else:
        waiting[page.hash] = page


@contextmanager
def judged_together() -> Iterator[None]:
    """Of many reviews made one after the other: each of their pages is judged once, at the end, by all of them."""
    waiting: dict[str, Rule] = {}
    token = judged_later.set(waiting)
    try:
        yield
    finally:
        judged_later.reset(token)
        for page in waiting.values():
            with transaction.atomic():
                judge(page)


def judge(page: Rule) -> Demotion | None:
    """Demote a page by one level, or switch it off, where its precision is surely too low; only reviews since it was
    last demoted count, so that the same reviews do not demote it twice."""
    limits = thresholds.limits(page.code)
    months = int(limits[Measure.PRECISION_MONTHS].value)
    last = Demotion.objects.filter(rule=page.code, page_hash=page.hash).order_by("-pk").first()
    if last and not last.certainty:
        return None
    since = timezone.now() - dt.timedelta(days=round(months * 365.25 / 12))
    counted = Review.objects.standing().filter(rule=page.code, page_hash=page.hash, reviewed_at__gt=since)
    upheld, later = Q(outcome=Review.Outcome.UPHELD), Q(reviewed_at__gt=last.demoted_at) if last else Q(pk__gt=0)
    sums = counted.aggregate(
        upheld=Count("pk", filter=upheld),
        reviewed=Count("pk"),
        new_upheld=Count("pk", filter=upheld & later),
        new=Count("pk", filter=later),
    )
    every, new = wilson(sums["upheld"], sums["reviewed"]), wilson(sums["new_upheld"], sums["new"])
    current = last.certainty if last else page.certainty
    off, lower = limits[Measure.OFF_BELOW].value, limits[Measure.DEMOTE_BELOW].value
    if every and every[1] < off:
        return demote(page, "", sums["upheld"], sums["reviewed"], every[1], float(off))
    if new and new[1] < lower and current in LOWER:
        return demote(page, LOWER[current], sums["new_upheld"], sums["new"], new[1], float(lower))
    return None


def demote(page: Rule, certainty: str, upheld: int, reviewed: int, upper: float, limit: float) -> Demotion | None:
    try:
        with transaction.atomic():
            made = Demotion.objects.create(
                rule=page.code, page_hash=page.hash, certainty=certainty, upheld=upheld,
                withdrawn=reviewed - upheld, upper=round(upper, 4), limit=round(limit, 4),
            )  # fmt: skip
    except IntegrityError:
        return None  # somebody else's review was quicker
    record(Act.DEMOTION, "", f"rule {page.code}", certainty=certainty or "off", upheld=upheld, reviewed=reviewed)
    return made


def standing(rules: dict[str, Rule]) -> dict[str, Rule]:
    """The rules as reviews have left them: the demoted with their lower certainty, without those switched off."""
    demoted = Demotion.objects.filter(rule__in=rules).order_by("pk").values_list("rule", "page_hash", "certainty")
    found = dict(rules)
    for code, page_hash, certainty in demoted:
        if rules[code].hash != page_hash:
            continue
        if not certainty:
            found.pop(code, None)
        elif code in found:
            found[code] = replace(found[code], certainty=certainty)
    return found
