"""What a penalty decision does: its letters, its money, and how it is taken back."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from supervision.documents.wording import written
from supervision.ledger import booking
from supervision.ledger.models import Balance, Book, Item, Stage
from supervision.moves import Made, refuse_unless

from . import fining, owed, surcharging, violating
from .delivering import last_of
from .letters import write
from .models import Factor, Penalty, Proceeding, Violation

NOTHING = Decimal("0.00")
# Law on Administrative Penalty, art. 54 par. 2 (file what meets the standard) and art. 57 par. 1 (3) (facts not shown).
# Likely: known from the law's 2021 text, not compared with it here.
FILED_UNDER = "《中华人民共和国行政处罚法》第五十四条第二款"
NOTHING_SHOWN = "《中华人民共和国行政处罚法》第五十七条第一款第三项"
IN_HAND = (Stage.CONFIRMED, Stage.DEMANDED)


def of(proceeding: Proceeding) -> Penalty:
    """The penalty's own row beside its proceeding."""
    return Penalty.objects.get_or_create(proceeding=proceeding)[0]


def keep(proceeding: Proceeding, **columns: object) -> Penalty:
    penalty = of(proceeding)
    for name, value in columns.items():
        setattr(penalty, name, value)
    penalty.save()
    return penalty


def is_person(proceeding: Proceeding) -> bool:
    return proceeding.case.respondent == "person"


def large(proceeding: Proceeding, code: str) -> bool:
    """Whether fine or confiscation reaches the place's threshold for such a party, or something is suspended."""
    whom = "person" if is_person(proceeding) else "organisation"
    threshold = fining.limit(f"{code}_{whom}", proceeding.case.place_id, timezone.localdate())
    suspended = any(violation.months for violation in violating.standing(proceeding))
    most = max(violating.total(proceeding), violating.confiscated(proceeding))
    return suspended or most >= threshold.value


def major(proceeding: Proceeding) -> bool:
    """Whether those in charge must discuss it together: large, mitigated, outside its band, or after a hearing."""
    weighed = violating.standing(proceeding)
    unusual = any(violation.outside or violation.grade == "mitigated" for violation in weighed)
    return unusual or of(proceeding).heard or large(proceeding, "collective")


# --- Letters ----------------------------------------------------------------------------------------


def said(proceeding: Proceeding) -> dict[str, object]:
    """What the letters of a penalty say of it, in Chinese."""
    with translation.override("zh-hans"):
        weighed, penalty = violating.standing(proceeding), of(proceeding)
        acts = "；".join(
            f"{violation.type.words_zh}（{violation.acted_from}至{violation.acted_until}）" for violation in weighed
        )
        refund = fining.loss(violating.refundable(proceeding))
        return {
            "facts": "\n".join(filter(None, [proceeding.case.facts, acts])),
            "basis": basis(weighed),
            "discretion": "\n".join(fining.explain(violation, "zh-hans") for violation in weighed if violation.grade),
            "penalty": measures(proceeding),
            "amount": violating.total(proceeding) or None,
            "confiscated": violating.confiscated(proceeding) or None,
            "refund": refund or None,
            "defence": penalty.defence,
            "officers": "、".join(str(officer.account) for officer in proceeding.case.officers.filter(until=None)),
        }


def basis(weighed: Iterable[Violation]) -> str:
    """The norms that were violated, in Chinese, each once. Nothing stands in for them where none is on record."""
    return "、".join(sorted({violation.type.cited_zh for violation in weighed}))


def ground_of_no_penalty(proceeding: Proceeding) -> str:
    """What lets a penalty be left out: the norms of the factors that count so, or that no violation could be shown."""
    weighed = violating.standing(proceeding)
    factors = {
        row.factor.cited_zh
        for violation in weighed
        for row in violation.factors.select_related("factor")
        if row.factor.effect in (Factor.Effect.NONE, Factor.Effect.MAY_BE_NONE)
    }
    return "、".join([*filter(None, [basis(weighed)]), *sorted(factors)]) or NOTHING_SHOWN


def fine_in_words(fine: Decimal) -> str:
    """A fine as a decision orders it: in figures, and in the characters to which nobody adds a zero."""
    return f"罚款{written(f'{fine:.2f}', 'money', 'zh_Hans')}"


def measures(proceeding: Proceeding) -> str:
    """What is ordered, in Chinese: a paragraph a measure."""
    total = violating.total(proceeding)
    taken = violating.confiscated(proceeding)
    ordered = [fine_in_words(total)] if total else ["不处罚款"]
    ordered += [f"没收违法所得{written(f'{taken:.2f}', 'money', 'zh_Hans')}"] if taken else []
    ordered += [
        f"{violation.type.get_suspends_display()}：暂停{violation.months}个月"
        for violation in violating.standing(proceeding)
        if violation.months
    ]
    return "；".join(ordered) + "。"


# --- Money ------------------------------------------------------------------------------------------


def sums(proceeding: Proceeding) -> dict[str, Decimal]:
    """Fine and refund as they stand: what the fund lost goes back to it."""
    return {"fine": violating.total(proceeding), "refund": fining.loss(violating.refundable(proceeding))}


def treasury(proceeding: Proceeding, reference: str) -> Item:
    """The item of a fine or of its surcharge."""
    case = proceeding.case
    return booking.item(
        reference, book=Book.TREASURY, institution=case.institution, person=case.person, place=case.place,
        pooling_area=case.place, month=f"{timezone.localdate():%Y-%m}", address=proceeding.get_absolute_url(),
        case=case.number,
    )  # fmt: skip


def demand(item: Item, amount: Decimal, proceeding: Proceeding, made: Made[Proceeding], reason: str) -> None:
    """Book what is owed to the treasury from now on."""
    legs = [
        booking.Leg(item, Stage.SOURCE, Stage.CONFIRMED, amount),
        booking.Leg(item, Stage.CONFIRMED, Stage.DEMANDED, amount),
    ]
    booking.book(legs, reason=reason, subject=f"{proceeding} {made.name}", by=made.by)


def book_decision(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """demands fine and illegal income for the treasury and the refund for the fund"""
    decided = {**sums(proceeding), "confiscated": violating.confiscated(proceeding)}
    keep(proceeding, decided_on=timezone.localdate(), **decided)
    proceeding.amount = decided["fine"]
    if decided["fine"]:
        demand_fine(proceeding, made, decided["fine"])
    if decided["confiscated"]:
        item = treasury(proceeding, surcharging.confiscation_item(proceeding))
        demand(item, decided["confiscated"], proceeding, made, gettext_noop("Illegal income confiscated"))
    demand_refund(proceeding, made)


def demand_fine(proceeding: Proceeding, made: Made[Proceeding], fine: Decimal) -> None:
    demand(treasury(proceeding, surcharging.fine_item(proceeding)), fine, proceeding, made, gettext_noop("Fine"))


def demand_refund(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """Demand what of the lines is confirmed and was not demanded before."""
    references = [f"hearing line {line.pk}" for line in violating.refundable(proceeding)]
    rows = Balance.objects.filter(item__reference__in=references, stage=Stage.CONFIRMED, amount__gt=0)
    legs = [
        booking.Leg(row.item, Stage.CONFIRMED, Stage.DEMANDED, row.amount)
        for row in rows.select_related("item").order_by("item")
    ]
    if legs:
        booking.book(legs, reason=gettext_noop("Refund ordered"), subject=f"{proceeding} {made.name}", by=made.by)


def treasury_items(proceeding: Proceeding) -> QuerySet[Item]:
    """Fine, surcharge and illegal income, as far as they were booked."""
    return Item.objects.filter(
        reference__in=[
            surcharging.fine_item(proceeding), surcharging.surcharge_item(proceeding),
            surcharging.confiscation_item(proceeding),
        ]
    ).order_by("pk")  # fmt: skip


def book_surcharge(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """demands the surcharge that has grown so far, or withdraws what was demanded too much"""
    from .undoing import withdraw  # noqa: PLC0415 - it stands on what is here

    more = surcharging.accrued(of(proceeding)) - booked_surcharge(proceeding)
    item = treasury(proceeding, surcharging.surcharge_item(proceeding)) if more else None
    if item and more > 0:
        demand(item, more, proceeding, made, gettext_noop("Surcharge"))
    elif item:
        withdraw(item, -more, proceeding, made)


def booked_surcharge(proceeding: Proceeding) -> Decimal:
    """What was demanded of it and still counts, whatever became of it since."""
    gone = (Stage.SOURCE, Stage.WITHDRAWN, Stage.REPAYABLE, Stage.REPAID)
    rows = Balance.objects.filter(item__reference=surcharging.surcharge_item(proceeding), stage__in=gone)
    return -sum((row.amount for row in rows), NOTHING)


def unpaid(proceeding: Proceeding) -> Decimal:
    """What of fine, surcharge and illegal income is still in hand, by the ledger."""
    return owed.total(treasury_items(proceeding), *IN_HAND)


def owing_beside_the_fine(proceeding: Proceeding) -> Decimal:
    """What of the illegal income has not come in."""
    return owed.total(Item.objects.filter(reference=surcharging.confiscation_item(proceeding)), *IN_HAND)


def left_unpunished(proceeding: Proceeding) -> bool:
    """Whether the last decision was not to punish."""
    last = last_of(proceeding, "penalty_decision", "no_penalty_decision")
    return last is not None and last.kind == "no_penalty_decision"


def owed_back(proceeding: Proceeding) -> Decimal:
    """What came in, is not owed, and has not been repaid to the party yet."""
    return owed.total(treasury_items(proceeding), Stage.REPAYABLE)


def refuse_no_lower(penalty: Penalty, fine: Decimal) -> None:
    """A challenge never makes a fine higher; where nothing of it is left, the decision is revoked."""
    refuse_unless(
        0 < fine < penalty.standing_fine and fine == fining.fen(fine),
        _("A changed fine is above zero and lower than ¥%(fine)s.") % {"fine": f"{penalty.standing_fine:,}"},
    )


# --- Service ----------------------------------------------------------------------------------------


def opinion(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues legal_review_opinion"""
    write(
        "legal_review_opinion", proceeding, made, reviewer=str(made.by), opinion=made.note,
        proposal=said(proceeding)["penalty"],
    )  # fmt: skip


def refuse_a_rise(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """tells no higher fine and no longer suspension because the party defended itself"""
    penalty, total, months = of(proceeding), violating.total(proceeding), violating.months(proceeding)
    taken = violating.confiscated(proceeding)
    defended = penalty.defended_at
    if defended is not None and penalty.noticed is not None:
        new = proceeding.violations.filter(found_at__gt=defended, withdrawn_at=None).exists()
        refuse_unless(
            total <= penalty.noticed or new,
            _("The fine must not rise because the party defended itself: ¥%(before)s was told.")
            % {"before": f"{penalty.noticed:,}"},
        )
        refuse_unless(
            taken <= (penalty.noticed_confiscation or NOTHING) or new,
            _("More must not be confiscated because the party defended itself: ¥%(before)s was told.")
            % {"before": f"{penalty.noticed_confiscation or NOTHING:,}"},
        )
        refuse_unless(
            months <= (penalty.noticed_months or 0) or new,
            _("The suspension must not grow because the party defended itself: %(before)d months were told.")
            % {"before": penalty.noticed_months or 0},
        )
    keep(proceeding, noticed=total, noticed_months=months, noticed_confiscation=taken)
