"""Whatever is done in whatever order, no fen of what is heard is lost or doubled: ledger = hearings = plain sums."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Account, Institution
from supervision.clocks.models import Clock
from supervision.hearing import letters, opening, window
from supervision.hearing.deciding import Decision, Decisions, LineDecision
from supervision.hearing.handling import AT_ONCE
from supervision.hearing.losing import PutLoss
from supervision.hearing.models import Hearing, HearingLine, Loss
from supervision.hearing.workflow import HEARING
from supervision.ledger.models import Posting, Stage
from supervision.monitoring.models import Finding
from supervision.moves import MoveRefused
from tests.builders import make_finding, make_institution, make_line
from tests.hearing.heard import answered, in_ledger, make_answerer, make_reviewer

CLAIM, CHARGE = "H99010100001:e1", 10_000  # fen of each charge
fen = st.integers(0, CHARGE)
# A finding: what it owns of some of three charges, or of the claim as a whole.
FINDINGS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(["1", "2", "3"]), fen, min_size=1), st.builds(lambda owned: {"": owned}, fen)
    ),
    min_size=1, max_size=4,
)  # fmt: skip
ACTS = [
    "open", "take_up", "release", "notify", "accept", "appeal", "run_out", "second_review", "uphold", "withdraw", "verify",
    "conclude", "handle", "close", *["onwards"] * 20,
]  # fmt: skip
# What the fund paid of each finding's charges, and how that is known.
PAID = [("1", "share"), ("0.3333", "share"), ("0", "group"), ("0.5", "share")]
HISTORY = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ACTS), fen), max_size=40)


@pytest.fixture
def people(db: None) -> tuple[Account, Account, Account]:
    return make_reviewer("first"), make_reviewer("second"), make_answerer(make_institution())


def make_said(place: Institution, number: int, owned: dict[str, int]) -> Finding:
    stakes = Decimal(CHARGE) / 100 * len(owned)
    ratio, method = PAID[number]
    finding = make_finding(
        place, rule=f"rule_{number}", key=f"{number}", claim=CLAIM, at_stake=str(stakes), fund_method=method,
        fund_at_stake=(stakes * Decimal(ratio)).quantize(Decimal("0.01")),
    )  # fmt: skip
    finding.lines.all().delete()
    for charge, amount in owned.items():
        make_line(
            finding, charge=f"{CLAIM}:{charge}" if charge else "", at_stake=Decimal(CHARGE) / 100,
            owned=Decimal(amount) / 100, amount=CHARGE if charge else 3 * CHARGE,
        )  # fmt: skip
    return finding


class Story:
    """Findings and what people do with them; what is refused changes nothing."""

    def __init__(self, people: tuple[Account, Account, Account], said: list[dict[str, int]]) -> None:
        self.first, self.second, self.hospital = people
        self.findings = [make_said(make_institution(), number, owned) for number, owned in enumerate(said)]

    def act(self, number: int, name: str, amount: int) -> None:
        finding = self.findings[number % len(self.findings)]
        try:
            with transaction.atomic():
                self.do(finding, name, amount)
        except MoveRefused:
            pass

    def do(self, finding: Finding, name: str, amount: int) -> None:
        hearing = Hearing.objects.filter(finding=finding).first()
        if name == "onwards":
            name = self.onwards(hearing, amount)
        if name == "open":
            opening.open_hearing(finding, by=self.first)
        elif hearing is None:
            return
        elif name in ("accept", "appeal"):
            lines = hearing.lines.count()
            answered(hearing, self.hospital, *(["no" if name == "appeal" else ""] * lines))
        elif name == "run_out":
            past = timezone.now() - timedelta(days=30)
            Clock.objects.filter(subject=str(hearing), institution=hearing.institution_id).update(
                since=past, yellow_at=past, due_at=past
            )
            window.expire_due()
        else:
            by = self.first if name in ("take_up", "release", "notify") else self.second
            HEARING.make(hearing, name, by=by, note="so", **self.facts(hearing, name, amount))

    def onwards(self, hearing: Hearing | None, amount: int) -> str:
        """One of the moves that its state allows."""
        if hearing is None:
            return "open"
        legal = [
            name if not move.by_itself else "run_out"
            for name, move in HEARING.moves.items()
            if hearing.state in move.before
        ]
        return legal[amount % len(legal)] if legal else "close"

    def facts(self, hearing: Hearing, name: str, amount: int) -> dict[str, Any]:
        part = LineDecision(Decision.PARTLY, "so", Decimal(amount) / 100)
        whole = LineDecision(Decision.UPHELD, "so", loss=PutLoss(Loss.AGREED, Decimal(amount) / 100, "as agreed"))
        match name:
            case "uphold" if amount % 3 == 1:
                return {"lines": Decisions({line.pk: whole for line in hearing.lines.filter(fund_method=Loss.GROUP)})}
            case "uphold" if amount % 3:
                return {"lines": Decisions({line.pk: part for line in hearing.lines.all()[:1]})}
            case "release" | "withdraw":
                return {"cause": "other"}
            case "conclude":
                return {"verified_on": timezone.localdate(), "verified_by": "two", "seen": "it"}
            case "handle":
                return {"measure": ["refuse", "recover", "breach", "case", "record"][amount % 5]}
        return {}


def check() -> None:
    lines = list(HearingLine.objects.select_related("hearing"))
    kept: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        said = line.confirmed if line.decision else line.suspected
        kept[line.charge or line.claim] += said
    for charge, amount in kept.items():
        assert amount <= Decimal(CHARGE if charge != CLAIM else 3 * CHARGE) / 100, charge
    assert sum(kept.values()) <= Decimal(3 * CHARGE) / 100
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if not line.decision:
            expected[Stage.SUSPECTED] += line.fund_suspected
            continue
        at_once = line.hearing.measure in AT_ONCE
        expected[Stage.DEMANDED if at_once else Stage.CONFIRMED] += line.fund_confirmed
        expected[Stage.WITHDRAWN] += max(Decimal(0), line.fund_suspected - line.fund_confirmed)
    assert in_ledger() == {stage: amount for stage, amount in expected.items() if amount}
    assert sum(Posting.objects.values_list("amount", flat=True), Decimal(0)) == 0
    for hearing in Hearing.objects.all():
        own = [line for line in lines if line.hearing_id == hearing.pk]
        assert hearing.suspected == sum((line.suspected for line in own), Decimal(0))
        assert hearing.confirmed == sum((line.confirmed for line in own), Decimal(0))
        assert hearing.fund_suspected == sum((line.fund_suspected for line in own), Decimal(0))
        assert hearing.fund_confirmed == sum((line.fund_confirmed for line in own), Decimal(0))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(said=FINDINGS, history=HISTORY)
def test_no_history_loses_or_doubles_a_fen(
    people: tuple[Account, Account, Account], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    said: list[dict[str, int]], history: list[tuple[int, str, int]],
) -> None:  # fmt: skip
    monkeypatch.setattr(letters, "write", lambda *facts: None)  # setting letters is tested elsewhere, and slow
    with transaction.atomic():
        story = Story(people, said)
        for number, name, amount in history:
            story.act(number, name, amount)
            check()
        transaction.set_rollback(True)
