"""A party in hardship pays its fine later or in parts (Law on Administrative Penalty, art. 66): it asks, the person in
charge decides, and the ledger's plan says what is due when."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from supervision.documents import serving
from supervision.documents.models import Service
from supervision.documents.wording import written
from supervision.ledger import deadlines, paying
from supervision.ledger.models import Item, Plan, Stage
from supervision.ledger.sums import standing
from supervision.ledger.workflows import PLAN
from supervision.moves import Made, refuse_unless

from . import timing
from .letters import named, write
from .models import Penalty, Proceeding
from .surcharging import fine_item

BASIS = "《中华人民共和国行政处罚法》第六十六条第二款"


def fine_of(proceeding: Proceeding) -> Item | None:
    return Item.objects.filter(reference=fine_item(proceeding)).first()


def plan_of(proceeding: Proceeding, *states: str) -> Plan | None:
    """The plan of the fine that stands in one of these states."""
    return Plan.objects.filter(item__reference=fine_item(proceeding), state__in=states).first()


def ask(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lays down what the party asks for: in how many parts, and from which day on"""
    item = fine_of(proceeding)
    left = standing(item)[Stage.DEMANDED] if item else Decimal("0.00")
    refuse_unless(left > 0, _("Nothing of the fine is outstanding."))
    assert item is not None
    parts, first = int(made.facts["parts"]), made.facts["first_on"]
    refuse_unless(parts > 0, _("Say in how many parts it is paid; one, where it is only put off."))
    paying.lay_down(
        item, deadlines.monthly(left, parts, first), reason=str(made.facts["statement"]), basis=BASIS, by=made.by
    )


def grant(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """agrees to the plan, lets its clock run instead of the other, and issues deferral_decision"""
    plan = asked(proceeding)
    PLAN.make(plan, "agree", by=made.by, note=made.note)
    timing.drop(Penalty.objects.get(proceeding=proceeding).payment_clock)
    proceeding.clock = None
    parts = [
        f"{written(part.due_on.isoformat(), 'day', 'zh_Hans')}（含）前 | {part.amount:,.2f}元"
        for part in plan.instalments.all()
    ]
    letter = write(
        "deferral_decision", proceeding, made, decision=named(proceeding, "penalty_decision"), statement=plan.reason,
        instalments=parts,
    )  # fmt: skip
    institution = proceeding.case.institution
    if institution is not None:
        method = Service.Method.ELECTRONIC
        serving.serve(letter, to=institution.name_zh, method=method, by=made.by, institution=institution.pk)


def refuse(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """refuses the plan: the fine is due as before"""
    PLAN.make(asked(proceeding), "refuse", by=made.by, note=made.note)


def asked(proceeding: Proceeding) -> Plan:
    plan = plan_of(proceeding, Plan.State.ASKED)
    refuse_unless(plan is not None, _("The party has not asked to pay later."))
    assert plan is not None
    return plan


def last_day(proceeding: Proceeding) -> date | None:
    """The day of the last part of a plan that holds or was broken off."""
    plan = plan_of(proceeding, Plan.State.AGREED, Plan.State.ENDED)
    return max((part.due_on for part in plan.instalments.all()), default=None) if plan else None
