"""Practitioners' points after the hospital was punished: seven, twelve, an appeal that runs, and one just proposed."""

from collections.abc import Generator, Iterator

from django.utils import timezone

from credit.points import grounds, proposing, ruling
from credit.points.models import Responsibility, ScoreRecord
from credit.points.workflows.record import SCORE
from institutions.models import Practitioner
from supervision.cases.demonstration.telling import Story
from supervision.cases.models import Kind, Proceeding

from .cast import Desk

Scoring = Generator[int, None, ScoreRecord | None]


def stories(desk: Desk) -> Iterator[tuple[int, Story]]:
    """The penalty was served by the first of these days, the agency's measures carried out by the later ones."""
    yield 30, notified(desk, 0, Kind.PENALTY, "in_place_of", "以已停止执业的医师名义开具处方并结算。")
    yield 29, notified(desk, 1, Kind.PENALTY, "licence_revoked", "因虚记手术耗材被卫生健康部门吊销执业证书。")
    yield 15, appealed(desk, 2)
    yield 3, proposed(desk, 3, Kind.PENALTY, "regulation_38_39", "多次开具重复收费的医嘱。")


def doctor(desk: Desk, turn: int) -> Practitioner:
    rows = Practitioner.objects.filter(registrations__institution=desk.place, kind=Practitioner.Kind.PHYSICIAN)
    return rows.order_by("code").distinct()[turn]


def ground(desk: Desk, kind: str) -> Proceeding | None:
    """A handling of the hospital that is in effect; none where its findings were too few to come so far."""
    rows = grounds.in_effect().filter(case__institution=desk.place, kind=kind)
    return rows.order_by("pk").first()


def proposed(desk: Desk, turn: int, kind: str, code: str, facts: str) -> Scoring:
    proceeding, today = ground(desk, kind), timezone.localdate()
    if proceeding is None:
        return None
    matters = {matter.code: matter for matter in ruling.matters(proceeding.case.place_id, today)}
    general = next(one for one in responsibilities(proceeding) if one.code == "general")
    record = proposing.propose(
        doctor(desk, turn), proceeding, matter=matters[code], responsibility=general, facts=facts, by=desk.points
    )
    yield 2
    return record


def responsibilities(proceeding: Proceeding) -> list[Responsibility]:
    return list(ruling.responsibilities(proceeding.case.place_id, timezone.localdate()))


def notified(desk: Desk, turn: int, kind: str, code: str, facts: str) -> Scoring:
    """Approved by another and told; when nobody has appealed in time it takes effect by night."""
    record = yield from proposed(desk, turn, kind, code, facts)
    return SCORE.make(record, "notify", by=desk.head) if record else None


def appealed(desk: Desk, turn: int) -> Story:
    record = yield from notified(desk, turn, Kind.BREACH, "damages", "未复核价格维护，导致超标准收费。")
    if record is not None:
        yield 4
        words = "价格维护由信息科负责，本人仅开具常规医嘱。"
        SCORE.make(record, "appeal", by=desk.hospital, points_appeal_words=words)
