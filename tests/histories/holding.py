"""What holds after every step of every history. Each figure is added up anew, in plain Python, from the rows themselves."""

from collections import defaultdict
from decimal import Decimal

from django.http import QueryDict

from institutions.models import Account
from reporting import collected
from supervision.cases import owed, remitting
from supervision.cases.models import Breach, Case, Penalty, Remittance, ViolationLine
from supervision.cases.views.case import sums_of
from supervision.hearing.models import Hearing, HearingLine
from supervision.ledger import destinations, grouping
from supervision.ledger.filters import LedgerFilter
from supervision.ledger.models import Balance, Book, Item, Posting, Stage, WriteOff
from supervision.ledger.sums import FIGURES, Sums, of_each
from tests.histories.prefecture import CHARGE

ACCOUNTS = {
    Book.FUND: destinations.of_the_fund, Book.TREASURY: destinations.of_the_treasury,
    Book.AGREEMENT: destinations.of_agreements,
}  # fmt: skip
NOTHING = Decimal("0.00")


class Standing(dict[tuple[str, str], Decimal]):
    """What stands where, by item's reference and stage; nothing where nothing was ever booked."""

    def __missing__(self, place: tuple[str, str]) -> Decimal:
        return NOTHING


def posted() -> Standing:
    """By the postings alone."""
    standing = Standing()
    for reference, stage, amount in Posting.objects.values_list("item__reference", "stage", "amount"):
        standing[reference, stage] += amount
    return standing


def everything_holds(reader: Account, before: Standing) -> Standing:
    """What stands where now; the pages are asked where that is something else than before."""
    standing = posted()
    the_books_balance(standing)
    what_is_heard_is_booked(standing)
    what_is_decided_is_booked(standing)
    no_fen_is_heard_twice()
    no_act_is_fined_twice()
    nothing_is_passed_on_twice()
    if standing != before:
        every_page_shows_the_same(standing, reader)
    return standing


def the_books_balance(standing: Standing) -> None:
    """Every entry and every item adds up to nothing; nothing but the source is below zero; balances follow."""
    entries: dict[tuple[int, int], Decimal] = defaultdict(lambda: NOTHING)
    for entry, item, amount in Posting.objects.values_list("entry", "item", "amount"):
        entries[entry, item] += amount
    assert not any(entries.values())
    assert all(amount >= 0 for (_item, stage), amount in standing.items() if stage != Stage.SOURCE)
    kept = {(item, stage): n for item, stage, n in Balance.objects.values_list("item__reference", "stage", "amount")}
    assert {place: amount for place, amount in kept.items() if amount} == {
        place: amount for place, amount in standing.items() if amount
    }


def figure(name: str, standing: Standing, reference: str) -> Decimal:
    return sum((standing[reference, stage] for stage in FIGURES[name].stages), NOTHING)


def ever_owed(standing: Standing, reference: str) -> Decimal:
    """What is confirmed of an item, with what had come of it and goes back to who paid it."""
    return sum((figure(name, standing, reference) for name in ("confirmed", "repayable", "repaid")), NOTHING)


def what_is_heard_is_booked(standing: Standing) -> None:
    """Line by line: what waits for a decision is suspected; then a part is confirmed, and the rest is withdrawn."""
    for line in HearingLine.objects.select_related("hearing"):
        name = f"hearing line {line.pk}"
        decided = bool(line.decision)
        assert standing[name, Stage.SUSPECTED] == (NOTHING if decided else line.fund_suspected), name
        assert ever_owed(standing, name) == (line.fund_confirmed if decided else NOTHING), name
        assert standing[name, Stage.WITHDRAWN] == (line.fund_suspected - line.fund_confirmed if decided else NOTHING)
        assert -standing[name, Stage.SOURCE] == line.fund_suspected <= line.suspected
    for hearing in Hearing.objects.all():
        lines = list(hearing.lines.all())
        for column in ("suspected", "confirmed", "fund_suspected", "fund_confirmed"):
            assert getattr(hearing, column) == sum((getattr(line, column) for line in lines), NOTHING), (
                hearing,
                column,
            )


def what_is_decided_is_booked(standing: Standing) -> None:
    """A fine that stands is demanded for the treasury, and damages that are carried out by the agreement; no others."""
    for penalty in Penalty.objects.select_related("proceeding"):
        events = penalty.proceeding.events.all()
        stands = [event.move for event in events if event.move in ("decide", "revoke")][-1:] == ["decide"]
        name = f"penalty {penalty.proceeding}"
        assert ever_owed(standing, name) == penalty.fine if stands else figure("confirmed", standing, name) == 0, name
    for breach in Breach.objects.select_related("proceeding"):
        name, stands = f"damages {breach.proceeding}", bool(breach.executed_at)
        assert ever_owed(standing, name) == breach.damages if stands else figure("confirmed", standing, name) == 0, name
    written: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for wish in WriteOff.objects.filter(state=WriteOff.State.APPROVED, entry__reversed_by=None).select_related("item"):
        written[wish.item.reference] += wish.amount
    assert written == {item: n for (item, stage), n in standing.items() if stage == Stage.WRITTEN_OFF and n}


def no_fen_is_heard_twice() -> None:
    """Of a charge no more is heard and confirmed than was charged, however many findings are on it."""
    kept: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    of_claims: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for line in HearingLine.objects.all():
        amount = line.confirmed if line.decision else line.suspected
        kept[line.charge] += amount if line.charge else NOTHING
        of_claims[line.claim] += amount
    assert all(amount * 100 <= CHARGE for amount in kept.values())
    assert all(amount * 100 <= 3 * CHARGE for amount in of_claims.values())


def no_act_is_fined_twice() -> None:
    fined = list(ViolationLine.objects.filter(fined=True).values_list("line", flat=True))
    assert len(fined) == len(set(fined))


def nothing_is_passed_on_twice() -> None:
    """Case by case and fund by fund: what was passed on and what is still to go, or to be called back, is what came."""
    for case in Case.objects.all():
        passed: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
        for done in Remittance.objects.filter(proceeding__case=case):
            passed[done.pooling_area_id, done.fund] += done.amount
        still, too_much = remitting.by_fund(case), remitting.too_much(case)
        for area, fund in {*passed, *still}:
            came = owed.returned(owed.refunds(case).filter(pooling_area=area, fund=fund))
            due = still.get((area, fund), NOTHING) - too_much.get((area, fund), NOTHING)
            assert passed[area, fund] + due == came, case


def every_page_shows_the_same(standing: Standing, reader: Account) -> None:
    """The desk's first page, the ledger however it is divided, the accounts, each item and each case."""
    books = dict(Item.objects.values_list("reference", "book"))
    headline = {row.query["book"]: row.sums for row in collected.by_book(reader).rows}
    for book in Book:
        asked = LedgerFilter(QueryDict(f"book={book}"), reader)
        plain = Sums({stage: in_book(book, stage, standing, books) for stage in Stage})
        shown = {
            "headline": [headline.get(book.value, plain)],
            "account": [ACCOUNTS[book](asked).all.sums],
            "items": list(of_each(asked.items).values()),
            **{way: [row.sums for row in grouping.rows(asked, way)] for way in grouping.WAYS},
        }
        for name in FIGURES:
            for page, sums in shown.items():
                assert sum((each.figure(name) for each in sums), NOTHING) == plain.figure(name), (book, page, name)
        assert plain.figure("demanded") <= plain.figure("confirmed")
        assert book.value in headline or not plain.figure("confirmed")
    cases_show_the_same(standing, books)


def in_book(book: Book, stage: Stage, standing: Standing, books: dict[str, str]) -> Decimal:
    return sum((amount for (item, at), amount in standing.items() if at == stage and books[item] == book), NOTHING)


def cases_show_the_same(standing: Standing, books: dict[str, str]) -> None:
    for case in Case.objects.all():
        items = Item.objects.filter(case=case.number)
        shown = {(book.value, stage.value): amount for book, stage, amount in sums_of(items)}
        plain: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
        for reference in items.values_list("reference", flat=True):
            for stage in Stage:
                plain[books[reference], stage.value] += max(standing[reference, stage], NOTHING)
        assert shown == {place: amount for place, amount in plain.items() if amount}
