"""One hearing's page: what it shows, what may be done, and what is told to whoever comes too late."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from institutions.models import Account, Institution
from supervision.audit.models import Act, Entry
from supervision.clocks.models import CalendarYear
from supervision.hearing.models import Hearing
from supervision.hearing.workflow import HEARING
from tests.builders import make_account
from tests.hearing.heard import (
    HEARS,
    answered,
    in_ledger,
    in_second_review,
    make_lines,
    make_reviewer,
    notified,
    taken_up,
)


@pytest.fixture
def reviewers(client: Client, first: Account) -> Client:
    client.force_login(first)
    return client


@pytest.fixture
def seconds(client: Client, second: Account) -> Client:
    client.force_login(second)
    return client


def page(desk: Client, hearing: Hearing, language: str = "en") -> str:
    answer = desk.get(hearing.get_absolute_url(), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def send(desk: Client, hearing: Hearing, move: str, query: str = "", **said: object) -> str:
    """The words that are told after the move was asked for."""
    address = f"{hearing.get_absolute_url()}move/{query}"
    answer = desk.post(
        address,
        {"move": move, "turn": hearing.turn, "note": "", **said},
        follow=True,
        headers={"accept-language": "en"},
    )
    hearing.refresh_from_db()
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_shows_the_reason_the_lines_and_only_the_moves_that_may_be_made(
    reviewers: Client, first: Account, place: Institution, hospital: Account, language: str
) -> None:
    hearing = answered(notified(make_lines("60", "40", place=place), first), hospital, "", "she is a woman")
    text = page(reviewers, hearing, language)
    assert (hearing.finding.because_en if language == "en" else hearing.finding.because_zh) in text
    assert "she is a woman" in text and "60.00" in text
    assert 'value="second_review"' not in text  # closed to who reviewed first
    assert 'value="accept"' not in text  # the institution's own
    if language == "en":
        assert "This needs a second person" in text
    assert Entry.objects.filter(act=Act.READ, subject=str(hearing), account="first").exists()


def test_moves_are_made_by_their_forms_from_first_review_to_a_measure(
    client: Client, first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    client.force_login(first)
    hearing = taken_up(make_lines("60", "40", place=place), first)
    send(client, hearing, "notify")
    assert hearing.state == "notified"
    hearing = answered(hearing, hospital, "", "ten are mine")
    client.force_login(second)
    send(client, hearing, "second_review")
    send(client, hearing, "verify", note="look")
    day = timezone.localdate().isoformat()
    send(client, hearing, "conclude", verified_on=day, verified_by="two of us", seen="stock is short")
    one, two = hearing.lines.order_by("pk")
    said = {
        f"decision_{one.pk}": "upheld", f"confirmed_{one.pk}": "", f"reason_{one.pk}": "",
        f"decision_{two.pk}": "partly", f"confirmed_{two.pk}": "30", f"reason_{two.pk}": "ten are yours",
    }  # fmt: skip
    send(client, hearing, "uphold", note="stock is short", **said)
    assert (hearing.state, hearing.confirmed) == ("upheld", Decimal(90))
    send(client, hearing, "handle", measure="refuse")
    assert (hearing.state, in_ledger(hearing)) == ("handled", {"demanded": 90, "withdrawn": 10})
    text = page(client, hearing)
    assert "stock is short" in text and "ten are yours" in text and "payment refused" in text


def test_a_form_that_lacks_something_is_shown_again_with_what_was_written(
    seconds: Client, first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = in_second_review(make_lines("60", place=place), first, second, hospital, "no")
    [line] = hearing.lines.all()
    address = f"{hearing.get_absolute_url()}move/"
    said = {
        "move": "uphold",
        "turn": hearing.turn,
        "note": "kept words",
        f"decision_{line.pk}": "partly",
        f"confirmed_{line.pk}": "60",
    }
    answer = seconds.post(address, said, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode() and "less than ¥60.00" in answer.content.decode()
    assert "There is no such move" in send(seconds, hearing, "nonsense")


def test_whoever_looked_before_another_decided_is_told(reviewers: Client, first: Account, place: Institution) -> None:
    hearing = taken_up(make_lines("60", place=place), first)
    seen = Hearing.objects.get(pk=hearing.pk)
    HEARING.make(hearing, "notify", by=make_reviewer("quicker"))
    assert "quicker" in send(reviewers, seen, "release", note="x", cause="other")
    assert seen.state == "notified"


def test_after_a_decision_the_next_of_the_list_opens(reviewers: Client, first: Account, place: Institution) -> None:
    older, newer = (taken_up(make_lines("6", place=place), first) for _number in range(2))
    send = {"move": "notify", "turn": 1}
    answer = reviewers.post(f"{newer.get_absolute_url()}move/?state=first_review", send)
    assert answer.headers["Location"] == f"{older.get_absolute_url()}?state=first_review"
    answer = reviewers.post(f"{older.get_absolute_url()}move/?state=first_review", send)
    assert answer.headers["Location"] == "/desk/hearing/?state=first_review"


def test_a_finding_s_page_leads_to_its_hearing_and_decides_nothing_beside_it(
    client: Client, first: Account, place: Institution
) -> None:
    both = make_account("both", duties=[*HEARS, "monitor"])
    client.force_login(both)
    finding = make_lines("60", place=place)
    text = client.get(finding.get_absolute_url()).content.decode()
    assert "/desk/hearing/take-up/" in text and f"findings/{finding.pk}/review/" in text
    answer = client.post("/desk/hearing/take-up/", {"finding": finding.pk, "alone": "1"})
    hearing = Hearing.objects.get()
    assert (answer.headers["Location"], hearing.first_reviewer) == (hearing.get_absolute_url(), both)
    text = client.get(finding.get_absolute_url()).content.decode()
    assert hearing.get_absolute_url() in text and f"findings/{finding.pk}/review/" not in text
    client.post(f"{finding.get_absolute_url()}review/", {"outcome": "withdrawn", "cause": "other", "note": "beside it"})
    finding.refresh_from_db()
    assert (finding.status, finding.reviews.count()) == ("open", 0)


def test_a_reader_sees_it_and_may_do_nothing(client: Client, first: Account, place: Institution) -> None:
    hearing = taken_up(make_lines("60", place=place), first)
    client.force_login(make_account("reader", duties=["read"]))
    assert "You do not hold the duty" in page(client, hearing)
    assert client.post(f"{hearing.get_absolute_url()}move/", {"move": "notify", "turn": 1}).status_code == 403
    assert Hearing.objects.get().notified_at is None


def test_what_the_institution_has_not_sent_yet_is_not_shown(
    reviewers: Client, first: Account, place: Institution, hospital: Account
) -> None:
    hearing = notified(make_lines("60", place=place), first)
    facts = {"kind": "application/pdf", "size": 1, "digest": "0" * 64, "given_digest": "0" * 64}
    hearing.attachments.create(name="ours.pdf", added_by=first, file="ours", **facts)
    draft = hearing.attachments.create(name="draft.pdf", added_by=hospital, file="draft", **facts)
    text = page(reviewers, hearing)
    assert "ours.pdf" in text and "draft.pdf" not in text
    assert reviewers.get(f"/desk/hearing/files/{draft.pk}/").status_code == 404
    answered(hearing, hospital, "no")
    assert "draft.pdf" in page(reviewers, hearing)


def test_a_reviewer_s_file_stands_beside_the_hearing(reviewers: Client, first: Account, place: Institution) -> None:
    hearing = notified(make_lines("60", place=place), first)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    address = f"{hearing.get_absolute_url()}files/"
    for given in (SimpleUploadedFile("scan.png", picture.getvalue()), SimpleUploadedFile("virus.exe", b"MZ")):
        reviewers.post(address, {"file": given})
    reviewers.post(address, {})
    kept = hearing.attachments.get()
    answer = reviewers.get(f"/desk/hearing/files/{kept.pk}/")
    assert (kept.name, answer.headers["Content-Disposition"]) == ("scan.png", 'attachment; filename="scan.png"')
    assert answer.getvalue().startswith(b"\x89PNG")
    assert reviewers.get(address).status_code == 405


def test_a_notice_whose_window_runs_into_a_year_without_holidays_is_refused_with_the_remedy(
    reviewers: Client, first: Account, place: Institution
) -> None:
    hearing = taken_up(make_lines("60", place=place), first)
    CalendarYear.objects.filter(year__gte=timezone.localdate().year).delete()  # as on 25 December, of the next year
    said = send(reviewers, hearing, "notify")
    assert "are not loaded" in said and "loads the State Council&#x27;s notice of that year" in said
    assert (hearing.state, hearing.lines.count(), in_ledger()) == ("first_review", 0, {})
