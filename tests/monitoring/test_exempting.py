"""Exemptions: who asks and who approves, what falls under one, and what happens when it ends."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction

from institutions.models import Account
from supervision.audit.models import Act, Entry
from supervision.monitoring import exempting, planning
from supervision.monitoring.guards import Exemption
from supervision.monitoring.models import Finding
from tests.builders import make_account, make_division, make_finding, make_institution
from tests.claims.building import publish
from tests.monitoring.guarded import charges, corrected, found, limit, monitor, open_total, owned
from tests.monitoring.small import Library, charge, dear, visit

TODAY, LAST = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
LATER = "2026-07-01 09:00+08:00"
TABLES = {"charge": [charge(1, 500), charge(2, 300)], "visit": [visit()]}


@pytest.fixture
def now() -> object:
    with time_machine.travel("2026-04-01 09:00+08:00") as clock:
        yield clock


@pytest.fixture
def asker(now: object, folder: Path, library: Library, impatient: None) -> Account:
    library["dear"] = dear()
    return make_account("asker", "990100")


@pytest.fixture
def second(asker: Account) -> Account:
    return make_account("second", "990100")


def ask(by: Account, **facts: object) -> Exemption:
    values = {"rule": "dear", "reason": "a pilot", "evidence": "letter 12", "since": TODAY, "until": LAST, **facts}
    exemption = Exemption(**values)
    exempting.ask(exemption, by=by)
    return exemption


def approved(by: Account, second: Account, **facts: object) -> Exemption:
    exemption = ask(by, **facts)
    exempting.approve(exemption, by=second, running=planning.running())
    return exemption


def test_what_falls_under_one_accuses_nobody_and_names_it(asker: Account, second: Account, folder: Path) -> None:
    exemption = approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    assert set(Finding.objects.values_list("status", "withdrawn_because", "exemption")) == {
        ("withdrawn", "exempted", exemption.pk)
    }
    assert open_total() == (0, 0)


def test_what_was_found_before_is_withdrawn_when_it_is_approved(asker: Account, second: Account, folder: Path) -> None:
    publish(folder, TABLES)
    monitor()
    assert open_total() == (2, 800)
    exemption = ask(asker, institution=make_institution("H1"))
    assert open_total() == (2, 800)
    exempting.approve(exemption, by=second, running=planning.running())
    assert set(found().values()) == {"withdrawn"}
    assert open_total() == (0, 0)
    assert list(Entry.objects.filter(act=Act.EXEMPTION).order_by("number").values_list("account", flat=True)) == [
        "asker",
        "second",
    ]


def test_expired_ones_are_found_again_by_the_next_run(asker: Account, second: Account, folder: Path) -> None:
    approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    with time_machine.travel("2026-06-30 23:30+08:00"):
        monitor()
        assert set(found().values()) == {"withdrawn"}
    with time_machine.travel(LATER):
        monitor()
        assert (set(found().values()), open_total()) == ({"open"}, (2, 800))


def test_one_ended_early_is_found_again_by_the_next_run(asker: Account, second: Account, folder: Path) -> None:
    exemption = approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    exempting.end(exemption, by=asker, reason="the pilot is over")
    monitor()
    assert (set(found().values()), open_total()) == ({"open"}, (2, 800))


def test_what_is_no_longer_found_meanwhile_does_not_come_back(asker: Account, second: Account, folder: Path) -> None:
    approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    corrected(folder, {"charge": [charge(2, 300)], "visit": [visit()]})
    monitor()
    with time_machine.travel(LATER):
        monitor()
    assert found() == {"H1:1:1": "withdrawn", "H1:1:2": "open"}
    assert Finding.objects.get(key="H1:1:1").withdrawn_because == "gone"


def test_what_changes_under_one_stays_exempted_and_comes_back_as_it_is_then(
    asker: Account, second: Account, folder: Path
) -> None:
    approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    corrected(folder, {"charge": [charge(1, 450), charge(2, 300)], "visit": [visit()]})
    monitor()
    assert set(found().values()) == {"withdrawn"}
    with time_machine.travel(LATER):
        monitor()
    assert owned() == {"H1:1:1": 450, "H1:1:2": 300}


def test_a_member_is_exempted_where_insured_in_the_territory_that_asked(
    asker: Account, second: Account, folder: Path
) -> None:
    elsewhere = visit("2", insured_area="990200", member="M1")
    publish(folder, {"charge": [charge(1, 500), charge(1, 500, claim="2")], "visit": [visit(), elsewhere]})
    approved(asker, second, member="M1", rule="")
    monitor()
    assert found() == {"H1:1:1": "withdrawn", "H1:2:1": "open"}


def test_a_rule_switched_off_in_a_place_accuses_nobody_there(asker: Account, second: Account, folder: Path) -> None:
    make_institution("H2", "990201")
    theirs = charge(1, 500, claim="2", institution="H2")
    publish(folder, {"charge": [charge(1, 500), theirs], "visit": [visit(), visit("2", institution="H2")]})
    exemption = approved(asker, second, place=make_division("990100"), evidence="")
    monitor()
    assert found() == {"H1:1:1": "withdrawn", "H1:2:1": "open"}
    assert Finding.objects.get(key="H1:1:1").exemption == exemption


def test_an_institutions_exemption_is_named_before_a_place_that_has_the_rule_off(
    asker: Account, second: Account, folder: Path
) -> None:
    approved(asker, second, place=make_division("990100"), evidence="")
    first = approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    assert set(Finding.objects.values_list("exemption", flat=True)) == {first.pk}
    exempting.end(first, by=second, reason="over")
    monitor()
    assert set(Finding.objects.values_list("status", "withdrawn_because")) == {("withdrawn", "exempted")}
    assert first.pk not in set(Finding.objects.values_list("exemption", flat=True))


def test_another_rule_another_institution_and_another_time_are_not_exempted(
    asker: Account, second: Account, folder: Path, library: Library
) -> None:
    library["dearer"] = dear(limit=400, code="dearer")
    approved(asker, second, institution=make_institution("H2"))
    approved(asker, second, institution=make_institution("H1"), rule="dearer")
    approved(asker, second, institution=make_institution("H1"), since=dt.date(2026, 5, 1))
    ask(asker, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    assert set(Finding.objects.filter(status="open").values_list("rule", flat=True)) == {"dear"}
    assert set(Finding.objects.filter(status="withdrawn").values_list("rule", flat=True)) == {"dearer"}


def test_exempted_findings_stop_no_rule(asker: Account, second: Account, folder: Path) -> None:
    limit("least", 1)
    limit("month_share", 1)
    charges(make_institution("H1"), 100)
    approved(asker, second, institution=make_institution("H1"))
    publish(folder, TABLES)
    monitor()
    assert set(found().values()) == {"withdrawn"}


def test_what_was_held_back_is_held_back_again_when_the_exemption_ends(
    asker: Account, second: Account, folder: Path
) -> None:
    limit("least", 1)
    limit("month_share", 1)
    charges(make_institution("H1"), 100)
    publish(folder, TABLES)
    monitor()
    assert set(found().values()) == {"held"}
    exemption = approved(asker, second, institution=make_institution("H1"))
    assert set(found().values()) == {"withdrawn"}
    exempting.end(exemption, by=second, reason="over")
    monitor()
    assert (set(found().values()), open_total()) == ({"held"}, (0, 0))


def test_whoever_asked_does_not_approve(asker: Account, second: Account) -> None:
    exemption = ask(asker, institution=make_institution("H1"))
    with pytest.raises(exempting.ExemptionRefused, match=r"second person|另一人"):
        exempting.approve(exemption, by=asker, running=[])
    exempting.end(exemption, by=second, reason="no evidence")
    with pytest.raises(exempting.ExemptionRefused):
        exempting.approve(exemption, by=second, running=[])
    assert exemption.state == "refused"
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.update(approved_by=asker)


def test_what_ends_soon_or_ended_lately_is_listed(asker: Account, second: Account) -> None:
    place = make_institution("H1")
    soon = approved(asker, second, institution=place, until=TODAY + dt.timedelta(20))
    approved(asker, second, institution=place, until=TODAY + dt.timedelta(60))
    ask(asker, institution=place, until=TODAY + dt.timedelta(20))
    assert list(exempting.ending(Exemption.objects.all())) == [soon]
    with time_machine.travel("2026-05-01 09:00+08:00"):
        assert (list(exempting.ending(Exemption.objects.all()))[-1], Exemption.objects.get(pk=soon.pk).state) == (
            soon,
            "expired",
        )


def test_it_is_of_one_thing_alone_and_a_place_has_one_rule_off(asker: Account) -> None:
    for wrong in (
        {},
        {"member": "M1", "place": make_division("990100")},
        {"place": make_division("990100"), "rule": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ask(asker, **wrong)


def test_it_is_seen_where_it_was_asked_for_and_above(asker: Account) -> None:
    ask(asker, institution=make_institution("H1"))
    seen = {name: Exemption.objects.visible_to(make_account(name, place)).count()
            for name, place in {"city": "990100", "province": "990000", "county": "990101", "away": "990200"}.items()}  # fmt: skip
    assert seen == {"city": 1, "province": 1, "county": 0, "away": 0}


def test_a_finding_somebody_acted_on_is_not_exempted(asker: Account, second: Account) -> None:
    decided = make_finding(make_institution("H1"), rule="dear", acted_on=True)
    approved(asker, second, institution=make_institution("H1"))
    decided.refresh_from_db()
    assert decided.status == "open"
