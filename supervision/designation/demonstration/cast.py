"""Who designates in the demonstration, and whom."""

from dataclasses import dataclass

from django.utils import timezone

from institutions.demonstration import applicant
from institutions.models import Account, Institution, Insurer
from supervision.cases.demonstration import PREFECTURE, Cast
from supervision.cases.demonstration.parties import agreed_for_long, opened_lately, others


@dataclass(frozen=True)
class Desk:
    """The agency's posts, the department's head, and the institutions of the stories."""

    first: Account
    second: Account
    head: Account
    department: Account
    insurer: Insurer
    applying: Institution
    shown: Institution
    signed: Institution
    failing: Institution
    pharmacies: list[Institution]
    clinics: list[Institution]
    hospitals: list[Institution]


def assemble(cast: Cast) -> Desk:
    def post(username: str) -> Account:
        return Account.objects.select_related("department", "insurer").get(username=username)

    agreed_for_long(timezone.localdate())
    return Desk(
        first=post("agency-agreements"), second=post("agency-agreements-2"), head=cast.agency_head,
        department=cast.principal, insurer=Insurer.objects.get(pk=PREFECTURE), applying=applicant(),
        shown=opened_lately(2, "云泽惠民大药房", "Huimin Pharmacy of Yunze"),
        signed=opened_lately(3, "云泽同济大药房", "Tongji Pharmacy of Yunze"),
        failing=opened_lately(4, "云泽便民药店", "Bianmin Pharmacy of Yunze"),
        pharmacies=others(Institution.Kind.PHARMACY, cast.institution),
        clinics=others(Institution.Kind.CLINIC, cast.institution),
        hospitals=others(Institution.Kind.HOSPITAL, cast.institution),
    )  # fmt: skip
