"""The print of an evidence pack: what a person reads, the pack's digest on every page. In Chinese, as letters are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from supervision.documents.setting import set_page

Pack = Mapping[str, Any]
Section = dict[str, Any]
TITLES = {"finding": "疑点证据包", "case": "案件证据包"}


def printed(pack: Pack) -> bytes:
    """As PDF. What is too wide for paper stands in the JSON beside it, under the same digest."""
    parts = [pack] if pack["kind"] == "finding" else pack["findings"]
    sections = [*(sections_of_case(pack) if pack["kind"] == "case" else [])]
    for part in parts:
        sections.extend(sections_of_finding(part))
    sheet = {
        "title": TITLES[pack["kind"]], "digest": pack["digest"], "made": f"{pack['made_at'][:19]}Z {pack['made_by']}",
        "sections": [*sections, files(pack)],
    }  # fmt: skip
    return set_page(Path(__file__).parent / "pack.typ", sheet, at=datetime.fromisoformat(pack["made_at"]))


def section(title: str, facts: Sequence[tuple[str, object]] = (), head: Sequence[str] = (),
            rows: Sequence[Sequence[object]] = (), text: str = "") -> Section:  # fmt: skip
    return {
        "title": title, "facts": [[name, said(value)] for name, value in facts], "head": list(head),
        "rows": [list(map(said, row)) for row in rows], "text": text,
    }  # fmt: skip


def said(value: object) -> str:
    return "—" if value in (None, "") else str(value)


def pick(rows: Sequence[Pack], *columns: str) -> list[list[object]]:
    return [[row.get(column) for column in columns] for row in rows]


def sections_of_finding(part: Pack) -> Iterator[Section]:
    finding, rule, hearing = part["finding"], part["rule"], part["hearing"]
    yield section(f"疑点 {finding['id']}", [
        ("规则", f"{rule.get('title_zh', '')} {rule['code']}"), ("依据", rule.get("basis_zh")),
        ("医药机构", finding["institution"]), ("就诊", finding["claim"]), ("月份", finding["month"]),
        ("理由", finding["because_zh"]), ("涉及金额（元）", finding["at_stake"]),
        ("基金支付（元）", finding["fund_at_stake"]), ("规则页 SHA-256", rule["hash"]),
        ("知识库版本", part["knowledge"]["version"]), ("数据仓库版本", (part["warehouse"] or {}).get("version")),
        ("监测批次", (part["run"] or {}).get("number")), ("参数", finding["parameters"]),
    ])  # fmt: skip
    yield section("疑点明细", head=["明细", "作用", "涉及金额（元）", "证据"],
                  rows=[[line["charge"] or line["claim"], line["role"], line["at_stake"],
                         "；".join(f"{name} {value}" for name, value in line["evidence"].items())]
                        for line in finding["lines"]])  # fmt: skip
    yield from sections_of_claims(part["claims"])
    yield from sections_of_hearing(hearing)
    yield section(
        "知识点", head=["知识库", "编号", "来源"], rows=pick(part["knowledge"]["points"], "list", "point", "source")
    )
    yield section("诊间提醒", head=["报文", "时间", "SHA-256"], rows=[
        [review["message"]["msgid"], review["asked_at"], review["message"]["digest"]] for review in part["desk_reviews"]
    ])  # fmt: skip
    yield from sections_of_papers(part)
    yield section("规则页全文", text=rule["page"])


def sections_of_claims(claims: Sequence[Pack]) -> Iterator[Section]:
    for claim in claims:
        rows = claim["rows"]
        encounter: Pack = next(iter([*rows.get("stay", []), *rows.get("visit", [])]), {})
        shown = ("started", "admitted_on", "discharged_on", "kind", "insurance", "insured_area", "total", "paid")
        yield section(f"结算数据 {claim['claim']}", [
            ("SHA-256", claim["digest"]), ("数据仓库版本", claim["snapshot"]),
            ("固定", claim.get("frozen_at") if claim["frozen"] else "尚未固定"),
            *((name, encounter[name]) for name in shown if encounter.get(name) is not None),
        ], head=["明细", "时间", "项目", "数量", "金额"],
            rows=pick(rows.get("fee_line", []), "line", "done_at", "item_name", "quantity", "amount"))  # fmt: skip


def sections_of_hearing(hearing: Pack) -> Iterator[Section]:
    yield section("申诉与复审", [
        ("状态", hearing["state"]), ("告知", hearing["notified_at"]), ("答复", hearing["answered_at"]),
        ("疑似金额（元）", hearing["suspected"]), ("其中基金支付（元）", hearing["fund_suspected"]),
        ("认定金额（元）", hearing["confirmed"]), ("其中基金损失（元）", hearing["fund_confirmed"]),
    ], head=["明细", "疑似", "基金支付", "答复", "理由", "决定", "说明", "认定", "基金损失", "计算方法"], rows=[
        [line["charge"] or line["claim"], line["suspected"], line["fund_suspected"], line["answer"], line["grounds"],
         line["decision"], line["reason"], line["confirmed"], line["fund_confirmed"], method_of(line)]
        for line in hearing["lines"]
    ])  # fmt: skip
    yield history("办理经过", hearing)


def method_of(line: Pack) -> str:
    """How it is known what the fund lost with a line; put by another method, with the reason."""
    words = {
        "line_ratio": "按基金支付比例", "whole": "整次结算的基金支付额", "group": "按病种付费，单项明细不影响基金支付",
        "recomputed_group": "重新分组测算", "agreed": "与医药机构协商一致", "appraisal": "鉴定",
    }  # fmt: skip
    method = words[line["fund_method"]]
    return f"{method}：{line['fund_reason']}" if line["fund_reason"] else method


def history(title: str, moved: Pack) -> Section:
    return section(title, head=["时间", "事项", "由", "至", "经办", "说明"],
                   rows=pick(moved["history"], "at", "move", "before", "after", "by", "note"))  # fmt: skip


def sections_of_papers(part: Pack) -> Iterator[Section]:
    yield section("文书", head=["文号", "出具", "验证码", "PDF SHA-256", "送达", "签收"], rows=[
        [document["reference"], document["issued_at"][:10], document["code"], document["pdf_digest"],
         "；".join(service["to"] for service in document["services"]),
         "；".join(service["receipt"]["by_name"] for service in document["services"] if service["receipt"])]
        for document in part["documents"]
    ])  # fmt: skip
    yield section("账目", head=["项目", "分录", "日期", "科目", "金额", "事由"], rows=[
        [item["reference"], entry["number"], entry["day"], posting["stage"], posting["amount"], entry["reason"]]
        for item in part["ledger"] for entry in item["entries"] for posting in entry["postings"]
    ])  # fmt: skip


def sections_of_case(pack: Pack) -> Iterator[Section]:
    case, officers = pack["case"], pack["case"]["beside"]["officers"]
    yield section(f"案件 {case['number']}", [
        ("案由", case["title"]), ("来源", case["origin"]), ("当事人", case["institution"] or case["person"]),
        ("状态", case["state"]), ("事实", case["facts"]),
    ], head=["办案人员", "起", "止", "回避"], rows=pick(officers, "account", "since", "until", "recused"))  # fmt: skip
    yield history("案件经过", case)
    for proceeding in pack["proceedings"]:
        yield history(f"程序 {proceeding['number']}（{proceeding['kind']}，{proceeding['state']}）", proceeding)
    yield from sections_of_papers(pack)


def files(pack: Pack) -> Section:
    return section("所附文件", head=["名称", "SHA-256"], rows=pick(pack["files"], "name", "digest"))
