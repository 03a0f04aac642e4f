"""Tells the rules which measures hold: a line of the register becomes a knowledge point, as a version of its own.

A measure was decided by two people in its case, so nobody approves it here once more. Being knowledge, it reaches the
desk with its next look and a run with its version, and a finding can be proved against it years later.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from institutions.models import Account, Measure

from .differing import facts, stored
from .loading import know_lists, lock, version
from .models import KnowledgeBatch, Point, Proposal
from .reading import Line

LIST = "measure"
# Whom a measure keeps from serving. What only holds money back is no matter of a desk or of a rule.
ABOUT = {
    Measure.Kind.SUSPENDED: "institution", Measure.Kind.TERMINATED: "institution",
    Measure.Kind.DEPARTMENT: "department", Measure.Kind.PERSON: "person",
}  # fmt: skip
BASIS = "《医疗保障基金使用监督管理条例》第十三条、第三十八条、第四十条；医疗保障服务协议"


def tell(measures: Sequence[Measure], *, by: Account) -> KnowledgeBatch | None:
    """What the rules know of these measures becomes what the register says of them; nothing where it is so already."""
    if not measures:
        return None
    wanted = {name_of(one): line(one) for one in measures if one.kind in ABOUT and one.counts}
    because = ", ".join(sorted({one.because for one in measures}))
    names = [name_of(one) for one in measures]
    return make_known(LIST, wanted, names, because=because, place=place_of(measures[0]), by=by)


@transaction.atomic
def make_known(
    list_: str, wanted: Mapping[str, Line], names: Sequence[str], *, because: str, place: str, by: Account | None
) -> KnowledgeBatch | None:
    """Of the points of these names exactly the wanted lines hold from now on; nothing where it is so already."""
    lock()
    before = {point.point: point for point in Point.objects.in_force().filter(list=list_, point__in=names)}
    true = {name for name, point in before.items() if name in wanted and stored(point).said == wanted[name].said}
    ended = [point.pk for name, point in before.items() if name not in true]
    added = [said for name, said in wanted.items() if name not in true]
    return change(ended, added, because=because, place=place, by=by) if ended or added else None


def name_of(measure: Measure) -> str:
    return f"measure {measure.pk}"


def change(
    ended: Sequence[int], lines: Sequence[Line], *, because: str, place: str, by: Account | None
) -> KnowledgeBatch:
    """A version in which these points have ended and these lines hold."""
    know_lists()
    base = version()
    told = json.dumps([base, sorted(ended), [one.said for one in lines]])
    digest = hashlib.sha256(told.encode()).hexdigest()
    batch = KnowledgeBatch.objects.create(digest=digest, folder="", points=len(lines))
    Point.objects.filter(pk__in=ended).update(ended_by=batch)
    Point.objects.bulk_create([Point(**facts(one), batch=batch) for one in lines])
    Proposal.objects.create(
        kind=Proposal.Kind.ACTS, name=because[:300], digest=digest, place=place, base=base, version=batch,
        status=Proposal.Status.IN_FORCE, prepared_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    return batch


def line(measure: Measure) -> Line:
    """A measure as the rules read it."""
    number, about = name_of(measure), ABOUT[Measure.Kind(measure.kind)]
    values = {
        "number": number, "institution": measure.institution_id, "about": about,
        "code": measure.code or measure.institution_id, "measure": measure.kind, "because": measure.because,
    }  # fmt: skip
    until: dt.date | None = measure.last_day
    return Line(
        LIST, number, number, values, place_of(measure), measure.since, until, BASIS, f"register of measures, {number}",
        "decided in its case", "", 0,
    )  # fmt: skip


def place_of(measure: Measure) -> str:
    """The pooling area of the institution: nobody else's claims are asked."""
    return f"{measure.institution.division_id[:4]}00"
