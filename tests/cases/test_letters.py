"""What the letters of a case say, as they were issued: the norms in full, what is paid when, and before whom to go."""

from decimal import Decimal
from typing import Any

import pytest

from supervision.cases import punishing
from supervision.cases.models import Proceeding, ViolationType
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.cases.workflows.summary import SUMMARY
from supervision.cases.workflows.suspension import SUSPENSION
from supervision.documents.models import Document, Letterhead
from tests.cases.office import Office, charged, decided, make_case, reviewed, told, verified, weighed
from tests.cases.test_summary import on_the_spot

REGULATION = "《医疗保障基金使用监督管理条例》"
LAW = "《中华人民共和国行政处罚法》"


def paragraphs(kind: str, about: Proceeding) -> list[str]:
    return Document.objects.get(kind=kind, about=about.number).text_zh.split("\n\n")


def below(heading: str, text: list[str]) -> str:
    return text[text.index(heading) + 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("V38.3", f"{REGULATION}第三十八条第三项", "Medical Security Funds, art. 38 (3)"),
        ("V40.4", f"{REGULATION}第四十条第四项及第二款", "Medical Security Funds, art. 40 (4) and par. 2"),
        ("V40.5", "《医疗保障基金使用监督管理条例实施细则》", "Medical Security Funds"),
    ],
)
def test_a_norm_is_cited_in_full(code: str, chinese: str, english: str) -> None:
    kind = ViolationType.objects.get(code=code)
    assert kind.cited_zh == chinese
    assert kind.cited_en.endswith(english)


def test_a_penalty_is_filed_under_the_law_and_not_under_its_facts(penalty: Proceeding) -> None:
    assert below("立案依据", paragraphs("filing_approval", penalty)) == f"{LAW}第五十四条第二款"


def test_evidence_is_preserved_under_article_56(penalty: Proceeding, office: Office) -> None:
    charged(penalty, office)
    PENALTY.make(penalty, "preserve", by=office.chief, note="病历可能灭失", stored="1 | 病历 | 3册 | 病案室")
    text = paragraphs("preservation_decision", penalty)
    assert any(
        f"因病历可能灭失，在证据可能灭失或者以后难以取得的情况下，根据{LAW}第五十六条，" in part for part in text
    )
    assert any("（含）前对上述证据作出处理决定" in part for part in text)


def test_the_prior_notice_cites_the_norm_and_names_the_fine_once(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    text = paragraphs("prior_notice", told(penalty, office))
    assert below("二、拟处罚的依据", text) == f"{REGULATION}第三十八条第三项"
    assert below("三、拟作出的行政处罚", text) == "罚款750.00元（人民币柒佰伍拾元整）。"
    assert sum("罚款750.00元" in part for part in text) == 1
    assert any("日（含）前向我局提出" in part for part in text)


def test_a_decision_says_how_and_when_to_pay(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    text = paragraphs("penalty_decision", decided(penalty, office))
    start = text.index("四、履行方式和期限")
    paid, refunded = text[start + 2 : start + 4]
    assert paid.startswith("对罚款750.00元（人民币柒佰伍拾元整），当事人应当自收到本决定书之日起十五日内到指定银行")
    assert f"依据{LAW}第七十二条第一款第一项" in paid
    assert refunded == "责令退回的医疗保障基金500.00元（人民币伍佰元整），缴回原支付的基金账户。"
    assert below("三、决定", text) == "罚款750.00元（人民币柒佰伍拾元整）。"
    assert REGULATION in below("二、处罚依据和裁量", text)
    assert "REG735" not in "".join(text)


def test_a_decision_names_before_whom_it_is_challenged(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    Letterhead.objects.filter(place=penalty.case.place_id).update(
        organ_zh="云泽市人民政府", court_zh="云泽市中级人民法院"
    )
    text = paragraphs("penalty_decision", decided(penalty, office))
    remedy = below("五、救济途径", text)
    assert "六十日内向云泽市人民政府申请行政复议" in remedy
    assert "六个月内向云泽市中级人民法院提起行政诉讼" in remedy


def test_without_an_entry_the_letterhead_names_them_by_their_jurisdiction(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    remedy = below("五、救济途径", paragraphs("penalty_decision", decided(penalty, office)))
    assert "向对本机关有管辖权的行政复议机关申请行政复议" in remedy
    assert "向有管辖权的人民法院提起行政诉讼" in remedy


def test_a_warning_on_the_spot_asks_for_no_payment(office: Office) -> None:
    case = verified(make_case(office), office)
    found = open_proceeding(case, "summary", by=office.first, record="fees were not published")
    found = SUMMARY.make(found, "tell", by=office.first, statement="we shall publish them")
    found = SUMMARY.make(found, "decide", by=office.second, **on_the_spot("0"))
    text = paragraphs("penalty_decision", found)
    assert below("二、处罚依据和裁量", text) == f"{REGULATION}第三十九条第五项"
    assert below("三、决定", text) == "警告。"
    assert not any("加处罚款" in part for part in text)


def test_not_to_punish_rests_on_the_norm_of_its_factor(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    about: dict[str, Any] = {"violation": str(violation.pk)}
    PENALTY.make(penalty, "weigh", by=office.first, factor="no_fault", explanation="certified", **about)
    PENALTY.make(penalty, "propose_fine", by=office.first, grade="none", multiple=Decimal(0), **about)
    penalty = PENALTY.make(reviewed(penalty, office), "decide_none", by=office.chief, note="no fault")
    text = paragraphs("no_penalty_decision", penalty)
    assert f"依据：{REGULATION}第三十八条第三项、{LAW}第三十三条第二款" in text


def test_where_no_violation_was_shown_not_to_punish_says_so(penalty: Proceeding) -> None:
    assert punishing.ground_of_no_penalty(penalty) == f"{LAW}第五十七条第一款第三项"


def test_a_suspension_of_settlement_has_a_letter_of_its_own(office: Office) -> None:
    case = verified(make_case(office), office)
    halt = open_proceeding(case, "suspension", by=office.first, grounds="涉嫌虚构服务，拒绝提供病历")
    halt = SUSPENSION.make(halt, "approve", by=office.chief, request="三月住院费用")
    text = paragraphs("suspension_request", halt)
    assert text[1] == "暂停结算通知书"
    assert below("二、依据", text) == f"{REGULATION}第三十条第一款"
    assert "涉嫌虚构服务，拒绝提供病历" in text
    assert "三月住院费用" in text
    assert not any("函复" in part for part in text)
