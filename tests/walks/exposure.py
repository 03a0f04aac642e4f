"""The ways of a typical case, of a claim that one is wrong, and of a social supervisor."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.complaints.exposure.models import ErrorClaim, TypicalCase
from supervision.complaints.exposure.workflow import ERROR_CLAIM, TYPICAL_CASE
from supervision.complaints.supervisors.models import SocialSupervisor
from supervision.complaints.supervisors.workflow import SUPERVISOR
from tests.cases.office import make_office, make_officer, run_out
from tests.complaints.exposure.telling import make_claim, make_desk, make_draft, make_penalty, make_published
from tests.complaints.supervisors.library import make_nominee
from tests.walks.walking import Walk


def typical_case() -> Walk:
    desk = make_desk()

    def final(typical: TypicalCase) -> Mapping[str, Any]:
        make_penalty(typical.case)
        return {}

    who = {str(Duty.COMPLAINTS): desk.writer, str(Duty.DECIDE): desk.chief}
    return Walk(TYPICAL_CASE, lambda: make_draft(desk), who, {"name": final})


def error_claim() -> Walk:
    desk = make_desk()

    def begin() -> ErrorClaim:
        return make_claim(make_published(desk))

    return Walk(ERROR_CLAIM, begin, {str(Duty.COMPLAINTS): desk.writer})


def social_supervisor() -> Walk:
    office, writer = make_office(), make_officer("writer", Duty.COMPLAINTS)

    def long_public(supervisor: SocialSupervisor) -> Mapping[str, Any]:
        run_out(supervisor.clock)
        return {}

    def term_over(supervisor: SocialSupervisor) -> Mapping[str, Any]:
        past = timezone.localdate() - timedelta(days=1)
        SocialSupervisor.objects.filter(pk=supervisor.pk).update(since=past, until=past)
        return {}

    who = {str(Duty.COMPLAINTS): writer, str(Duty.DECIDE): office.chief}
    ready = {"appoint": long_public, "lapse": term_over}
    return Walk(SUPERVISOR, lambda: make_nominee(writer), who, ready)
