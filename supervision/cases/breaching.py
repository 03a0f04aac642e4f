"""What a breach of agreement leads to: measures chosen, damages reckoned, and all of it carried out or taken back."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions import agreements
from institutions.models import Account, Agreement, Department, Institution
from supervision.documents.wording import written
from supervision.ledger.booking import Leg, book, item, reverse
from supervision.ledger.models import RETURNED, Book, Entry, Item, Posting, Stage
from supervision.moves import Made, MoveRefused, refuse_unless

from . import lightening, owed
from .models import Breach, BreachMeasure, Case, DamagesRate, Proceeding
from .models.proceedings import Kind
from .timing import happened

FEN = Decimal("0.01")
CONFIRMED = (Stage.CONFIRMED, Stage.DEMANDED, Stage.CASH, Stage.OFFSET, Stage.INSTALMENT)
INTERVIEW, STOP_PAYING, RECOVER, DAMAGES, SUSPEND_PERSON, SUSPEND, TERMINATE = (
    "M1",
    "M2",
    "M3",
    "M4",
    "M5",
    "M6",
    "M7",
)


def breach_of(proceeding: Proceeding) -> Breach:
    return Breach.objects.get_or_create(proceeding=proceeding)[0]


def institution_of(proceeding: Proceeding) -> Institution:
    institution = proceeding.case.institution
    if institution is None:
        raise MoveRefused(_("Only a designated institution has an agreement."))
    return institution


def agreement_of(proceeding: Proceeding, by: Account) -> Agreement:
    """The institution's agreement with the agency that acts; with whichever it has where the agency is not named."""
    found = agreements.current(institution_of(proceeding), insurer=by.insurer)
    if found is None:
        raise MoveRefused(_("The institution has no agreement in force."))
    return found


# --- Choosing ---------------------------------------------------------------------------------------


def choose(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the measures and reckons the damages"""
    breach, chosen = breach_of(proceeding), measures(proceeding, made.facts["measures"])
    refuse_unless(
        SUSPEND_PERSON not in {measure.code for measure in chosen} or breach.concerned.exists(),
        _("Say first which departments or persons are to be suspended."),
    )
    breach.measures.set(chosen)
    breach.base = confirmed(proceeding)
    breach.rate, breach.damages = None, Decimal(0)
    breach.save()
    breach.lightened.all().delete()
    if any(measure.code == DAMAGES for measure in chosen):
        breach.base = untaken(proceeding)
        breach.rate = rate_of(agreement_of(proceeding, made.by))
        counted = breach.base + lightening.lighten(proceeding, breach)
        breach.damages = (counted * breach.rate.rate).quantize(FEN, ROUND_HALF_UP)
    breach.save()
    proceeding.amount = breach.damages


def measures(proceeding: Proceeding, codes: Sequence[str]) -> list[BreachMeasure]:
    """Those of the codes that may be taken against this institution today."""
    open_to = {measure.code: measure for measure in applicable(proceeding)}
    refuse_unless(set(codes) <= set(open_to), _("Not all of these measures may be taken against this institution."))
    return [open_to[code] for code in codes]


def applicable(proceeding: Proceeding) -> list[BreachMeasure]:
    institution = proceeding.case.institution
    known = BreachMeasure.objects.filter(valid__contains=timezone.localdate())
    return [measure for measure in known if institution and measure.applies_to(institution)]


def confirmed(proceeding: Proceeding) -> Decimal:
    """What the fund lost by the case, as it was confirmed, whether or not it has come back since."""
    return sum(owed.standing(owed.refunds(proceeding.case), *CONFIRMED).values(), owed.NOTHING)


def untaken(proceeding: Proceeding) -> Decimal:
    """What of it no other breach of the case has taken as the base of its damages: nothing is paid for twice."""
    Case.objects.select_for_update(of=("self",)).get(pk=proceeding.case_id)  # the second of two sees the first
    others = Breach.objects.filter(proceeding__case=proceeding.case, damages__gt=0).exclude(pk=proceeding.pk)
    standing = others.filter(Q(proceeding__closed_at=None) | Q(executed_at__isnull=False))
    taken: Decimal = standing.aggregate(taken=Sum("base", default=owed.NOTHING))["taken"]
    left = confirmed(proceeding) - taken
    refuse_unless(
        left > 0 or not taken,
        _("Another breach of this case has taken all that was confirmed as the base of its damages."),
    )
    return max(owed.NOTHING, left)


def rate_of(agreement: Agreement) -> DamagesRate:
    found = DamagesRate.objects.filter(insurer=agreement.insurer_id, valid__contains=timezone.localdate()).first()
    if found is None:
        raise MoveRefused(_("Nobody has entered which rate of damages the agreements name."))
    return found


# --- Carrying out -----------------------------------------------------------------------------------


def carry_out(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """carries out the measures, once"""
    breach = breach_of(proceeding)
    if breach.executed_at:
        return
    codes = {measure.code for measure in breach.measures.all()}
    if breach.damages:
        demand_damages(proceeding, breach, made)
    for code, kind in ((RECOVER, Kind.RECOVERY), (INTERVIEW, Kind.INTERVIEW)):
        if code in codes and not (kind == Kind.RECOVERY and owed.recovered_now(proceeding.case)):
            follow(proceeding, kind, made)
    breach.executed_at = timezone.now()
    breach.save(update_fields=["executed_at"])


def follow(proceeding: Proceeding, kind: Kind, made: Made[Proceeding], **facts: Any) -> Proceeding:
    """Open what the decision leads to, as part of it, in the name of who prepared it."""
    from .proceeding import open_proceeding  # noqa: PLC0415 - it knows all workflows, this one too

    note = made.note or _("By the decision %(number)s.") % {"number": proceeding}
    opened = open_proceeding(proceeding.case, kind, by=proceeding.handler or made.by, note=note, **facts)
    Proceeding.objects.filter(pk=opened.pk).update(part_of=proceeding)
    return opened


def open_parts(proceeding: Proceeding) -> list[Proceeding]:
    """What it began and has not ended. A letter that told another department is no measure."""
    return list(proceeding.parts.filter(closed_at=None).exclude(kind=Kind.TRANSFER).order_by("pk"))


def nothing_begun_is_open(proceeding: Proceeding, by: Account) -> None:
    """What it began has ended."""
    left = ", ".join(map(str, open_parts(proceeding)))
    refuse_unless(not left, _("End first what it began: %(what)s.") % {"what": left})


def next_measure(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """proposes the next measure: a breach of its own, as part of this"""
    follow(proceeding, Kind.BREACH, made)


def damages_of(proceeding: Proceeding) -> Item | None:
    return Item.objects.filter(reference=f"damages {proceeding}").first()


def demand_damages(proceeding: Proceeding, breach: Breach, made: Made[Proceeding]) -> None:
    case = proceeding.case
    sum_ = item(
        f"damages {proceeding}", book=Book.AGREEMENT, institution=case.institution, place=case.place,
        pooling_area=agreement_of(proceeding, made.by).insurer.pooling_area, month=f"{timezone.localdate():%Y-%m}",
        address=proceeding.get_absolute_url(), case=case.number,
    )  # fmt: skip
    legs = [
        Leg(sum_, Stage.SOURCE, Stage.CONFIRMED, breach.damages),
        Leg(sum_, Stage.CONFIRMED, Stage.DEMANDED, breach.damages),
    ]
    book(legs, reason=gettext_noop("Liquidated damages"), subject=f"{proceeding} {made.name}", by=made.by)


def pay_damages(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """books damages that were paid"""
    sum_ = damages_of(proceeding)
    left = owed.outstanding([sum_]) if sum_ else owed.NOTHING
    amount: Decimal = made.facts["amount"]
    refuse_unless(Decimal(0) < amount <= left, _("Of the damages ¥%(left)s is outstanding.") % {"left": f"{left:,}"})
    assert sum_ is not None
    book(
        [Leg(sum_, Stage.DEMANDED, Stage.CASH, amount)], reason=gettext_noop("Damages paid"), by=made.by,
        subject=f"{proceeding} {made.name}", day=made.facts["on"], voucher=made.facts["voucher"],
    )  # fmt: skip


def take_back(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes the damages back"""
    breach = breach_of(proceeding)
    if not breach.executed_at:
        return
    take_back_damages(proceeding, made)
    breach.executed_at = None
    breach.save(update_fields=["executed_at"])


def take_back_damages(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """The last entry first: what came later moved what came earlier. Money that came is never unbooked here."""
    sum_ = damages_of(proceeding)
    if sum_ is None:
        return
    came = owed.returned([sum_])
    refuse_unless(
        not came,
        _("¥%(came)s of the damages has come back: pay it back and take the payment out of the books first.")
        % {"came": f"{came:,}"},
    )
    for entry in standing_entries(sum_):
        reverse(entry, reason=_("The decision %(number)s was annulled.") % {"number": proceeding}, by=made.by)


def standing_entries(sum_: Item) -> QuerySet[Entry]:
    """What moved the damages alone and still stands; payments, and entries that moved other sums too, are left out."""
    elsewhere = Posting.objects.filter(entry=OuterRef("pk")).exclude(item=sum_)
    money = Posting.objects.filter(entry=OuterRef("pk"), stage__in=RETURNED)
    moved = Entry.objects.filter(postings__item=sum_, reverses=None, reversed_by=None).distinct()
    return moved.exclude(Exists(elsewhere)).exclude(Exists(money)).order_by("-number")


def demand(proceeding: Proceeding) -> str:
    """The measures as a letter names them, with whom they suspend until when."""
    breach = breach_of(proceeding)
    whom = {"department": "科室", "person": "人员"}
    named = [
        f"{whom[one.about]}{one.code}，至{written(one.until.isoformat(), 'day', 'zh_Hans')}"
        for one in breach.concerned.all()
    ]
    measures = [
        measure.name_zh + (f"（{'；'.join(named)}）" if measure.code == SUSPEND_PERSON and named else "")
        for measure in breach.measures.all()
    ]
    return "；".join([*measures, *filter(None, [lightening.told(breach)])]) + "。"


def tell_the_department(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """tells the administrative department at once of a suspension or termination"""
    told = list(breach_of(proceeding).measures.filter(told_at_once=True))
    if not told:
        return
    department = authority_over(proceeding)
    refuse_unless(department is not None, _("There is no administrative department above this place to be told."))
    assert department is not None
    transfer = follow(
        proceeding, Kind.TRANSFER, made, to=str(department.pk), part="；".join(str(measure) for measure in told)
    )
    from .workflows.transfer import TRANSFER  # noqa: PLC0415 - it stands beside the table that asks for this

    TRANSFER.make(transfer, "send", by=transfer.opened_by)


def authority_over(proceeding: Proceeding) -> Department | None:
    """The medical security department nearest to the case's place."""
    from .referring import around  # noqa: PLC0415

    known = Department.objects.filter(
        division__code__in=around(proceeding.case), party=Department.Party.AUTHORITY
    ).order_by("-division")
    return known.first()


def keep_defence(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the defence"""
    breach = breach_of(proceeding)
    breach.defence = made.facts["defence"]
    breach.save(update_fields=["defence"])
    happened(made)


def keep_forum(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps where it is disputed"""
    breach = breach_of(proceeding)
    breach.forum = made.facts["forum"]
    refuse_unless(breach.forum in Breach.Forum.values, _("There is no such move."))
    breach.save(update_fields=["forum"])
