"""Who acts at the desk of complaints, and which institutions citizens talk about."""

from dataclasses import dataclass

from institutions.models import Account, Department, Institution
from supervision.cases import demonstration as cases


@dataclass(frozen=True)
class Desk:
    """The posts of the prefecture that have to do with what citizens tell."""

    hearer: Account
    verifier: Account
    principal: Account
    deputy: Account
    discipline: Account
    finance: Account
    cases: cases.Cast

    @property
    def hospital(self) -> Institution:
        """The one that signs in to the demonstration, which the great case is about."""
        return self.cases.institution

    @property
    def agency(self) -> Department:
        return Department.objects.get(division=cases.PREFECTURE, party=Department.Party.HANDLING)

    def another(self, turn: int) -> Institution:
        """One after the other of the prefecture's other institutions."""
        rows = Institution.objects.filter(division__code__startswith=cases.PREFECTURE[:4]).order_by("code")
        others = rows.exclude(pk=self.hospital.pk)
        return others[turn % others.count()] if others.exists() else self.hospital


def assemble() -> Desk:
    cast = cases.assemble()

    def post(username: str) -> Account:
        return Account.objects.select_related("department").get(username=username)

    return Desk(
        hearer=post("yunze-complaints"), verifier=post("yunze-complaints-2"), principal=post("yunze-principal"),
        deputy=post("yunze-deputy"), discipline=post("yunze-discipline"), finance=post("yunze-finance"), cases=cast,
    )  # fmt: skip
