"""A later end: asked for by one person with a reason before the time is over, given by another, once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from .asking import lock, may_approve, may_ask, refuse_unless
from .models import Clock, Extension
from .reckoning import reckon

# The chain of acts is one lock for everybody, so an act within a move leaves it to the move, which writes it last.


@transaction.atomic
def extend(
    clock: Clock, *, amount: int, reason: str, asked_by: Any, approved_by: Any, at: datetime | None = None
) -> Extension:
    """Asked for by one and given by another in one go, as a move that two people make brings it about."""
    return granted(wished(clock, amount, reason, asked_by, at), approved_by, at)


@transaction.atomic
def ask_extension(clock: Clock, *, amount: int, reason: str, by: Any, at: datetime | None = None) -> Extension:
    """Ask for so much more, in the unit of the limit."""
    asked = wished(clock, amount, reason, by, at)
    record(Act.DEADLINE, by, str(asked.clock), asked="extension", amount=amount, reason=asked.reason)
    return asked


@transaction.atomic
def approve_extension(extension: Extension, *, by: Any, at: datetime | None = None) -> Extension:
    given = granted(extension, by, at)
    record(Act.DEADLINE, by, str(given.clock), approved="extension", due=given.clock.due_at.isoformat())
    return given


@transaction.atomic
def refuse_extension(extension: Extension, *, by: Any, at: datetime | None = None) -> Extension:
    locked: Clock = lock(extension.clock)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    may_approve(locked, extension, by)
    extension.refused_by, extension.refused_at = by, at or timezone.now()
    extension.save()
    record(Act.DEADLINE, by, str(locked), refused="extension")
    return extension


def wished(clock: Clock, amount: int, reason: str, asked_by: Any, at: datetime | None) -> Extension:
    at, locked = at or timezone.now(), lock(clock)
    most = locked.limit.extension
    may_ask(locked, asked_by, reason)
    refuse_unless(
        locked.ended_at is None and at <= locked.due_at, _("It was due already: more time is asked for before.")
    )
    refuse_unless(most > 0, _("The norm gives no extension of this."))
    refuse_unless(0 < amount <= most, _("It can be extended by %(most)d at most.") % {"most": most})
    refuse_unless(not locked.extensions.filter(refused_at=None).exists(), _("It can be extended once only."))
    return locked.extensions.create(amount=amount, reason=reason.strip(), asked_by=asked_by, asked_at=at)


def granted(extension: Extension, approved_by: Any, at: datetime | None) -> Extension:
    locked = lock(extension.clock)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    may_approve(locked, extension, approved_by)
    refuse_unless(locked.ended_at is None, _("It has ended already."))
    extension.approved_by, extension.approved_at = approved_by, at or timezone.now()
    extension.due_before = locked.due_at
    extension.save()
    reckon(locked)
    locked.red_at = None
    locked.save()
    extension.due_after = locked.due_at
    extension.save()
    extension.clock = locked
    return extension
