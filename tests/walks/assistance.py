"""A walk through a request for assistance: asked at home, handled away, the province above both."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.assistance import money, timing
from supervision.assistance.models import Request
from supervision.assistance.requesting import REQUEST
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.ledger import paying
from tests.assistance.regions import AWAY, made, make_regions
from tests.walks.walking import Walk

TO_COME = timedelta(days=9)


def request() -> Walk:
    at = make_regions()

    def answered(subject: Request) -> dict[str, Any]:
        subject.claims.update(found=True, lost=Decimal("40.00"), answer="x")
        return {}

    def unfounded(subject: Request) -> dict[str, Any]:
        subject.claims.update(found=False, lost=0)
        return {}

    def late(subject: Request) -> dict[str, Any]:
        Clock.objects.filter(subject=subject.number).update(
            since=timezone.now() - TO_COME, due_at=timezone.now() - timedelta(1)
        )
        return {}

    def urged(subject: Request) -> dict[str, Any]:
        return {"assist_until": timezone.localdate() + TO_COME}

    def designated(subject: Request) -> dict[str, Any]:
        return {"assist_place": AWAY, **urged(subject)}

    def paid(subject: Request) -> dict[str, Any]:
        REQUEST.make(subject, "demand", by=at.away.chief)
        item = money.items(subject).get()
        paying.pay({item: Decimal("40.00")}, voucher="V-1", day=timezone.localdate(), by=at.away.books)
        return {}

    def in_a_case(subject: Request) -> dict[str, Any]:
        case = Case.objects.create(
            number="AJ-990301-2026-1", title="scans", origin="other", place=at.hospital.division, facts="x",
            respondent="institution", institution=at.hospital, opened_by=at.away.officer, state="new",
        )  # fmt: skip
        return {"assist_case": case.number}

    def extendable(subject: Request) -> dict[str, Any]:
        """A clock that can be extended also where the superior's demand has brought it here."""
        clock = timing.start(subject, timing.REPLY, subject.handler_place)
        Request.objects.filter(pk=subject.pk).update(clock=clock, handler=at.away.officer)
        return {}

    who = {
        **{f"to {name}": at.away.chief for name in ("extend", "reply", "demand")},
        **{f"to {name}": at.province for name in ("urge", "designate")},
        str(Duty.DECIDE): at.home.chief, str(Duty.INVESTIGATE): at.away.officer, str(Duty.BOOK): at.away.books,
    }  # fmt: skip
    ready = {
        "extend": extendable, "escalate": late, "urge": urged, "designate": designated, "reply": answered,
        "unfounded": unfounded, "refund": paid, "name_case": in_a_case, "close_without_money": unfounded,
    }  # fmt: skip
    return Walk(REQUEST, lambda: made(at), who, ready)
