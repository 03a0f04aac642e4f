"""Changes of an account that weigh: one administrator asks, another approves, and until then nothing has changed.

A duty weighs where it makes somebody one of the two people that an act needs, or lets them bind an institution: with
such duties to give away, one administrator could be both. So does another post, for it takes all duties along.
Taking duties away and stopping an account never waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from institutions import approving
from institutions.models import Account, AccountChange, Duty, Outcome
from supervision.audit.chain import record
from supervision.audit.models import Act

LIGHT = frozenset({Duty.READ, Duty.INTAKE, Duty.CONNECT, Duty.WRITE_RULES})
OF_WEIGHT = frozenset(Duty) - LIGHT
APART = frozenset({Duty.ADMINISTER, Duty.IDENTITY})  # whoever gives duties could make the two who open an identity
POST = ("territory_id", "department_id", "insurer_id", "institution_id")


@dataclass(frozen=True)
class Weight:
    """What of a change waits for a second administrator."""

    duties: tuple[str, ...] = ()
    revived: bool = False
    post: dict[str, Any] = field(default_factory=dict)  # all four columns, where one of them moves

    def __bool__(self) -> bool:
        return bool(self.duties or self.revived or self.post)


def standing(account: Account) -> dict[str, Any]:
    """What an approver relies on."""
    return {"duties": sorted(account.duties), "is_active": account.is_active, **post_of(account)}


def post_of(account: Account) -> dict[str, Any]:
    return {column: getattr(account, column) for column in POST}


def weigh(before: Account, after: Account) -> Weight:
    """What of this change of an account weighs."""
    gained = tuple(sorted((set(after.duties) - set(before.duties)) & OF_WEIGHT))
    revived = after.is_active and not before.is_active
    # The first post of an account that may do nothing of weight is no move.
    bound = any(post_of(before).values()) or bool(OF_WEIGHT & set(before.duties))
    moved = bound and post_of(before) != post_of(after)
    return Weight(gained, revived, post_of(after) if moved else {})


def check_apart(duties: Iterable[str]) -> None:
    """Nobody holds both, whoever asked for it and in whatever order."""
    approving.refuse_unless(
        not set(duties) >= APART, _("Who manages accounts neither opens identities nor approves it.")
    )


def hold_back(before: Account, after: Account) -> Weight:
    """Take out of a change what waits; what is left of it may be saved at once."""
    held = weigh(before, after)
    after.duties = [duty for duty in after.duties if duty not in held.duties]
    if held.revived:
        after.is_active = False
    for column in held.post:
        setattr(after, column, getattr(before, column))
    return held


def ask(account: Account, held: Weight, *, reason: str, by: Account) -> AccountChange:
    """Written down, and nothing is changed yet."""
    with transaction.atomic():
        approving.check_asking(AccountChange, account, reason=reason, by=by)
        check_apart([*account.duties, *held.duties])
        approving.expire()
        change = AccountChange.objects.create(
            account=account, reason=reason.strip(), asked_by=by, before=standing(account), duties=list(held.duties),
            revived=held.revived, moved=bool(held.post), **held.post,
        )  # fmt: skip
        said = {column: str(value or "") for column, value in held.post.items()}
        record(
            Act.ACCOUNT, by, account.username, what="asked for a change", duties=list(held.duties),
            revived=held.revived, reason=change.reason, **said,
        )  # fmt: skip
    return change


def approve(change: AccountChange, *, by: Account) -> None:
    """The account is what was asked for, if it is still what the asker looked at."""
    with transaction.atomic():
        locked = approving.lock(change, by=by)
        approving.check_second(locked, by=by, since=locked.asked_at)
        account = Account.objects.select_for_update(of=("self",)).get(pk=locked.account_id)
        approving.refuse_unless(
            standing(account) == locked.before, _("The account has been changed since: ask for it anew.")
        )
        account.duties = sorted({*account.duties, *locked.duties})
        check_apart(account.duties)
        account.is_active = account.is_active or locked.revived
        for column in POST if locked.moved else ():
            setattr(account, column, getattr(locked, column))
        account.save(update_fields=["duties", "is_active", *POST])
        approving.close(locked, Outcome.APPROVED, by=by)
        asker = locked.asked_by.username
        record(
            Act.ACCOUNT, by, account.username, what="approved a change", asked_by=asker, duties=sorted(account.duties)
        )
