"""What the institution writes while its report is open: its word on each problem, and the lines that it found."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import finding
from .models import Answer, Problem, Report, ReportedLine
from .models.reports import State


def problems_of(report: Report) -> list[Problem]:
    """What this institution is asked: the list as it was issued, with what its own place has added."""
    return list(Problem.objects.filter(campaign=report.campaign_id).asked_of(report.institution))


def open_report(report: Report, by: Account) -> Report:
    """The report, while it is filled in, for who answers for the institution."""
    refuse_unless(
        by.holds(Duty.ANSWER) and by.institution_id is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.ANSWER.label},
    )
    if report.institution_id != by.institution_id:
        raise BeyondReach(_("There is nothing here by that number."))
    locked = Report.objects.select_for_update(of=("self",)).select_related("institution", "campaign").get(pk=report.pk)
    refuse_unless(locked.state == State.REPORTING, _("The report is not being filled in."))
    return locked


def asked(report: Report, code: str) -> Problem:
    found = next((one for one in problems_of(report) if one.code == code), None)
    if found is None:
        raise MoveRefused(_("The list has no such problem."))
    return found


@transaction.atomic
def answer_problem(report: Report, code: str, *, found: bool, words: str, by: Account) -> Answer:
    """Its word on one problem; what was found is told by lines."""
    locked = open_report(report, by)
    problem = asked(locked, code)
    refuse_unless(bool(words.strip()), _("Say what was looked at."))
    refuse_unless(
        found or not locked.lines.filter(problem=problem).exists(), _("Lines are reported under this problem.")
    )
    values = {"found": found, "words": words.strip()[:400], "by": by}
    made, _new = Answer.objects.update_or_create(report=locked, problem=problem, defaults=values)
    record(Act.COMMITMENT, by, f"{locked} {code}", move="answer", found=found)
    return made


@transaction.atomic
def add_line(report: Report, code: str, *, claim: str, line: str, charged: Decimal, by: Account) -> ReportedLine:
    """One line of a settled claim of the period, and how much of it was charged too much."""
    locked = open_report(report, by)
    problem, found = asked(locked, code), finding.line(claim.strip(), line.strip(), account=by)
    campaign = locked.campaign
    refuse_unless(
        campaign.first_month <= found.month <= campaign.last_month, _("The claim was settled outside the period.")
    )
    refuse_unless(charged == charged.quantize(finding.FEN), _("An amount has no fractions of a fen."))
    refuse_unless(
        Decimal(0) < charged <= found.amount,
        _("At most the ¥%(amount)s of the line are reported.") % {"amount": f"{found.amount:,}"},
    )
    finding.refuse_what_is_heard(found.charge)
    try:
        with transaction.atomic():
            made = ReportedLine.objects.create(
                report=locked, problem=problem, claim=found.claim, charge=found.charge, month=found.month,
                fund=found.fund, insured_area=found.insured_area, about=found.about[:200], amount=charged,
                lost=finding.lost(locked, found, charged),
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This line was reported already.")) from None
    record(Act.COMMITMENT, by, f"{locked} {code}", move="add_line", charge=made.charge, amount=f"{charged}")
    return made


@transaction.atomic
def drop_line(report: Report, number: int, *, by: Account) -> None:
    """Take a line out again, while the report is filled in."""
    locked = open_report(report, by)
    line = locked.lines.filter(pk=number).first()
    if line is None:
        raise BeyondReach(_("There is nothing here by that number."))
    charge = line.charge
    line.delete()
    record(Act.COMMITMENT, by, str(locked), move="drop_line", charge=charge)
