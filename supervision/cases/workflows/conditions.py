"""What moves of cases and proceedings ask for besides state and duty."""

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.cases import officers
from supervision.cases.models import Case, Proceeding
from supervision.cases.timing import case_of
from supervision.moves import refuse_unless


def two_officers(subject: Case | Proceeding, by: Account) -> None:
    """Two officers at least handle the case."""
    handling = officers.acting(case_of(subject))
    refuse_unless(
        len(handling) >= officers.ENOUGH,
        _("A case is handled by two officers at least; name another one first."),
    )


def by_an_officer(subject: Case | Proceeding, by: Account) -> None:
    """By one of the officers who handle the case now."""
    refuse_unless(officers.acts_in(case_of(subject), by), _("Only an officer of this case may do that."))


def by_no_officer(subject: Case | Proceeding, by: Account) -> None:
    """By nobody who handles the case, ever handled it or stepped aside from it."""
    case = case_of(subject)
    refuse_unless(
        not case.officers.filter(account=by, recused=True).exists(), _("You have stepped aside from this case.")
    )
    refuse_unless(
        not case.officers.filter(account=by).exists(), _("Who handles a case, or once did, does not decide on it.")
    )


def case_is_open(subject: Case | Proceeding, by: Account) -> None:
    """The case is not archived."""
    refuse_unless(case_of(subject).state != "archived", _("The case is archived."))


def nothing_asked_of_officers(subject: Case | Proceeding, by: Account) -> None:
    """No request that an officer step aside is undecided."""
    refuse_unless(
        not case_of(subject).recusals.filter(granted=None).exists(),
        _("It is not yet decided whether an officer must step aside."),
    )
