"""Who acts in the demonstration, and what an administrator has entered beforehand."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from institutions.demonstration import open_accounts
from institutions.models import Account, Agreement, Institution, Insurer
from supervision.cases.models import DamagesRate

PREFECTURE = "990100"


@dataclass(frozen=True)
class Cast:
    """The posts of the prefecture by what they do."""

    reviewer: Account
    second: Account
    officer: Account
    officer_2: Account
    legal: Account
    principal: Account
    auditor: Account
    agency_head: Account
    books: Account
    hospital: Account

    @property
    def institution(self) -> Institution:
        assert self.hospital.institution is not None
        return self.hospital.institution


def assemble() -> Cast:
    """The demonstration's accounts, opened where they are not there yet."""
    open_accounts()

    def post(username: str) -> Account:
        return Account.objects.select_related("department", "insurer", "institution").get(username=username)

    cast = Cast(
        reviewer=post("yunze"), second=post("yunze-reviewer"), officer=post("yunze-officer"),
        officer_2=post("yunze-officer-2"), legal=post("yunze-legal"), principal=post("yunze-principal"),
        auditor=post("agency-auditor"), agency_head=post("agency-head"), books=post("agency-books"),
        hospital=post("hospital"),
    )  # fmt: skip
    agree(cast.institution)
    return cast


def agree(institution: Institution) -> None:
    """The service agreement of this year, and the rate of damages that such agreements name."""
    insurer, today = Insurer.objects.get(pk=PREFECTURE), timezone.localdate()
    if not Agreement.objects.filter(institution=institution, period__contains=today).exists():
        Agreement.objects.create(
            institution=institution, insurer=insurer, number=f"云泽医协〔{today.year}〕{institution.pk}",
            period=DateRange(date(today.year, 1, 1), date(today.year + 1, 1, 1)),
        )  # fmt: skip
    if not DamagesRate.objects.filter(insurer=insurer).exists():
        DamagesRate.objects.create(
            insurer=insurer, rate=Decimal("0.3000"), source="示例：云泽市服务协议文本，虚构",
            valid=DateRange(today - timedelta(days=700), None),
        )  # fmt: skip
