"""How a version of a rule gets from its author into force and back. docs/workflows.md shows this table."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Snapshot
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring import standing
from supervision.monitoring.models import Finding, RulePage, Standing
from supervision.monitoring.rulebook import rulebook

from .models import COUNTING, Comparison, Stage, Version, VersionEvent


class MoveRefused(Exception):
    """The version cannot take this move; the sentence says why."""


class BeyondTerritory(MoveRefused):
    """The move would change what is found in places beyond the account's territory."""


def reaches_all(account: Account, until: Snapshot | None = None) -> bool:
    """Whether every claim in the warehouse (at a version) came from the account's territory: a page judges them all."""
    versions = Snapshot.objects.filter(version__lte=until.pk) if until else Snapshot.objects.all()
    return account.territory is not None and not versions.from_outside(account).exists()


# --- What a move asks for -----------------------------------------------------------------------------


def for_every_place(version: Version, by: Account) -> None:
    if not reaches_all(by):
        raise BeyondTerritory(
            _("This would count for claims from beyond your territory. Ask somebody whose territory holds all of them.")
        )


def by_its_author(version: Version, by: Account) -> None:
    if by.pk != version.author_id:
        raise MoveRefused(_("Only its author may do that."))


def by_another(version: Version, by: Account) -> None:
    if by.pk == version.author_id:
        raise MoveRefused(_("Who wrote a version does not check it."))


def by_a_third(version: Version, by: Account) -> None:
    if by.pk in (version.author_id, version.checker_id):
        raise MoveRefused(_("Who wrote or checked a version does not publish it."))


def tested(version: Version, by: Account) -> None:
    """Exactly this page has been tried on stored claims, beside exactly the page that counts now."""
    now = standing.in_force().get(version.rule)
    against = now.hash if now and now.runs else ""
    done = version.comparisons.filter(kind=Comparison.Kind.BACKTEST, status=Comparison.Status.DONE)
    if not done.filter(hash=version.hash).exists():
        raise MoveRefused(_("There is no back-test of exactly this page. Make one first."))
    if not done.filter(hash=version.hash, against=against).exists():
        raise MoveRefused(_("The page in force has changed since the back-test. Make another first."))


def tried(version: Version, by: Account) -> None:
    """A trial ends with a finding of its own: at least one turn of it was completed."""
    if not version.comparisons.filter(kind=Comparison.Kind.TRIAL, status=Comparison.Status.DONE).exists():
        raise MoveRefused(_("The trial has not completed a turn yet."))


def alone(version: Version, by: Account) -> None:
    if Version.objects.filter(rule=version.rule, stage=Stage.TRIAL).exclude(pk=version.pk).exists():
        raise MoveRefused(_("Another version of this rule is on trial."))


@dataclass(frozen=True)
class Move:
    """From which stages to which; the duty it asks for, and what else must hold."""

    before: frozenset[Stage]
    after: Stage
    duty: Duty
    words: Promise
    conditions: tuple[Callable[[Version, Account], None], ...] = ()
    needs_note: bool = False
    sets: str = ""  # the part its doer takes: checker or publisher


def stand(version: Version) -> None:
    """What counts of the rule is this version, at its stage."""
    page, _made = RulePage.objects.get_or_create(rule=version.rule, hash=version.hash, defaults={"text": version.text})
    Standing.objects.update_or_create(
        rule=version.rule,
        defaults={"page": page, "version": version.number, "stage": version.stage, "since": timezone.now()},
    )


def take_the_place(version: Version) -> None:
    """The version in force so far retires; one click leads back to it."""
    former = Version.objects.select_for_update().filter(rule=version.rule, stage__in=COUNTING).first()
    if former is not None:
        note(former, "replaced", Stage.RETIRED, by=version.publisher, text=str(version))
        former.save(update_fields=["stage"])
        version.replaced = former


def note(version: Version, move: str, after: Stage, *, by: Account | None, text: str = "", **facts: int) -> None:
    """Put the version into the stage and the move into its history; the caller saves the version."""
    assert by is not None
    VersionEvent.objects.create(
        version=version, move=move, before=version.stage, after=after, by=by, note=text, **facts
    )
    version.stage = after


MOVES: dict[str, Move] = {
    "submit": Move(
        frozenset({Stage.DRAFT}), Stage.EXPERT_REVIEW, Duty.WRITE_RULES, gettext_lazy("Submit for review"),
        (by_its_author,),
    ),
    "send_back": Move(
        frozenset({Stage.EXPERT_REVIEW}), Stage.DRAFT, Duty.CHECK_RULES, gettext_lazy("Send back to its author"),
        (by_another,), needs_note=True,
    ),
    "approve": Move(
        frozenset({Stage.EXPERT_REVIEW}), Stage.TRIAL, Duty.CHECK_RULES, gettext_lazy("Approve for trial"),
        (for_every_place, by_another, tested, alone), sets="checker",
    ),
    "publish": Move(
        frozenset({Stage.TRIAL}), Stage.IN_FORCE, Duty.RELEASE, gettext_lazy("Publish"),
        (for_every_place, by_a_third, tested, tried), sets="publisher",
    ),
    "suspend": Move(
        frozenset({Stage.IN_FORCE}), Stage.SUSPENDED, Duty.RELEASE, gettext_lazy("Suspend"),
        (for_every_place,), needs_note=True,
    ),
    "resume": Move(
        frozenset({Stage.SUSPENDED}), Stage.IN_FORCE, Duty.RELEASE, gettext_lazy("Put in force again"),
        (for_every_place,), needs_note=True,
    ),
    "discard": Move(
        frozenset({Stage.DRAFT}), Stage.RETIRED, Duty.WRITE_RULES, gettext_lazy("Discard"), (by_its_author,),
    ),
    "refuse": Move(
        frozenset({Stage.EXPERT_REVIEW, Stage.TRIAL}), Stage.RETIRED, Duty.CHECK_RULES, gettext_lazy("Refuse for good"),
        (by_another,), needs_note=True,
    ),
}  # fmt: skip


def moves_for(version: Version, account: Account) -> list[tuple[str, Move]]:
    """The moves that the version's stage allows, and the account by its duty and its territory."""
    reach = reaches_all(account)
    allowed = [(name, move) for name, move in MOVES.items() if reach or for_every_place not in move.conditions]
    return [(name, move) for name, move in allowed if version.stage in move.before and account.holds(move.duty)]


def do(version: Version, name: str, *, by: Account, text: str = "") -> Version:
    """Move a version, or raise MoveRefused. Of two who try at once, one does."""
    move = MOVES.get(name)
    if move is None:
        raise MoveRefused(_("There is no such move."))
    try:
        with transaction.atomic():
            locked = Version.objects.select_for_update().get(pk=version.pk)
            allowed(locked, move, by, text)
            if move.sets:
                setattr(locked, move.sets, by)
                setattr(locked, {"checker": "checked_at", "publisher": "published_at"}[move.sets], timezone.now())
            if name == "publish":
                take_the_place(locked)
            note(locked, name, move.after, by=by, text=text)
            locked.save()
            if locked.stage in COUNTING:
                stand(locked)
            transaction.on_commit(standing.forget)
            record(Act.RULE, by, str(locked), move=name, hash=locked.hash)
    except IntegrityError as clash:
        raise MoveRefused(_("Somebody else has just moved a version of this rule.")) from clash
    return locked


def allowed(version: Version, move: Move, by: Account, text: str) -> None:
    if not by.holds(move.duty):
        raise MoveRefused(_("You do not hold the duty for this: %(duty)s.") % {"duty": move.duty.label})
    if version.stage not in move.before:
        raise MoveRefused(
            _("That cannot be done with a version that is %(stage)s.") % {"stage": version.get_stage_display()}
        )
    if move.needs_note and not text.strip():
        raise MoveRefused(_("Say why."))
    for condition in move.conditions:
        condition(version, by)


# --- The way back -------------------------------------------------------------------------------------


def counting(rule: str) -> Version | None:
    """The version that counts of a rule, or is suspended."""
    return Version.objects.filter(rule=rule, stage__in=COUNTING).first()


def stage_before(version: Version) -> Stage:
    """How it stood when another took its place: a rule that was suspended does not run again because of this."""
    replaced = version.events.filter(move="replaced").last()
    return Stage(replaced.before) if replaced else Stage.IN_FORCE


def go_back(rule: str, *, by: Account, text: str) -> int:
    """Take back what was published last; what counted before it counts again. Answers how many findings it touches.

    The next run withdraws what only the later page had found, and finds again what the earlier one finds.
    """
    if not by.holds(Duty.RELEASE):
        raise MoveRefused(_("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.RELEASE.label})
    if (later := counting(rule)) is not None:
        for_every_place(later, by)
    if not text.strip():
        raise MoveRefused(_("Say why."))
    with transaction.atomic():
        later = Version.objects.select_for_update().filter(rule=rule, stage__in=COUNTING).first()
        if later is None:
            raise MoveRefused(_("Nothing that was written here is in force for this rule."))
        affected = Finding.objects.open().filter(rule=rule, page_hash=later.hash).count()
        note(later, "taken_back", Stage.RETIRED, by=by, text=text, affected=affected)
        later.save(update_fields=["stage"])
        earlier = Version.objects.select_for_update().get(pk=later.replaced_id) if later.replaced_id else None
        if earlier is not None:
            note(earlier, "restored", stage_before(earlier), by=by, text=text)
            earlier.save(update_fields=["stage"])
            stand(earlier)
        elif rule in rulebook():
            Standing.objects.filter(rule=rule).delete()
        else:
            stand(later)  # retired: the next run withdraws what it had found
        transaction.on_commit(standing.forget)
        record(Act.RULE, by, str(later), move="taken_back", hash=later.hash, affected=affected, reason=text[:500])
    return affected
