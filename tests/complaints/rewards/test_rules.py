"""The rules of rewards: rows with a place, a time and a source; the narrowest place's holds, within the nation's frame."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.complaints.rewards import figures, loading, ruling, wording
from supervision.complaints.rewards.models import RewardBand, RewardRule
from supervision.complaints.rewards.ruling import NoRule
from supervision.complaints.rewards.workflow import REWARD
from tests.builders import make_account
from tests.complaints.rewards.office import RewardDesk, again, paid

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def make_rule(place: str = "990100", *, rate: int = 300, **facts: Any) -> RewardRule:
    values: dict[str, Any] = {
        "place": place, "least": 300, "most": 50_000, "name_zh": "规则", "name_en": "A rule", "source": "a decree",
        "verified": "setting", "valid": DateRange(date(2026, 1, 1), None), **facts,
    }  # fmt: skip
    rule = RewardRule.objects.create(**values)
    rule.bands.create(above=0, rate=rate)
    return rule


def test_every_database_has_the_shipped_rules_and_loading_again_changes_nothing() -> None:
    before = list(RewardRule.objects.values_list("pk", "place", "level")), RewardBand.objects.count()
    assert len(before[0]) == 7
    loading.load_shipped()
    assert (list(RewardRule.objects.values_list("pk", "place", "level")), RewardBand.objects.count()) == before


def test_what_was_set_here_stays_when_the_shipped_is_loaded_again() -> None:
    RewardRule.objects.filter(place="990200").update(least=777)
    loading.load_shipped()
    assert RewardRule.objects.get(place="990200").least == 777


def test_every_shipped_rule_says_where_it_stands_and_no_real_place_has_a_share() -> None:
    for rule in RewardRule.objects.all():
        assert rule.source
        assert rule.verified in ("verified", "secondary", "knowledge", "setting")
        assert rule.place == "000000" or rule.place.startswith("99")
        assert rule.bands.exists() == (rule.place != "000000")


def test_one_rule_a_place_and_day() -> None:
    make_rule()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(valid=DateRange(date(2026, 6, 1), None))
    RewardRule.objects.filter(place="990100").update(valid=DateRange(date(2026, 1, 1), date(2026, 6, 1)))
    make_rule(valid=DateRange(date(2026, 6, 1), None))


def test_bands_lie_side_by_side() -> None:
    rule = make_rule()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.bands.create(above=100, rate=100)


@pytest.mark.parametrize("wrong", [{"rate": 10_001}, {"above": 5, "up_to": 5}, {"extra": -1}, {"above": -1}])
def test_a_band_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    rule = make_rule()
    rule.bands.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.bands.create(**{"above": 0, "rate": 1, **wrong})


def test_the_narrowest_place_holds_and_one_for_this_kind_before_one_for_all() -> None:
    assert ruling.rule("990101", "institution", 1, TODAY).place == "990000"
    city = make_rule()
    assert ruling.rule("990101", "institution", 1, TODAY) == city
    county = make_rule("990101", against="individual")
    assert ruling.rule("990101", "individual", 1, TODAY) == county
    assert ruling.rule("990101", "institution", 1, TODAY) == city
    own = make_rule(against="institution", rate=100)
    assert ruling.rule("990101", "institution", 1, TODAY) == own


def test_the_rule_of_the_day_holds() -> None:
    make_rule(valid=DateRange(date(2026, 4, 1), None))
    assert ruling.rule("990101", "institution", 1, TODAY).place == "990000"
    assert ruling.rule("990101", "institution", 1, date(2026, 4, 1)).place == "990100"


def test_where_no_province_or_city_has_set_a_share_there_is_none() -> None:
    with pytest.raises(NoRule):
        ruling.rule("110101", "institution", 1, TODAY)
    with pytest.raises(NoRule):
        ruling.frame(date(2022, 12, 31))


def test_a_place_never_leaves_the_nations_frame() -> None:
    wide = make_rule(least=0, most=9_999_999)
    shares = ruling.shares(wide, TODAY)
    assert (shares.least, shares.most) == (Decimal("200.00"), Decimal("200000.00"))
    wide.valid = DateRange(date(2026, 1, 1), None)
    with pytest.raises(ValidationError):
        wide.full_clean()


def test_an_administrator_adds_a_rule_and_the_chain_says_so(client: Client) -> None:
    client.force_login(make_account("administrator", None, duties=[Duty.ADMINISTER]))
    sent = {
        "place": "990100", "against": "any", "level": "1", "base": "verified", "least": "200", "most": "1000",
        "name_zh": "市规则", "name_en": "City", "source": "a decree", "verified": "setting", "valid_0": "2026-01-01",
        "valid_1": "", "bands-TOTAL_FORMS": "1", "bands-INITIAL_FORMS": "0", "bands-MIN_NUM_FORMS": "0",
        "bands-MAX_NUM_FORMS": "1000", "bands-0-above": "0", "bands-0-up_to": "", "bands-0-rate": "500",
        "bands-0-extra": "0",
    }  # fmt: skip
    answer = client.post("/admin/rewards/rewardrule/add/", sent)
    assert answer.status_code == 302, answer.content.decode()
    rule = RewardRule.objects.get(place="990100")
    assert rule.bands.get().rate == 500
    assert Entry.objects.filter(act=Act.REFERENCE).latest("number").subject == f"rewards.rewardrule {rule.pk}"


def test_a_rule_is_said_in_words() -> None:
    said = {rule.against: wording.bands(rule) for rule in RewardRule.objects.filter(place="990300")}
    assert said["institution"] == [
        "2 % of what lies between ¥0.00 and ¥500,000.00", "4 % of what lies above ¥500,000.00"
    ]  # fmt: skip
    assert said["individual"][1] == "10 % of what lies above ¥10,000.00, and ¥500.00 more"


def test_the_public_figures_count_what_was_paid_and_not_what_came_back(office: RewardDesk) -> None:
    reward = paid(office, "30000.00")
    year = reward.payments.get().day.year
    assert figures.paid("9901", year) == figures.Paid(1, Decimal("3000.00"))
    assert figures.paid("9902", year) == figures.paid("9901", year - 1) == figures.Paid(0, Decimal("0.00"))
    day = reward.payments.get().day
    assert figures.paid("9901", year, until=day).count == 1
    assert figures.paid("9901", year, until=day - timedelta(1)).count == 0
    reward = REWARD.make(reward, "reclaim", by=office.proposer, note="false")
    reward = REWARD.make(reward, "demand", by=office.chief, note="Pay it back.")
    REWARD.make(reward, "book_back", by=office.finance, voucher="R-1", on=reward.payments.get().day)
    assert again(reward).state == "recovered"
    assert figures.paid("9901", year).count == 0
