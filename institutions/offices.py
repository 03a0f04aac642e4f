"""In whose name an account writes: its bureau's, or its agency's."""

from institutions.models import Account, Department
from supervision.documents.issuing import Office
from supervision.documents.models import Party


def office_of(account: Account | None) -> Office:
    """The agency of an account that acts for one; the bureau of the place for everybody else, and for the site."""
    department = account.department if account is not None else None
    if account is None or department is None or department.party != Department.Party.HANDLING:
        return Office(Party.AUTHORITY)
    named = account.insurer or department
    return Office(Party.HANDLING, named.name_zh, named.name_en)
