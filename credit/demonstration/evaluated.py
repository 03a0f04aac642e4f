"""Promises kept and broken, and the year's evaluations: in effect from A to D, shown, objected to, repaired."""

from collections.abc import Generator, Iterator

from credit import evaluating, repairing
from credit.commitments import committing
from credit.commitments.models import Commitment
from credit.commitments.workflow import COMMITMENT
from credit.models import CreditEvent, Evaluation, Indicator, RecordKind
from credit.workflow import EVALUATION, REPAIR
from institutions.models import Institution
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story

from .cast import Desk

Promising = Generator[int, None, Commitment]
Evaluating = Generator[int, None, Evaluation]


def stories(desk: Desk) -> Iterator[tuple[int, Story]]:
    """Suspended and badly appraised institutions are the last of their kind, as designation tells of them."""
    yield 170, risen_again(desk, desk.hospitals[0])
    yield 100, promised(desk, desk.place)
    yield 96, broken_and_evaluated(desk, desk.pharmacies[-1])
    yield 84, broken_and_evaluated(desk, desk.hospitals[5])
    yield 60, objected(desk)
    for turn, place in enumerate([*desk.hospitals[1:3], desk.clinics[0], desk.clinics[-2]]):
        yield 46 - turn, publicised(desk, place)
    yield 5, publicised(desk, desk.hospitals[3])
    yield 4, publicised(desk, desk.clinics[1])
    yield 2, worked_out(desk, desk.hospitals[4])
    yield 3, told(desk, desk.hospitals[1])


# --- Promises ---------------------------------------------------------------------------------------


def told(desk: Desk, place: Institution) -> Promising:
    template = committing.open_templates(place)[0]
    commitment = committing.begin_commitment(place, template, by=desk.keeper)
    yield 1
    return COMMITMENT.make(commitment, "tell", by=desk.keeper)


def promised(desk: Desk, place: Institution) -> Promising:
    """Told, and signed by a named person; by night it comes into force."""
    commitment = yield from told(desk, place)
    yield 2
    return COMMITMENT.make(
        commitment, "sign", by=acting_for(place), signer_name="赵示例", commitment_read=list(committing.READ_IT)
    )


def broken(desk: Desk, place: Institution) -> Promising:
    commitment = yield from promised(desk, place)
    yield 5
    commitment.refresh_from_db()
    commitment = COMMITMENT.make(
        commitment, "allege", by=desk.keeper, note="日常检查发现仍有虚记诊疗项目，与承诺不符。",
        breach_record_kind=RecordKind.HEARING, breach_record=f"日常检查记录{place.pk[-4:]}",
    )  # fmt: skip
    yield 2
    commitment = COMMITMENT.make(commitment, "state", by=acting_for(place), note="系个别人员操作失误，已更正。")
    yield 2
    return COMMITMENT.make(commitment, "breach", by=desk.chief, note="记录属实，构成违诺。")


# --- Evaluations ------------------------------------------------------------------------------------


def worked_out(desk: Desk, place: Institution) -> Evaluating:
    evaluation = evaluating.begin_evaluation(place, by=desk.keeper)
    yield 1
    return EVALUATION.make(evaluation, "compute", by=desk.keeper)


def publicised(desk: Desk, place: Institution) -> Evaluating:
    """Shown to the institution; nobody objects, so that one night it takes effect."""
    evaluation = yield from worked_out(desk, place)
    yield 1
    return EVALUATION.make(evaluation, "publicise", by=desk.chief)


def broken_and_evaluated(desk: Desk, place: Institution) -> Story:
    yield from broken(desk, place)
    yield 30
    yield from publicised(desk, place)


def objected(desk: Desk) -> Story:
    """The hospital that signs in has a grade already; against the next one it objects."""
    yield from publicised(desk, desk.place)
    yield 52
    evaluation = yield from publicised(desk, desk.place)
    yield 2
    note = "协议处理一项与行政处罚系同一事实，请核对是否重复计分。"
    EVALUATION.make(evaluation, "object", by=desk.hospital, note=note)


def risen_again(desk: Desk, place: Institution) -> Story:
    """A promise broken, the grade fallen; after months without a new record repaired, and the grade is better."""
    yield from broken(desk, place)
    yield 2
    yield from publicised(desk, place)
    yield 134
    event = CreditEvent.objects.get(institution=place, indicator=Indicator.COMMITMENT_BREACHED)
    repair = repairing.apply_for_repair(
        event, statement="已退回费用，完成全员培训并上线收费复核。", promise="承诺不再发生，接受抽查。",
        by=acting_for(place),
    )  # fmt: skip
    yield 1
    repair = REPAIR.make(repair, "review", by=desk.keeper)
    yield 2
    REPAIR.make(repair, "grant", by=desk.chief, note="经现场核查，整改属实。")
    yield 1
    yield from publicised(desk, place)
