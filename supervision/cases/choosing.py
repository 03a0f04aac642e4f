"""Which measures fit a case (分类处置): proposed with the reason, in the order the brief gives. People decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.hearing.models import HearingLine
from supervision.monitoring.rulebook import rulebook
from supervision.monitoring.terms import ARTICLES

from .models import Case, CaseFinding, Kind

POSSIBLE_FRAUD = 4  # S4 of the catalogue: "investigate (possible fraud)"
ORDINARY = 2  # up to S2 a line is denied or deducted, and that is all
FRAUD_ARTICLE = "40"


@dataclass(frozen=True)
class Signs:
    """What the case's findings and the institution's past say, as far as the site knows."""

    findings: int
    severity: int
    articles: frozenset[str]  # of the Regulation, that the rules of its findings name
    lost: Decimal  # by the fund, as confirmed
    all_accepted: bool  # the institution accepted every line: it corrects what it did
    earlier_cases: int
    respondent: str
    not_put_right: bool = False  # a rectification of the case has failed

    @property
    def fraud(self) -> bool:
        return self.severity >= POSSIBLE_FRAUD or any(article.startswith(FRAUD_ARTICLE) for article in self.articles)


@dataclass(frozen=True)
class Suggestion:
    """One proceeding that fits, the measures in it, and why."""

    kind: Kind
    why: Promise
    measures: tuple[str, ...] = ()


def signs(case: Case) -> Signs:
    hearings = [row.hearing for row in CaseFinding.objects.filter(case=case).select_related("hearing__finding")]
    lines = HearingLine.objects.filter(hearing__in=hearings)
    rules = rulebook()
    named = {code for hearing in hearings if hearing.rule in rules for code in rules[hearing.rule].violations}
    earlier = Case.objects.filter(institution=case.institution, findings__isnull=False, pk__lt=case.pk)
    return Signs(
        findings=len(hearings),
        severity=max((hearing.finding.severity for hearing in hearings), default=0),
        articles=frozenset(ARTICLES[code] for code in named if code in ARTICLES),
        lost=sum((hearing.fund_confirmed for hearing in hearings), Decimal(0)),
        all_accepted=bool(hearings) and not lines.exclude(answer=HearingLine.Answer.ACCEPTED).exists(),
        earlier_cases=earlier.distinct().count() if case.institution_id else 0,
        respondent=case.respondent,
        not_put_right=case.proceedings.filter(kind=Kind.RECTIFICATION, events__after="failed").exists(),
    )


def suggest(case: Case) -> list[Suggestion]:
    """What fits this case, the mildest first."""
    return list(fitting(signs(case)))


def fitting(seen: Signs) -> Iterator[Suggestion]:
    """The brief's order (§4.8); several fit side by side, as tracks are not alternatives."""
    minor = seen.findings and seen.severity <= ORDINARY and not seen.earlier_cases and seen.all_accepted
    if minor:
        yield Suggestion(Kind.RECTIFICATION, _("Minor, for the first time and accepted: correction is enough."))
    if seen.lost:
        yield Suggestion(Kind.RECOVERY, _("What the fund lost goes back to it in any case."))
    if seen.respondent == Case.Respondent.INSTITUTION and seen.findings and not minor:
        yield by_agreement(seen)
    if seen.articles and not minor:
        yield Suggestion(
            Kind.PENALTY,
            _("The Regulation names such acts. Agreement handling runs beside it, without a second fine."),
        )
    if seen.not_put_right:
        yield Suggestion(
            Kind.PENALTY, _("What was ordered was not put right: refusing to correct is punished (art. 39).")
        )
        yield Suggestion(Kind.BREACH, _("What was ordered was not put right: a serious breach."), ("M5", "M6"))
    if seen.fraud:
        yield Suggestion(Kind.SUSPENSION, _("Fraud is possible: settlement may stand still while it is looked into."))
        yield Suggestion(Kind.CRIMINAL, _("Fraud is possible: a referral to the police must be reported and decided."))
    if seen.respondent == Case.Respondent.AGENCY:
        yield Suggestion(Kind.DISCIPLINE, _("Staff of an agency hold public office: discipline inspection is told."))


def by_agreement(seen: Signs) -> Suggestion:
    if seen.fraud:
        return Suggestion(
            Kind.BREACH, _("After fraud the agreement is suspended or terminated."), ("M3", "M4", "M6", "M7")
        )
    if seen.earlier_cases:
        return Suggestion(
            Kind.BREACH, _("Not the first time: a serious breach of the agreement."), ("M3", "M4", "M5", "M6")
        )
    return Suggestion(Kind.BREACH, _("The agreement was breached."), ("M1", "M2", "M3", "M4"))
