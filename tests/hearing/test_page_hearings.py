"""The review queue: its filters, its counts, its boxes, and what becomes of a wish for many."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from institutions.models import Account, Institution
from supervision.hearing.models import Bulk, Hearing
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from tests.builders import make_account, make_institution
from tests.hearing.heard import make_lines, make_reviewer, notified, taken_up

QUEUE = "/desk/hearing/"


@pytest.fixture
def reviewers(client: Client, first: Account) -> Client:
    client.force_login(first)
    return client


def shown(desk: Client, query: str = "") -> list[int]:
    return [hearing.pk for hearing in desk.get(f"{QUEUE}?{query}").context["page"].rows]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_queue_is_read_in_both_tongues(reviewers: Client, first: Account, language: str) -> None:
    finding = open_hearing(make_lines("60"), by=first).finding
    text = reviewers.get(QUEUE, headers={"accept-language": language}).content.decode()
    assert (finding.because_en in text) == (language == "en")
    assert (finding.because_zh in text) == (language != "en")


def test_each_filter_keeps_what_it_names(reviewers: Client, first: Account, second: Account) -> None:
    east, west = make_institution("H1", "990101"), make_institution("H2", "990102")
    raised = open_hearing(make_lines("60", place=east), by=first)
    mine = taken_up(make_lines("7", place=west, rule="adm_overlap"), first)
    sent = notified(make_lines("8", place=east), second)
    released = HEARING.make(
        taken_up(make_lines("9", place=east), second), "release", by=second, note="x", cause="other"
    )
    every = [released.pk, sent.pk, mine.pk, raised.pk]
    for query, kept in {
        "": every,
        "state=under_way": [sent.pk, mine.pk, raised.pk],
        "state=notified": [sent.pk],
        "rule=adm_overlap": [mine.pk],
        "institution=H2": [mine.pk],
        "mine=on": [mine.pk],
        "state=notified&institution=H2": [],
        "state=nonsense": every,
        "after=x": every,
    }.items():
        assert shown(reviewers, query) == kept, query


def test_the_counts_say_how_many_stand_where(reviewers: Client, first: Account, place: Institution) -> None:
    notified(make_lines("60", "40", place=place), first)
    taken_up(make_lines("7", place=place), first)
    taken_up(make_lines("5", place=place), first)
    counts = reviewers.get(QUEUE).context["counts"]
    assert [(row["state"], row["n"], row["amount"]) for row in counts] == [
        ("first_review", 2, 12),
        ("notified", 1, 100),
    ]


def test_another_territory_s_hearings_are_not_there(reviewers: Client, client: Client, first: Account) -> None:
    hearing = taken_up(make_lines("60"), first)
    client.force_login(make_reviewer("elsewhere", "990200"))
    assert shown(client) == []
    for address in (f"{QUEUE}{hearing.pk}/", f"{QUEUE}987654321/"):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}move/", {"move": "notify", "turn": 1}).status_code == 404
    client.post(f"{QUEUE}together/", {"hearing": [f"{hearing.pk}:1"], "move": "notify"})
    assert not Bulk.objects.exists()


def test_the_queue_asks_as_often_for_thirty_as_for_three(
    reviewers: Client, first: Account, place: Institution, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def ask() -> int:
        with django_assert_max_num_queries(25) as asked:
            reviewers.get(QUEUE)
        return len(asked)

    for _number in range(3):
        taken_up(make_lines("5", place=place), first)
    ask()  # reads the rules once
    few = ask()
    for _number in range(27):
        taken_up(make_lines("5", place=place), first)
    assert ask() == few


def test_those_ticked_are_decided_and_the_refused_are_told(
    reviewers: Client, first: Account, place: Institution
) -> None:
    one, two = (taken_up(make_lines("5", place=place), first) for _number in range(2))
    boxes = [f"{one.pk}:{one.turn}", f"{two.pk}:0", "x:1", "7"]
    answer = reviewers.post(f"{QUEUE}together/", {"hearing": boxes, "move": "notify", "note": "as the list says"})
    bulk = Bulk.objects.get()
    assert (answer.headers["Location"], bulk.done, len(bulk.refused)) == (f"{QUEUE}together/{bulk.pk}/", 1, 1)
    page = reviewers.get(bulk.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "1 of 2 done, 1 refused" in page and f"{QUEUE}{two.pk}/" in page
    assert Hearing.objects.get(pk=one.pk).state == "notified"


def test_a_wish_that_lacks_what_its_move_asks_is_not_begun(
    reviewers: Client, first: Account, place: Institution
) -> None:
    hearing = taken_up(make_lines("5", place=place), first)
    for wish in ({"move": "release", "note": "x"}, {"move": "conclude"}, {"move": "notify", "hearing": []}):
        reviewers.post(f"{QUEUE}together/", {"hearing": [f"{hearing.pk}:1"], **wish})
    assert not Bulk.objects.exists()


def test_a_wish_is_its_asker_s_own(reviewers: Client, client: Client, first: Account, place: Institution) -> None:
    reviewers.post(f"{QUEUE}take-up/", {"finding": [make_lines("5", place=place).pk]})
    client.force_login(make_reviewer("colleague"))
    assert client.get(Bulk.objects.get().get_absolute_url()).status_code == 404


def test_many_findings_are_taken_up_from_their_list(reviewers: Client, first: Account, place: Institution) -> None:
    findings = [make_lines("5", place=place) for _number in range(3)]
    elsewhere = make_lines("5", place=make_institution("H2", "990201"), insured_area="990200")
    page = reviewers.get("/desk/findings/").content.decode()
    assert page.count('name="finding"') == 3
    numbers = [finding.pk for finding in [*findings, elsewhere]]
    reviewers.post(f"{QUEUE}take-up/", {"finding": numbers})
    assert (Bulk.objects.get().done, Hearing.objects.count()) == (3, 3)
    assert set(Hearing.objects.values_list("state", "first_reviewer")) == {("first_review", first.pk)}


def test_all_that_answer_the_filters_are_taken_up_and_nothing_beside(
    reviewers: Client, first: Account, place: Institution
) -> None:
    ours = [make_lines("5", place=place, month="2026-02") for _number in range(2)]
    make_lines("5", place=place, month="2026-01")
    make_lines("5", place=make_institution("H2", "990201"), insured_area="990200", month="2026-02")
    assert 'name="every" value="?month=2026-02"' in reviewers.get("/desk/findings/?month=2026-02").content.decode()
    for _twice in range(2):
        reviewers.post(f"{QUEUE}take-up/", {"every": "?month=2026-02"})
    assert set(Hearing.objects.values_list("finding", flat=True)) == {finding.pk for finding in ours}
    assert Bulk.objects.get().asked == 2  # the second time nothing was left


def test_who_does_not_hear_ticks_nothing_and_is_refused(client: Client, first: Account, place: Institution) -> None:
    taken_up(make_lines("5", place=place), first)
    make_lines("6", place=place)
    client.force_login(make_account("reader", duties=["read"]))
    for page in (QUEUE, "/desk/findings/"):
        assert 'type="checkbox" name="hearing"' not in client.get(page).content.decode()
        assert 'name="finding"' not in client.get(page).content.decode()
    for address in ("together/", "take-up/"):
        assert client.post(f"{QUEUE}{address}", {}).status_code == 403
