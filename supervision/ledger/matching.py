"""Takes in the bank's rows and finds out what each of them pays."""

import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.booking import plain, refuse_unless, vouchers_of
from supervision.ledger.models import BankFile, BankRow, Book, Item, Stage, Voucher
from supervision.ledger.statements import Read, read, tidy
from supervision.ledger.sums import of_each
from supervision.locks import one_at_a_time
from supervision.moves import MoveRefused

LOCK = 0x62616E6B  # 'bank'; a number of our own among PostgreSQL's advisory locks
CASE = re.compile(r"AJ-\d{6}-\d{4}-\d{6}")
Reason, State = BankRow.Reason, BankRow.State


class NoMatch(MoveRefused):
    """The row cannot be told to pay one thing; the code says why."""

    def __init__(self, reason: BankRow.Reason) -> None:
        super().__init__(str(reason.label))
        self.reason = reason


def take_in(name: str, content: bytes, *, book: Book, by: Account) -> BankFile:
    """Keep every row of a statement, then book those that say clearly what they pay."""
    file = keep(name, content, book=book, by=by)
    try_all(file, by=by)
    return file


@transaction.atomic
def keep(name: str, content: bytes, *, book: Book, by: Account) -> BankFile:
    refuse_unless(by.holds(Duty.BOOK), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.BOOK.label})
    refuse_unless(by.territory is not None, _("A bank's file is taken in for a territory, and you have none."))
    assert by.territory is not None
    rows = read(name, content)
    one_at_a_time(LOCK)
    file = BankFile.objects.create(
        place=by.territory, book=book, name=tidy(name)[:200], digest=hashlib.sha256(content).hexdigest(), by=by
    )
    seen = known([plain(row.voucher) for row in rows], file)
    made = []
    for row in rows:
        made.append(kept(file, row, twice=not row.reason and plain(row.voucher) in seen))
        if not row.reason:
            seen.add(plain(row.voucher))
    BankRow.objects.bulk_create(made)
    record(Act.LEDGER, by, str(file), move="bank_file", name=file.name, rows=len(rows), digest=file.digest)
    return file


def known(vouchers: Sequence[str], file: BankFile) -> set[str]:
    """Those of the vouchers that are booked, or stand in a row that was kept before."""
    here = Q(place__code__startswith=file.place.prefix) | Q(place=vouchers_of(file.place))
    booked = Voucher.objects.filter(here, book=file.book, number__in=vouchers).values_list("number", flat=True)
    waiting = BankRow.objects.filter(file__book=file.book, file__place=file.place, voucher__in=vouchers)
    return {*booked, *waiting.exclude(state=State.REFUSED).values_list("voucher", flat=True)}


def kept(file: BankFile, row: Read, *, twice: bool) -> BankRow:
    column, reason = ("voucher", Reason.TWICE) if twice else (row.column, row.reason)
    return BankRow(
        file=file, number=row.number, given=dict(row.given), voucher=plain(row.voucher)[:80], day=row.day,
        amount=row.amount, payer=row.payer, reference=row.reference, column=column, reason=reason,
        state=State.REFUSED if reason else State.WAITING,
    )  # fmt: skip


def try_all(file: BankFile, *, by: Account) -> int:
    """Try each row that waits, in a transaction of its own; how many were booked."""
    from supervision.ledger.workflows import BANK_ROW  # noqa: PLC0415 - its moves ask this module what a row pays

    done = 0
    for row in file.rows.filter(state=State.WAITING):
        try:
            BANK_ROW.make(row, "book", by=by, item=row.reference or "-")
            done += 1
        except NoMatch as refusal:
            BankRow.objects.filter(pk=row.pk, state=State.WAITING).update(reason=refusal.reason, column="reference")
        except MoveRefused as refusal:
            BankRow.objects.filter(pk=row.pk, state=State.WAITING).update(
                reason=Reason.NOT_BOOKED, detail=str(refusal)[:300]
            )
    return done


def paid_by(row: BankRow, words: str, by: Account) -> dict[Item, Decimal]:
    """What the row pays, by the reference or the case that the words name; NoMatch where that is not clear."""
    assert row.amount is not None
    words = words.strip()
    items = Item.objects.visible_to(by).filter(book=row.file.book, place__code__startswith=row.file.place.prefix)
    case = CASE.search(words)
    named = list(items.filter(reference=words)) or list(items.filter(case=case[0]) if case else [])
    sums = of_each(named)
    owed = {item: sums[item.pk][Stage.DEMANDED] for item in named if sums[item.pk][Stage.DEMANDED] > 0}
    if not owed:
        raise NoMatch(Reason.NO_ITEM)
    total = sum(owed.values(), Decimal("0.00"))
    if row.amount > total:
        raise NoMatch(Reason.TOO_MUCH)
    if len(owed) > 1 and row.amount != total:
        raise NoMatch(Reason.SEVERAL)
    return owed if len(owed) > 1 else {next(iter(owed)): row.amount}
