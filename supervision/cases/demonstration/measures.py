"""What is done in a case on each track, as its stories need it."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.utils import timezone

from supervision.cases import owed, punishing, violating
from supervision.cases.models import Case, CaseFinding, Kind, Proceeding, ViolationType
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import LEAD
from supervision.ledger import paying
from supervision.ledger.models import Book, Item
from supervision.ledger.workflows import WRITE_OFF

from .cast import Cast
from .moving import Going, move, moved, today

FEN = Decimal("0.01")
BASIS = "《医疗保障基金使用监督管理条例》第三十八条第三项"
FRAUD = "《中华人民共和国刑法》第二百六十六条"


# --- The administrative track -----------------------------------------------------------------------


def filed(case: Case, cast: Cast) -> Going:
    yield 4
    LEAD.make(case, "propose", by=cast.officer, proposal="file", note="事实清楚，建议立案。")
    yield 1
    LEAD.make(case, "file", by=cast.principal, note="同意立案。")
    return case.proceedings.get(kind=Kind.PENALTY)


def investigated(penalty: Proceeding, cast: Cast, code: str) -> Going:
    """Inspected, charged with all the confirmed lines of the case, and weighed in the middle of its band."""
    yield 2
    penalty = move(penalty, "investigate", cast.officer, inspection_scope="相关科室病历、收费记录和设备使用记录")
    yield 6
    lines = [str(line.pk) for line in violating.heard_lines(penalty)]
    first, last = spell(penalty.case)
    penalty = move(
        penalty, "charge", cast.officer, violation_type=code, lines=lines, acted_from=first, acted_until=last,
        limitation="2", limitation_reason="一般违法行为",
    )  # fmt: skip
    yield 1
    violation = penalty.violations.get()
    return move(
        penalty, "propose_fine", cast.officer, violation=str(violation.pk), grade="ordinary",
        multiple=middle(violation.type),
    )  # fmt: skip


def middle(kind: ViolationType) -> Decimal:
    """Half way between the least and the most that the Regulation names."""
    assert kind.least is not None
    assert kind.most is not None
    return (kind.least + kind.most) / 2


def spell(case: Case) -> tuple[date, date]:
    """From the first day of the earliest month that its findings are about to the last of the latest."""
    months = sorted(row.hearing.month for row in CaseFinding.objects.filter(case=case).select_related("hearing"))
    first, last = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    return first, min(last.replace(day=monthrange(last.year, last.month)[1]), timezone.localdate())


def decided(penalty: Proceeding, cast: Cast) -> Going:
    """Reported, reviewed by a third person, told, heard, discussed where it is major, decided and served."""
    served = today(method="direct", received_by="医保办主任")
    penalty = yield from moved(penalty, [
        (3, "report", cast.officer, {"note": "调查终结，建议处罚。"}),
        (1, "submit", cast.officer, {}),
        (3, "pass_review", cast.legal, {"note": "事实清楚，证据确凿，程序合法。"}),
        (1, "notify", cast.officer, served),
        (3, "defend", cast.officer, {"statement": "已整改并退回基金，请求从轻处理。"}),
    ])  # fmt: skip
    if punishing.large(penalty, "hearing"):
        penalty = yield from moved(penalty, [
            (1, "request_hearing", cast.officer, {"statement": "要求听证。"}),
            (2, "give_up_hearing", cast.officer, {"note": "当事人书面放弃听证。"}),
        ])  # fmt: skip
    if punishing.major(penalty):
        meeting = {
            "at": timezone.now, "present": "局领导班子成员", "record": "逐一发表意见。", "conclusion": "同意处罚。",
        }  # fmt: skip
        penalty = yield from moved(penalty, [(3, "discuss", cast.principal, meeting)])
    return (yield from moved(penalty, [(4, "decide", cast.principal, {}), (2, "serve", cast.officer, served)]))


def fined(case: Case, cast: Cast) -> None:
    """The fine is paid into the treasury."""
    fines = Item.objects.filter(case=case.number, book=Book.TREASURY)
    amounts = {fine: owed.outstanding([fine]) for fine in fines}
    paying.pay(amounts, voucher=f"GK-{case.number}", day=timezone.localdate(), by=cast.books)


def recovery(case: Case, cast: Cast) -> Going:
    yield 1
    made = open_proceeding(case, Kind.RECOVERY, by=cast.officer, note="追回认定的基金损失。")
    return (yield from moved(made, [
        (1, "order", cast.principal, {"basis": BASIS}),
        (1, "serve", cast.officer, today(method="direct", received_by="医保办主任")),
    ]))  # fmt: skip


# --- The judicial track -----------------------------------------------------------------------------


def referred(case: Case, cast: Cast) -> Going:
    """Reported by two, approved, sent with its package, and received by the police."""
    yield 2
    referral = open_proceeding(case, Kind.CRIMINAL, by=cast.officer)
    report = "两名执法人员核实：部分理疗项目无设备使用记录，涉嫌虚构医药服务项目骗取基金。"
    return (yield from moved(referral, [
        (1, "report", cast.officer, {"report": report, "basis": FRAUD, "second_officer": cast.officer_2.username}),
        (1, "approve", cast.principal, {"note": "同意移送。"}),
        (0, "send", cast.officer, {"to_name": "云泽市公安局", "package": "现场检查笔录\n询问笔录\n结算明细"}),
        (1, "receive", cast.officer, today(receipt=f"云公接〔{timezone.localdate().year}〕{case.pk}号")),
    ]))  # fmt: skip


# --- The agreement track ----------------------------------------------------------------------------


def called_in(case: Case, cast: Cast) -> Going:
    """While the bureau weighs the fine, the agency talks to the hospital."""
    talk = open_proceeding(case, Kind.INTERVIEW, by=cast.auditor, note="同一问题反复出现。")
    return (yield from interviewed(talk, cast))


def interviewed(talk: Proceeding, cast: Cast) -> Going:
    return (yield from moved(talk, [
        (1, "notify", cast.agency_head, {
            "person": "分管副院长", "at": timezone.now, "where": "经办机构三楼会议室",
        }),
        (2, "hold", cast.auditor, {
            "at": timezone.now, "present": "分管副院长、医保办主任", "record": "通报问题，医院表态整改。",
            "demand": "一个月内完成价格库校验。",
        }),
        (1, "order", cast.auditor, {}),
    ]))  # fmt: skip


def given_up(case: Case, cast: Cast) -> None:
    """A tenth of the damages is written off, asked for by one and approved by another."""
    damages = Item.objects.get(case=case.number, book=Book.AGREEMENT)
    tenth = (owed.outstanding([damages]) / 10).quantize(FEN)
    wish = paying.ask_write_off(
        damages,
        tenth,
        reason="主动整改并提前退回，按协议减免部分违约金。",
        basis="示例：服务协议违约责任条款，虚构",
        by=cast.books,
    )
    WRITE_OFF.make(wish, "approve", by=cast.agency_head)
