"""Some dozens of hearings, one standing at each step from raised to closed."""

from collections.abc import Callable, Generator, Iterator

from django.db.models import QuerySet

from supervision.hearing.answering import LineAnswer, answer
from supervision.hearing.models import Hearing, HearingLine
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused

from .cast import PREFECTURE, Cast
from .telling import Story

ACCEPTED, APPEALED = HearingLine.Answer.ACCEPTED, HearingLine.Answer.APPEALED
GROUNDS = "该项目为术中实际使用，病历和手术记录齐全，请复核。"
Step = tuple[int, Callable[[Hearing, Cast], Hearing]]  # so many working days after the step before
Candidates = Iterator[Finding]
CANDIDATES = 400


# --- The steps of a hearing -------------------------------------------------------------------------


def take_up(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "take_up", by=cast.reviewer)


def release(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "release", by=cast.reviewer, note="病历显示指征明确。", cause="documented")


def notify(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "notify", by=cast.reviewer)


def accept(hearing: Hearing, cast: Cast) -> Hearing:
    said = {line.pk: LineAnswer(ACCEPTED) for line in hearing.lines.all()}
    return answer(hearing, said, by=cast.hospital, turn=hearing.turn)


def appeal(hearing: Hearing, cast: Cast) -> Hearing:
    """Its first line appealed, the others accepted."""
    first, *others = hearing.lines.order_by("pk")
    said = {first.pk: LineAnswer(APPEALED, GROUNDS), **{line.pk: LineAnswer(ACCEPTED) for line in others}}
    return answer(hearing, said, by=cast.hospital, turn=hearing.turn)


def second_review(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "second_review", by=cast.second)


def verify(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "verify", by=cast.second, note="现场核对耗材出入库。")


def withdraw(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "withdraw", by=cast.second, note="申诉成立，记录完整。", cause="documented")


def uphold(hearing: Hearing, cast: Cast) -> Hearing:
    return HEARING.make(hearing, "uphold", by=cast.second, note="申诉材料不足以说明重复收费的理由。")


def refuse(hearing: Hearing, cast: Cast) -> Hearing:
    measure = "refuse" if hearing.fund_confirmed else "record"
    return HEARING.make(hearing, "handle", by=cast.second, measure=measure)


# --- How far a hearing comes ------------------------------------------------------------------------

RAISED: list[Step] = []
IN_FIRST_REVIEW: list[Step] = [*RAISED, (1, take_up)]
RELEASED: list[Step] = [*IN_FIRST_REVIEW, (2, release)]
NOTIFIED: list[Step] = [*IN_FIRST_REVIEW, (1, notify)]
TO_ACCEPTED: list[Step] = [*NOTIFIED, (4, accept)]
TO_APPEALED: list[Step] = [*NOTIFIED, (6, appeal)]
IN_SECOND_REVIEW: list[Step] = [*TO_APPEALED, (2, second_review)]
IN_VERIFICATION: list[Step] = [*IN_SECOND_REVIEW, (2, verify)]
WITHDRAWN: list[Step] = [*IN_SECOND_REVIEW, (3, withdraw)]
UPHELD: list[Step] = [*IN_SECOND_REVIEW, (3, uphold)]
REFUSED: list[Step] = [*UPHELD, (2, refuse)]
# With the working days ago that each begins: what is unfinished lies there in time, close to its end, or overdue.
OWN: list[tuple[list[Step], tuple[int, ...]]] = [
    (NOTIFIED, (3, 6, 11)), (TO_ACCEPTED, (9, 22)), (TO_APPEALED, (10, 14)), (IN_SECOND_REVIEW, (12, 18)),
    (IN_VERIFICATION, (16, 41)), (UPHELD, (15, 28)), (WITHDRAWN, (33, 62)), (REFUSED, (38, 74)), (RELEASED, (19, 45)),
]  # fmt: skip
ELSEWHERE: list[tuple[list[Step], tuple[int, ...]]] = [
    (RAISED, (1, 2, 3, 5, 8)), (IN_FIRST_REVIEW, (2, 3, 4, 6, 11)), (NOTIFIED, (4, 8, 10, 11, 30)),
    (RELEASED, (7, 25, 40, 55, 70)),
]  # fmt: skip


def hearings(cast: Cast, own: Candidates) -> Iterator[tuple[int, Story]]:
    """Those of the hospital at every step, and of others as far as they come without an answer."""
    others = varied(findings().exclude(institution=cast.institution))
    for ways, candidates in ((OWN, own), (ELSEWHERE, others)):
        for path, begun in ways:
            yield from ((ago, heard(1, path, candidates, cast)) for ago in begun)


def heard(number: int, path: list[Step], candidates: Candidates, cast: Cast) -> Generator[int, None, list[Hearing]]:
    """The next findings, side by side as far as the path goes."""
    hearings = list(opened(number, candidates, cast))
    for wait, step in path:
        yield wait
        hearings = list(stepped(step, hearings, cast))
    return hearings


def opened(number: int, candidates: Candidates, cast: Cast) -> Iterator[Hearing]:
    for finding in candidates:
        try:
            yield open_hearing(finding, by=cast.reviewer)
        except MoveRefused:  # a finding that cannot be heard any more by now
            continue
        number -= 1
        if not number:
            return


def stepped(step: Callable[[Hearing, Cast], Hearing], hearings: list[Hearing], cast: Cast) -> Iterator[Hearing]:
    """What has nothing left to be told, because another hearing is about the same charges, is released instead."""
    for hearing in hearings:
        try:
            yield step(hearing, cast)
        except MoveRefused:
            if step is not notify:
                raise
            release(hearing, cast)


def findings() -> QuerySet[Finding]:
    """Open findings of the prefecture that nobody has acted on, each with something it owns and the fund has paid."""
    waiting = Finding.objects.open().filter(acted_on=False, owned__gt=0, fund_at_stake__gt=0)
    return waiting.filter(institution__division__code__startswith=PREFECTURE[:4]).order_by("-owned", "pk")


def varied(chosen: QuerySet[Finding]) -> Candidates:
    """Rule after rule in turn, so that no list shows one kind alone."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in chosen[:CANDIDATES]:
        by_rule.setdefault(finding.rule, []).append(finding)
    for turn in range(CANDIDATES):
        yield from (found[turn] for found in by_rule.values() if turn < len(found))
