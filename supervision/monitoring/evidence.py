"""One finding laid out for its reader: the claim with its accused lines marked, and what surrounds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from claims import warehouse
from claims.warehouse import ClaimRecord
from institutions.models import Institution

from .grounds import Ground, grounds
from .models import Finding, FindingLine, FindingQuerySet
from .rulebook import Rule
from .wording import called, tongue

if TYPE_CHECKING:
    from institutions.models import Account

AROUND = 12  # encounters of the member shown on each side of the claim in question


@dataclass(frozen=True)
class MarkedLine:
    """A fee line as it came, with what the finding says about it."""

    line: Mapping[str, object]
    said: FindingLine | None
    reversal: bool

    @property
    def role(self) -> str:
        return self.said.role if self.said else ""


@dataclass(frozen=True)
class Encounter:
    """One encounter of the member, and whether the finding speaks of it."""

    record: Mapping[str, object]
    institution: str
    role: str


@dataclass(frozen=True)
class Evidence:
    claim: ClaimRecord | None
    marked: Sequence[MarkedLine]
    elsewhere: Sequence[FindingLine]  # lines of the finding that lie outside the claim, or on the claim as a whole
    names: Mapping[str, str]  # what the institutions are called whose codes stand in the lines' evidence
    timeline: Sequence[Encounter]
    left_out: int  # encounters too far away to show
    also: Sequence[Finding]
    grounds: Sequence[Ground]  # the knowledge points it was judged by

    @property
    def netted(self) -> bool:
        """Whether any line was taken back, in whole or in part."""
        return any(marked.reversal for marked in self.marked)


def laid_out(finding: Finding, account: "Account", visible: FindingQuerySet, rule: Rule | None) -> Evidence:
    """What the finding stands on, as far as this account may see it; `visible` are the findings it sees."""
    said = list(finding.lines.order_by("pk"))
    seen = warehouse.seen_by(account)
    claim = seen.claim(finding.claim, month=finding.month) if finding.claim else None
    marked = [_marked(line, said) for line in claim.lines] if claim else []
    on_lines = {mark.said.pk for mark in marked if mark.said}
    encounters = seen.timeline(finding.member) if finding.member else []
    near = _near(encounters, finding.claim)
    spoken = _institutions(rule, said)
    names = Institution.objects.in_bulk({*spoken, *(str(encounter["institution"]) for encounter in near)})
    return Evidence(
        claim=claim,
        marked=marked,
        elsewhere=[line for line in said if line.pk not in on_lines],
        names={code: called(str(names[code]), code, tongue()) for code in spoken & names.keys()},
        timeline=[_encounter(encounter, names, said) for encounter in near],
        left_out=len(encounters) - len(near),
        also=_also(finding, visible),
        grounds=grounds(finding, said, account),
    )


def _institutions(rule: Rule | None, said: Sequence[FindingLine]) -> set[str]:
    """The institutions that the evidence of the lines names by their codes."""
    columns = [name for name, kind in rule.columns.items() if kind == "institution"] if rule else []
    return {str(line.evidence[name]) for line in said for name in columns if line.evidence.get(name)}


def _marked(line: Mapping[str, object], said: Sequence[FindingLine]) -> MarkedLine:
    found = next((one for one in said if one.charge and one.charge == line["charge"]), None)
    return MarkedLine(line, found, reversal=line["reverses"] is not None or _negative(line["amount"]))


def _negative(amount: object) -> bool:
    return isinstance(amount, Decimal) and amount < 0


def _encounter(
    record: Mapping[str, object], names: Mapping[str, Institution], said: Sequence[FindingLine]
) -> Encounter:
    code = str(record["institution"])
    return Encounter(record, str(names.get(code, code)), _role(str(record["claim"]), said))


def _role(claim: str, said: Sequence[FindingLine]) -> str:
    roles = {line.role for line in said if line.claim == claim}
    return FindingLine.Role.ACCUSED if FindingLine.Role.ACCUSED in roles else next(iter(roles), "")


def _near(encounters: Sequence[Mapping[str, object]], claim: str) -> Sequence[Mapping[str, object]]:
    """The encounters around the claim in question; the latest where it is about no claim."""
    place = next((n for n, encounter in enumerate(encounters) if encounter["claim"] == claim), 0)
    return encounters[max(place - AROUND, 0) : place + AROUND + 1]


def _also(finding: Finding, visible: FindingQuerySet) -> Sequence[Finding]:
    """What else is suspected of the same claim."""
    if not finding.claim:
        return []
    others = visible.open().filter(claim=finding.claim).exclude(pk=finding.pk)
    return list(others.order_by("-certainty", "-severity", "-at_stake", "rule")[:50])


def masked(person: str) -> str:
    """A person's number as a page shows it: enough to tell two apart, too little to know them."""
    return f"{person[:2]}****{person[-2:]}" if len(person) > 6 else "****"
