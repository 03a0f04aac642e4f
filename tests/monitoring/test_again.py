"""A finding is found again years later, and what was tampered with is noticed."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from claims import warehouse
from claims.models import Batch
from supervision.audit.models import Act, Entry
from supervision.monitoring import runs, standing
from supervision.monitoring.again import CannotRunAgain, run_again
from supervision.monitoring.models import Finding, RulePage
from tests.builders import make_account
from tests.claims.building import publish
from tests.monitoring.small import Library, charge, dear, visit


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def finding(folder: Path, library: Library) -> Finding:
    """Found in claims that two later batches have changed, by a page that was changed too."""
    library["dear"] = dear()
    first = publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    runs.work(runs.start())
    found = Finding.objects.get()
    found.acted_on = True
    found.save(update_fields=["acted_on"])
    publish(folder, {"charge": [charge(1, 900, claim="2")], "visit": [visit("2")]}, ended=first.batch)
    runs.work(runs.start())
    publish(folder, {"charge": [charge(1, 100, claim="3")], "visit": [visit("3")]})
    library["dear"] = dear(limit=800)
    standing.forget()
    return Finding.objects.get(pk=found.pk)


def test_it_is_the_same_two_versions_of_the_warehouse_and_a_page_later(finding: Finding) -> None:
    again = run_again(finding)
    assert again.differences == []
    assert finding.last_run is not None
    assert again.snapshot == finding.last_run.snapshot
    assert again.snapshot != warehouse.published()


def test_a_sum_that_was_tampered_with_is_noticed(finding: Finding) -> None:
    Finding.objects.filter(pk=finding.pk).update(at_stake="5000.00")
    finding.lines.update(at_stake="5000.00")
    finding.refresh_from_db()
    amount, gone, new = run_again(finding).differences
    assert (amount.what, amount.then, amount.now) == ("amount at stake", "5000.00", "500.00")
    assert "5000.00" in gone.then
    assert "500.00" in new.now


def test_evidence_that_was_tampered_with_is_noticed(finding: Finding) -> None:
    finding.lines.update(evidence={"item": "T2"})
    assert len(run_again(finding).differences) == 2


def test_a_page_that_was_tampered_with_is_noticed(finding: Finding) -> None:
    page = RulePage.objects.get(hash=finding.page_hash)
    page.text = page.text.replace("10000", "100")
    page.save()
    (difference,) = run_again(finding).differences
    assert difference.then == finding.page_hash


def test_a_finding_that_was_put_there_is_not_found(finding: Finding) -> None:
    Finding.objects.filter(pk=finding.pk).update(key="H1:1:77")
    finding.refresh_from_db()
    assert [one.what for one in run_again(finding).differences] == ["the finding"]


def test_without_its_page_it_cannot_be_run(finding: Finding) -> None:
    RulePage.objects.filter(hash=finding.page_hash).delete()
    with pytest.raises(CannotRunAgain):
        run_again(finding)


def test_the_command_says_what_it_ran_and_what_differs(finding: Finding) -> None:
    said = io.StringIO()
    call_command("run_again", str(finding.pk), stdout=said)
    assert "the same to the letter" in said.getvalue()
    finding.lines.update(evidence={})
    with pytest.raises(CommandError, match="2 differences"):
        call_command("run_again", str(finding.pk), stdout=said, stderr=said)
    with pytest.raises(CommandError, match="no finding"):
        call_command("run_again", "987654321")


def test_batches_that_came_later_stay_out_of_it(finding: Finding) -> None:
    assert Batch.objects.count() == 3
    assert run_again(finding).snapshot.batch_id == Batch.objects.earliest("pk").pk


def test_the_page_runs_it_again_and_says_what_came_of_it(finding: Finding) -> None:
    client = Client(headers={"accept-language": "en"})
    Finding.objects.filter(pk=finding.pk).update(insured_area="990100")
    client.force_login(make_account())
    address = f"/desk/findings/{finding.pk}/"
    assert "Run it again" in client.get(address).content.decode()
    (told,) = client.post(f"{address}again/", follow=True).context["messages"]
    assert "the same to the letter" in str(told)
    finding.lines.update(at_stake="1.00")
    differences = [str(one) for one in client.post(f"{address}again/", follow=True).context["messages"]]
    assert len(differences) == 3
    assert Entry.objects.filter(act=Act.READ, facts__again="different").count() == 1
