"""Tell, ask or block: who may set what, and what becomes of settings above and below."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.review.choices import deciding
from supervision.review.choices.deciding import HandlingRefused
from supervision.review.models import Handling
from tests.builders import make_account, make_division

pytestmark = pytest.mark.django_db
RULE = "drug_sex_restricted"
LIST, NEW = "/desk/review/handling/", "/desk/review/handling/new/"
TELL, ASK, BLOCK = Handling.Way.TELL, Handling.Way.ASK, Handling.Way.BLOCK


def put(account: Account, way: str, rule: str = RULE) -> Handling:
    return deciding.set_way(rule=rule, way=way, reason="the lists say so", by=account)


def standing() -> set[tuple[str, str]]:
    return {(one.division_id, one.way) for one in Handling.objects.standing()}


@pytest.fixture
def province(db: None) -> Account:
    return make_account("province", "990000")


@pytest.fixture
def county(db: None) -> Account:
    return make_account("county", "990101")


def test_a_setting_replaces_the_one_before_it_and_is_written_down(account: Account) -> None:
    first, second = put(account, ASK), put(account, TELL)
    assert standing() == {("990100", TELL)}
    first.refresh_from_db()
    assert first.ended_at is not None
    entry = Entry.objects.filter(act=Act.HANDLING).latest("number")
    assert (entry.subject, entry.facts["ended"], entry.facts["reason"]) == (
        f"handling {second.pk}", [first.pk], "the lists say so",
    )  # fmt: skip


def test_a_place_may_be_stricter_than_those_above_it_and_never_looser(province: Account, county: Account) -> None:
    put(province, ASK)
    with pytest.raises(HandlingRefused):
        put(county, TELL)
    put(county, BLOCK)
    assert standing() == {("990000", ASK), ("990101", BLOCK)}


def test_when_a_superior_becomes_stricter_what_is_looser_below_ends(
    province: Account, account: Account, county: Account
) -> None:
    put(account, ASK)
    put(county, BLOCK)
    put(make_account("neighbour", "990200"), TELL)
    put(county, ASK, "item_sex_restricted")
    put(province, BLOCK)
    assert standing() == {("990000", BLOCK), ("990101", BLOCK), ("990101", ASK)}  # the last of another rule


def test_what_is_ended_leaves_what_holds_above(province: Account, account: Account) -> None:
    put(province, ASK)
    mine = put(account, BLOCK)
    with pytest.raises(HandlingRefused):
        deciding.end(mine, by=province, reason="too strict")
    deciding.end(mine, by=account, reason="too strict")
    assert standing() == {("990000", ASK)}
    with pytest.raises(HandlingRefused):
        deciding.end(mine, by=account, reason="again")


def test_an_account_of_no_territory_sets_nothing() -> None:
    with pytest.raises(HandlingRefused):
        put(make_account("admin", None), BLOCK)


# --- On the page ----------------------------------------------------------------------------------------


def test_the_page_says_what_counts_here_and_who_has_set_it(desk: Client, province: Account, county: Account) -> None:
    put(province, ASK)
    put(county, BLOCK)
    put(make_account("neighbour", "990200"), BLOCK, "item_sex_restricted")
    (one,) = desk.get(LIST).context["handled"]
    assert (one.rule.code, one.counts.way, one.here) == (RULE, ASK, None)
    assert [(below.division_id, below.way) for below in one.below] == [("990101", BLOCK)]
    assert RULE not in {row.rule.code for row in desk.get(LIST).context["others"]}


def test_it_is_set_and_ended_on_the_page(desk: Client, account: Account) -> None:
    assert desk.get(f"{NEW}?rule={RULE}").context["form"]["rule"].value() == RULE
    assert desk.post(NEW, {"rule": RULE, "way": "block", "reason": ""}).context["form"].errors.keys() == {"reason"}
    desk.post(NEW, {"rule": RULE, "way": "block", "reason": "certain, and often overridden"})
    made = Handling.objects.get()
    assert (made.way, made.division_id, made.set_by) == ("block", "990100", account)
    desk.post(f"{LIST}{made.pk}/end/", {})
    assert standing() == {("990100", "block")}
    desk.post(f"{LIST}{made.pk}/end/", {"reason": "heard the hospitals"})
    assert standing() == set()


def test_a_refusal_is_said_beside_the_field(desk: Client, province: Account) -> None:
    above = put(province, BLOCK)
    answer = desk.post(NEW, {"rule": RULE, "way": "tell", "reason": "x"}, headers={"accept-language": "en"})
    assert "may only be stricter" in str(answer.context["form"].errors["way"])
    assert desk.post(NEW, {"rule": "no_such_rule", "way": "tell", "reason": "x"}).context["form"].errors.keys() == {
        "rule"
    }
    refused = desk.post(f"{LIST}{above.pk}/end/", {"reason": "x"}, headers={"accept-language": "en"})
    assert [str(one) for one in get_messages(refused.wsgi_request)] == ["Only the place that has set it ends it."]


def test_only_who_publishes_rules_sets_it_and_a_neighbours_is_not_there(client: Client) -> None:
    make_division("990100")
    theirs = put(make_account("neighbour", "990200"), BLOCK)
    client.force_login(make_account("reader", duties=[Duty.READ]))
    assert client.get(LIST).status_code == 200
    assert client.post(NEW, {"rule": RULE, "way": "block", "reason": "x"}).status_code == 403
    client.force_login(make_account("publisher", duties=[Duty.READ, Duty.RELEASE]))
    assert client.post(f"{LIST}{theirs.pk}/end/", {"reason": "x"}).status_code == 404
    assert standing() == {("990200", "block")}
