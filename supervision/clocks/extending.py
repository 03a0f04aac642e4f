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


@transaction.atomic
def ask_extension(clock: Clock, *, amount: int, reason: str, by: Any, at: datetime | None = None) -> Extension:
    """Ask for so much more, in the unit of the limit."""
    at, locked = at or timezone.now(), lock(clock)
    most = locked.limit.extension
    may_ask(locked, by, reason)
    refuse_unless(
        locked.ended_at is None and at <= locked.due_at, _("It was due already: more time is asked for before.")
    )
    refuse_unless(most > 0, _("The norm gives no extension of this."))
    refuse_unless(0 < amount <= most, _("It can be extended by %(most)d at most.") % {"most": most})
    refuse_unless(not locked.extensions.filter(refused_at=None).exists(), _("It can be extended once only."))
    asked = locked.extensions.create(amount=amount, reason=reason.strip(), asked_by=by, asked_at=at)
    record(Act.DEADLINE, by, str(locked), asked="extension", amount=amount, reason=asked.reason)
    return asked


@transaction.atomic
def approve_extension(extension: Extension, *, by: Any, at: datetime | None = None) -> Extension:
    locked = lock(extension.clock)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    may_approve(locked, extension, by)
    refuse_unless(locked.ended_at is None, _("It has ended already."))
    extension.approved_by, extension.approved_at = by, at or timezone.now()
    extension.due_before = locked.due_at
    extension.save()
    reckon(locked)
    locked.red_at = None
    locked.save()
    extension.due_after = locked.due_at
    extension.save()
    record(Act.DEADLINE, by, str(locked), approved="extension", due=locked.due_at.isoformat())
    return extension


@transaction.atomic
def refuse_extension(extension: Extension, *, by: Any, at: datetime | None = None) -> Extension:
    locked: Clock = lock(extension.clock)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    may_approve(locked, extension, by)
    extension.refused_by, extension.refused_at = by, at or timezone.now()
    extension.save()
    record(Act.DEADLINE, by, str(locked), refused="extension")
    return extension
