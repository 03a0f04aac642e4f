"""A lost second factor is taken away by two administrators: one asks, another approves.

The second must have been one for days before anything was asked for: long enough for others to notice who was made one
for the purpose.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from institutions import approving
from institutions.models import Account, FactorReset, Outcome, RecoveryCode, SecondFactor
from supervision.audit.chain import record
from supervision.audit.models import Act


def ask(account: Account, *, reason: str, by: Account) -> FactorReset:
    """Written down, and nothing is changed yet."""
    with transaction.atomic():
        check(account, reason=reason, by=by)
        approving.expire()
        reset = FactorReset.objects.create(account=account, reason=reason.strip(), asked_by=by)
        record(Act.SECOND_FACTOR, by, account.username, what="asked for a reset", reason=reset.reason)
    return reset


def check(account: Account, *, reason: str, by: Account) -> None:
    """Whether this may be asked for."""
    approving.check_asking(FactorReset, account, reason=reason, by=by)


def approve(reset: FactorReset, *, by: Account) -> None:
    """Factor, recovery codes and sessions end; the next sign-in sets up another factor."""
    with transaction.atomic():
        locked = approving.lock(reset, by=by)
        approving.check_second(
            locked, by=by, since=locked.asked_at - timedelta(days=settings.SECOND_ADMINISTRATOR_DAYS)
        )
        account = Account.objects.select_for_update(of=("self",)).get(pk=locked.account_id)
        SecondFactor.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
        # A moment rather than nothing: sessions are bound to it, so none of before can go on.
        account.factor_since = timezone.now()
        account.save(update_fields=["factor_since"])
        approving.close(locked, Outcome.APPROVED, by=by)
        asker = locked.asked_by.username
        record(Act.SECOND_FACTOR, by, account.username, what="approved a reset", asked_by=asker)
