"""What one administrator asks for, another approves or refuses: who may, by when, and what is written down of it.

An administrator makes accounts, and could make the second one. So whoever approves was one, with a second factor of
their own, before anything was asked for; the database itself keeps what each account was.
"""

import json
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, AccountChange, Asked, Duty, FactorReset, Outcome, SecondFactor
from supervision.audit.chain import record
from supervision.audit.models import Act, RowChange

A = TypeVar("A", bound=Asked)
ACTS: dict[type[Asked], Act] = {FactorReset: Act.SECOND_FACTOR, AccountChange: Act.ACCOUNT}


class ApprovalRefused(Exception):
    """What these two people may not do; the sentence says why."""


def refuse_unless(holds: bool, why: str) -> None:
    if not holds:
        raise ApprovalRefused(why)


def check_asking(kind: type[Asked], account: Account, *, reason: str, by: Account) -> None:
    """Whether this administrator may ask for it now."""
    refuse_unless(by.holds(Duty.ADMINISTER), _("That is for administrators."))
    refuse_unless(by.pk != account.pk, _("Nobody asks for this for themselves."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    waiting = [one for one in kind._default_manager.filter(account=account, outcome=Outcome.OPEN) if not expired(one)]
    refuse_unless(not waiting, _("This has been asked for already and waits for its approval."))


def lock(asked: A, *, by: Account) -> A:
    """What is to be decided, held to the end of the transaction; refused where it waits for nobody any more."""
    refuse_unless(by.holds(Duty.ADMINISTER), _("That is for administrators."))
    locked = type(asked)._default_manager.select_for_update(of=("self",)).get(pk=asked.pk)
    refuse_unless(locked.outcome == Outcome.OPEN, _("This has been decided already."))
    refuse_unless(not expired(locked), _("Nobody decided on this in time: ask for it anew."))
    return locked


def check_second(asked: Asked, *, by: Account, since: datetime) -> None:
    """Whether this is another administrator than who asked and whom it is about, and has been one since then."""
    refuse_unless(by.pk not in {asked.asked_by_id, asked.account_id}, _("This needs a second administrator."))
    refuse_unless(
        has_administered(by, since=since),
        _("This needs an administrator who was one, with a second factor, on %(day)s.")
        % {"day": timezone.localtime(since).strftime("%Y-%m-%d %H:%M")},
    )


def has_administered(account: Account, *, since: datetime) -> bool:
    """Whether they were an administrator with their present factor since then, without a break."""
    confirmed = SecondFactor.objects.filter(account=account, confirmed_at__lte=since)
    return account.joined_at <= since and confirmed.exists() and not lacked_the_duty(account, since)


def lacked_the_duty(account: Account, since: datetime) -> bool:
    """The database itself keeps what the account was before each change of its row."""
    changes = RowChange.objects.filter(table=Account._meta.db_table, row=str(account.pk))
    later = [change for change in changes if datetime.fromisoformat(change.at) >= since]
    return any(Duty.ADMINISTER not in json.loads(change.before["duties"]) for change in later)


def refuse(asked: Asked, *, by: Account, why: str) -> None:
    """Nothing comes of it. Who asked may take it back so."""
    refuse_unless(bool(why.strip()), _("Say why."))
    with transaction.atomic():
        locked = lock(asked, by=by)
        close(locked, Outcome.REFUSED, by=by)
        record(ACTS[type(asked)], by, locked.account.username, what=f"refused {named(locked)}", reason=why.strip())


def expire() -> int:
    """Close what nobody decided in time; how many those were."""
    late = [one for kind in ACTS for one in kind._default_manager.filter(outcome=Outcome.OPEN) if expired(one)]
    for asked in late:
        with transaction.atomic():
            kind = type(asked)
            locked = kind._default_manager.select_for_update(of=("self",)).filter(pk=asked.pk, outcome="").first()
            if locked:
                close(locked, Outcome.EXPIRED, by=None)
                record(ACTS[kind], "", locked.account.username, what=f"{named(locked)} expired")
    return len(late)


def close(asked: Asked, outcome: Outcome, *, by: Account | None) -> None:
    asked.outcome, asked.decided_by, asked.decided_at = outcome, by, timezone.now()
    asked.save(update_fields=["outcome", "decided_by", "decided_at"])


def expired(asked: Asked) -> bool:
    return timezone.now() > asked.expires_at


def named(asked: Asked) -> str:
    """What the chain of acts calls it."""
    return "a reset" if isinstance(asked, FactorReset) else "a change"
