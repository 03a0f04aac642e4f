"""Pharmaceutical enterprises: rated by rows, told by a letter, disclosed for a time, repaired by what they did."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from credit import enterprises
from credit.enterprise_workflow import RATING
from credit.models import Rating
from credit.rating import rated
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.credit.office import CreditDesk, make_desk
from tests.credit.rated import CODE, noted, time_over, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EN = {"accept-language": "en"}


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def public(client: Client) -> str:
    return client.get("/credit-grades/enterprises/", headers=EN).content.decode()


def test_a_fact_is_rated_told_disclosed_and_repaired(desk: CreditDesk, client: Client) -> None:
    subject = told(desk)
    assert (subject.tier, subject.needed) == (2, [1, 2, 4, 5, 6])
    letter = Document.objects.get(kind="enterprise_rating")
    assert "PJ-1" in letter.text_zh
    assert "严重失信" in letter.text_zh
    assert "杜撰制药" not in public(client)
    subject = RATING.make(time_over(subject), "publish", by=desk.chief)
    assert "杜撰制药" in public(client)
    assert "600" not in public(client)
    subject = RATING.make(subject, "correct", by=desk.keeper, note="report of today", measures_taken=["1", "2", "4"])
    with pytest.raises(MoveRefused, match="take the inflated price away; give unreasonable gains back"):
        RATING.make(subject, "repair", by=desk.chief, note="all done")
    subject = RATING.make(subject, "correct", by=desk.keeper, note="paid back", measures_taken=["5", "6"])
    assert RATING.make(subject, "repair", by=desk.chief, note="all done").state == "repaired"
    assert "杜撰制药" not in public(client)
    today = timezone.localdate()
    assert rated(subject.fact.enterprise, at=today).tier == 0
    assert rated(subject.fact.enterprise, at=today - timedelta(1)).tier == 0  # it was not known yesterday


def test_what_reaches_no_threshold_gets_no_tier(desk: CreditDesk) -> None:
    with pytest.raises(MoveRefused, match="gives no tier"):
        RATING.make(noted(desk, amount="499999.99"), "rate", by=desk.keeper)


def test_the_lightest_tier_is_not_disclosed(desk: CreditDesk) -> None:
    subject = told(desk)
    Rating.objects.filter(pk=subject.pk).update(tier=1)
    with pytest.raises(MoveRefused, match="This tier is not disclosed"):
        RATING.make(subject, "publish", by=desk.chief)


def test_a_disclosure_ends_by_itself(desk: CreditDesk, client: Client) -> None:
    subject = RATING.make(time_over(told(desk)), "publish", by=desk.chief)
    over = timezone.localdate() - timedelta(1)
    Rating.objects.filter(pk=subject.pk).update(disclosed_on=over, disclosed_until=over)
    assert "杜撰制药" not in public(client)
    assert (enterprises.expire_all(), enterprises.expire_all()) == (1, 0)


def test_a_record_is_noted_once_and_a_record_that_fell_is_withdrawn(desk: CreditDesk) -> None:
    subject = told(desk)
    with pytest.raises(MoveRefused, match="noted already"):
        noted(desk)
    RATING.make(subject, "withdraw", by=desk.chief, note="PJ-1 was overturned")
    assert rated(subject.fact.enterprise, at=timezone.localdate()).tier == 0


def test_the_pages_lead_from_the_fact_to_the_letter(desk: CreditDesk, client: Client) -> None:
    client.force_login(desk.keeper)
    today = timezone.localdate().isoformat()
    said = {
        "code": CODE, "name_zh": "杜撰制药有限公司", "matter": "tax", "number": "SF-9", "happened_on": today,
        "known_on": today, "amount": "50000.00", "found_tier": "0",
    }  # fmt: skip
    assert client.post("/desk/credit/enterprises/new/", {**said, "code": "nonsense"}).status_code == 200
    answer = client.post("/desk/credit/enterprises/new/", said)
    subject = Rating.objects.get()
    assert answer.headers["Location"] == subject.get_absolute_url()
    client.post(f"{subject.get_absolute_url()}move/", {"move": "rate", "turn": "0"})
    page = client.get(subject.get_absolute_url(), headers=EN).content.decode()
    for words in ("SF-9", "not shown yet", "take the inflated price away"):
        assert words in page
    assert subject.number in client.get("/desk/credit/enterprises/", headers=EN).content.decode()
