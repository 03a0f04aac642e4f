"""The desk beside the run: of claims that were reviewed before they were settled, what a run found of them afterwards.

Compared is what both were asked with the same page. Where they differ, the facts are named that came later: claims of
the member that the warehouse did not know yet, other lines or diagnoses than the message told of, what the fund paid.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone
from sqlglot import exp

from claims.models import RecentClaim
from claims.recent.packing import Packed
from supervision.monitoring import standing
from supervision.monitoring.dialect import stored
from supervision.monitoring.models import Finding, Step
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.schema import JUDGED

from . import recalling
from .asking import reading
from .messages import Asked, read
from .models import Review

AT_ONCE = 500  # claims
AGREED, ONLY_DESK, ONLY_LATER, AMOUNT = "agreed", "only at the desk", "only later", "amount"
Said = Mapping[tuple[str, str], Decimal]  # rule and finding: what is at stake


@dataclass(frozen=True)
class Difference:
    """A finding that the desk and the run do not share, or value differently; in yuan."""

    claim: str
    rule: str
    key: str
    kind: str
    at_desk: str
    later: str
    later_facts: Sequence[str]


@dataclass
class Compared:
    """How the desk and the runs agree."""

    rules: Mapping[str, Rule]
    claims: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    unexplained: int = 0
    differences: list[Difference] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        kinds = {kind: self.counted[kind] for kind in (AGREED, ONLY_DESK, ONLY_LATER, AMOUNT)}
        told = [asdict(one) for one in self.differences]
        return {"claims": self.claims, **kinds, "unexplained": self.unexplained, "differences": told}


def compare() -> Compared:
    """Every claim that was reviewed, settled, and judged by a run since."""
    compared = Compared(standing.in_force())
    reviews = Review.objects.filter(moment=Review.Moment.REVIEW).order_by("claim", "-asked_at", "-pk").distinct("claim")
    some: list[Review] = []
    for review in reviews.select_related("edition", "message").iterator(chunk_size=AT_ONCE):
        some.append(review)
        if len(some) == AT_ONCE:
            _compare(some, compared)
            some = []
    _compare(some, compared)
    return compared


def _compare(reviews: Sequence[Review], compared: Compared) -> None:
    claims = [review.claim for review in reviews]
    members = [review.member for review in reviews]  # a claim is looked up under its member
    settled = {
        one.claim: one
        for one in RecentClaim.objects.filter(member__in=members, claim__in=claims).select_related("batch__snapshot")
    }
    found = _found(claims)
    for review in reviews:
        kept = settled.get(review.claim)
        if kept is not None and (judged := _judged_since(review, kept)):
            compared.claims += 1
            at_desk = {(one.rule, one.key): one.at_stake for one in review.remarks.all() if one.rule in judged}
            later = {one: fen for one, fen in found.get(review.claim, {}).items() if one[0] in judged}
            _differ(review, kept, at_desk, later, compared)


def _judged_since(review: Review, kept: RecentClaim) -> set[str]:
    """The rules that a run has asked since the claim came in, with the page that the desk had asked."""
    year, number = divmod(kept.month, 12)
    steps = Step.objects.filter(
        month=f"{year:04}-{number + 1:02}", rule__in=review.edition.rules, done_at__isnull=False,
        run__snapshot__gte=kept.batch.snapshot,
    )  # fmt: skip
    latest = steps.values("rule", "page_hash").annotate(done=Max("done_at"))
    return {one["rule"] for one in latest if review.edition.rules[one["rule"]] == one["page_hash"]}


def _found(claims: Sequence[str]) -> dict[str, dict[tuple[str, str], Decimal]]:
    found: dict[str, dict[tuple[str, str], Decimal]] = {}
    for one in Finding.objects.filter(claim__in=claims).exclude(status=Finding.Status.WITHDRAWN):
        found.setdefault(one.claim, {})[one.rule, one.key] = one.at_stake
    return found


def _differ(review: Review, kept: RecentClaim, at_desk: Said, later: Said, compared: Compared) -> None:
    facts: Mapping[str, str] | None = None
    for one in sorted(at_desk.keys() | later.keys()):
        kind = _kind(at_desk.get(one), later.get(one))
        compared.counted[kind] += 1
        if kind == AGREED:
            continue
        facts = dict(later_facts(review, kept)) if facts is None else facts
        why = [f"{name}: {words}" for name, words in facts.items() if _is_read(name, compared.rules.get(one[0]))]
        compared.unexplained += not why
        told, found = str(at_desk.get(one, "")), str(later.get(one, ""))
        compared.differences.append(Difference(review.claim, *one, kind, told, found, why))


def _is_read(fact: str, rule: Rule | None) -> bool:
    """Whether a rule reads what came later: most know nothing of payments, and many do not look back."""
    if rule is None:
        return True
    if fact == "claims":
        return any(need.relation in JUDGED for need in rule.reads)
    if fact == "paid":
        return any(column.name in ("paid", "fund_ratio") for column in rule.tree.find_all(exp.Column))
    return True


def _kind(at_desk: Decimal | None, later: Decimal | None) -> str:
    if at_desk is None or later is None:
        return ONLY_LATER if at_desk is None else ONLY_DESK
    return AGREED if at_desk == later else AMOUNT


# --- What came later --------------------------------------------------------------------------------------


def later_facts(review: Review, kept: RecentClaim) -> Iterator[tuple[str, str]]:
    """What the run knew of the claim and of its member that the desk could not know."""
    since = RecentClaim.objects.filter(member=kept.member, batch__finished_at__gt=review.asked_at)
    if others := sorted(since.exclude(claim=kept.claim).values_list("claim", flat=True)):
        yield "claims", ", ".join(others)
    packed = Packed(kept.member, kept.claim, kept.header)
    told = _told(review)
    if told is None:
        return
    charges = packed.lines(kept.lines, lambda _item: True) if kept.lines else ()
    lines, said = ({str(row["charge"]): _line(row) for row in rows} for rows in (charges, told["charge"]))
    if lines != said:
        changed = sorted(key for key in lines.keys() | said.keys() if lines.get(key) != said.get(key))
        yield "lines", ", ".join(changed)
    for name, pack in (("diagnosis", kept.diagnoses), ("operation", kept.operations)):
        known, before = _codes(packed.codes(pack) if pack else ()), _codes(told[name])
        if known != before:
            yield name, ", ".join(sorted(known ^ before))
    yield from _other_header(packed, told)


def _told(review: Review) -> reading.Tables | None:
    """The claim as its message told of it."""
    message = read(review.message.body.encode())
    assert isinstance(message.data, Asked)
    place = recalling.institution(review.message.institution_id)
    asked = reading.judged(message, place, now=timezone.make_naive(review.asked_at))
    return next((one.tables for one in asked if one.claim == review.claim), None)


OF_A_LINE = (
    "item", "day", "quantity", "price", "amount", "eligible", "days", "approved", "special", "reason", "department",
    "practitioner", "newborn",
)  # fmt: skip


def _line(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(stored(row.get(name)) for name in OF_A_LINE)


def _codes(rows: Iterable[Mapping[str, object]]) -> set[str]:
    return {str(row["code"]) for row in rows}


OF_A_HEADER = (
    "kind", "paid", "illness", "admitted", "discharged", "started", "transferred", "newborn", "course", "sex", "born",
)  # fmt: skip


def _other_header(packed: Packed, told: reading.Tables) -> Iterator[tuple[str, str]]:
    known = packed.encounter()
    (before,) = (*told["stay"], *told["visit"])
    for name in OF_A_HEADER:
        if name in known and (known[name] or None) != (stored(before.get(name)) or None):
            yield name, f"{stored(before.get(name))} became {known[name]}"
