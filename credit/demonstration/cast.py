"""Who keeps credit and points in the demonstration, and of whom."""

from dataclasses import dataclass

from institutions.models import Account, Institution
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import others


@dataclass(frozen=True)
class Desk:
    """The department's and the agency's posts, and the institutions of the stories."""

    keeper: Account
    reviewer: Account
    chief: Account
    points: Account
    head: Account
    other_head: Account
    hospital: Account
    place: Institution  # that signs in to the demonstration
    hospitals: list[Institution]
    clinics: list[Institution]
    pharmacies: list[Institution]


def assemble(cast: Cast) -> Desk:
    def post(username: str) -> Account:
        return Account.objects.select_related("department", "insurer").get(username=username)

    kinds = Institution.Kind
    return Desk(
        keeper=post("yunze-credit"), reviewer=post("yunze-credit-2"), chief=cast.principal,
        points=post("agency-credit"), head=cast.agency_head, other_head=post("agency-head-2"),
        hospital=cast.hospital, place=cast.institution, hospitals=others(kinds.HOSPITAL, cast.institution),
        clinics=others(kinds.CLINIC, cast.institution), pharmacies=others(kinds.PHARMACY, cast.institution),
    )  # fmt: skip
