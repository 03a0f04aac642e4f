"""Transfer to another department (one case, many checks): its part is sent, taken on or returned, and answered."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases import referring
from supervision.cases.deciding import closed, handled
from supervision.cases.facts import DAY, RECEIPT, Kind, ask
from supervision.cases.letters import issues
from supervision.cases.models import Case, Proceeding
from supervision.cases.timing import meets, starts
from supervision.moves import Made, Move, Workflow, refuse_unless

from .beginning import Beginning


class State(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("being prepared")
    SENT = "sent", gettext_lazy("sent")
    ACKNOWLEDGED = "acknowledged", gettext_lazy("taken on")
    RETURNED = "returned", gettext_lazy("returned")
    FED_BACK = "fed_back", gettext_lazy("answered")
    REUSED = "reused", gettext_lazy("answer used in another case")
    CLOSED = "closed", gettext_lazy("closed")


def departments(about: Case | Proceeding) -> list[tuple[str, str]]:
    """Those of the divisions the case lies in and under."""
    case = about if isinstance(about, Case) else about.case
    known = Department.objects.filter(division__code__in=referring.around(case)).exclude(
        party=Department.Party.INSTITUTION
    )
    return [(str(department.pk), str(department)) for department in known]


TO = ask("to", Kind.CHOICE, gettext_lazy("Department"), choices=departments)
PART = ask("part", Kind.WORDS, gettext_lazy("What it is asked to check"))
ANSWER = ask("reply", Kind.WORDS, gettext_lazy("What they answered"))
RESULT = ask("result", Kind.WORDS, gettext_lazy("Result in words"))
ELSEWHERE = ask("reused_in", Kind.LINE, gettext_lazy("Number of the other case"))


def for_the_receiver(proceeding: Proceeding, by: Account) -> None:
    """By the department it was sent to, where that has accounts here; else by whoever keeps its receipt."""
    mine = Account.objects.filter(department=proceeding.to_id, is_active=True)
    own = mine.filter(duties__contains=[Duty.INVESTIGATE]).exists()  # a liaison answers packages, not proceedings
    refuse_unless(not own or by.department_id == proceeding.to_id, _("That is for the department it was sent to."))


def addressed(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down whom it goes to"""
    known = dict(departments(proceeding))
    refuse_unless(str(made.facts["to"]) in known, _("There is no such department here."))
    proceeding.to = Department.objects.get(pk=int(made.facts["to"]))
    proceeding.to_name = proceeding.to.name_zh


def asked(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps what is asked of it"""
    referring.set_columns(proceeding, report=made.facts["part"])


def reuse(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """names the other case that uses the answer"""
    other = (
        Case.objects.visible_to(made.by).filter(number=made.facts["reused_in"]).exclude(pk=proceeding.case_id).first()
    )
    refuse_unless(other is not None, _("There is nothing here by that number."))
    referring.set_columns(proceeding, reused_in=other)


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    return {"to": proceeding.to_name, "request": referring.referral_of(proceeding).report}


TRANSFER_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Pass a part to another department"), asks=(TO, PART),
    effects=(handled, addressed, asked),
)  # fmt: skip

TRANSFER: Workflow[Proceeding] = Workflow(
    name="transfer", words=gettext_lazy("A transfer to another department"), states=State, act=Act.CASE,
    first=State.PREPARED, module="supervision/cases/workflows/transfer.py",
    moves={
        "send": Move(
            frozenset({State.PREPARED, State.RETURNED}), State.SENT, Duty.INVESTIGATE, gettext_lazy("Send it"),
            effects=(referring.sent, starts("transfer_acknowledge"), issues("assistance_letter", letter)),
        ),
        "redirect": Move(
            frozenset({State.RETURNED}), State.SENT, Duty.INVESTIGATE, gettext_lazy("Send it to another"),
            asks=(TO, PART),
            effects=(
                addressed, asked, referring.sent, starts("transfer_acknowledge"), issues("assistance_letter", letter),
            ),
        ),
        "acknowledge": Move(
            frozenset({State.SENT}), State.ACKNOWLEDGED, Duty.INVESTIGATE, gettext_lazy("Take it on"),
            asks=(DAY, RECEIPT), conditions=(for_the_receiver,),
            effects=(referring.received, starts("transfer_feedback")),
        ),
        "return": Move(
            frozenset({State.SENT, State.ACKNOWLEDGED}), State.RETURNED, Duty.INVESTIGATE, gettext_lazy("Return it"),
            asks=(DAY,), needs_note=True, conditions=(for_the_receiver,), effects=(referring.came_back, meets),
        ),
        "feed_back": Move(
            frozenset({State.ACKNOWLEDGED}), State.FED_BACK, Duty.INVESTIGATE, gettext_lazy("Answer"),
            asks=(DAY, ANSWER, RESULT), conditions=(for_the_receiver,), effects=(referring.answered, meets),
        ),
        "reuse": Move(
            frozenset({State.FED_BACK}), State.REUSED, Duty.INVESTIGATE, gettext_lazy("Use it in another case"),
            asks=(ELSEWHERE,), effects=(reuse, closed),
        ),
        "close": Move(
            frozenset({State.FED_BACK}), State.CLOSED, Duty.INVESTIGATE, gettext_lazy("Close"), effects=(closed,),
        ),
        "drop": Move(
            frozenset({State.PREPARED, State.RETURNED}), State.CLOSED, Duty.INVESTIGATE, gettext_lazy("Drop it"),
            needs_note=True, effects=(closed,),
        ),
    },
)  # fmt: skip
