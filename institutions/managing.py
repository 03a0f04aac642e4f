"""An institution's accounts and their duties, in the hands of its own manager.

Two administrators make somebody a manager (granting.py); from then on the institution itself says who answers, signs
and registers for it, and opens accounts for its own people. That binds nobody but the institution, so it needs no
second administrator. What a manager cannot do: give a duty of the desk, touch an account of somebody else, give duties
to themselves, or leave no manager behind.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions import first_password
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
def open_account(username: str, name: str, duties: Sequence[str], *, by: Account) -> tuple[Account, str]:
    """A colleague's account with these duties, and the first password, which is kept nowhere in clear.

    The name of the person is asked for: letters and acts name them by it. Whoever signs in with the first password
    sets up their own second factor, then their own password.
    """
    lock(by, by)
    refuse_unless(set(duties) <= set(GIVEN), _("That duty is not your institution's to give."))
    account = Account(
        username=Account.normalize_username(username.strip()), name=name.strip(), institution_id=by.institution_id,
        duties=sorted({str(one) for one in duties}),
    )  # fmt: skip
    refuse_unless(bool(account.name), _("Say whose account it is."))
    taken = _("That user name is taken, perhaps elsewhere on this site: choose another.")
    refuse_unless(not Account.objects.filter(username__iexact=account.username).exists(), taken)
    password = first_password.draw(account)
    try:
        account.full_clean(validate_unique=False)
        with transaction.atomic():
            account.save(force_insert=True)
    except ValidationError as error:
        raise ManagingRefused(" ".join(error.messages)) from None
    except IntegrityError:  # somebody else was quicker
        raise ManagingRefused(taken) from None
    record(Act.ACCOUNT, by, account.username, what="opened in the institution", duties=list(account.duties))
    return account, password


@transaction.atomic
def draw_again(account: Account, *, by: Account) -> str:
    """Another first password for whoever lost the first or let its time run out; a password of their own stays."""
    locked = lock(account, by)
    refuse_unless(locked.is_active, _("The account is stopped."))
    refuse_unless(
        locked.first_password_at is not None,
        _("They have a password of their own by now. Where it is lost, an administrator of this site sets another."),
    )
    password = first_password.draw(locked)
    locked.save(update_fields=["password", "first_password_at"])
    record(Act.PASSWORD, by, locked.username, what="drew a first password again")
    return password


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
