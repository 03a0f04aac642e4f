"""Books amounts: from one stage to another, whole or not at all, and takes a booking back by its opposite.

What the database keeps by itself (migration 0002): an entry's postings come in one statement, sum to zero for each
item, are of one book, and are never changed; the balances follow them. The act that books records itself in the chain
of acts, as its last statement: nobody waits for an item while holding up the chain.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Institution
from supervision.ledger import deadlines
from supervision.ledger.models import RETURNED, Balance, Book, Entry, Item, Posting, Stage, Voucher
from supervision.refusal import Refused

FEN = Decimal("0.01")
MOST = Decimal("9999999999999999.99")  # what a posting can hold
NOTHING = Decimal("0.00")

# The one table of what may move where. docs/ledger.md shows it, and a test compares the two.
RETURNS = {(Stage.DEMANDED, way) for way in RETURNED}
WRITING_OFF = (Stage.DEMANDED, Stage.WRITTEN_OFF)
DEMANDING = (Stage.CONFIRMED, Stage.DEMANDED)
# What came and turned out not to be owed goes back to who paid it: a debt of the office first, then paid.
REPAYING = {*((way, Stage.REPAYABLE) for way in RETURNED), (Stage.REPAYABLE, Stage.REPAID)}
LIFTING = (Stage.DEMANDED, Stage.CONFIRMED)
LESS_OWED = (Stage.DEMANDED, Stage.WITHDRAWN)
VOUCHED = (*RETURNED, Stage.REPAID)  # money that moved outside the ledger
LEGS: Mapping[Book, frozenset[tuple[Stage, Stage]]] = {
    Book.FUND: frozenset(
        {
            (Stage.SOURCE, Stage.SUSPECTED), (Stage.SUSPECTED, Stage.WITHDRAWN), (Stage.SUSPECTED, Stage.CONFIRMED),
            DEMANDING, LIFTING, *RETURNS, WRITING_OFF, *REPAYING,
        }
    ),
    # A fine and damages begin with a decision: nobody is suspected of owing them.
    Book.TREASURY: frozenset(
        {
            (Stage.SOURCE, Stage.CONFIRMED), DEMANDING, LESS_OWED, (Stage.DEMANDED, Stage.CASH), WRITING_OFF,
            (Stage.CASH, Stage.REPAYABLE), (Stage.REPAYABLE, Stage.REPAID),
        }
    ),
    Book.AGREEMENT: frozenset(
        {(Stage.SOURCE, Stage.CONFIRMED), DEMANDING, LESS_OWED, *RETURNS, WRITING_OFF, *REPAYING}
    ),
}  # fmt: skip


class BookingRefused(Refused):
    """What cannot be booked so; the sentence says why."""


@dataclass(frozen=True)
class Leg:
    """An amount of an item that leaves one stage and arrives at another."""

    item: Item
    source: Stage
    target: Stage
    amount: Decimal


def item(
    reference: str, *, book: Book, institution: Institution | None = None, person: str = "", place: Division,
    pooling_area: Division, fund: str = "", month: str, address: str = "", case: str = "",
) -> Item:  # fmt: skip
    """The item of that reference; made where there is none yet. Its case and its page may become known later."""
    said = {
        "book": Book(book), "institution": institution, "person": person, "place": place,
        "pooling_area": pooling_area, "fund": fund, "month": month,
    }  # fmt: skip
    found, made = Item.objects.get_or_create(reference=reference, defaults={**said, "address": address, "case": case})
    if not made:
        refuse_unless(found.book == book, _("%(item)s stands in another book.") % {"item": reference})
        later = {name: word for name, word in (("address", address), ("case", case)) if word}
        for name, word in later.items():
            setattr(found, name, word)
        found.save(update_fields=list(later))
    return found


def book(
    legs: Sequence[Leg], *, reason: str, subject: str, by: Account | None, day: date | None = None, voucher: str = ""
) -> Entry:
    """Write one entry with all of its legs, or raise BookingRefused."""
    refuse_unless(bool(legs), _("There is nothing to book."))
    day, voucher = day or timezone.localdate(), plain(voucher)
    check_form(legs, voucher)
    with transaction.atomic():
        standing = locked(leg.item for leg in legs)
        check_standing(legs, standing)
        entry = Entry.objects.create(day=day, reason=reason.strip(), voucher=voucher, subject=subject, by=by)
        if any(leg.target in VOUCHED for leg in legs):
            hold_voucher(entry, legs)
        Posting.objects.bulk_create(side for leg in legs for side in sides(entry, leg))
        tell_demanded(legs)
        deadlines.follow(leg.item for leg in legs if leg.source == Stage.DEMANDED)
    return entry


def plain(voucher: str) -> str:
    """A voucher's number as it is kept: the same number typed wide, small or with blanks is the same voucher."""
    return "".join(unicodedata.normalize("NFKC", voucher).upper().split())


def reverse(entry: Entry, *, reason: str, by: Account | None) -> Entry:
    """Write the opposite of an entry, once; refused where the amount has moved on since."""
    refuse_unless(bool(reason.strip()), _("Say why."))
    with transaction.atomic():
        postings = list(entry.postings.select_related("item"))
        standing = locked(posting.item for posting in postings)
        entry = Entry.objects.get(pk=entry.pk)
        refuse_unless(entry.reverses_id is None, _("A reversal is not taken back: book it anew."))
        taken_back = Entry.objects.filter(reverses=entry).exists()
        refuse_unless(not taken_back, _("Entry %(entry)s is reversed already.") % {"entry": entry.pk})
        check_still_there(postings, standing)
        opposite = Entry.objects.create(
            day=timezone.localdate(), reason=reason.strip(), voucher=entry.voucher, subject=entry.subject, by=by,
            reverses=entry,
        )  # fmt: skip
        Voucher.objects.filter(entry=entry).delete()
        Posting.objects.bulk_create(
            Posting(entry=opposite, item=posting.item, stage=posting.stage, amount=-posting.amount)
            for posting in postings
        )
        deadlines.follow({posting.item for posting in postings if posting.stage == Stage.DEMANDED})
    return opposite


def totals(rows: QuerySet[Any]) -> dict[Stage, Decimal]:
    """What stands at each stage: of items, of their balances, or added up anew from postings."""
    if rows.model is Item:
        rows = Balance.objects.filter(item__in=rows.order_by())
    sums = dict(rows.order_by().values_list("stage").annotate(Sum("amount")))
    return {stage: sums.get(stage.value, NOTHING) for stage in Stage}


def refuse_unless(holds: bool, why: str) -> None:
    if not holds:
        raise BookingRefused(why)


def check_form(legs: Sequence[Leg], voucher: str) -> None:
    """What can be said of the legs before anything is looked up."""
    books = {leg.item.book for leg in legs}
    refuse_unless(len(books) == 1, _("Money of the fund, of the treasury and of an agreement is never mixed."))
    allowed = LEGS[Book(books.pop())]
    for leg in legs:
        amount = leg.amount
        refuse_unless(
            amount.is_finite() and FEN <= amount <= MOST,
            _("An amount is above zero."),
        )
        refuse_unless(amount == amount.quantize(FEN), _("An amount has no fractions of a fen."))
        refuse_unless(
            (leg.source, leg.target) in allowed,
            _("Nothing moves from “%(source)s” to “%(target)s” in the book of %(book)s.")
            % {"source": leg.source.label, "target": leg.target.label, "book": Book(leg.item.book).label},
        )
    moved = any(leg.target in VOUCHED for leg in legs)
    refuse_unless(bool(voucher) or not moved, _("What comes back is booked with its voucher."))
    refuse_unless(len(voucher) <= 80, _("A voucher's number has at most 80 characters."))


def locked(items: Iterable[Item]) -> dict[int, dict[Stage, Decimal]]:
    """Each item's balances, which nobody else moves until the transaction ends."""
    keys = {one.pk for one in items}
    # In one order, so that two bookings never wait for each other.
    list(Item.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    standing: dict[int, dict[Stage, Decimal]] = {key: defaultdict(lambda: NOTHING) for key in keys}
    for key, stage, amount in Balance.objects.filter(item__in=keys).values_list("item", "stage", "amount"):
        standing[key][Stage(stage)] = amount
    return standing


def check_standing(legs: Sequence[Leg], standing: Mapping[int, dict[Stage, Decimal]]) -> None:
    """Leg by leg: nothing leaves a stage that does not stand there."""
    for leg in legs:
        there = standing[leg.item.pk]
        refuse_unless(
            leg.source == Stage.SOURCE or there[leg.source] >= leg.amount,
            _("Only ¥%(there)s of %(item)s stands at “%(stage)s”, not ¥%(amount)s.")
            % {
                "there": f"{there[leg.source]:,}",
                "item": leg.item.reference,
                "stage": leg.source.label,
                "amount": f"{leg.amount:,}",
            },
        )
        there[leg.source] -= leg.amount
        there[leg.target] += leg.amount


def check_still_there(postings: Iterable[Posting], standing: Mapping[int, dict[Stage, Decimal]]) -> None:
    """What arrived must stand where it arrived, all of it."""
    arrived: dict[tuple[Item, Stage], Decimal] = defaultdict(lambda: NOTHING)
    for posting in postings:
        arrived[posting.item, Stage(posting.stage)] += posting.amount
    for (what, stage), amount in arrived.items():
        refuse_unless(
            stage == Stage.SOURCE or standing[what.pk][stage] >= amount,
            _("The amount has moved on from “%(stage)s” since: reverse what came after first.")
            % {"stage": stage.label},
        )


def sides(entry: Entry, leg: Leg) -> tuple[Posting, Posting]:
    leaves = Posting(entry=entry, item=leg.item, stage=leg.source, amount=-leg.amount)
    return leaves, Posting(entry=entry, item=leg.item, stage=leg.target, amount=leg.amount)


def hold_voucher(entry: Entry, legs: Sequence[Leg]) -> None:
    """A voucher of the bank counts once; one settlement batch is offset against an item once."""
    back = [leg for leg in legs if leg.target in VOUCHED]
    offset = [leg.item for leg in back if leg.target == Stage.OFFSET]
    twice = Posting.objects.filter(
        item__in=offset, stage=Stage.OFFSET, amount__gt=0, entry__voucher=entry.voucher,
        entry__reverses=None, entry__reversed_by=None,
    )  # fmt: skip
    refuse_unless(
        not twice.exists(), _("Batch %(voucher)s is offset against this already.") % {"voucher": entry.voucher}
    )
    if len(offset) == len(back):
        return
    places = {leg.item.place_id for leg in back}
    refuse_unless(len(places) == 1, _("One voucher pays what is handled in one place."))
    refuse_unless(not offset, _("A voucher of the bank and an offset are booked apart."))
    held = vouchers_of(back[0].item.place)
    try:
        with transaction.atomic():
            Voucher.objects.create(entry=entry, book=back[0].item.book, place=held, number=entry.voucher)
    except IntegrityError as error:
        raise BookingRefused(_("Voucher %(voucher)s is booked already.") % {"voucher": entry.voucher}) from error


def vouchers_of(place: Division) -> Division:
    """Whose bank numbers the vouchers: the counties of a prefecture share its pool, and so its account."""
    return place.parent if place.level == Division.Level.COUNTY and place.parent else place


def tell_demanded(legs: Iterable[Leg]) -> None:
    """From the first demand on the institution sees the item."""
    demanded = [leg.item.pk for leg in legs if leg.target == Stage.DEMANDED]
    Item.objects.filter(pk__in=demanded, demanded_at=None).update(demanded_at=timezone.now())
