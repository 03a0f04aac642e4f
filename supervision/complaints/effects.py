"""What moves of complaints do besides changing the state."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from institutions.models import Department, Division
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.cases.models import Case
from supervision.cases.opening import open_case
from supervision.clocks.limits import places_of
from supervision.moves import Made, refuse_unless

from . import timing
from .models import About, Complaint, Ground, Message, Outcome
from .vault.sealing import hand_over

JOINABLE = 200


def grounds(complaint: Complaint) -> Iterable[tuple[str, str]]:
    return [(value, str(label)) for value, label in Ground.choices]


def outcomes(complaint: Complaint) -> Iterable[tuple[str, str]]:
    fitting = [one for one in Outcome if (one == Outcome.SETTLED) <= (not complaint.is_tip)]
    return [(one.value, str(one.label)) for one in fitting]


def responsible_places(complaint: Complaint) -> Iterable[tuple[str, str]]:
    """Every division from the county up but its own: whoever is responsible registers it anew."""
    rows = Division.objects.exclude(pk=complaint.place_id).filter(level__gte=1).order_by("code")
    return [(division.pk, f"{division.pk} {division}") for division in rows]


def departments(complaint: Complaint) -> Iterable[tuple[str, str]]:
    """Whom it may be passed on to: departments and agencies of its place and those above."""
    rows = Department.objects.filter(division__in=places_of(complaint.place_id))
    rows = rows.select_related("division").order_by("-division", "name_zh")
    return [(str(row.pk), f"{row} ({row.division})") for row in rows]


def earlier(complaint: Complaint) -> Iterable[tuple[str, str]]:
    """Earlier reports in the same place that are no duplicates themselves."""
    rows = Complaint.objects.filter(place=complaint.place, pk__lt=complaint.pk, joined_to=None)
    if complaint.institution_id:
        rows = rows.filter(institution=complaint.institution_id)
    return [(row.number, row.number) for row in rows.order_by("-pk")[:JOINABLE]]


GROUND = ask("complaint_ground", Asked.CHOICE, gettext_lazy("Lawful reason"), choices=grounds)
OUTCOME = ask("complaint_outcome", Asked.CHOICE, gettext_lazy("Outcome"), choices=outcomes)
TO_PLACE = ask("to_place", Asked.CHOICE, gettext_lazy("Responsible place"), choices=responsible_places)
TO_DEPARTMENT = ask("to_department", Asked.CHOICE, gettext_lazy("Responsible department"), choices=departments)
JOIN_TO = ask("join_to", Asked.CHOICE, gettext_lazy("Earlier report of the same matter"), choices=earlier)
LEAD_TITLE = ask("lead_title", Asked.LINE, gettext_lazy("Title of the lead"))
LEAD_FACTS = ask(
    "lead_facts", Asked.WORDS, gettext_lazy("What was seen, in your own words"),
    hint=gettext_lazy("Say nothing of who saw it, and do not copy their sentences: the case is read by many."),
)  # fmt: skip


def prepared_by(complaint: Complaint, made: Made[Complaint]) -> None:
    """writes down who prepared it"""
    complaint.handler, complaint.approver = made.by, None


def decided_by(complaint: Complaint, made: Made[Complaint]) -> None:
    """writes down who decided"""
    complaint.approver = made.by


def keep_ground(complaint: Complaint, made: Made[Complaint]) -> None:
    """keeps the lawful reason, and the day"""
    refuse_unless(made.facts["complaint_ground"] in Ground.values, _("That is no lawful reason."))
    complaint.ground, complaint.concluded_on = made.facts["complaint_ground"], timezone.localdate()


def keep_outcome(complaint: Complaint, made: Made[Complaint]) -> None:
    """keeps the outcome, and the day"""
    refuse_unless(made.facts["complaint_outcome"] in dict(outcomes(complaint)), _("That is no outcome of it."))
    complaint.outcome, complaint.concluded_on = made.facts["complaint_outcome"], timezone.localdate()


def tell_reporter(complaint: Complaint, made: Made[Complaint]) -> None:
    """tells the reporter in the words of the note"""
    tell_in_words(complaint, made, made.note)


def tell_in_words(complaint: Complaint, made: Made[Complaint], words: str) -> None:
    message = Message(complaint=complaint, kind=Message.Kind.DECISION, by=made.by, day=timezone.localdate())
    message.words = words
    message.save()


def move_to_place(complaint: Complaint, made: Made[Complaint]) -> None:
    """gives it to the responsible place, where the clock of acceptance runs anew, and tells the reporter"""
    place = Division.objects.filter(pk=made.facts["to_place"]).exclude(pk=complaint.place_id).first()
    refuse_unless(place is not None, _("There is no such place, or it lies there already."))
    assert place is not None
    complaint.place, complaint.handler, complaint.approver = place, None, None
    hand_over(complaint.number, place=place.pk)
    with override(complaint.language):
        words = _("Your report was passed on to %(place)s, which is responsible for it.") % {"place": place}
    tell_in_words(complaint, made, words)
    timing.starts(timing.ACCEPTANCE)(complaint, made)


def pass_to_department(complaint: Complaint, made: Made[Complaint]) -> None:
    """writes down to whom it was passed on, and tells the reporter"""
    known = dict(departments(complaint))
    refuse_unless(made.facts["to_department"] in known, _("There is no such department."))
    complaint.passed_to = Department.objects.get(pk=made.facts["to_department"])
    with override(complaint.language):
        words = _("Your report was passed on to %(department)s, which owes you the answer.")
        told = words % {"department": complaint.passed_to}
    tell_in_words(complaint, made, told)


def join(complaint: Complaint, made: Made[Complaint]) -> None:
    """joins it to the earlier report, whose outcome is its own"""
    first = Complaint.objects.filter(number=made.facts["join_to"], joined_to=None, place=complaint.place).first()
    refuse_unless(first is not None and first.pk != complaint.pk, _("There is no earlier report by that number."))
    assert first is not None
    refuse_unless(first.pk < complaint.pk, _("A report joins an earlier one, not a later."))
    refuse_unless(not complaint.joined.exists(), _("Others were joined to it already: join those first."))
    complaint.joined_to, complaint.case = first, first.case


def open_lead(complaint: Complaint, made: Made[Complaint]) -> None:
    """opens a lead with what was seen, never with who saw it"""
    against = Case.Respondent.INSTITUTION if complaint.institution_id else Case.Respondent.PERSON
    if complaint.about == About.AGENCY:
        against = Case.Respondent.AGENCY
    complaint.case = open_case(
        title=made.facts["lead_title"], origin=Case.Origin.COMPLAINT, place=complaint.place, respondent=against,
        institution=complaint.institution, facts=made.facts["lead_facts"], by=made.by,
    )  # fmt: skip
    complaint.joined.update(case=complaint.case)


def keep_objection(complaint: Complaint, made: Made[Complaint]) -> None:
    """keeps the day of the objection"""
    complaint.objected_on = timezone.localdate()


def begin_anew(complaint: Complaint, made: Made[Complaint]) -> None:
    """takes ground and outcome back"""
    complaint.ground, complaint.outcome, complaint.concluded_on = "", "", None
