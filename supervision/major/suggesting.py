"""What reaches the trigger of a level by the house's own figures: proposed, and a person decides."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Case, CaseFinding
from supervision.cases.models.cases import Lead
from supervision.monitoring.terms import rule_title
from supervision.moves import MoveRefused, refuse_unless

from . import levelling
from .models import IssueLevel, IssueLink, LeftSuggestion

OVER = (Lead.NO_PROBLEM, Lead.FED_BACK, Lead.ARCHIVED)
MOST = 200  # cases that are linked to an issue in one go


@dataclass(frozen=True)
class Suggestion:
    """One proposal: the level that is reached and by what. `amount` in yuan, the fund's loss so far."""

    key: str
    title: str
    rule: IssueLevel
    amount: Decimal
    institutions: int
    divisions: int
    cases: tuple[str, ...]


def suggestions(account: Account) -> list[Suggestion]:
    """Of the account's territory, the gravest first; what was left comes again only at a graver level."""
    if account.territory is None or account.institution_id:
        return []
    rows = levelling.levels(account.territory.pk)
    left = dict(
        LeftSuggestion.objects.filter(place=account.territory).order_by("-level").values_list("key", "level")
    )  # fmt: skip
    found = [
        one for one in (*of_cases(account, rows), *of_rules(account, rows)) if left.get(one.key, 9) > one.rule.level
    ]
    return sorted(found, key=lambda one: (one.rule.level, -one.amount, one.key))


def suggestion(account: Account, key: str) -> Suggestion | None:
    return next((one for one in suggestions(account) if one.key == key), None)


def of_cases(account: Account, levels: Sequence[IssueLevel]) -> Iterator[Suggestion]:
    """Open cases, not part of an issue, whose findings cost the fund as much as a level says."""
    rows = open_cases(account).annotate(lost=Sum("findings__hearing__fund_confirmed"))
    for case in rows.filter(lost__gt=0).order_by("pk"):
        if rule := levelling.reached(levels, amount=case.lost):
            yield Suggestion(f"case {case.number}", case.title, rule, case.lost, 1, 1, (case.number,))


def of_rules(account: Account, levels: Sequence[IssueLevel]) -> Iterator[Suggestion]:
    """What one rule has found at as many institutions, or places, with open cases as a level says."""
    at: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    amounts: dict[str, Decimal] = defaultdict(lambda: Decimal("0.00"))
    rows = CaseFinding.objects.filter(case__in=open_cases(account)).order_by("pk")
    for rule, institution, division, case, lost in rows.values_list(
        "hearing__rule", "hearing__institution", "hearing__institution__division", "case__number",
        "hearing__fund_confirmed",
    ):  # fmt: skip
        for name, value in (("institutions", institution), ("divisions", division), ("cases", case)):
            at[rule][name].add(value)
        amounts[rule] += lost
    for rule, sets in sorted(at.items()):
        institutions, divisions = len(sets["institutions"]), len(sets["divisions"])
        if institutions > 1 and (
            level := levelling.reached(levels, amount=amounts[rule], institutions=institutions, divisions=divisions)
        ):
            yield Suggestion(
                f"rule {rule}", rule_title(rule), level, amounts[rule], institutions, divisions,
                tuple(sorted(sets["cases"]))[:MOST],
            )  # fmt: skip


def open_cases(account: Account) -> QuerySet[Case]:
    linked = IssueLink.objects.filter(kind="case").values("number")
    return Case.objects.visible_to(account).exclude(state__in=OVER).exclude(number__in=linked)


@transaction.atomic
def leave_suggestion(key: str, why: str, *, by: Account) -> LeftSuggestion:
    """Somebody has looked and does not follow it. It comes again where a graver level is reached."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    refuse_unless(bool(why.strip()), _("Say why."))
    place, found = by.territory, suggestion(by, key)
    refuse_unless(found is not None, _("There is no such proposal."))
    assert found is not None
    assert place is not None
    try:
        with transaction.atomic():
            made = LeftSuggestion.objects.create(
                place=place, key=key, level=found.rule.level, why=why.strip()[:400], by=by
            )
    except IntegrityError:
        raise MoveRefused(_("There is no such proposal.")) from None
    record(Act.CASE, by, key, move="leave_suggestion", level=found.rule.level)
    return made
