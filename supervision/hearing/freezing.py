"""Freezes the claims that a finding stands on, so that what was accused can be read and proved for ever."""

from django.db import transaction

from claims import warehouse
from claims.models import Snapshot
from supervision.monitoring.models import Finding

from .canonical import digest, plain
from .models import FrozenClaim, StandsOn

__all__ = ["could_be_frozen", "digest", "freeze", "frozen_for"]


def freeze(finding: Finding) -> FrozenClaim | None:
    """The claim that the finding is about, frozen with the others that its lines name. Done again, it changes nothing.

    None where it is about no claim, or where the claim stands in the warehouse no longer.
    """
    if not (known := frozen_for(finding)):
        with transaction.atomic():
            known = [keep(finding, claim, rows) for claim, rows in found(finding)]
    return next((frozen for frozen in known if frozen.claim == finding.claim), None)


def could_be_frozen(finding: Finding) -> bool:
    """Whether it names a claim, and there is a version of the warehouse in which that claim should stand."""
    snapshot = warehouse.published()
    return bool(finding.claim) and snapshot is not None and bool(snapshot.tables)


def frozen_for(finding: Finding) -> list[FrozenClaim]:
    """The frozen claims that the finding stands on: its own first, then the others by number."""
    frozen = FrozenClaim.objects.filter(stood_on__finding=finding).order_by("claim")
    return sorted(frozen, key=lambda one: one.claim != finding.claim)


def found(finding: Finding) -> list[tuple[str, tuple[Snapshot, warehouse.Whole]]]:
    """The claims that the finding and its lines name, whole, at the version that counts now."""
    named = {finding.claim, *finding.lines.values_list("claim", flat=True)} - {""}
    snapshot = warehouse.published()
    if snapshot is None or not named:
        return []
    whole = warehouse.whole(snapshot, named, month=finding.month)
    return [(claim, (snapshot, rows)) for claim, rows in whole.items()]


def keep(finding: Finding, claim: str, read: tuple[Snapshot, warehouse.Whole]) -> FrozenClaim:
    """A claim with the same content is kept once, however many findings stand on it."""
    snapshot, tables = read
    rows = {
        table: [{name: plain(value) for name, value in row.items()} for row in listed]
        for table, listed in tables.items()
    }
    frozen, _new = FrozenClaim.objects.get_or_create(
        claim=claim, digest=digest(rows), defaults={"rows": rows, "snapshot": snapshot}
    )
    StandsOn.objects.get_or_create(finding=finding, frozen=frozen)
    return frozen
