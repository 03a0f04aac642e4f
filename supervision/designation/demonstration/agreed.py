"""Agreements that came in otherwise: suspended, terminated, heard about a measure, and appraised for the year."""

from collections.abc import Generator
from decimal import Decimal

from django.utils import timezone

from institutions.models import Institution
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story
from supervision.designation import appraising, signing, taking_up
from supervision.designation import supplementing as supplements
from supervision.designation.models import Contract
from supervision.designation.workflows import AGREEMENT

from .applied import seal
from .cast import Desk

Going = Generator[int, None, Contract]
D_PLACE, C_PLACE, ENDED, HEARD = -1, -2, -3, -4  # of the pharmacies and clinics, the last: claims speak least of them


def file_of(place: Institution) -> Contract:
    """Its agreement's file; by night agreements that came in otherwise get one."""
    taking_up.open_files()
    return Contract.objects.living().filter(institution=place).latest("since")


def measured(place: Institution, desk: Desk, ground: str, facts: str) -> Going:
    """Proposed by one, the institution heard."""
    contract = AGREEMENT.make(file_of(place), "propose", by=desk.first, note=facts, measure_ground=ground)
    yield 3
    return AGREEMENT.make(contract, "defend", by=acting_for(place), note="个别收银员操作不当，已停职并自查。")


def suspended(desk: Desk) -> Story:
    facts = "抽查发现多笔结算数据与进销存不符，存在较大基金风险。"
    contract = yield from measured(desk.clinics[C_PLACE], desk, "suspend_risk", facts)
    yield 4
    AGREEMENT.make(contract, "suspend", by=desk.head, note="事实清楚，中止期间整改。")


def suspended_and_appraised(desk: Desk) -> Story:
    """Suspended, and poorly appraised for the year; with a promise that it broke its grade is the lowest."""
    place = desk.pharmacies[D_PLACE]
    contract = yield from measured(place, desk, "suspend_data", "未按要求上传进销存和追溯码数据，多次催告未改。")
    yield 4
    contract = AGREEMENT.make(contract, "suspend", by=desk.head, note="屡次催告未改，予以中止。")
    yield 20
    yield from appraised(contract, desk, "0.45")
    other = file_of(desk.clinics[0])
    yield from appraised(other, desk, "0.95")


def appraised(contract: Contract, desk: Desk, share: str) -> Story:
    points = {
        one.code: ((one.points * Decimal(share)).quantize(Decimal("0.01")), "按日常检查记录")
        for one in appraising.sheet(contract)
    }
    appraisal = appraising.appraise_year(contract, year=timezone.localdate().year, points=points, by=desk.first)
    yield 2
    appraising.confirm_appraisal(appraisal, by=desk.second)


def terminated(desk: Desk) -> Story:
    facts = "将医保结算系统借给未定点药店使用，为其代为结算。"
    contract = yield from measured(desk.pharmacies[ENDED], desk, "end_settled_for_others", facts)
    yield 4
    contract = AGREEMENT.make(contract, "terminate", by=desk.head, note="事实清楚，证据确凿。")
    yield 2
    AGREEMENT.make(contract, "publish", by=desk.first)


def supplemented(desk: Desk) -> Story:
    """An internet hospital of a hospital's own, by a text that hangs on its agreement and is in force."""
    contract = yield from offered_supplement(desk.hospitals[0], desk, "云泽互联网医院", "PDY00000199010011")
    yield 1
    owner = acting_for(desk.hospitals[0])
    contract = AGREEMENT.make(contract, "sign", by=owner, **seal(contract, "欧阳示例"))
    yield 1
    contract = AGREEMENT.make(contract, "countersign", by=desk.head, **seal(contract, "林示例"))
    yield 1
    contract = AGREEMENT.make(contract, "file", by=desk.first)
    yield 3
    AGREEMENT.make(contract, "take_on_file", by=desk.department)


def supplementing(desk: Desk) -> Story:
    """Another, which the hospital has not signed yet."""
    yield from offered_supplement(desk.hospitals[1], desk, "云泽示范互联网医院", "PDY00000299010012")


def offered_supplement(place: Institution, desk: Desk, name: str, licence: str) -> Going:
    contract = supplements.supplement(file_of(place), by=desk.first)
    yield 2
    figures = {"internet_name": name, "licence": licence, "longest_supply": "30"}
    contract = signing.set_terms(contract, since=contract.since, until=contract.until, figures=figures, by=desk.first)
    return AGREEMENT.make(contract, "offer", by=desk.first)


def proposed(desk: Desk) -> Story:
    """Heard just now: the head has not decided yet."""
    yield from measured(desk.pharmacies[HEARD], desk, "suspend_agreement", "两次未按协议要求保存处方。")
