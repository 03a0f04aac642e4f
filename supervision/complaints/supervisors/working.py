"""What the desk writes down about social supervisors: nominations, tasks, reports, leads, appraisals."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Case
from supervision.cases.opening import open_case
from supervision.clocks import running
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, refuse_unless

from .models import Appraisal, SocialSupervisor, SocialSupervisorEvent, State, SupervisorLead, SupervisorTask
from .workflow import SUPERVISOR, TASK, start

NUMBERING = 0x7375706F  # 'supo'; a number of our own among PostgreSQL's advisory locks


def at_the_desk(by: Account) -> None:
    refuse_unless(by.holds(Duty.COMPLAINTS) and by.institution_id is None, _("You do not hold the duty for this."))


def in_reach(supervisor: SocialSupervisor, by: Account) -> None:
    at_the_desk(by)
    if not supervisor.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))


@transaction.atomic
def nominate(
    person: str, *, category: str, recommended: str, division: Division, reason: str, standing: str = "", by: Account
) -> SocialSupervisor:
    """Libraries are kept from the prefecture upwards."""
    at_the_desk(by)
    if by.territory is None or not division.code.startswith(by.territory.prefix):
        raise BeyondReach(_("That lies in another territory."))
    refuse_unless(
        Division.Level.PROVINCE <= division.level <= Division.Level.PREFECTURE,
        _("Social supervisors are kept by prefectures and provinces."),
    )
    refuse_unless(bool(person.strip()) and bool(reason.strip()), _("Say who it is, and why this person."))
    one_at_a_time(NUMBERING)
    supervisor = SocialSupervisor.objects.create(
        number=next_number(division), person=person.strip(), category=category, recommended=recommended,
        standing=standing.strip(), division=division, reason=reason.strip(), nominated_by=by,
        nominated_on=timezone.localdate(), state=SUPERVISOR.first,
    )  # fmt: skip
    SocialSupervisorEvent.objects.create(
        supervisor=supervisor, move="nominate", after=supervisor.state, by=by, note=reason
    )
    record(Act.EXPOSURE, by, supervisor.number, move="nominate", category=category)
    return supervisor


def next_number(division: Division) -> str:
    """JD, the division, and the how manieth of its library."""
    start_with = f"JD-{division.pk}-"
    rows = SocialSupervisor.objects.filter(number__startswith=start_with).order_by("-number")
    last = rows.values_list("number", flat=True).first()
    return f"{start_with}{int(last.removeprefix(start_with)) + 1 if last else 1:06}"


@transaction.atomic
def give_task(supervisor: SocialSupervisor, what: str, *, by: Account) -> SupervisorTask:
    in_reach(supervisor, by)
    refuse_unless(supervisor.state == State.APPOINTED, _("Only who is in office is given tasks."))
    refuse_unless(bool(what.strip()), _("Say what is to be done."))
    task = SupervisorTask.objects.create(
        supervisor=supervisor, what=what.strip(), given_on=timezone.localdate(), given_by=by,
        clock=start(supervisor, TASK, since=timezone.now()),
    )  # fmt: skip
    record(Act.EXPOSURE, by, supervisor.number, move="task", task=task.pk)
    return task


@transaction.atomic
def write_report(task: SupervisorTask, report: str, *, by: Account) -> SupervisorTask:
    """The task is done with it."""
    in_reach(task.supervisor, by)
    locked = SupervisorTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    refuse_unless(not locked.report, _("This task has its report already."))
    refuse_unless(bool(report.strip()), _("A report says something."))
    locked.report, locked.reported_on, locked.written_by = report.strip(), timezone.localdate(), by
    locked.save()
    running.meet(locked.clock)
    record(Act.EXPOSURE, by, task.supervisor.number, move="report", task=task.pk)
    return locked


@transaction.atomic
def note_lead(
    supervisor: SocialSupervisor, text: str, *, institution: Institution | None = None, by: Account
) -> SupervisorLead:
    in_reach(supervisor, by)
    refuse_unless(supervisor.state == State.APPOINTED, _("Only who is in office brings leads."))
    refuse_unless(bool(text.strip()), _("Say what was seen."))
    lead = SupervisorLead.objects.create(
        supervisor=supervisor, text=text.strip(), institution=institution, brought_on=timezone.localdate(),
        written_by=by,
    )  # fmt: skip
    record(Act.EXPOSURE, by, supervisor.number, move="lead", lead=lead.pk)
    return lead


@transaction.atomic
def take_up(lead: SupervisorLead, title: str, *, by: Account) -> Case:
    """Open a case from it. The case says what was seen, and not by whom."""
    in_reach(lead.supervisor, by)
    locked = still_open(lead)
    place = locked.institution.division if locked.institution else locked.supervisor.division
    case = open_case(
        title=title, origin=Case.Origin.OTHER, place=place, institution=locked.institution,
        respondent=Case.Respondent.INSTITUTION if locked.institution else Case.Respondent.AGENCY,
        facts=locked.text, by=by,
    )  # fmt: skip
    locked.case = case
    locked.save()
    record(Act.EXPOSURE, by, lead.supervisor.number, move="take up", lead=lead.pk, case=case.number)
    return case


@transaction.atomic
def leave_lead(lead: SupervisorLead, reason: str, *, by: Account) -> SupervisorLead:
    in_reach(lead.supervisor, by)
    locked = still_open(lead)
    refuse_unless(bool(reason.strip()), _("Say why."))
    locked.not_taken_up = reason.strip()
    locked.save()
    record(Act.EXPOSURE, by, lead.supervisor.number, move="leave", lead=lead.pk)
    return locked


def still_open(lead: SupervisorLead) -> SupervisorLead:
    locked = SupervisorLead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    refuse_unless(locked.is_open, _("It has been decided on already."))
    return locked


@transaction.atomic
def appraise(supervisor: SocialSupervisor, text: str, *, by: Account) -> Appraisal:
    in_reach(supervisor, by)
    refuse_unless(bool(text.strip()), _("An appraisal says something."))
    made = Appraisal.objects.create(supervisor=supervisor, text=text.strip(), on=timezone.localdate(), by=by)
    record(Act.EXPOSURE, by, supervisor.number, move="appraise")
    return made
