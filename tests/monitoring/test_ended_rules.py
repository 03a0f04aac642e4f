"""What a rule has found that is no longer in force is withdrawn with that reason."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from supervision.monitoring import runs
from supervision.monitoring.models import Finding
from tests.claims.building import publish
from tests.monitoring.guarded import found, monitor, open_total
from tests.monitoring.small import Library, charge, dear, visit

TABLES = {"charge": [charge(1, 500)], "visit": [visit()]}


def test_a_removed_rules_findings_are_withdrawn_and_others_own_what_they_owned(
    folder: Path, library: Library, impatient: None
) -> None:
    library["dear"], library["also"] = dear(), dear(code="also", certainty="high")
    publish(folder, TABLES)
    monitor()
    assert dict(Finding.objects.values_list("rule", "owned")) == {"dear": 500, "also": 0}
    del library["dear"]
    assert runs.plan() == [("dear", "2026-01")]
    run = monitor()
    gone = Finding.objects.get(rule="dear")
    assert (gone.status, gone.withdrawn_because, gone.owned) == ("withdrawn", "rule_ended", Decimal(0))
    assert Finding.objects.get(rule="also").owned == 500
    assert (run.status, run.steps.get().withdrawn) == ("done", 1)
    assert runs.plan() == []


def test_a_retired_rule_that_comes_back_as_it_was_finds_again(folder: Path, library: Library, impatient: None) -> None:
    page = library["dear"] = dear()
    publish(folder, TABLES)
    monitor()
    library["dear"] = replace(page, stage="retired")
    monitor()
    assert found() == {"H1:1:1": "withdrawn"}
    library["dear"] = page
    monitor()
    assert (found(), open_total()) == ({"H1:1:1": "open"}, (1, 500))


def test_what_somebody_acted_on_stays_when_its_rule_ends(folder: Path, library: Library, impatient: None) -> None:
    library["dear"] = dear()
    publish(folder, TABLES)
    monitor()
    Finding.objects.update(acted_on=True)
    del library["dear"]
    monitor()
    assert found() == {"H1:1:1": "open"}
    assert runs.plan() == []


def test_an_ended_rule_can_be_chosen_for_a_run(folder: Path, library: Library, impatient: None) -> None:
    library["dear"], library["also"] = dear(), dear(code="also")
    publish(folder, TABLES)
    monitor()
    del library["dear"]
    run = runs.start(rules=["dear"])
    runs.work(run)
    assert Finding.objects.get(rule="dear").status == "withdrawn"
    assert Finding.objects.get(rule="also").status == "open"
