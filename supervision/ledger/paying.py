"""What the book-keepers do: book what came in or was offset, ask for a plan or a write-off."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.booking import FEN, BookingRefused, Leg, book, refuse_unless
from supervision.ledger.models import Book, Entry, Item, Plan, Stage, WriteOff
from supervision.ledger.sums import standing


@transaction.atomic
def pay(amounts: Mapping[Item, Decimal], *, voucher: str, day: date, reason: str = "", by: Account) -> Entry:
    """Book what the bank's or treasury's voucher brought, to one item or several."""
    return returned(legs_of(amounts), voucher=voucher, day=day, reason=reason or gettext_noop("paid"), by=by, act="pay")


@transaction.atomic
def offset(amounts: Mapping[Item, Decimal], *, batch: str, day: date, reason: str = "", by: Account) -> Entry:
    """Book what a settlement batch paid out less."""
    legs = [Leg(item, Stage.DEMANDED, Stage.OFFSET, amount) for item, amount in amounts.items()]
    return returned(legs, voucher=batch, day=day, reason=reason or gettext_noop("offset"), by=by, act="offset")


@transaction.atomic
def ask_plan(item: Item, parts: Sequence[tuple[date, Decimal]], *, reason: str, basis: str, by: Account) -> Plan:
    """Ask for what is outstanding to be paid in instalments; a second person agrees to them."""
    permit([item], by)
    return lay_down(item, parts, reason=reason, basis=basis, by=by)


def lay_down(item: Item, parts: Sequence[tuple[date, Decimal]], *, reason: str, basis: str, by: Account) -> Plan:
    """The instalments of a plan that is asked for; who may ask is said by whoever calls."""
    said(reason, basis)
    days = [day for day, _amount in parts]
    refuse_unless(bool(parts) and days == sorted(set(days)), _("Each instalment has a day of its own, in order."))
    refuse_unless(days[0] >= timezone.localdate(), _("The first instalment is due today or later."))
    for _day, amount in parts:
        refuse_unless(amount >= FEN and amount == amount.quantize(FEN), _("An amount is above zero, in whole fen."))
    total, owed = sum((amount for _day, amount in parts), Decimal("0.00")), standing(item)[Stage.DEMANDED]
    refuse_unless(
        total == owed,
        _("The instalments add up to ¥%(asked)s; ¥%(owed)s is outstanding.")
        % {"asked": f"{total:,}", "owed": f"{owed:,}"},
    )
    try:
        with transaction.atomic():
            plan = Plan.objects.create(item=item, reason=reason, basis=basis, asked_by=by, state=Plan.State.ASKED)
    except IntegrityError as error:
        raise BookingRefused(_("There is a plan for this already: end it first.")) from error
    for day, amount in parts:
        plan.instalments.create(due_on=day, amount=amount)
    plan.events.create(move="ask", after=plan.state, by=by, note=reason)
    record(Act.LEDGER, by, str(plan), move="ask_plan", instalments=len(parts), amount=f"{total}", basis=basis)
    return plan


@transaction.atomic
def ask_write_off(item: Item, amount: Decimal, *, reason: str, basis: str, by: Account) -> WriteOff:
    """Ask for an amount to be given up; who decides is another person."""
    permit([item], by)
    said(reason, basis)
    refuse_unless(amount >= FEN and amount == amount.quantize(FEN), _("An amount is above zero, in whole fen."))
    owed = standing(item)[Stage.DEMANDED]
    refuse_unless(amount <= owed, _("Only ¥%(owed)s is outstanding.") % {"owed": f"{owed:,}"})
    try:
        with transaction.atomic():
            wish = WriteOff.objects.create(
                item=item, amount=amount, reason=reason, basis=basis, asked_by=by, state=WriteOff.State.ASKED
            )
    except IntegrityError as error:
        raise BookingRefused(_("A write-off is asked for already.")) from error
    wish.events.create(move="ask", after=wish.state, by=by, note=reason)
    record(Act.LEDGER, by, str(wish), move="ask_write_off", amount=f"{amount}", basis=basis)
    return wish


def legs_of(amounts: Mapping[Item, Decimal]) -> list[Leg]:
    """Each amount to where money of its item arrives: in instalments while a plan is agreed on, else in cash."""
    planned = set(Plan.objects.filter(item__in=list(amounts), state=Plan.State.AGREED).values_list("item", flat=True))
    return [
        Leg(item, Stage.DEMANDED, Stage.INSTALMENT if item.pk in planned and in_parts(item) else Stage.CASH, amount)
        for item, amount in amounts.items()
    ]


def in_parts(item: Item) -> bool:
    """The treasury's book knows money that came, whether at once or in parts."""
    return item.book != Book.TREASURY


def returned(legs: Sequence[Leg], *, voucher: str, day: date, reason: str, by: Account, act: str) -> Entry:
    permit([leg.item for leg in legs], by)
    refuse_unless(day <= timezone.localdate(), _("That day has not come yet."))
    subject = f"{act} {voucher}"[:120]
    entry = book(legs, reason=reason[:300], subject=subject, by=by, day=day, voucher=voucher)
    amount = sum((leg.amount for leg in legs), Decimal("0.00"))
    items = [leg.item.reference for leg in legs]
    record(Act.LEDGER, by, str(entry), move=act, voucher=entry.voucher, amount=f"{amount}", items=items)
    return entry


def permit(items: Sequence[Item], by: Account) -> None:
    """Only who keeps the books of the place where it is handled."""
    refuse_unless(by.holds(Duty.BOOK), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.BOOK.label})
    territory = by.territory
    here = territory is not None and all(item.place_id.startswith(territory.prefix) for item in items)
    refuse_unless(here, _("That is booked where it is handled."))


def said(reason: str, basis: str) -> None:
    refuse_unless(bool(reason.strip()), _("Say why."))
    refuse_unless(bool(basis.strip()), _("Name the decision or agreement that it rests on."))
