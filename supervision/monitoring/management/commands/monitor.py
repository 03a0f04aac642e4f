"""Runs the rules over what has changed, here and in whatever workers there are, and says what was found."""

import json
import os
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.models import Sum
from django.utils.translation import gettext as _
from tqdm import tqdm

from claims import warehouse
from supervision.monitoring import apart, planning, runs
from supervision.monitoring.guards import Hold
from supervision.monitoring.models import Run


class Command(BaseCommand):
    help = "Run the monitoring rules over the months whose claims, knowledge or rules have changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rules", help="codes of rules, with commas between (all in force or on trial)")
        parser.add_argument("--months", help="months, as 2026-01..2026-03 or 2026-01,2026-03 (all with claims)")
        parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)), help="processes of our own")
        parser.add_argument("--engine", choices=["node", "cluster"], help="what runs the pages (MONITOR_ENGINE)")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, processes: int, engine: str | None, **options: Any) -> None:
        began = time.monotonic()
        if engine:
            settings.MONITOR_ENGINE = engine
        if settings.MONITOR_ENGINE == "cluster":
            processes = 1  # the cluster is many already
        bar = not options["json"] and sys.stderr.isatty()  # a person watches
        try:
            rules, months = listed(options["rules"]), span(options["months"])
            run = Run.objects.filter(status=Run.Status.RUNNING).first()
            if run:
                self.stderr.write(_("Run %(number)s was left unfinished: finishing it first.") % {"number": run.pk})
                self.carry_out(run, processes, bar=bar)
            if run is None or runs.plan(rules, months):
                run = runs.start(rules, months)
                self.carry_out(run, processes, bar=bar)
        except runs.RunRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        run.refresh_from_db()
        outcome = summary(run) | {"seconds": round(time.monotonic() - began, 2)}
        self.stdout.write(json.dumps(outcome, ensure_ascii=False) if options["json"] else in_words(outcome))

    def carry_out(self, run: Run, processes: int, *, bar: bool) -> None:
        """Do the run's steps; who interrupts the command cancels the run."""
        try:
            with tqdm(total=run.steps_total, unit=_("step"), disable=not bar, file=sys.stderr) as shown:
                if processes <= 1 or run.steps_total <= 1:
                    runs.work(run, after_each=lambda: show(shown, run))
                else:
                    in_processes(run, processes, shown)
        except KeyboardInterrupt:
            runs.cancel(run)
            raise CommandError(_("Run %(number)s was cancelled.") % {"number": run.pk}) from None


def in_processes(run: Run, processes: int, shown: "tqdm[Any]") -> None:
    """Processes that each take steps; what a dying one leaves, another takes up when its lease ends."""
    connections.close_all()
    context = get_context("spawn")
    count = min(processes, run.steps_total)
    workers = [context.Process(target=apart.work, args=(run.pk,), daemon=True) for _number in range(count)]
    try:
        for worker in workers:
            worker.start()
        watch(run, workers, shown)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def watch(run: Run, workers: Sequence[BaseProcess], shown: "tqdm[Any]") -> None:
    while any(worker.is_alive() for worker in workers):
        show(shown, run)
        time.sleep(0.2)
    runs.work(run)  # what is left when all of ours have died
    show(shown, run)


def show(shown: "tqdm[Any]", run: Run) -> None:
    shown.n = run.steps_total - run.steps.owed().count()
    shown.refresh()


def listed(text: str | None) -> list[str] | None:
    return [part.strip() for part in text.split(",") if part.strip()] if text else None


def span(text: str | None) -> list[str] | None:
    """The months of '2026-01..2026-03' or of '2026-01,2026-03'."""
    parts = listed(text)
    if parts is None:
        return None
    months: list[str] = []
    for part in parts:
        first, dots, last = part.partition("..")
        if not planning.MONTH.fullmatch(first) or (dots and not planning.MONTH.fullmatch(last)):
            raise runs.RunRefused(_("Not a month: %(months)s.") % {"months": part})
        months += between(first, last or first)
    return months


def between(first: str, last: str) -> list[str]:
    distance = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
    return warehouse.months_around(last, distance) if distance >= 0 else []


def summary(run: Run) -> dict[str, Any]:
    """The run in figures."""
    steps = run.steps.all()
    by_rule = steps.order_by("rule").values_list("rule").annotate(Sum("found"), Sum("withdrawn"), Sum("charges"))
    return {
        "run": run.pk,
        "status": run.status,
        "snapshot": run.snapshot_id,
        "knowledge": run.knowledge_version,
        "steps": run.steps_total,
        "found": {rule: found for rule, found, _withdrawn, _charges in by_rule},
        "withdrawn": {rule: withdrawn for rule, _found, withdrawn, _charges in by_rule if withdrawn},
        "held": dict(Hold.objects.filter(step__run=run).order_by("rule").values_list("rule").annotate(Sum("findings"))),
        "charges": sum(charges for *_rest, charges in by_rule),
        "parked": [
            {"rule": step.rule, "month": step.month, "reason": step.parked} for step in steps.exclude(parked="")
        ],
        "not_runnable": run.not_runnable,
    }


def in_words(outcome: dict[str, Any]) -> str:
    if not outcome["steps"]:
        lines = [_("Nothing has changed since the last run: there was nothing to do.")]
    else:
        lines = [
            _("Run %(run)s: %(steps)s steps in %(seconds)s seconds.") % outcome,
            *(f"  {rule:<32}{found:>10,}" for rule, found in outcome["found"].items()),
            f"  {_('found in all'):<32}{sum(outcome['found'].values()):>10,}",
        ]
    if outcome["withdrawn"]:
        lines.append(
            _("Withdrawn, because they no longer hold: %(count)s") % {"count": sum(outcome["withdrawn"].values())}
        )
    for rule, count in outcome["held"].items():
        lines.append(
            _("Stopped, and held back until a person decides: %(rule)s, %(count)s findings")
            % {"rule": rule, "count": count}
        )
    for rule, needs in outcome["not_runnable"].items():
        lines.append(
            _("Not runnable here: %(rule)s (nobody has uploaded %(needs)s)") % {"rule": rule, "needs": ", ".join(needs)}
        )
    for step in outcome["parked"]:
        lines.append(_("Given up: %(rule)s %(month)s: %(reason)s") % step)
    return "\n".join(lines)
