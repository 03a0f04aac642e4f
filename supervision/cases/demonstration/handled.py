"""Cases on every track: one settled to the last fen, one with the police, one that they returned, one just begun."""

from collections.abc import Callable, Generator, Iterator

from django.utils import timezone

from institutions.models import Department
from supervision.cases import breaching, owed
from supervision.cases.models import Case, Kind
from supervision.cases.opening import open_case
from supervision.cases.parting import send_parts
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import LEAD
from supervision.hearing.models import Hearing

from .cast import PREFECTURE, Cast
from .heard import UPHELD, Candidates, heard
from .measures import (
    BASIS,
    FEN,
    called_in,
    decided,
    filed,
    fined,
    given_up,
    interviewed,
    investigated,
    recovery,
    referred,
)
from .moving import move, moved, today
from .telling import Story


def cases(cast: Cast, own: Candidates) -> Iterator[tuple[int, Story]]:
    """Each with findings of its own that were upheld before, and the working days ago that it begins."""
    stories: list[tuple[int, str, Callable[[Case, Cast], Story]]] = [
        (92, "骨科重复收费", settled), (72, "分解住院", returned_by_the_police), (66, "虚构理疗项目", with_the_police),
        (54, "超标准收费", by_the_agreement), (36, "串换药品", just_begun),
    ]  # fmt: skip
    for ago, what, story in stories:
        yield ago, one_case(f"{cast.institution.name_zh}{what}", story, own, cast)


def one_case(title: str, story: Callable[[Case, Cast], Story], own: Candidates, cast: Cast) -> Story:
    hearings = yield from heard(2, UPHELD, own, cast)
    if hearings:
        case = yield from begun(title, hearings, cast)
        yield from story(case, cast)


def begun(title: str, hearings: list[Hearing], cast: Cast) -> Generator[int, None, Case]:
    """From the lead to the officers who verify it."""
    yield 2
    case = open_case(
        title=title, origin=Case.Origin.FINDINGS, place=cast.institution.division, institution=cast.institution,
        respondent=Case.Respondent.INSTITUTION, facts="智能监控发现疑点，经初审、告知、复审后认定。", by=cast.reviewer,
        hearings=hearings,
    )  # fmt: skip
    yield 1
    LEAD.make(case, "triage", by=cast.officer, note="涉及金额较大，需要核查。")
    LEAD.make(case, "assign", by=cast.principal, officers=[cast.officer.username, cast.officer_2.username])
    yield 1
    return LEAD.make(case, "verify", by=cast.officer)


def settled(case: Case, cast: Cast) -> Story:
    """The whole way: fined, recovered, paid, passed on to the funds, closed."""
    penalty = yield from filed(case, cast)
    penalty = yield from investigated(penalty, cast, "V38.3")
    penalty = yield from decided(penalty, cast)
    yield 5
    fined(case, cast)
    yield from moved(penalty, [
        (1, "settle", cast.books, {}), (1, "close", cast.principal, {"note": "执行完毕。", "result": "已缴清"}),
    ])  # fmt: skip
    owing = yield from recovery(case, cast)
    yield from moved(owing, [
        (4, "pay", cast.books, today(voucher=f"YH-{case.number}")),
        (2, "book", cast.books, today(voucher=f"ZZ-{case.number}")),
        (1, "close", cast.principal, {}),
    ])  # fmt: skip


def with_the_police(case: Case, cast: Cast) -> Story:
    """Filed by the police; settlement and the penalty stand still."""
    penalty = yield from filed(case, cast)
    yield from investigated(penalty, cast, "V40.3")
    halt = open_proceeding(
        case, Kind.SUSPENSION, by=cast.officer, grounds="涉嫌虚构医药服务项目，并拒绝提供病历和收费原始凭证。"
    )
    yield from moved(halt, [
        (1, "approve", cast.principal, {"request": "暂停该院理疗科费用结算，直至查清。"}),
        (1, "take_effect", cast.books, today()),
    ])  # fmt: skip
    referral = yield from referred(case, cast)
    number = f"云公刑立〔{timezone.localdate().year}〕{case.pk}号"
    yield from moved(referral, [
        (2, "file", cast.officer, today(filed_number=number)), (1, "hand_over", cast.officer, today()),
    ])  # fmt: skip


def returned_by_the_police(case: Case, cast: Cast) -> Story:
    """Not filed by the police; the penalty takes it up again where it stood."""
    penalty = yield from filed(case, cast)
    penalty = yield from investigated(penalty, cast, "V38.1")
    referral = yield from referred(case, cast)
    yield from moved(referral, [
        (2, "not_file", cast.officer, today(reply="不足以认定非法占有目的。")),
        (2, "return", cast.officer, today(reply="不予立案，退回材料。")),
        (1, "feed_back", cast.officer, {"note": "恢复行政处罚程序。"}),
        (1, "close", cast.principal, {}),
    ])  # fmt: skip
    yield from called_in(case, cast)
    yield from decided(penalty, cast)
    owing = yield from recovery(case, cast)
    part = owed.outstanding(owed.refunds(case)) / 3
    yield from moved(owing, [
        (2, "allow_instalments", cast.principal, {
            "note": "医院申请分期退回。", "parts": 3, "first_on": timezone.localdate,
        }),
        (1, "pay_instalment", cast.books, today(amount=part.quantize(FEN), voucher=f"FQ-{case.number}")),
    ])  # fmt: skip


def by_the_agreement(case: Case, cast: Cast) -> Story:
    """Heard and decided by the agency: interview, recovery, damages; part of the damages is paid."""
    yield 4
    LEAD.make(case, "propose", by=cast.officer, proposal="handle", note="情节轻微，建议协议处理。")
    yield 1
    LEAD.make(case, "handle", by=cast.principal, note="同意。")
    yield 1
    breach = open_proceeding(case, Kind.BREACH, by=cast.auditor, note="结算审核发现超标准收费。")
    measures = ["M1", "M3", "M4"]
    breach = yield from moved(breach, [
        (1, "notify", cast.auditor, {"measures": measures, "note": "违反服务协议收费条款。"}),
        (3, "defend", cast.auditor, today(defence="系统价格维护不及时，已更正。")),
        (3, "decide", cast.agency_head, {"measures": measures, "note": "事实清楚，申辩不影响认定。"}),
        (1, "execute", cast.auditor, {}),
    ])  # fmt: skip
    yield 5
    half = (breaching.breach_of(breach).damages / 2).quantize(FEN)
    move(breach, "pay_damages", cast.books, **today(amount=half, voucher=f"WY-{case.number}"))
    given_up(case, cast)
    yield from interviewed(breach.parts.get(kind=Kind.INTERVIEW), cast)
    yield from moved(breach.parts.get(kind=Kind.RECOVERY), [
        (0, "notify", cast.agency_head, {"basis": "服务协议收费条款"}),
        (5, "offset", cast.books, today(voucher=f"JS-{case.number}")),
    ])  # fmt: skip


def just_begun(case: Case, cast: Cast) -> Story:
    """Being verified; other departments check their part."""
    yield 2
    here = Department.objects.filter(division=PREFECTURE, party=Department.Party.INDUSTRY)
    health = here.filter(name_zh__contains="卫生健康") or here[:1]
    send_parts(case, dict.fromkeys(health, "请核查相关医师执业行为和处方权限。"), by=cast.officer)
    order = open_proceeding(case, Kind.RECTIFICATION, by=cast.officer, note="药品目录对码错误。")
    yield from moved(order, [
        (1, "order", cast.principal, {"demand": "重新核对药品目录对码。", "basis": BASIS}),
        (5, "submit", cast.officer, today(done="已核对三百条目录。")),
        (2, "return", cast.officer, {"seen": "抽查仍有错误。", "note": "整改不到位，退回。"}),
    ])  # fmt: skip
    leak = open_proceeding(
        case, Kind.DISCIPLINE, by=cast.officer, to_name="云泽市纪委监委驻卫生健康委纪检监察组",
        report="采购人员涉嫌收受回扣。", basis="医保发〔2021〕13号",
    )  # fmt: skip
    yield from moved(leak, [(1, "approve", cast.principal, {}), (1, "send", cast.officer, {})])
