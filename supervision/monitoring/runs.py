"""Monitoring runs: what is owed, who does it, when it is finished. PostgreSQL knows; Redis only hurries it."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims import warehouse
from supervision.audit import chain
from supervision.audit.models import Act
from supervision.knowledge import loading
from supervision.monitoring import (
    confined,
    engines,
    exempting,
    findings,
    leases,
    node,
    owning,
    planning,
    queue,
    reviewing,
    standing,
    turns,
)
from supervision.monitoring.models import Review, Run, Step, StepQuerySet
from supervision.monitoring.planning import RunRefused
from supervision.monitoring.standing import in_force

if TYPE_CHECKING:
    from institutions.models import Account

__all__ = ["RunRefused", "cancel", "do_step", "finish", "plan", "start", "sweep", "work"]

LEASE = timedelta(seconds=20)
RENEWED_EVERY = 5.0  # seconds: two renewals may fail before the lease does
TRIES = 5
WAIT = timedelta(seconds=1)  # doubled with each failure: PostgreSQL may be away for a moment
LOST = gettext_noop("Five workers were lost while they did this step.")
log = logging.getLogger(__name__)


class StepOutdated(Exception):
    """The rule's page is not the one the run was started with."""


HOPELESS = (StepOutdated, findings.TwoMonths)  # trying again would end the same way


def plan(rules: Collection[str] | None = None, months: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Exactly the steps whose inputs have changed since they were last done."""
    snapshot = warehouse.published()
    if snapshot is None:
        return []
    offered, _lacking = planning.offers(planning.Ground(snapshot), rules, months)
    return [(offer.code, offer.month) for offer in offered]


def start(
    rules: Collection[str] | None = None, months: Collection[str] | None = None, by: "Account | None" = None
) -> Run:
    """A run of what has changed; of nothing, one that is done at once."""
    snapshot = warehouse.published()
    if snapshot is None:
        raise RunRefused(_("There are no claims yet."))
    before_a_run()
    ground = planning.Ground(snapshot)  # reads the knowledge before its version: never recorded as newer than used
    offered, lacking = planning.offers(ground, rules, months)
    run = Run(snapshot=snapshot, knowledge_version=loading.version(), started_by=by)
    run.steps_total, run.not_runnable = len(offered), lacking
    try:
        with transaction.atomic():
            run.save()
            standing.keep(planning.running().values())
            Step.objects.bulk_create(
                Step(run=run, rule=o.code, month=o.month, page_hash=o.page_hash, inputs=o.inputs, grounds=o.grounds)
                for o in offered
            )
            transaction.on_commit(lambda: hurry(run))
    except IntegrityError as clash:
        raise RunRefused(_("A run is going on already. Wait for its end, or cancel it.")) from clash
    if not offered:
        finish(run)
        run.refresh_from_db()
    return run


def before_a_run() -> None:
    """Rules are as sure as their reviews allow, and what is stored follows the exemptions of today."""
    counting = in_force()
    for code in Review.objects.order_by().values_list("rule", flat=True).distinct():
        if code in counting:
            reviewing.judge(counting[code])
    exempting.apply(planning.running())


def cancel(run: Run) -> None:
    """Stop a run. What its finished steps found stays, and is settled."""
    with transaction.atomic():
        turns.alone()
        stopped = Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING)
        if stopped.update(status=Run.Status.CANCELLED, finished_at=Now()):
            owning.settle()
            run.refresh_from_db()
            write_down(run)
    run.refresh_from_db()


def do_step(step_id: int) -> None:
    """Do a step that is free. Doing it again, or by several at once, changes nothing."""
    owner = uuid4()
    if not claim(step_id, owner):
        return
    step = Step.objects.select_related("run__snapshot").get(pk=step_id)
    try:
        with leases.renewed(held(step_id, owner), lease=LEASE, every=RENEWED_EVERY):
            answer(step, owner)
    except findings.LeaseLost:
        log.warning("Step %s was taken over or cancelled", step_id)
    except Exception as error:
        log.exception("Step %s failed", step_id)
        fail(step_id, owner, error)
    finish(step.run)


def suited(run: Run) -> int | None:
    """The free step that suits this process best: of the month at hand, else of one that nobody else works on."""
    elsewhere = run.steps.owed().filter(month=OuterRef("month"), lease_until__gt=Now())
    free = run.steps.free().filter(tries__lt=TRIES, run__status=Run.Status.RUNNING)
    at_hand = ExpressionWrapper(Q(month=node.at_hand(run.snapshot)), output_field=BooleanField())
    best = free.order_by(at_hand.desc(), Exists(elsewhere), "pk")
    return best.values_list("pk", flat=True).first()


def claim(step_id: int, owner: UUID) -> bool:
    """Take a lease. One UPDATE, so of several who try one gets it."""
    running = Run.objects.filter(status=Run.Status.RUNNING)
    free = Step.objects.free().filter(pk=step_id, run__in=running, tries__lt=TRIES)
    return bool(free.update(owner=owner, lease_until=Now() + LEASE, started_at=Now(), tries=F("tries") + 1))


def held(step_id: int, owner: UUID) -> StepQuerySet:
    """The step, as long as it is owed and this owner's."""
    return Step.objects.owed().filter(pk=step_id, owner=owner)


def answer(step: Step, owner: UUID) -> None:
    if step.inputs == planning.ENDED:
        findings.end(step, owner=owner)
        return
    page = in_force().get(step.rule)
    if page is None or page.hash != step.page_hash:
        page = standing.page_of(step.rule, step.page_hash)  # a run goes on with the pages it began with
    if page is None:
        raise StepOutdated(gettext_noop("The rule's page was changed during the run: start a new one."))
    rule = reviewing.standing({page.code: page}).get(page.code, page)  # off is for new runs
    version = step.run.knowledge_version
    asked = confined.answers if rule.stored else engines.answers
    found = asked(rule, step.month, snapshot=step.run.snapshot, knowledge_version=version)
    findings.merge(step, rule, found, owner=owner, charges=planning.charges_in(step.month))


def fail(step_id: int, owner: UUID, error: Exception) -> None:
    """Leave the step to be tried again after a while; after the fifth time, park it with its reason."""
    leases.give_back(held(step_id, owner), error, tries=TRIES, wait=WAIT, hopeless=HOPELESS, in_words=StepOutdated)


def finish(run: Run) -> None:
    """Settle and close a run of which nothing is owed any more."""
    if run.steps.owed().exists():
        return
    with transaction.atomic():
        turns.alone()
        ended = Run.objects.select_for_update().filter(pk=run.pk, status=Run.Status.RUNNING).first()
        if ended is None or ended.steps.owed().exists():
            return
        owning.settle()
        ended.status = Run.Status.PARKED if ended.steps.exclude(parked="").exists() else Run.Status.DONE
        ended.finished_at = timezone.now()
        ended.save(update_fields=["status", "finished_at"])
        write_down(ended)


def write_down(run: Run) -> None:
    """A run that has ended enters the chain of acts as one digest of all that its steps found."""
    steps = run.steps.order_by("rule", "month").values_list("rule", "month", "found", "withdrawn", "digest")
    digest = hashlib.sha256(json.dumps(list(steps)).encode()).hexdigest()
    chain.record(Act.RUN, "", f"run {run.pk}", finished=run.status, steps=run.steps_total, digest=digest)


def sweep() -> None:
    """Find what is owed and held by nobody, and have it done."""
    for run in Run.objects.filter(status=Run.Status.RUNNING):
        give_up(run)
        finish(run)
        if not queue.waiting():
            hurry(run)


def give_up(run: Run) -> None:
    """Park what has died in the hands of five workers."""
    run.steps.free().filter(tries__gte=TRIES).update(owner=None, lease_until=None, parked=LOST)


def hurry(run: Run) -> None:
    """Hand the run's free steps to the workers. Without them, or without Redis, they just wait."""
    queue.send(list(run.steps.free().values_list("pk", flat=True)))


def work(run: Run, *, pause: float = 0.3, after_each: Callable[[], None] = lambda: None) -> None:
    """Do the run's steps in this process until none is owed, beside any workers that do the same."""
    while Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING).exists():
        free = suited(run)
        if free is not None:
            do_step(free)
            after_each()
            continue
        give_up(run)
        finish(run)
        if run.steps.owed().exists():
            time.sleep(pause)  # the rest is in other hands, or waits to be tried again
