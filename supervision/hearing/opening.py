"""A finding is taken up: from then on no run changes it, and it is heard before it becomes a measure."""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring import turns
from supervision.monitoring.models import Finding
from supervision.moves import Made, as_a_move, refuse_unless

from . import timing
from .models import Bulk, Hearing, State


def open_hearing(finding: Finding, *, by: Account, bulk: Bulk | None = None) -> Hearing:
    """Begin the hearing of a finding, or raise MoveRefused."""
    with transaction.atomic():
        turns.alone()  # no step may write over what is being taken up
        taken = Finding.objects.select_for_update(of=("self",)).select_related("institution").get(pk=finding.pk)
        check(taken, by)
        taken.acted_on = True
        taken.save(update_fields=["acted_on"])
        assert taken.institution is not None
        hearing = Hearing.objects.create(
            finding=taken, institution=taken.institution, place_id=taken.institution.division_id, rule=taken.rule,
            month=taken.month, state=State.RAISED,
        )  # fmt: skip
        with as_a_move():
            hearing.clock = timing.started(hearing, timing.FIRST_REVIEW)
        hearing.save(update_fields=["clock"])
        hearing.events.create(move="open", after=State.RAISED, by=by, bulk=bulk)
        record(Act.HEARING, by, str(hearing), move="open", finding=taken.pk)
    return hearing


def says_something_else(hearing: Hearing, by: Account) -> None:
    """when a later run has found something else"""
    again = hearing.finding.status == Finding.Status.OPEN and not hearing.finding.acted_on
    refuse_unless(again, _("It was released, and no run has found anything else since."))


def begins_anew(hearing: Hearing, made: Made[Hearing]) -> None:
    """from now on no run changes it"""
    Finding.objects.filter(pk=hearing.finding_id).update(acted_on=True)
    hearing.month, hearing.first_reviewer = hearing.finding.month, None


def check(finding: Finding, by: Account) -> None:
    """Whether this account may begin to hear it now."""
    refuse_unless(by.holds(Duty.HEAR), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.HEAR.label})
    refuse_unless(finding.institution is not None, _("It is about no institution, so nobody can be heard on it."))
    assert finding.institution is not None
    territory = by.territory
    refuse_unless(
        territory is not None and finding.institution.division_id.startswith(territory.prefix),
        _("The institution lies in another territory: its own supervisors hear it."),
    )
    refuse_the_heard(finding)
    refuse_unless(
        finding.status == Finding.Status.OPEN,
        _("Only an open finding is heard; this one is %(status)s.") % {"status": finding.get_status_display()},
    )


def refuse_the_heard(finding: Finding) -> None:
    """A finding is heard once. What was withdrawn stays withdrawn, whatever a later run finds in the same charges."""
    heard = Hearing.objects.filter(finding=finding).first()
    refuse_unless(
        heard is None or heard.state != State.WITHDRAWN,
        _(
            "It was heard and withdrawn by two people, and is not heard again. "
            "New facts begin a case of their own: open one from a lead and name them there."
        ),
    )
    refuse_unless(heard is None, _("This finding is being heard already."))
