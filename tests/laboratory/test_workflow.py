"""A version's way from its author into force and back."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from claims.models import Batch, Snapshot
from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.laboratory import comparing, editing, workflow
from supervision.laboratory.models import COUNTING, Comparison, Stage, Version, VersionEvent
from supervision.laboratory.workflow import MOVES, BeyondTerritory, MoveRefused
from supervision.monitoring import runs, standing
from supervision.monitoring.models import Finding, FindingTotal, Run
from supervision.monitoring.rulebook import rulebook
from tests.builders import make_account, make_division
from tests.laboratory.pages import CODE, PAGE, back_tested, cheaper, on_trial, published, took_a_turn, written

pytestmark = pytest.mark.usefixtures("at_hand")
Three = tuple[Account, Account, Account]


def monitor() -> Run:
    run = runs.start(rules=[CODE]) if CODE in standing.in_force() else runs.start(rules=[])
    runs.work(run)
    run.refresh_from_db()
    return run


def found() -> dict[str, str]:
    return dict(Finding.objects.order_by("key").values_list("key", "status"))


def test_a_version_goes_from_draft_into_force_and_runs_use_it(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = written(author)
    assert (version.stage, version.number, CODE in standing.in_force()) == (Stage.DRAFT, 1, False)
    on_trial(version, checker)
    assert CODE not in standing.in_force()
    turn = took_a_turn(version, claims)
    assert (turn.status, Finding.objects.count(), FindingTotal.objects.count()) == ("done", 0, 0)
    version = workflow.do(version, "publish", by=publisher)
    rule = standing.in_force()[CODE]
    assert (rule.hash, rule.stage, rule.version, rule.runs) == (version.hash, "in_force", 1, True)
    run = monitor()
    assert run.status == "done", list(run.steps.values())
    assert found() == {"H1:1:2": "open", "H1:1:3": "open"}
    assert Finding.objects.first().page_hash == version.hash  # type: ignore[union-attr]
    said = Entry.objects.filter(act=Act.RULE, subject=str(version)).order_by("number")
    moves = [entry.facts["move"] for entry in said]
    assert moves == ["written", "submit", "back_test", "backtest_ended", "approve", "trial_ended", "publish"]


def test_one_click_leads_back_and_the_next_run_sets_the_findings_right(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    first = published(written(author), checker, publisher, claims)
    monitor()
    second = published(written(author, cheaper(), parent=first, examples_changed="the limit"), checker, publisher)
    first.refresh_from_db()
    assert (first.stage, second.replaced, standing.in_force()[CODE].version) == (Stage.RETIRED, first, 2)
    monitor()
    assert found() == {"H1:1:2": "withdrawn", "H1:1:3": "open"}
    with pytest.raises(MoveRefused, match="Say why"):
        workflow.go_back(CODE, by=publisher, text=" ")
    with pytest.raises(MoveRefused, match="duty"):
        workflow.go_back(CODE, by=author, text="it misses too much")
    assert workflow.go_back(CODE, by=publisher, text="it misses too much") == 1
    for version, stage in ((first, Stage.IN_FORCE), (second, Stage.RETIRED)):
        version.refresh_from_db()
        assert version.stage == stage
    assert standing.in_force()[CODE].hash == first.hash
    assert second.events.get(move="taken_back").affected == 1
    monitor()
    assert found() == {"H1:1:2": "open", "H1:1:3": "open"}
    workflow.go_back(CODE, by=publisher, text="altogether")
    assert (standing.in_force()[CODE].stage, standing.in_force()[CODE].runs) == ("retired", False)
    monitor()
    assert found() == {"H1:1:2": "withdrawn", "H1:1:3": "withdrawn"}
    with pytest.raises(runs.RunRefused):
        runs.plan(rules=[CODE])


def test_a_shipped_rule_changed_here_goes_back_to_the_shipped_page(
    three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, checker, publisher = three
    code = "item_price_over_cap"
    shipped = rulebook()[code]
    text = shipped.text.replace(shipped.about, shipped.about + " Changed here.", 1)
    version = editing.save(code, text, by=author, reason="words", origin="text")
    published(version, checker, publisher, claims)
    assert standing.in_force()[code].about.endswith("Changed here.")
    workflow.go_back(code, by=publisher, text="no")
    assert standing.in_force()[code].hash == shipped.hash
    assert standing.in_force()[code].stage == shipped.stage


def test_without_a_back_test_of_exactly_this_page_nothing_is_tried_or_published(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = written(author)
    back_tested(version, author)
    later = written(author, PAGE.replace("For tests.", "For the tests."), parent=version)
    workflow.do(later, "submit", by=author)
    with pytest.raises(MoveRefused, match="no back-test of exactly this page"):
        workflow.do(later, "approve", by=checker)
    failed = comparing.back_test(later, ["2026-01"], by=author)
    Comparison.objects.filter(pk=failed.pk).update(status=Comparison.Status.FAILED)
    with pytest.raises(MoveRefused, match="no back-test"):
        workflow.do(later, "approve", by=checker)
    back_tested(later, author)
    assert workflow.do(later, "approve", by=checker).stage == Stage.TRIAL
    with pytest.raises(MoveRefused, match="not completed a turn"):
        workflow.do(later, "publish", by=publisher)


def test_a_back_test_beside_a_page_that_no_longer_counts_does_not_do(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    first = written(author)
    second = written(author, cheaper())
    for version in (first, second):
        workflow.do(version, "submit", by=author)
        back_tested(version, author)
    workflow.do(first, "approve", by=checker)
    took_a_turn(first, claims)
    workflow.do(first, "publish", by=publisher)
    with pytest.raises(MoveRefused, match="changed since the back-test"):
        workflow.do(second, "approve", by=checker)


def test_author_checker_and_publisher_are_three_accounts(claims: Snapshot) -> None:
    every = [Duty.READ, Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE]
    one, two, three = (make_account(f"all{number}", duties=every) for number in range(3))
    version = written(one)
    workflow.do(version, "submit", by=one)
    back_tested(version, one)
    with pytest.raises(MoveRefused, match="does not check it"):
        workflow.do(version, "approve", by=one)
    workflow.do(version, "approve", by=two)
    took_a_turn(version, claims)
    for account in (one, two):
        with pytest.raises(MoveRefused, match="does not publish it"):
            workflow.do(version, "publish", by=account)
    assert workflow.do(version, "publish", by=three).stage == Stage.IN_FORCE


@pytest.mark.parametrize(
    "facts",
    [
        {"checker": "author"},
        {"publisher": "author"},
        {"checker": "other", "publisher": "other"},
        {"stage": Stage.TRIAL},
        {"stage": Stage.IN_FORCE, "checker": "other"},
        {"stage": "somewhere"},
        {"text": "another"},
        {"author": "other"},
    ],
)
def test_the_database_itself_keeps_three_people_and_the_text(three: Three, facts: dict[str, Any]) -> None:
    author, other, _third = three
    version = written(author)
    named = {"author": author, "other": other}
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            **{key: named.get(value, value) if key != "text" else value for key, value in facts.items()}
        )


def test_history_is_only_added_to(three: Three) -> None:
    version = written(three[0])
    for act in (lambda: version.events.update(note="x"), version.delete, lambda: VersionEvent.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_every_move_from_every_stage_is_allowed_by_the_table_alone(three: Three, claims: Snapshot) -> None:
    """Whatever the stage, a move that the table does not list is refused, and leaves no trace."""
    author, checker, publisher = three
    doers = {Duty.WRITE_RULES: author, Duty.CHECK_RULES: checker, Duty.RELEASE: publisher}
    version = written(author)
    back_tested(version, author)
    Version.objects.filter(pk=version.pk).update(stage=Stage.TRIAL, checker=checker)
    took_a_turn(version, claims)
    for stage in Stage:
        for name, move in MOVES.items():
            point = transaction.savepoint()
            facts: dict[str, Any] = {"stage": stage}
            if stage in COUNTING:
                facts |= {"publisher": publisher, "published_at": version.created_at}
            Version.objects.filter(pk=version.pk).update(**facts)
            before = VersionEvent.objects.count()
            try:
                moved = workflow.do(version, name, by=doers[move.duty], text="because")
            except (MoveRefused, IntegrityError):
                assert stage not in move.before, f"{name} from {stage}"
                assert VersionEvent.objects.count() == before
            else:
                assert (stage in move.before, moved.stage) == (True, move.after)
            transaction.savepoint_rollback(point)


def test_what_counts_for_every_place_is_decided_by_whose_territory_holds_them_all(
    three: Three, claims: Snapshot, tmp_path: Path
) -> None:
    author, checker, publisher = three
    version = on_trial(written(author), checker)
    took_a_turn(version, claims)
    later = workflow.do(written(author, cheaper()), "submit", by=author)
    back_tested(later, author)
    Batch.objects.create(name="theirs", digest="2", territory=make_division("990200"))
    Snapshot.objects.create(batch=Batch.objects.get(name="theirs"), tables=claims.tables)
    with pytest.raises(BeyondTerritory, match="beyond your territory"):
        workflow.do(version, "publish", by=publisher)
    with pytest.raises(BeyondTerritory):
        workflow.do(later, "approve", by=checker)
    assert [name for name, _move in workflow.moves_for(later, checker)] == ["send_back", "refuse"]
    nation = make_account("nation", "000000", duties=[Duty.READ, Duty.RELEASE])
    version = workflow.do(version, "publish", by=nation)
    with pytest.raises(BeyondTerritory):
        workflow.do(version, "suspend", by=publisher, text="complaints")
    with pytest.raises(BeyondTerritory):
        workflow.go_back(CODE, by=publisher, text="complaints")
    version = workflow.do(version, "suspend", by=nation, text="complaints")
    with pytest.raises(BeyondTerritory):
        workflow.do(version, "resume", by=publisher, text="settled")
    assert workflow.go_back(CODE, by=nation, text="complaints") == 0
    assert back_tested(written(author), author).status == "done"  # writing and trying are for everybody


def test_a_suspended_version_is_suspended_again_when_what_replaced_it_is_taken_back(
    three: Three, claims: Snapshot
) -> None:
    author, checker, publisher = three
    first = published(written(author), checker, publisher, claims)
    workflow.do(first, "suspend", by=publisher, text="complaints")
    published(written(author, cheaper(), parent=first, examples_changed="the limit"), checker, publisher)
    workflow.go_back(CODE, by=publisher, text="worse")
    first.refresh_from_db()
    assert (first.stage, standing.in_force()[CODE].runs) == (Stage.SUSPENDED, False)


def test_who_lacks_the_duty_or_is_stopped_moves_nothing(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = written(author)
    workflow.do(version, "submit", by=author)
    back_tested(version, author)
    for account in (author, publisher):
        with pytest.raises(MoveRefused, match=r"duty|does not check"):
            workflow.do(version, "approve", by=account)
    checker.is_active = False
    with pytest.raises(MoveRefused, match="duty"):
        workflow.do(version, "approve", by=checker)


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_one_publishes(claims: Snapshot) -> None:
    every = [Duty.READ, Duty.WRITE_RULES, Duty.CHECK_RULES, Duty.RELEASE]
    author, checker, one, two = (make_account(f"p{number}", duties=every) for number in range(4))
    version = written(author)
    on_trial(version, checker)
    took_a_turn(version, claims)
    said: list[str] = []
    barrier = threading.Barrier(2)

    def publish(by: Account) -> None:
        barrier.wait()
        try:
            workflow.do(Version.objects.get(pk=version.pk), "publish", by=by)
            said.append("published")
        except MoveRefused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(account,)) for account in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("published") == 1
    assert len(said) == 2
    assert VersionEvent.objects.filter(version=version, move="publish").count() == 1


def test_the_workflows_page_shows_the_table() -> None:
    lines = (Path(settings.BASE_DIR) / "docs" / "workflows.md").read_text("utf-8").splitlines()
    for name, move in MOVES.items():
        before = ", ".join(stage.value for stage in Stage if stage in move.before)
        asks = [condition.__name__.replace("_", " ") for condition in move.conditions] + ["a note"] * move.needs_note
        assert f"| {name} | {before} | {move.after} | {move.duty} | {', '.join(asks)} |" in lines


def test_a_run_that_has_begun_ends_with_the_pages_it_began_with(
    three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, checker, publisher = three
    first = published(written(author), checker, publisher, claims)
    monkeypatch.setattr(runs, "hurry", lambda run: None)
    run = runs.start(rules=[CODE])
    second = published(written(author, cheaper(), parent=first, examples_changed="x"), checker, publisher)
    runs.work(run)
    assert set(Finding.objects.values_list("page_hash", flat=True)) == {first.hash}
    assert Finding.objects.count() == 2
    shown = standing.page_of(CODE, first.hash)
    assert shown
    assert (shown.text, standing.in_force()[CODE].hash) == (first.text, second.hash)
    assert runs.plan(rules=[CODE]) == [(CODE, "2026-01")]


def test_what_a_suspended_rule_found_is_withdrawn_until_it_counts_again(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = published(written(author), checker, publisher, claims)
    monitor()
    with pytest.raises(MoveRefused, match="Say why"):
        workflow.do(version, "suspend", by=publisher)
    workflow.do(version, "suspend", by=publisher, text="complaints")
    monitor()
    assert set(found().values()) == {"withdrawn"}
    workflow.do(version, "resume", by=publisher, text="settled")
    monitor()
    assert set(found().values()) == {"open"}
