"""An institution's accounts and their duties, in the hands of its own manager.

Two administrators make somebody a manager (granting.py); from then on the institution itself says who answers, signs
and registers for it. That binds nobody but the institution, so it needs no second administrator. What a manager cannot
do: give a duty of the desk, touch an account of somebody else, give duties to themselves, or leave no manager behind.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.refusal import Refused

GIVEN = (Duty.ANSWER, Duty.SIGN, Duty.STAFF, Duty.INTAKE, Duty.CONNECT, Duty.MANAGE)


class ManagingRefused(Refused):
    """What a manager may not do with this account; the sentence says why."""


def refuse_unless(holds: bool, why: str) -> None:
    if not holds:
        raise ManagingRefused(why)


@transaction.atomic
def give(account: Account, duty: str, *, by: Account) -> Account:
    """From now on they hold it."""
    locked = lock(account, by)
    refuse_unless(duty in GIVEN, _("That duty is not your institution's to give."))
    refuse_unless(locked.pk != by.pk, _("Nobody gives duties to themselves: another manager does."))
    refuse_unless(locked.is_active, _("The account is stopped."))
    refuse_unless(duty not in locked.duties, _("They hold it already."))
    return keep(locked, [*locked.duties, duty], by, what="gave a duty in the institution", duty=duty)


@transaction.atomic
def take(account: Account, duty: str, *, by: Account) -> Account:
    """From now on they do not hold it any more."""
    locked = lock(account, by)
    refuse_unless(duty in GIVEN, _("That duty is not your institution's to take."))
    refuse_unless(duty in locked.duties, _("They do not hold it."))
    refuse_unless(duty != Duty.MANAGE or leaves_a_manager(locked), _("The last manager stays one."))
    left = [one for one in locked.duties if one != duty]
    return keep(locked, left, by, what="took a duty in the institution", duty=duty)


@transaction.atomic
def stop(account: Account, *, by: Account) -> Account:
    """Nobody signs in with it any more. Administrators open it again, as any account."""
    locked = lock(account, by)
    refuse_unless(locked.pk != by.pk, _("Nobody stops their own account."))
    refuse_unless(locked.is_active, _("The account is stopped."))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    record(Act.ACCOUNT, by, locked.username, what="stopped in the institution")
    return locked


def lock(account: Account, by: Account) -> Account:
    """The account as it is now, with all others of the institution: of two managers who leave at once one stays."""
    refuse_unless(
        by.institution_id is not None and by.institution_id == account.institution_id,
        _("There is no such account at your institution."),
    )
    rows = Account.objects.select_for_update(of=("self",)).filter(institution=by.institution_id).order_by("pk")
    known = {one.pk: one for one in rows}
    refuse_unless(by.pk in known and known[by.pk].holds(Duty.MANAGE), _("Only a manager of the institution does that."))
    refuse_unless(account.pk in known, _("There is no such account at your institution."))
    return known[account.pk]


def leaves_a_manager(account: Account) -> bool:
    """Whether somebody else of the institution is a manager who can sign in."""
    others = Account.objects.filter(institution=account.institution_id, is_active=True).exclude(pk=account.pk)
    return others.filter(duties__contains=[Duty.MANAGE]).exists()


def keep(account: Account, duties: list[str], by: Account, *, what: str, duty: str) -> Account:
    account.duties = sorted(str(one) for one in duties)
    account.save(update_fields=["duties"])
    record(Act.ACCOUNT, by, account.username, what=what, duty=str(duty))
    return account
