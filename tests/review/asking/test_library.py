"""A server takes over what has changed while it answers: nobody waits for that, and nobody is dropped."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Institution
from supervision.knowledge.models import KnowledgeBatch
from supervision.monitoring import standing
from supervision.monitoring.models import RulePage, Standing
from supervision.monitoring.rulebook import rulebook
from supervision.review import reviewing
from supervision.review.asking import library
from supervision.review.models import Edition, Review
from tests.builders import make_point
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent

LIMIT = 20.0  # seconds until every desk must have taken over; it takes one or two


def take(msgid: str, item: str = FOR_WOMEN) -> Any:
    said = asking(encounter(order(), order(2, item)), msgid=msgid)
    return reviewing.take(sent(said), institution=INSTITUTION)


@pytest.mark.django_db(transaction=True)
def test_new_knowledge_is_taken_over_while_messages_are_answered(
    hospital: Institution, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REVIEW_DESKS = 2
    monkeypatch.setattr(library, "LOOKED_EVERY", 0.05)
    monkeypatch.setattr(library._here, "watched", True)
    library._looked()
    stopped, answers = threading.Event(), []

    def ask_on(name: str) -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            answers.append(take(f"{name}{number}", "XB01"))
        connection.close()

    def look_on() -> None:
        while not stopped.is_set():
            library._looked()
            time.sleep(0.05)
        connection.close()

    threads = [threading.Thread(target=ask_on, args=[name]) for name in "ab"] + [threading.Thread(target=look_on)]
    for thread in threads:
        thread.start()
    try:
        values = {"item": "XB01", "name": "示例", "sex": "2"}
        with transaction.atomic():
            batch = KnowledgeBatch.objects.create(digest="1", folder="later", points=1)
            make_point(list_id="sex_item", point="SEXITEM-9", key="XB01", values=values, batch=batch)
        until = time.monotonic() + LIMIT
        while time.monotonic() < until and not (answers and answers[-1]["output"]["result"]):
            time.sleep(0.02)
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert {answer["infcode"] for answer in answers} == {0}
    assert answers[-1]["output"]["result"][0]["rule_id"] == "item_sex_restricted"
    told = list(Review.objects.order_by("edition").values_list("edition__knowledge_version", flat=True).distinct())
    assert told[-1] == batch.pk
    assert Edition.objects.filter(knowledge_version=batch.pk).count() >= 1


def test_a_rule_that_is_suspended_is_silent_after_the_next_look(
    hospital: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "LOOKED_EVERY", 0.0)
    assert [one["rule_id"] for one in take("a")["output"]["result"]] == ["item_sex_restricted"]
    rule = rulebook()["item_sex_restricted"]
    standing.keep([rule])
    page = RulePage.objects.get(hash=rule.hash)
    Standing.objects.create(rule=rule.code, page=page, version=1, stage="suspended", since=timezone.now())
    assert take("b")["output"]["result"] == []
    assert Edition.objects.count() == 2


def test_a_desk_like_another_knows_the_same(hospital: Institution) -> None:
    with library.lent() as mine:
        other = mine.again()
    assert other.desk.pages is mine.desk.pages
    lists = "SELECT count(*) FROM k_sex_item"
    assert other.desk._con.execute(lists).fetchone() == mine.desk._con.execute(lists).fetchone() == (1,)
