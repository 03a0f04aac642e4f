"""Whether everything adds up: each check sets two figures side by side that are kept apart and must be the same."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Sum

from credit.models import Evaluation
from institutions.models import Account, Division
from institutions.models.territory import NATION
from reporting import figures
from supervision.audit import verifying
from supervision.cases.models import Case, Proceeding
from supervision.cases.models.penalties import Penalty
from supervision.clocks.models import Clock
from supervision.complaints.models import Complaint
from supervision.complaints.rewards.models import Reward, RewardPayment
from supervision.documents.models import Document
from supervision.hearing.models import Hearing, HearingLine
from supervision.inspections import drawing
from supervision.inspections.models import Draw
from supervision.ledger import sums
from supervision.ledger.models import Balance, Book, Item, Posting, Stage
from supervision.monitoring.models import Finding, FindingTotal
from supervision.payments.models import MonthlySettlement
from supervision.payments.models.settlements import SettlementLine, SettlementPayment

from .counting import fen, movables

ENDED = ("paid", "reclaiming", "demanded", "recovered")  # rewards that went out
TOLD = ("out_of_scope", "refused", "deposit", "prepaid_offset", "offset", "adjustments")


@dataclass(frozen=True)
class Check:
    """Two figures, fen or numbers, that are to be the same."""

    name: str
    left: int
    right: int

    @property
    def ok(self) -> bool:
        return self.left == self.right

    def told(self) -> dict[str, Any]:
        return {**asdict(self), "ok": self.ok}


def checks() -> list[Check]:
    """All of them, in one order."""
    groups: tuple[Callable[[], Iterator[Check]], ...] = (
        ledger, hearings, penalties, settlements, rewards, findings, histories, ends, letters, draws, grades, chain
    )  # fmt: skip
    return [check for group in groups for check in group()]


def ledger() -> Iterator[Check]:
    """Every entry and every item in balance; what stands is what was booked, book by book and stage by stage."""
    unbalanced = Posting.objects.order_by().values("entry").annotate(sum=Sum("amount")).exclude(sum=0)
    yield Check("ledger: entries out of balance", unbalanced.count(), 0)
    uneven = Balance.objects.order_by().values("item").annotate(sum=Sum("amount")).exclude(sum=0)
    yield Check("ledger: items out of balance", uneven.count(), 0)
    for book, stands in sums.by_book(Item.objects.all()).items():
        booked = dict(
            Posting.objects.filter(item__book=book).order_by().values_list("stage").annotate(Sum("amount")).iterator()
        )
        for stage in Stage:
            if stands[stage] or booked.get(stage.value):
                yield Check(f"ledger: {book} {stage}", fen(stands[stage]), fen(booked.get(stage.value)))
        parts = sum((stands.figure(name) for name in ("returned", "written_off", "outstanding")), Decimal(0))
        yield Check(f"ledger: {book} demanded is returned, written off or outstanding", fen(stands.figure("demanded")),
                    fen(parts))  # fmt: skip


def hearings() -> Iterator[Check]:
    """A hearing's sums are those of its lines, and what the fund lost stands in the ledger."""
    for column in ("suspected", "confirmed", "fund_suspected", "fund_confirmed"):
        left = fen(Hearing.objects.exclude(notified_at=None).aggregate(sum=Sum(column))["sum"])
        lines = HearingLine.objects.exclude(hearing__notified_at=None)
        yield Check(
            f"hearings: {column} of hearings and of their lines", left, fen(lines.aggregate(sum=Sum(column))["sum"])
        )
    lines = HearingLine.objects.exclude(fund_suspected=0)
    booked = Item.objects.filter(reference__startswith="hearing line ")
    yield Check("hearings: lines with a loss of the fund, and items of the ledger", lines.count(), booked.count())
    confirmed = sums.by_book(booked)[Book.FUND].figure("confirmed")
    yield Check(
        "hearings: loss confirmed, and confirmed in the ledger",
        fen(HearingLine.objects.aggregate(sum=Sum("fund_confirmed"))["sum"]), fen(confirmed),
    )  # fmt: skip
    heard = Hearing.objects.count()
    yield Check("hearings: findings heard, and findings acted on by a hearing", heard,
                Finding.objects.filter(hearing__isnull=False).count())  # fmt: skip


def penalties() -> Iterator[Check]:
    """A fine that was decided is demanded for the treasury; none goes to the fund."""
    decided = Penalty.objects.exclude(decided_on=None).exclude(fine=0)
    fines = Item.objects.filter(reference__startswith="penalty ")
    yield Check("penalties: fines decided, and items of fines", decided.count(), fines.count())
    owed = fen(decided.aggregate(sum=Sum("fine"))["sum"])
    yield Check("penalties: fines decided, and demanded for the treasury", owed,
                fen(sums.by_book(fines)[Book.TREASURY].figure("demanded")))  # fmt: skip
    yield Check("penalties: fines in another book", fines.exclude(book=Book.TREASURY).count(), 0)


def settlements() -> Iterator[Check]:
    """What is payable follows from its parts, each part from its lines, and what was paid from the vouchers."""
    reckoned = MonthlySettlement.objects.exclude(lines=None).distinct()
    for name in TOLD:
        left = fen(MonthlySettlement.objects.aggregate(sum=Sum(name))["sum"])
        right = fen(SettlementLine.objects.filter(figure=name).aggregate(sum=Sum("amount"))["sum"])
        yield Check(f"settlements: {name} and its lines", left, right)
    less = F("declared") - F("out_of_scope") - F("refused") - F("deposit") - F("prepaid_offset") - F("offset")
    wrong = reckoned.exclude(payable=less + F("adjustments"))
    yield Check("settlements: whose parts do not give what is payable", wrong.count(), 0)
    paid = MonthlySettlement.objects.exclude(payments=None).aggregate(sum=Sum("paid"))["sum"]
    vouchers = SettlementPayment.objects.filter(what="month").aggregate(sum=Sum("amount"))["sum"]
    yield Check("settlements: paid, and vouchers of the bank", fen(paid), fen(vouchers))


def rewards() -> Iterator[Check]:
    """What was granted and went out, and what finance booked."""
    out = Reward.objects.filter(state__in=ENDED)
    booked = RewardPayment.objects.filter(way="out")
    yield Check("rewards: paid out, and payments", out.count(), booked.count())
    yield Check("rewards: sums paid out, and payments", fen(out.aggregate(sum=Sum("amount"))["sum"]),
                fen(booked.aggregate(sum=Sum("amount"))["sum"]))  # fmt: skip
    told = Reward.objects.exclude(case=None).exclude(complaint__case=F("case")).count()
    yield Check("rewards: for another case than the report's", told, 0)


def findings() -> Iterator[Check]:
    """The totals that pages show, the rows they open to, and the dashboard of the nation."""
    for status in Finding.Status.values:
        rows, kept = Finding.objects.filter(status=status), FindingTotal.objects.filter(status=status)
        yield Check(f"findings: {status}, and kept totals", rows.count(), kept.aggregate(n=Sum("findings"))["n"] or 0)
        owned = fen(rows.aggregate(sum=Sum("owned"))["sum"])
        in_totals = fen(kept.aggregate(sum=Sum("owned"))["sum"])
        yield Check(f"findings: owned by those {status}, and kept totals", owned, in_totals)
    everything = Account(username="-", territory=Division.objects.get(pk=NATION))
    shown = figures.findings(everything)
    yield Check("findings: open, and on the dashboard", Finding.objects.open().count(), shown.all.findings)
    yield Check("findings: on the dashboard, by rule", shown.all.findings, sum(one.findings for one in shown.by_rule))


def histories() -> Iterator[Check]:
    """Whatever has a state came to it by the last move of its history."""
    for model in movables():
        events = getattr(model, "events", None)
        if events is None:
            continue
        event, key = events.rel.related_model, events.field.name
        last = event._default_manager.filter(**{key: OuterRef("pk")}).order_by("-pk").values("after")[:1]
        rows = model._default_manager.annotate(latest=Subquery(last)).order_by()
        if rows.exists():
            wrong = rows.filter(Q(latest=None, turn__gt=0) | Q(latest__isnull=False) & ~Q(latest=F("state")))
            yield Check(f"histories: {model._meta.label_lower} elsewhere than its last move says", wrong.count(), 0)


def ends() -> Iterator[Check]:
    """Nothing that has ended has a clock that runs."""
    ended: dict[str, Any] = {
        "hearings": Hearing.objects.filter(state__in=("closed", "released", "withdrawn")),
        "cases": Case.objects.filter(state__in=("no_problem", "archived")),
        "proceedings": Proceeding.objects.filter(state="closed"),
        "complaints": Complaint.objects.filter(state="archived"),
    }
    for name, rows in ended.items():
        running = rows.filter(clock__state=Clock.State.RUNNING)
        yield Check(f"clocks: that run of {name} that have ended", running.count(), 0)
    late = Clock.objects.filter(state=Clock.State.MET, ended_at__gt=F("due_at"))
    yield Check("clocks: called kept and ended late", late.count(), 0)


def letters() -> Iterator[Check]:
    """Numbered without a gap, and every file as it was issued."""
    rows: dict[str, list[int]] = {}
    for reference, number in Document.objects.order_by("pk").values_list("reference", "number"):
        rows.setdefault(reference.rpartition("〕")[0], []).append(number)
    gaps = sum(max(numbers) - len(set(numbers)) for numbers in rows.values())
    yield Check("letters: numbers missing in their series", gaps, 0)
    changed = sum(digest(one.pdf) != one.pdf_digest for one in Document.objects.order_by("pk").iterator())
    yield Check("letters: files that are not what was issued", changed, 0)


def digest(file: Any) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def draws() -> Iterator[Check]:
    """Every draw is drawn again by its seed."""
    kept = Draw.objects.order_by("pk")
    yield Check("draws: kept, and drawn again the same", kept.count(), sum(map(drawing.drawn_again, kept)))


def grades() -> Iterator[Check]:
    """One grade of an institution is in force at a time."""
    force = Evaluation.objects.filter(state="effective")
    yield Check("grades: in force, and institutions that have one", force.count(),
                force.order_by().values("institution").distinct().count())  # fmt: skip


def chain() -> Iterator[Check]:
    """The chain of acts and the history of rows are whole."""
    yield Check("chain of acts: places where it is broken", sum(one.certain for one in verifying.breaks()), 0)
    yield Check("history of rows: places where it is broken", len(verifying.rows().breaks), 0)
    yield Check("history of rows: tables without one", len(verifying.switched_off()), 0)
