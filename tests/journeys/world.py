"""A small prefecture to walk through: a claim in the warehouse, findings of it, batches and runs in every state."""

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from claims.models import Batch, Snapshot
from institutions.models import Account, Duty, Institution
from supervision.knowledge import proposing
from supervision.monitoring.models import Finding, FindingLine, Run
from tests.builders import (
    make_account,
    make_batch,
    make_division,
    make_exemption,
    make_finding,
    make_hold,
    make_institution,
    make_knowledge,
    make_line,
    make_reject,
    make_review,
    make_run,
    make_step,
    make_total,
)  # fmt: skip
from tests.claims.building import publish
from tests.knowledge.sheets import as_csv, bed

PASSPHRASE = "a long enough passphrase"
HOSPITAL, CLAIM, MEMBER = "H99010100001", "H99010100001:e1", "990101000123"
SHARED = {"institution": HOSPITAL, "member": MEMBER, "month": "2026-03", "sound": True, "insured_area": "990100"}
RULES = ("drug_sex_restricted", "adm_overlap", "item_price_over_cap", "claim_data_invalid")


def publish_claim(folder: Path) -> Snapshot:
    """A stay with four fee lines, the last of which takes back the third, and a visit before it."""
    item = {"claim": CLAIM, **SHARED, "item": "XL02AEG098E001010101234", "item_name": "戈舍瑞林", "price": 21_500_000}
    lines = [
        {**item, "line": f"{n}", "charge": f"{CLAIM}:{n}", "quantity": q * 10_000, "amount": q * 2150, "eligible": q * 2150,
         "row": n, "done_at": datetime(2026, 3, 5, 8 + n), "reverses": f"{CLAIM}:3" if n == 4 else None}
        for n, q in [(1, 1), (2, 1), (3, 1), (4, -1)]
    ]  # fmt: skip
    money = {"settled_at": datetime(2026, 3, 9, 10), "total": 4300, "eligible": 4300, "paid": 2580, "fund_ratio": 6000}
    person = {"sex": "2", "born": date(1961, 4, 2), "illness": "C61", **money, **SHARED}
    stay = {
        "claim": CLAIM,
        "encounter": "e1",
        "admitted": datetime(2026, 3, 5, 8),
        "discharged": datetime(2026, 3, 9),
        "bed_days": 4,
    }
    visit = {"claim": f"{HOSPITAL}:e0", "encounter": "e0", "kind": "outpatient", "started": datetime(2026, 2, 1, 9)}
    diagnosis = {"number": 1, "code": "C61", "name": "前列腺恶性肿瘤", "main": True, "day": date(2026, 3, 5)}
    return publish(folder, {
        "stay": [{**person, **stay}],
        "visit": [{**person, **visit, "month": "2026-02"}],
        "fee_line": lines,
        "charge": lines[:2],
        "diagnosis": [{**SHARED, "claim": CLAIM, **diagnosis}],
    })  # fmt: skip


def make_world(folder: Path) -> None:
    snapshot = publish_claim(folder)
    Batch.objects.update(territory=make_division("990100"))
    hospitals = [make_institution(HOSPITAL), *(make_institution(f"H9901020000{n}", "990102") for n in range(2, 9))]
    batch = make_batch(rejected=37, name="claims-2026-03.csv, lines-2026-03.csv")
    for reason in ("not_a_number", "claim", "unknown_institution"):
        for _ in range(20):
            make_reject(batch, reason=reason)
    for month in ("2026-01", "2026-02", "2026-03"):
        for hospital in hospitals:
            make_total(hospital, month, batch=batch)
    make_batch(status=Batch.Status.FAILED, failure="missing_column", failure_detail="claims.csv: total")
    make_batch(status=Batch.Status.READING, done_share=40, stage="reading")
    parked = make_run(snapshot=snapshot, status=Run.Status.PARKED, not_runnable={"trace_duplicate": ["scan"]})
    make_step(parked, RULES[0], found=60)
    make_step(parked, RULES[1], done=False, parked="MemoryError: the engine ran out of memory")
    going = make_run(snapshot=snapshot, status=Run.Status.RUNNING, steps_total=4)
    make_step(going)
    for number in range(60):
        make_finding(
            hospitals[number % 8],
            rule=RULES[number % 4],
            month=f"2026-0{number % 3 + 1}",
            at_stake=f"{number * 321}.50",
            certainty=5 - number % 5,
            run=parked,
            because_zh="戈舍瑞林仅限男性使用，2026年3月5日却为女性参保人开具",
            because_en="Goserelin is for men only; on 5 Mar 2026 it was billed for a woman",
        )
    make_finding(hospitals[0], status=Finding.Status.WITHDRAWN, run=parked)
    accused = make_finding(hospitals[0], claim=CLAIM, key=f"{CLAIM}:2", member=MEMBER, at_stake="99999.50", run=parked)
    accused.lines.update(charge=f"{CLAIM}:2")
    make_line(accused, claim=f"{HOSPITAL}:e0", charge="", role=FindingLine.Role.INVOLVED)
    make_finding(hospitals[0], rule="item_price_over_cap", claim=CLAIM, member=MEMBER, run=parked)
    make_knowledge("990100", "ward bed")
    rows = [bed("B1", "0011990100", "wider bed"), bed("B2", "0012"), bed("B3", "0013", place="000000")]
    proposing.prepare([("bed.csv", as_csv(rows))], by=make_account("keeper"))
    make_guards(hospitals, parked)


def make_guards(hospitals: list[Institution], run: Run) -> None:
    """A stopped rule with its findings, one decided on, exemptions in several states, a finding reviewed."""
    asker, second = (make_account(name, "990100") for name in ("asker", "second"))
    step = run.steps.earliest("pk")
    hold = make_hold(step, rule=RULES[2], area="9901")
    for hospital in hospitals[:3]:
        make_finding(hospital, rule=RULES[2], status=Finding.Status.HELD, hold=hold, run=run)
    decided = {"decision": "rejected", "reason": "a wrong list", "decided_by": second, "decided_at": timezone.now()}
    make_hold(step, rule=RULES[2], institution=hospitals[1], area="9901", **decided)
    make_exemption(hospitals[0], by=asker)
    exemption = make_exemption(hospitals[1], by=asker, approved_by=second, approved_at=timezone.now())
    facts = {"status": Finding.Status.WITHDRAWN, "withdrawn_because": "exempted", "exemption": exemption, "run": run}
    make_finding(hospitals[1], **facts)  # type: ignore[arg-type]
    for number in range(12):
        outcome = "withdrawn" if number % 3 else "upheld"
        make_review(make_finding(hospitals[number % 2], run=run), by=second, outcome=outcome)


def accounts() -> dict[str, Account]:
    """One of each role that has a door."""
    make_division("990201")
    return {
        "prefecture": make_account("prefecture", "990100"),
        "county": make_account("county", "990101", duties=[Duty.READ]),
        "neighbour": make_account("neighbour", "990200"),
        "nation": make_account("nation", "000000", duties=[Duty.READ, Duty.KNOWLEDGE]),
        "hospital": make_account(
            "hospital", institution=make_institution(HOSPITAL), duties=[Duty.INTAKE, Duty.CONNECT]
        ),
        "admin": make_account("admin", None, duties=[Duty.ADMINISTER]),
    }
