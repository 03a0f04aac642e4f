"""Small rows for tests: plain functions; what is not said is plausible and of no importance.

The place is the invented province 990000: prefecture 990100 with its counties, and a neighbour, 990200.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from claims.models import Batch, MonthTotal, Reject, Snapshot
from institutions.models import Account, Division, Duty, Institution
from supervision.knowledge import loading
from supervision.knowledge.models import KnowledgeBatch, Point, Proposal
from supervision.laboratory.models import Change, ChangedFinding, ChangeTotal, ComparedMonth, Comparison, Version
from supervision.monitoring.guards import Exemption, Hold, Review
from supervision.monitoring.models import Finding, FindingLine, Run, Step
from supervision.monitoring.rulebook import read, rulebook

NAMES = {
    "000000": ("全国", "China", 0),
    "990000": ("示例省", "Example Province", 1),
    "990100": ("云泽市", "Yunze", 2),
    "990101": ("澜岸区", "Lan'an", 3),
    "990102": ("东湖区", "East Lake", 3),
    "990103": ("松岭县", "Songling", 3),
    "990200": ("望屿市", "Wangyu", 2),
    "990201": ("海湾区", "Bay", 3),
    "990300": ("临江市", "Linjiang", 2),
    "990301": ("北岸区", "North Bank", 3),
}
DESK = [
    Duty.READ, Duty.INTAKE, Duty.MONITOR, Duty.KNOWLEDGE, Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE, Duty.BOOK,
    Duty.HEAR, Duty.COMPLAINTS, Duty.IDENTITY, Duty.CREDIT, Duty.SETTLE,
]  # fmt: skip
numbers = count(1)


def make_division(code: str = "990101") -> Division:
    """A division with those above it."""
    name_zh, name_en, level = NAMES.get(code, (f"区划{code}", f"Division {code}", 3))
    above = {0: None, 1: "000000", 2: code[:2] + "0000", 3: code[:4] + "00"}[level]
    parent = make_division(above) if above else None
    values = {"name_zh": name_zh, "name_en": name_en, "level": level, "parent": parent}
    return Division.objects.get_or_create(code=code, defaults=values)[0]


def make_account(username: str = "yunze", territory: str | None = "990100", **post: Any) -> Account:
    """A regulator of a territory with every duty of the desk, unless said otherwise."""
    place = make_division(territory) if territory and "institution" not in post else None
    return Account.objects.create_user(
        username, "a long enough passphrase", **{"territory": place, "duties": DESK, **post}
    )


def make_institution(code: str = "H99010100001", division: str = "990101", **facts: Any) -> Institution:
    values = {
        "name_zh": f"第{code[-3:]}医院",
        "name_en": f"Hospital {code[-3:]}",
        "kind": "hospital",
        "level": 2,
        **facts,
    }
    return Institution.objects.get_or_create(code=code, defaults={**values, "division": make_division(division)})[0]


def make_batch(
    *, territory: str = "990100", status: str = Batch.Status.LOADED, rejected: int = 0, **facts: Any
) -> Batch:
    """A batch of 100 accepted rows; what was rejected comes on top."""
    sums = {
        "rows_in": 100 + rejected, "rows_accepted": 100, "rows_rejected": rejected,
        "amount_in": Decimal(1000 + rejected), "amount_accepted": Decimal(1000), "amount_rejected": Decimal(rejected),
        "claims_accepted": 10, "claims_rejected": min(rejected, 1), "finished_at": timezone.now(),
    }  # fmt: skip
    number = next(numbers)
    values = {"name": f"claims-{number}.csv", "profile": "template", "digest": uuid4().hex * 2, **sums, **facts}
    return Batch.objects.create(territory=make_division(territory), status=status, **values)


def make_reject(batch: Batch, **facts: Any) -> Reject:
    place = {"file": "claims.csv", "row": next(numbers), "column": "total", "value": "12,50", "reason": "not_a_number"}
    return Reject.objects.create(batch=batch, **{**place, "claim": "H99010100001:1", "amount": 1, **facts})


def make_total(
    institution: Institution, month: str = "2026-03", *, batch: Batch | None = None, **facts: Any
) -> MonthTotal:
    sums = {"claims": 10, "charges": 100, "members": 8, "total": Decimal(1000), "paid": Decimal(600)}
    values = {"batch": batch or make_batch(), "institution": institution, "month": month, "kind": "outpatient", **sums}
    return MonthTotal.objects.create(**{**values, **facts})


def make_snapshot(batch: Batch | None = None) -> Snapshot:
    return Snapshot.objects.create(batch=batch or make_batch(), tables={})


def make_run(*, status: str = Run.Status.DONE, snapshot: Snapshot | None = None, **facts: Any) -> Run:
    ended = None if status == Run.Status.RUNNING else timezone.now()
    values = {
        "status": status,
        "snapshot": snapshot or Snapshot.objects.first() or make_snapshot(),
        "knowledge_version": 1,
        "finished_at": ended,
    }
    return Run.objects.create(**{**values, "steps_total": 2, **facts})


def make_step(
    run: Run, rule: str = "drug_sex_restricted", month: str = "2026-03", *, done: bool = True, **facts: Any
) -> Step:
    at = timezone.now() - timedelta(minutes=1)
    values = {
        "page_hash": "0" * 64,
        "inputs": "0" * 64,
        "started_at": at,
        "done_at": at if done else None,
        "charges": 100,
    }
    return Step.objects.create(run=run, rule=rule, month=month, **{**values, **facts})


def make_finding(
    institution: Institution | None, *, rule: str = "drug_sex_restricted", month: str = "2026-03", at_stake: str = "60.00",
    run: Run | None = None, **facts: Any,
) -> Finding:  # fmt: skip
    """A finding that owns all it puts at stake where it is open, with one accused line."""
    number, run = next(numbers), run or Run.objects.first() or make_run()
    claim = f"{institution.pk if institution else 'X'}:{number}"
    values: dict[str, Any] = {
        "rule": rule, "key": f"{claim}:1", "month": month, "institution": institution, "claim": claim,
        "member": f"9901{number:08}", "insured_area": "990100", "certainty": Finding.Certainty.CERTAIN, "severity": 2,
        "at_stake": Decimal(at_stake), "owned": Decimal(at_stake), "fund_at_stake": Decimal(at_stake),
        "fund_method": "share", "because_en": f"Reason {number}", "because_zh": f"理由{number}", "content": uuid4(), "page_hash": "0" * 64,
        "parameters": [], "knowledge_version": 1, "first_run": run, "last_run": run, "found_at": timezone.now(),
    }  # fmt: skip
    values |= facts
    if values.get("status", Finding.Status.OPEN) != Finding.Status.OPEN:
        values["owned"] = Decimal(0)  # only what is open owns
    finding = Finding.objects.create(**values)
    make_line(finding)
    return finding


def make_line(finding: Finding, **facts: Any) -> FindingLine:
    values = {
        "claim": finding.claim,
        "charge": f"{finding.claim}:1",
        "at_stake": finding.at_stake,
        "owned": finding.owned,
    }
    return FindingLine.objects.create(finding=finding, evidence={"sex": "1", "cap": "12.50"}, **{**values, **facts})


def make_version(author: Account, *, rule: str = "drug_sex_restricted", **facts: Any) -> Version:
    """A draft: the shipped page with its author's name in it."""
    shipped = rulebook()[rule]
    text = shipped.text.replace(shipped.about, f"{shipped.about} As {author.username} sees it.", 1)
    latest = Version.objects.filter(rule=rule).order_by("-number").values_list("number", flat=True).first() or 0
    values: dict[str, Any] = {
        "number": latest + 1,
        "text": text,
        "hash": read(rule, text).hash,
        "origin": "text",
        "author": author,
    }
    said: dict[str, Any] = {"reason": f"Words of {author.username}", "territory": author.territory, "verdicts": []}
    version = Version.objects.create(rule=rule, **{**values, **said, **facts})
    version.events.create(move="written", after=version.stage, by=author)
    return version


def make_comparison(version: Version, snapshot: Snapshot | None = None, **facts: Any) -> Comparison:
    values: dict[str, Any] = {
        "kind": "backtest",
        "hash": version.hash,
        "against": rulebook()[version.rule].hash,
        "status": "done",
    }
    place: dict[str, Any] = {
        "snapshot": snapshot or make_snapshot(),
        "knowledge_version": 1,
        "asked_by": version.author,
    }
    return Comparison.objects.create(version=version, **{**values, **place, "finished_at": timezone.now(), **facts})


def make_sample(
    comparison: Comparison, institution: Institution, month: str = "2026-03", *, at_stake: str = "60.00", **facts: Any
) -> ChangedFinding:
    """A newly accused finding with its total."""
    number = next(numbers)
    compared, _made = ComparedMonth.objects.get_or_create(
        comparison=comparison, month=month, defaults={"done_at": timezone.now()}
    )
    values: dict[str, Any] = {
        "change": Change.NEW,
        "institution": institution,
        "insured_area": "990100",
        "before": Decimal(0),
    }
    ChangeTotal.objects.create(month=compared, findings=1, after=Decimal(at_stake), **{**values, **facts})
    said: dict[str, Any] = {"key": f"{institution.pk}:{number}", "claim": f"{institution.pk}:{number}", "certainty": 4}
    words = {"because_en": f"Reason {number}", "because_zh": f"理由{number}", "after": Decimal(at_stake)}
    return ChangedFinding.objects.create(month=compared, **{**values, **said, **words, **facts})


def make_hold(step: Step, **facts: Any) -> Hold:
    """A month of a rule that went over its budget."""
    values = {
        "rule": step.rule, "month": step.month, "grounds": "0" * 64, "area": "990101", "cause": Hold.Cause.MONTH_SHARE,
        "value": Decimal(812), "limit": Decimal(500), "findings": 812, "at_stake": Decimal(81200),
    }  # fmt: skip
    return Hold.objects.create(step=step, **{**values, **facts})


def make_exemption(institution: Institution | None, *, by: Account, **facts: Any) -> Exemption:
    """Of an institution from one rule, for a month from today; asked for, not approved."""
    today = timezone.localdate()
    assert by.territory is not None
    values = {
        "rule": "drug_sex_restricted", "institution": institution, "territory": by.territory, "prefix": by.territory.prefix,
        "reason": "a pilot", "evidence": "letter 12", "since": today, "until": today + timedelta(30), "asked_by": by,
    }  # fmt: skip
    return Exemption.objects.create(**{**values, **facts})


def make_review(finding: Finding, *, by: Account, outcome: str = Review.Outcome.UPHELD, **facts: Any) -> Review:
    """A finding somebody has decided on."""
    upheld = outcome == Review.Outcome.UPHELD
    Finding.objects.filter(pk=finding.pk).update(
        acted_on=True, status="open" if upheld else "withdrawn", withdrawn_because="" if upheld else "reviewed",
        owned=finding.owned if upheld else 0,
    )  # fmt: skip
    values = {
        "rule": finding.rule,
        "page_hash": finding.page_hash,
        "institution": finding.institution,
        "insured_area": finding.insured_area,
        "cause": "" if upheld else "documented",
        "note": "seen",
    }
    return Review.objects.create(finding=finding, outcome=outcome, reviewed_by=by, **{**values, **facts})


def make_point(item: str = "0011", *, place: str = "000000", name: str = "ward bed", **facts: Any) -> Point:
    """A point of the list of beds, in force; without a batch given, in a version of its own."""
    loading.know_lists()
    version = facts.pop("batch", None) or KnowledgeBatch.objects.create(digest=uuid4().hex * 2, folder="")
    values = {
        "list_id": "bed", "point": f"B-{next(numbers)}", "key": item, "values": {"item": item, "name": name},
        "place": place, "valid": (None, None), "basis": "price list", "source": "NHSA annex", "verified": "verified",
    }  # fmt: skip
    return Point.objects.create(**{**values, **facts}, batch=version)


def make_knowledge(place: str, name: str, *, by: Account | None = None) -> tuple[Proposal, Point]:
    """A batch of a place with one point, in force; and one that waits for approval."""
    point = make_point(f"0011{place}", place=place, name=name)
    proposal = Proposal.objects.create(
        kind=Proposal.Kind.SHEETS, name=f"{name}.csv", digest=uuid4().hex * 2, place=place, prepared_by=by,
        status=Proposal.Status.IN_FORCE, base=point.batch_id - 1, version=point.batch, decided_at=timezone.now(),
    )  # fmt: skip
    Proposal.objects.create(
        kind=Proposal.Kind.SHEETS, name=f"{name}, waiting.csv", digest=uuid4().hex * 2, place=place, prepared_by=by,
        base=point.batch_id,
    )  # fmt: skip
    return proposal, point
