"""How far a monitoring run has come, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from .models import Run, Step
from .terms import rule_title

FORETELL_AFTER = 0.2  # of the steps: earlier, an estimate would only guess


@dataclass
class RuleProgress:
    """The steps of one rule."""

    code: str
    steps: list[Step] = field(default_factory=list)

    @property
    def title(self) -> str:
        return rule_title(self.code)

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps)

    @property
    def parked(self) -> list[Step]:
        return [step for step in self.steps if step.done_at is None and step.parked]

    @property
    def charges(self) -> int:
        return sum(step.charges for step in self.steps)

    @property
    def found(self) -> int:
        return sum(step.found for step in self.steps)

    @property
    def withdrawn(self) -> int:
        return sum(step.withdrawn for step in self.steps)


@dataclass(frozen=True)
class Progress:
    """The steps of a run by rule; those not runnable here with what they lack."""

    rules: Sequence[RuleProgress]
    not_runnable: Sequence[tuple[str, str, str]]  # code, title, what is missing
    done: int
    total: int
    left: timedelta | None

    @property
    def per_cent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    @property
    def tenth(self) -> int:
        """Rounded down to tens, so that a reader's voice is not interrupted at every step."""
        return self.per_cent // 10 * 10

    @property
    def parked(self) -> list[Step]:
        return [step for rule in self.rules for step in rule.parked]


def progress(run: Run) -> Progress:
    rules: dict[str, RuleProgress] = {}
    for step in run.steps.order_by("rule", "month"):
        rules.setdefault(step.rule, RuleProgress(step.rule)).steps.append(step)
    done = sum(rule.done for rule in rules.values())
    lacking = [(code, rule_title(code), _said(what)) for code, what in sorted(run.not_runnable.items())]
    return Progress(list(rules.values()), lacking, done, run.steps_total, _left(run, done))


def _said(what: object) -> str:
    return ", ".join(map(str, what)) if isinstance(what, list) else str(what)


def _left(run: Run, done: int) -> timedelta | None:
    """How long the rest may take, judged by what is done."""
    if run.status != Run.Status.RUNNING or not done or done < FORETELL_AFTER * run.steps_total:
        return None
    return (timezone.now() - run.started_at) * (run.steps_total - done) / done
