"""Some two dozen reports and complaints, each begun so many working days ago and told as far as it has come."""

from collections.abc import Callable, Iterator
from typing import Any

from supervision.cases.demonstration.telling import Story
from supervision.complaints.filing import Filed
from supervision.complaints.models import Kind

from . import handled, rewarded
from .cast import Desk
from .kept import Kept
from .told import WHO, told

GRIEVANCE: dict[str, Any] = {"kind": Kind.GRIEVANCE}
NAMED: dict[str, Any] = {"who": WHO}
Handling = Callable[[Filed, Desk], Story]

# Days ago, what was told, how, and how far it has come.
TOLD: list[tuple[int, str, dict[str, Any], Handling]] = [
    (1, "药店把洗衣液刷成了医保药品，收银员当面说可以开成感冒药。", {"photos": 1}, handled.untouched),
    (1, "住院三天，清单上有七天的床位费。", {}, handled.untouched),
    (2, "门诊慢病备案一个多月没有回音，电话打不通。", GRIEVANCE, handled.untouched),
    (3, "诊所让没有病的老人挂床，每人送十个鸡蛋。", NAMED, handled.registered),
    (4, "异地就医备案被退回两次，没有说明理由。", GRIEVANCE | NAMED, handled.registered),
    (6, "护士把没有做的雾化记在账上，一天三次。", {"photos": 2}, handled.accepted),
    (7, "有人在小区收医保卡，说能换现金。", {"when": "每周六上午"}, handled.accepted),
    (9, "同一家医院的理疗科天天有人只签到不治疗。", NAMED | {"wants_reward": True}, handled.joined),
    (11, "药店老板让我把医保卡留在柜台，里面少了三百元。", {"amount": "300"}, handled.verified),
    (12, "检查费按两次收，做了一次。", NAMED, handled.asked_back),
    (14, "我不想说名字。院长让科室每月凑够住院人数。", {}, handled.lead_opened),
    (16, "生育津贴少发了一个月。", GRIEVANCE | NAMED, handled.passed_on),
    (19, "医保电子凭证无法激活，窗口让我找银行。", GRIEVANCE, handled.passed_on),
    (24, "邻居家的孩子参保信息错了，学校不让改。", GRIEVANCE, handled.answered),
    (27, "隔壁饭店卫生很差。", {}, handled.not_accepted),
    (30, "血透中心把一次的耗材分两次收费。", NAMED, handled.being_told),
    (33, "康复机构把家属按摩也记成康复治疗。", {}, handled.not_filed),
    (38, "针灸做了十次，系统里有二十次。", NAMED, handled.unproved),
    (41, "手工报销的发票被弄丢了。", GRIEVANCE | NAMED, handled.settled),
    (47, "村卫生室代刷别人的卡。", NAMED, handled.objected),
    (52, "药房卖过期药还刷医保。", {}, handled.objected_in_vain),
    (58, "物价局的事情你们管不管？", {}, handled.archived_unaccepted),
    (64, "住院押金退了，医保又扣了一遍。", GRIEVANCE | NAMED, handled.archived_settled),
    (70, "骨科给每个病人都开同一种进口材料，其实没有用。", {"photos": 1}, handled.archived),
]
TOLD_OF = 6  # institutions besides that of the great case
GREAT = "骨科把同一个手术的耗材重复收费，我拍了清单。"


def stories(desk: Desk, kept: list[Kept]) -> Iterator[tuple[int, Story]]:
    yield rewarded.BEGINS, rewarded.great_case(desk, kept, GREAT)
    for turn, (ago, facts, more, handling) in enumerate(TOLD):
        yield ago, one(desk, kept, facts, more, handling, turn)


def one(desk: Desk, kept: list[Kept], facts: str, more: dict[str, Any], handling: Handling, turn: int) -> Story:
    filed = told(desk.another(turn % TOLD_OF), facts, **more)
    kept.append(Kept(filed.complaint.number, filed.receipt, handling.__name__))
    yield from handling(filed, desk)
