"""Who handles a case: two officers at least, and whoever has an interest in it steps aside."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from .models import Case, Officer, Recusal

ENOUGH = 2  # Regulation, art. 29; Law on Administrative Penalty, art. 42: a rule of form, not a number to tune


def acting(case: Case) -> list[Account]:
    """Those who handle the case now."""
    return [officer.account for officer in case.officers.filter(until=None).select_related("account")]


def acts_in(case: Case, account: Account) -> bool:
    return case.officers.filter(account=account, until=None).exists()


def eligible(case: Case, account: Account) -> None:
    """Whether the account may handle the case, or MoveRefused."""
    refuse_unless(
        account.holds(Duty.INVESTIGATE),
        _("%(who)s does not hold the duty of an officer.") % {"who": account},
    )
    refuse_unless(
        account.institution_id is None and case.reaches(account),
        _("%(who)s is not of this territory.") % {"who": account},
    )
    refuse_unless(
        not case.officers.filter(account=account, recused=True).exists(),
        _("%(who)s has stepped aside from this case.") % {"who": account},
    )


def name_officers(case: Case, accounts: Sequence[Account], *, by: Account) -> None:
    """Put these in charge of the case, in the transaction of a move: two at least."""
    different = {account.pk: account for account in accounts}
    refuse_unless(len(different) >= ENOUGH, _("A case is handled by two officers at least."))
    for account in different.values():
        eligible(case, account)
        Officer.objects.get_or_create(case=case, account=account, until=None, defaults={"named_by": by})


def chosen(names: Sequence[str]) -> list[Account]:
    """The accounts behind the user names that a page sends."""
    return list(Account.objects.filter(username__in=names))


@transaction.atomic
def replace(case: Case, leaving: Account, coming: Account, *, reason: str, by: Account) -> Officer:
    """One officer hands the case to another, for a reason; decided by the person in charge."""
    locked = in_charge_of(case, by)
    refuse_unless(bool(reason.strip()), _("Say why."))
    officer = locked.officers.filter(account=leaving, until=None).first()
    refuse_unless(officer is not None, _("%(who)s does not handle this case.") % {"who": leaving})
    assert officer is not None
    refuse_unless(not acts_in(locked, coming), _("%(who)s handles this case already.") % {"who": coming})
    eligible(locked, coming)
    Officer.objects.filter(pk=officer.pk).update(until=timezone.now(), reason=reason.strip())
    named = Officer.objects.create(case=locked, account=coming, named_by=by)
    record(Act.CASE, by, locked.number, officer=leaving.username, replaced_by=coming.username, reason=reason.strip())
    return named


@transaction.atomic
def ask_recusal(case: Case, officer: Account, *, asked_for: str, reason: str, by: Account) -> Recusal:
    """Write down that an officer should step aside: asked by the officer, by the respondent, or found."""
    reached(case, by)
    refuse_unless(by.holds(Duty.INVESTIGATE) or by.holds(Duty.DECIDE), _("You do not hold the duty for this."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    named = case.officers.filter(account=officer, until=None).select_for_update().first()
    refuse_unless(named is not None, _("%(who)s does not handle this case.") % {"who": officer})
    assert named is not None
    refuse_unless(not named.recusals.filter(granted=None).exists(), _("A decision on this is still open."))
    recusal = Recusal.objects.create(case=case, officer=named, asked_for=asked_for, reason=reason.strip(), asked_by=by)
    record(Act.CASE, by, case.number, recusal_of=officer.username, asked_for=asked_for, reason=reason.strip())
    return recusal


@transaction.atomic
def decide_recusal(recusal: Recusal, *, granted: bool, reason: str, by: Account) -> Recusal:
    """The person in charge decides, never the officer in question nor who wrote the request down."""
    locked = in_charge_of(recusal.case, by)
    asked = Recusal.objects.select_for_update().select_related("officer__account").get(pk=recusal.pk)
    refuse_unless(asked.granted is None, _("This has been decided already."))
    refuse_unless(
        by.pk not in (asked.asked_by_id, asked.officer.account_id),
        _("This needs a second person: you have asked for it, or it is about you."),
    )
    refuse_unless(bool(reason.strip()), _("Say why."))
    asked.granted, asked.answer, asked.decided_by, asked.decided_at = granted, reason.strip(), by, timezone.now()
    asked.save()
    if granted:
        Officer.objects.filter(pk=asked.officer_id).update(until=asked.decided_at, recused=True, reason=asked.reason)
    record(Act.CASE, by, locked.number, recusal_of=asked.officer.account.username, granted=granted)
    return asked


def reached(case: Case, by: Account) -> None:
    if not case.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))


def in_charge_of(case: Case, by: Account) -> Case:
    """The case, locked for its person in charge."""
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    reached(locked, by)
    refuse_unless(
        by.holds(Duty.DECIDE), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label}
    )
    return locked
