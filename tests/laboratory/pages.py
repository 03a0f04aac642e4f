"""A small page, the people of a laboratory, and claims to try it on."""

from claims.models import Snapshot
from institutions.models import Account, Duty
from supervision.laboratory import comparing, editing, workflow
from supervision.laboratory.models import Comparison, Version
from supervision.monitoring.models import Run
from tests.builders import make_account

CODE = "test_dear"
PAGE = '''/*
title      = "Too dear"
title_zh   = "价格过高"
basis      = "none"
basis_zh   = "无"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["价格"]
about      = "For tests."
about_zh   = "测试用"
innocent   = "Nobody."
innocent_zh = "无"
because    = "{item} is dear"
because_zh = "{item}过高"

# What is dear.
[parameters.most]
value  = 10000  # fen
source = "a starting value"

[examples]
"above the limit, and at it · 高于限额与等于限额" = """
charge | amount | flagged
a      | 500.00 | yes
b      | 100.00 |
"""
*/
SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.item
FROM charge AS c
WHERE c.amount > $most
'''


def cheaper(text: str = PAGE) -> str:
    """Accuses from 150 yuan on instead of 100."""
    return text.replace("value  = 10000", "value  = 15000").replace("b      | 100.00 |", "b      | 150.00 |")


def people() -> tuple[Account, Account, Account]:
    """An author, a checker and a publisher of the prefecture, each with the one duty."""
    duties = (Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE)
    author, checker, publisher = (make_account(duty.value, duties=[Duty.READ, duty]) for duty in duties)
    return author, checker, publisher


def written(author: Account, text: str = PAGE, **facts: object) -> Version:
    values = {"by": author, "reason": "a try", "origin": Version.Origin.TEXT, **facts}
    return editing.save(CODE, text, **values)  # type: ignore[arg-type]


def back_tested(version: Version, by: Account, *, months: tuple[str, ...] = ("2026-01",)) -> Comparison:
    made = comparing.back_test(version, months, by=by)
    finish(made)
    made.refresh_from_db()
    return made


def finish(comparison: Comparison) -> None:
    for month in comparison.months.all():
        comparing.do_month(month.pk)


def on_trial(version: Version, checker: Account) -> Version:
    workflow.do(version, "submit", by=version.author)
    back_tested(version, version.author)
    return workflow.do(version, "approve", by=checker)


def took_a_turn(version: Version, snapshot: Snapshot | None) -> Comparison:
    """A trial's turn beside a run that has ended."""
    if not Run.objects.exists():
        assert snapshot
        Run.objects.create(snapshot=snapshot, knowledge_version=0, status=Run.Status.DONE)
    comparing.trials()
    turn = version.comparisons.filter(kind=Comparison.Kind.TRIAL).first()
    assert turn
    finish(turn)
    turn.refresh_from_db()
    return turn


def published(version: Version, checker: Account, publisher: Account, snapshot: Snapshot | None = None) -> Version:
    on_trial(version, checker)
    took_a_turn(version, snapshot)
    return workflow.do(version, "publish", by=publisher)
