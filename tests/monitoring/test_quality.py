"""Quality cards: against sums made one by one, in the order that shows the worst, and who is treated unlike others."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from institutions.models import Account
from supervision.monitoring import quality
from supervision.monitoring.guards import Demotion, Review
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import rulebook
from tests.builders import (  # fmt: skip
    make_account,
    make_batch,
    make_finding,
    make_hold,
    make_institution,
    make_review,
    make_run,
    make_step,
    make_total,
)
from tests.monitoring.guarded import limit

GOOD, BAD, SILENT = "drug_sex_restricted", "adm_overlap", "item_price_over_cap"
WITHDRAWN = Review.Outcome.WITHDRAWN


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def reviewed(
    account: Account, rule: str, *, upheld: int, withdrawn: int, place: str = "H99010100001", **facts: object
) -> None:
    hospital = make_institution(place, place[1:7], **facts)
    for number in range(upheld + withdrawn):
        outcome = Review.Outcome.UPHELD if number < upheld else WITHDRAWN
        make_review(make_finding(hospital, rule=rule, at_stake="10.00"), by=account, outcome=outcome)


def card(account: Account, rule: str) -> quality.Card:
    return quality.card(account, rule)


@pytest.mark.usefixtures("in_english")
def test_a_card_adds_up_what_was_found_and_what_was_made_of_it(account: Account) -> None:
    reviewed(account, GOOD, upheld=3, withdrawn=1)
    place = make_institution()
    make_finding(place, rule=GOOD, at_stake="7.00", owned=Decimal(2))
    make_finding(place, rule=GOOD, status="held", at_stake="99.00")
    make_total(place, charges=1000)
    shown = card(account, GOOD)
    assert (shown.fired, shown.open, shown.by_status) == (6, 4, {"open": 4, "held": 1, "withdrawn": 1})
    assert (shown.at_stake, shown.owned, shown.upheld_amount) == (Decimal(37), Decimal(32), Decimal(30))
    assert (shown.reviewed.count, shown.reviewed.precision) == (4, 0.75)
    assert shown.reviewed.interval == pytest.approx((0.3006, 0.9544), abs=1e-4)
    assert shown.reasons == [("documented", 1)]
    assert shown.series == [("2026-03", Decimal(40))]
    assert shown.fired == Finding.objects.count()


def test_the_surely_worst_stand_first_then_what_nobody_has_reviewed(account: Account) -> None:
    reviewed(account, GOOD, upheld=9, withdrawn=1)
    reviewed(account, BAD, upheld=1, withdrawn=9)
    make_finding(make_institution(), rule=SILENT)
    codes = [card.code for card in quality.cards(account)]
    assert codes[:3] == [BAD, GOOD, SILENT]
    assert set(codes) == set(rulebook())


def test_ten_bad_ones_are_surer_than_one(account: Account) -> None:
    reviewed(account, GOOD, upheld=0, withdrawn=1)
    reviewed(account, BAD, upheld=1, withdrawn=9)
    assert [card.code for card in quality.cards(account)][:2] == [BAD, GOOD]


@pytest.mark.usefixtures("in_english")
def test_a_group_treated_unlike_the_others_is_marked(account: Account) -> None:
    reviewed(account, GOOD, upheld=19, withdrawn=1, level=3)
    reviewed(account, GOOD, upheld=1, withdrawn=4, place="H99010200002", level=1)
    shown = card(account, GOOD)
    assert [(group.label, group.unlike) for group in shown.levels] == [("level 1", True), ("level 3", False)]
    assert [(group.label, group.unlike) for group in shown.areas] == [("Lan'an", False), ("East Lake", True)]
    limit("unfair_reviews", 6)
    assert card(account, GOOD).unlike == []


def test_an_overturned_review_counts_no_more(account: Account) -> None:
    finding = make_finding(make_institution(), rule=GOOD)
    make_review(finding, by=account, stands=False)
    make_review(finding, by=account, outcome=WITHDRAWN)
    shown = card(account, GOOD)
    assert (shown.reviewed.upheld, shown.reviewed.withdrawn, shown.upheld_amount) == (0, 1, Decimal(0))


def test_what_others_found_and_reviewed_shows_on_no_card(account: Account) -> None:
    reviewed(account, GOOD, upheld=2, withdrawn=2)
    elsewhere = make_account("wangyu", "990200")
    shown = card(elsewhere, GOOD)
    assert (shown.fired, shown.reviewed.count) == (0, 0)
    make_review(
        make_finding(make_institution("H99020100001", "990201"), rule=GOOD, insured_area="990200"), by=elsewhere
    )
    assert card(account, GOOD).reviewed.count == 4


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_show_it_in_both_tongues(desk: Client, account: Account, language: str) -> None:
    reviewed(account, BAD, upheld=1, withdrawn=9, level=3)
    make_total(make_institution(), charges=1000)
    make_hold(make_step(make_run(), BAD))
    facts = {
        "page_hash": rulebook()[BAD].hash,
        "certainty": "high",
        "upheld": 1,
        "withdrawn": 9,
        "upper": 0.28,
        "limit": 0.3,
    }
    Demotion.objects.create(rule=BAD, **facts)
    listed = desk.get("/desk/quality/", headers={"accept-language": language})
    assert listed.context["cards"][0].code == BAD
    text = desk.get(f"/desk/quality/{BAD}/", headers={"accept-language": language}).content.decode()
    for said in {"en": ["10.0%", "Demoted by its reviews", "documented"], "zh-hans": ["10.0%", "降级", "有据可查"]}[
        language
    ]:
        assert said in text
    assert "28.0%" in desk.get(f"/desk/rules/{BAD}/", headers={"accept-language": language}).content.decode()
    assert desk.get("/desk/quality/no_such_rule/").status_code == 404


def test_the_pages_ask_little_however_much_there_is(desk: Client, account: Account) -> None:
    counts = []
    desk.get("/desk/quality/")  # what a process keeps is asked once
    for batch in range(2):
        for rule in (GOOD, BAD, SILENT):
            reviewed(account, rule, upheld=2 + batch, withdrawn=2)
        for month in ("2026-01", "2026-02"):
            make_total(make_institution(), month, batch=make_batch())
        for address in ("/desk/quality/", f"/desk/quality/{GOOD}/"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert desk.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15
