"""How far reports come at the desk: each function goes on from where an earlier one stops."""

from collections.abc import Generator
from typing import Any

from institutions.models import Account
from supervision.cases.demonstration.telling import Story
from supervision.complaints import talking
from supervision.complaints.filing import Filed
from supervision.complaints.models import Complaint
from supervision.complaints.vault import asking
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import THE_SITE

from .cast import Desk

Going = Generator[int, None, Complaint]
WINDOW = 25  # working days after which a month of thirty days is over, whatever Saturdays are worked


def move(complaint: Complaint, name: str, by: Account, note: str = "", **facts: Any) -> Complaint:
    return COMPLAINT.make(complaint, name, by=by, note=note, **facts)


def untouched(filed: Filed, desk: Desk) -> Story:
    """It has just come."""
    yield from ()


def registered(filed: Filed, desk: Desk) -> Going:
    yield 1
    return move(filed.complaint, "register", desk.hearer)


def accepted(filed: Filed, desk: Desk) -> Going:
    complaint = yield from registered(filed, desk)
    yield 2
    return move(complaint, "accept", desk.hearer)


def verified(filed: Filed, desk: Desk) -> Going:
    complaint = yield from accepted(filed, desk)
    yield 1
    complaint = move(complaint, "verify", desk.verifier)
    talking.write_to_reporter(complaint, "您好，请补充大致时间和科室，以便核查。请勿写明您的姓名。", by=desk.verifier)
    return complaint


def asked_back(filed: Filed, desk: Desk) -> Story:
    """The reporter answered, and somebody asks who it is."""
    complaint = yield from verified(filed, desk)
    yield 2
    talking.say(complaint, "大约是上个月中旬，在影像科。", once="asked back")
    yield 1
    asking.ask(complaint.number, purpose="verify", reason="需当面核对检查单原件。", hours=8, by=desk.verifier)


def lead_opened(filed: Filed, desk: Desk) -> Going:
    complaint = yield from verified(filed, desk)
    yield 1
    return move(
        complaint, "open_lead", desk.verifier, lead_title=f"{complaint.institution}收费问题线索",
        lead_facts="反映该机构存在虚增服务量的情形，需调取病历和收费记录核查。",
    )  # fmt: skip


def joined(filed: Filed, desk: Desk) -> Story:
    """Somebody told the same before: about the same institution and in the same place."""
    complaint = yield from registered(filed, desk)
    yield 1
    earlier = Complaint.objects.filter(kind=complaint.kind, place=complaint.place, pk__lt=complaint.pk, joined_to=None)
    first = earlier.filter(institution=complaint.institution_id).order_by("pk").first()
    if first is not None:
        move(complaint, "join", desk.hearer, join_to=first.number)


def passed_on(filed: Filed, desk: Desk) -> Going:
    complaint = yield from registered(filed, desk)
    yield 1
    return move(complaint, "pass_on", desk.hearer, to_department=str(desk.agency.pk))


def answered(filed: Filed, desk: Desk) -> Going:
    complaint = yield from passed_on(filed, desk)
    yield 9
    note = "经办机构已更正参保信息，请您登录查询。"
    return move(complaint, "answer", desk.hearer, note, complaint_outcome="upheld")


def not_accepted(filed: Filed, desk: Desk) -> Going:
    complaint = yield from registered(filed, desk)
    yield 3
    note = "您反映的事项不涉及医疗保障基金，请向有管辖权的部门反映。"
    return move(complaint, "not_accept", desk.principal, note, complaint_ground="out_of_scope")


def archived_unaccepted(filed: Filed, desk: Desk) -> Story:
    complaint = yield from not_accepted(filed, desk)
    yield from laid_aside(complaint)


def laid_aside(complaint: Complaint) -> Going:
    """By night, when nobody can object any more."""
    yield WINDOW
    return move(complaint, "archive", THE_SITE)


def not_filed(filed: Filed, desk: Desk) -> Going:
    complaint = yield from verified(filed, desk)
    yield 8
    return move(complaint, "not_file", desk.principal, "现场核查未发现反映的情形。")


def being_told(filed: Filed, desk: Desk) -> Going:
    complaint = yield from not_filed(filed, desk)
    yield 2
    note = "经核查，现有证据不足以立案，理由如下：收费记录与治疗单一致。"
    return move(complaint, "tell", desk.hearer, note)


def unproved(filed: Filed, desk: Desk) -> Going:
    complaint = yield from being_told(filed, desk)
    yield 2
    return move(complaint, "conclude", desk.principal, "证据不足，不能证实。", complaint_outcome="unproved")


def settled(filed: Filed, desk: Desk) -> Going:
    complaint = yield from verified(filed, desk)
    yield 6
    note = "已协调经办机构为您补办，款项三个工作日内到账。"
    return move(complaint, "settle", desk.principal, note, complaint_outcome="settled")


def archived_settled(filed: Filed, desk: Desk) -> Story:
    complaint = yield from settled(filed, desk)
    yield from laid_aside(complaint)


def archived(filed: Filed, desk: Desk) -> Story:
    complaint = yield from unproved(filed, desk)
    yield from laid_aside(complaint)


def objected(filed: Filed, desk: Desk) -> Going:
    """The reporter objects; by night it is taken up."""
    complaint = yield from unproved(filed, desk)
    yield 4
    talking.object_to(complaint, "你们没有找当时在场的人问过。", once="objected")
    yield 1
    talking.take_up_objections()
    complaint.refresh_from_db()
    return complaint


def objected_in_vain(filed: Filed, desk: Desk) -> Story:
    complaint = yield from objected(filed, desk)
    yield 4
    move(complaint, "stand_by", desk.deputy, "已再次询问在场人员，结论不变。")
