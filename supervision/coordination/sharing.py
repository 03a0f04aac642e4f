"""How a package is given by a second person, taken on or returned, answered, used and closed."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases.facts import RECEIPT, ask
from supervision.cases.facts import Kind as Asked
from supervision.cases.models import Case
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import timing
from .models import Package
from .models.packages import State
from .sending import tells

ANSWER = ask("package_answer", Asked.WORDS, gettext_lazy("Answer"))
RESULT = ask(
    "package_result", Asked.CHOICE, gettext_lazy("Result"),
    choices=lambda _package: [(one.value, str(one.label)) for one in Package.Result],
)  # fmt: skip
ELSEWHERE = ask("used_in", Asked.LINE, gettext_lazy("Number of the case that uses it"))

another_than_drafter = by_another_than("drafter")


def not_expired(package: Package, by: Account) -> None:
    """before its last day is over"""
    refuse_unless(not package.expired, _("Its last day is over: draw up another."))


def somebody_reads(package: Package, by: Account) -> None:
    """where the department has a liaison here"""
    refuse_unless(
        package.to.until is None and package.to.liaisons().exists(),
        _("That department has no liaison here: send it a letter from the case."),
    )


def give(package: Package, made: Made[Package]) -> None:
    """keeps who approved it and when"""
    package.approver, package.given_at = made.by, timezone.now()


def keep_receipt(package: Package, made: Made[Package]) -> None:
    """keeps the number of the receipt"""
    package.receipt = str(made.facts["receipt"])[:120]


def keep_answer(package: Package, made: Made[Package]) -> None:
    """keeps the answer and the result"""
    refuse_unless(made.facts["package_result"] in Package.Result.values, _("There is no such result."))
    package.answer, package.result = str(made.facts["package_answer"]), made.facts["package_result"]


def use(package: Package, made: Made[Package]) -> None:
    """names the case that uses the answer"""
    found = Case.objects.visible_to(made.by).filter(number=str(made.facts["used_in"]).strip()).first()
    refuse_unless(found is not None, _("There is nothing here by that number."))
    package.reused_in = found


MOVES: dict[str, Move[Package]] = {
    "give": Move(
        frozenset({State.DRAFT}), State.GIVEN, Duty.DECIDE, gettext_lazy("Give it"),
        conditions=(another_than_drafter, not_expired, somebody_reads),
        effects=(give, timing.starts(timing.RECEIPT), tells("package.given")),
    ),
    "refuse": Move(
        frozenset({State.DRAFT}), State.REFUSED, Duty.DECIDE, gettext_lazy("Do not give it"), needs_note=True,
        conditions=(another_than_drafter,),
    ),
    "acknowledge": Move(
        frozenset({State.GIVEN}), State.ACKNOWLEDGED, Duty.LIAISE, gettext_lazy("Take it on"), asks=(RECEIPT,),
        conditions=(not_expired,), effects=(keep_receipt, timing.starts(timing.ANSWER)),
    ),
    "return": Move(
        frozenset({State.GIVEN, State.ACKNOWLEDGED}), State.RETURNED, Duty.LIAISE, gettext_lazy("Return it"),
        needs_note=True, effects=(timing.meets,),
    ),
    "give_again": Move(
        frozenset({State.RETURNED}), State.GIVEN, Duty.DECIDE, gettext_lazy("Give it again"), needs_note=True,
        conditions=(another_than_drafter, not_expired, somebody_reads),
        effects=(give, timing.starts(timing.RECEIPT), tells("package.given")),
    ),
    "feed_back": Move(
        frozenset({State.ACKNOWLEDGED}), State.FED_BACK, Duty.LIAISE, gettext_lazy("Answer"), asks=(RESULT, ANSWER),
        effects=(keep_answer, timing.meets),
    ),
    "reuse": Move(
        frozenset({State.FED_BACK}), State.REUSED, Duty.INVESTIGATE, gettext_lazy("Use the answer in a case"),
        asks=(ELSEWHERE,), effects=(use,),
    ),
    "withdraw": Move(
        frozenset({State.GIVEN, State.ACKNOWLEDGED, State.RETURNED, State.FED_BACK, State.REUSED}), State.WITHDRAWN,
        Duty.DECIDE, gettext_lazy("Take it back"), needs_note=True,
        effects=(timing.stops, tells("package.withdrawn")),
    ),
    "close": Move(
        frozenset({State.RETURNED, State.FED_BACK, State.REUSED}), State.CLOSED, Duty.INVESTIGATE,
        gettext_lazy("Close it"), effects=(timing.stops,),
    ),
}  # fmt: skip

PACKAGE = Workflow[Package](
    name="package", words=gettext_lazy("A package of facts"), states=State, act=Act.SHARING, moves=MOVES,
    first=State.DRAFT, module=__name__,
)  # fmt: skip
