"""A penalty on an insured person that was served, and what follows from it, brought to where a test begins."""

from datetime import timedelta

from django.utils import timezone

from credit import insured
from credit.models import Offline
from institutions.models import Account
from supervision.cases.models import Case, Penalty, Proceeding, Violation, ViolationType
from tests.builders import make_division
from tests.credit.office import CreditDesk


def penalty_on_a_person(by: Account, area: str = "9901", code: str = "V41.1", months: int = 6) -> Proceeding:
    """Somebody lent the own credential; the decision was served today and says so many months."""
    place, today = make_division(f"{area}01"), timezone.localdate()
    case = Case.objects.create(
        number=f"AJ-{area}-41", title="A lent card", origin="other", place=place, respondent="person",
        person=f"member of {area}", facts="lent", opened_by=by, state="filed",
    )  # fmt: skip
    made = Proceeding.objects.create(
        number=f"CF-{area}-41", case=case, kind="penalty", state="served", opened_by=by, handler=by
    )
    kind, day = ViolationType.objects.get(code=code), today - timedelta(40)
    Violation.objects.create(
        proceeding=made, type=kind, type_then=kind, acted_from=day, acted_until=day, limitation="2",
        limitation_reason="ordinary", found_by=by, months=months,
    )  # fmt: skip
    Penalty.objects.create(proceeding=made, decided_on=today, served_on=today)
    return made


def proposed(desk: CreditDesk) -> Offline:
    return insured.propose_suspension(penalty_on_a_person(desk.keeper), by=desk.keeper)
