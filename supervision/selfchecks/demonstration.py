"""A campaign of self-correction: issued by the province, made its own by the prefecture, reported, paid back."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from claims import warehouse
from institutions.models import Account, Institution
from supervision.cases import owed
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import acting_for, others
from supervision.cases.demonstration.telling import Story
from supervision.ledger import paying
from supervision.refusal import Refused

from . import answering, drafting, reporting
from .campaigning import CAMPAIGN
from .models import Campaign, Report
from .reporting import REPORT

ARTICLE = "《医疗保障基金使用监督管理条例》第三十八条"
PROBLEMS = [
    ("Y01", "血液透析", "重复收取血液透析管路等已包含在项目内的耗材费用", f"{ARTICLE}第三项"),
    ("Y02", "康复理疗", "无治疗记录或者时长不足仍按整次收费", f"{ARTICLE}第六项"),
    ("Y03", "检验检查", "将套餐项目拆分后重复收费", f"{ARTICLE}第三项"),
]  # fmt: skip
TRIED = 40  # claims that are looked at for a line that nobody hears


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    def post(username: str) -> Account:
        return Account.objects.select_related("department").get(username=username)

    yield 72, campaign(cast, post("province"), post("province-head"))


def campaign(cast: Cast, drafter: Account, issuer: Account) -> Story:
    months = settled_months()
    if not months:
        return
    made = drafting.draw_up(
        f"{timezone.localdate().year}年度定点医疗机构自查自纠", first_month=months[0], last_month=months[-1],
        due_on=timezone.localdate() + timedelta(days=75), basis="示例省年度自查自纠工作方案，虚构", kind="hospital",
        by=drafter,
    )  # fmt: skip
    for code, field, words, basis in PROBLEMS:
        drafting.add_problem(made, code, field=field, words=words, basis=basis, by=drafter)
    yield 2
    made = CAMPAIGN.make(made, "issue", by=issuer)
    yield 5
    drafting.add_problem(
        made, "YZ01", field="中医诊疗", words="中药饮片超单复方范围支付", basis="云泽市日常检查发现的多发问题，虚构",
        by=cast.reviewer,
    )  # fmt: skip
    drafting.localise(made, by=cast.reviewer)
    yield 5
    yield from refunded(cast, made, others(Institution.Kind.HOSPITAL, cast.institution)[6])
    yield 3
    filled(made, cast.institution)


def settled_months() -> list[str]:
    snapshot = warehouse.published()
    year = timezone.localdate().year
    asked = warehouse.Asked([f"{year - back}-{month:02}" for back in (1, 0) for month in range(1, 13)])
    return sorted({one.month for one in warehouse.settled(snapshot, asked)})[-6:]


def filled(made: Campaign, place: Institution) -> Report:
    """Every problem answered, a line named under the first where one can be, and handed in."""
    by = acting_for(place)
    report = REPORT.make(Report.objects.get(campaign=made, institution=place), "begin", by=by)
    named = line_named(report, by)
    for problem in answering.problems_of(report):
        found = named and problem.code == PROBLEMS[0][0]
        words = "逐笔核对收费清单，发现重复收费，已列明并申请退回。" if found else "已抽查病历和收费清单，未发现。"
        answering.answer_problem(report, problem.code, found=found, words=words, by=by)
    return REPORT.make(report, "submit", by=by, signer="赵示例")


def line_named(report: Report, by: Account) -> bool:
    """The first line of a claim that nobody hears already, and of which the fund paid something."""
    asked = warehouse.Asked([report.campaign.first_month], report.institution_id)
    for row in warehouse.settled_claims(warehouse.published(), asked, most=TRIED):
        seen = warehouse.seen_by(by).claim(str(row["claim"])) if row["paid"] else None
        for line in seen.lines if seen else []:
            if named(report, str(row["claim"]), str(line["charge"]), by):
                return True
    return False


def named(report: Report, claim: str, charge: str, by: Account) -> bool:
    """Whether twelve yuan of it could be reported: it may be too small, taken back, or heard already."""
    number, line = claim.partition(":")[2], charge.rpartition(":")[2]
    try:
        answering.add_line(report, PROBLEMS[0][0], claim=number, line=line, charged=Decimal("12.00"), by=by)
    except Refused:
        return False
    return True


def refunded(cast: Cast, made: Campaign, place: Institution) -> Story:
    """Taken in, demanded, paid back, and looked at again by another."""
    report = filled(made, place)
    yield 4
    report = REPORT.make(report, "accept", by=cast.reviewer)
    yield 6
    if items := reporting.items_of(report):
        amounts = {item: owed.outstanding([item]) for item in items}
        paying.pay(amounts, voucher=f"ZJ-{report.pk}", day=timezone.localdate(), by=cast.books)
    report = REPORT.make(report, "refunded", by=cast.reviewer)
    yield 3
    report = REPORT.make(report, "draw", by=cast.reviewer)
    yield 4
    note = "抽取的收费行和未发现问题的答复均已复核，属实。"
    REPORT.make(report, "recheck", by=cast.second, recheck_outcome=Report.Outcome.TRUE, note=note)
