"""An enterprise without an account: the code of its letter opens its ratings, and freezes one of them once."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from credit import objecting
from credit.enterprise_workflow import RATING
from credit.models import Rating
from institutions.models import Duty
from supervision.audit.models import Entry
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.cases.office import make_officer
from tests.credit.office import CreditDesk, make_desk
from tests.credit.rated import CODE, noted, time_over, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OWN = "/credit-grades/enterprises/own/"
SAID = {"signer": "赵经理", "text": "the judgment was overturned on appeal", "object": "on"}


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def sent(code: str, enterprise: str = CODE, **said: str) -> str:
    client = Client(headers={"accept-language": "en"})
    return client.post(OWN, {"enterprise": enterprise, "code": code, **said}).content.decode()


def with_code(desk: CreditDesk) -> tuple[Rating, str]:
    subject = told(desk)
    return subject, objecting.draw_code(subject, by=desk.keeper)


def at_desk(desk: CreditDesk, subject: Rating, method: str = "get", end: str = "") -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(desk.keeper)
    ask = client.get if method == "get" else client.post
    return ask(f"{subject.get_absolute_url()}{end}", follow=True).content.decode()


def test_the_letter_says_until_when_and_where(desk: CreditDesk) -> None:
    subject = told(desk)
    assert subject.object_until is not None and subject.object_until > timezone.localdate()
    letter = Document.objects.get(kind="enterprise_rating")
    assert OWN in letter.text_zh and "查询码" in letter.text_zh


def test_the_code_is_shown_once_and_only_its_mark_is_kept(desk: CreditDesk) -> None:
    subject = told(desk)
    assert "Draw a code" in at_desk(desk, subject)
    page = at_desk(desk, subject, "post", "code/")
    code = page.partition("<code>")[2].partition("</code>")[0]
    assert len(code) == 19
    subject.refresh_from_db()
    assert subject.code_mark == objecting.mark_of(code)
    assert code not in at_desk(desk, subject)
    for kept in (*Entry.objects.values_list("facts", flat=True), Rating.objects.values()[0], *subject.events.values()):
        assert code not in str(kept) and code.replace("-", "") not in str(kept)


def test_it_opens_the_enterprises_own_ratings_however_it_is_typed(desk: CreditDesk) -> None:
    subject, code = with_code(desk)
    for typed in (code, code.lower(), code.replace("-", " ")):
        page = sent(typed)
        assert subject.number in page and "PJ-1" in page and "Object to" in page, typed
    not_told = noted(desk, number="PJ-2")
    assert not_told.number not in sent(code)


@pytest.mark.parametrize(
    "wrong", [{"code": "2222-2222-2222-2222"}, {"enterprise": "91990100MA0000000Y"}, {"code": " - "}]
)
def test_a_wrong_code_and_another_enterprise_are_answered_alike(desk: CreditDesk, wrong: Mapping[str, str]) -> None:
    subject, code = with_code(desk)
    page = sent(**{"code": code, **wrong})
    assert "This enterprise and this code open nothing." in page
    assert subject.number not in page


def test_a_new_code_closes_the_one_before_it(desk: CreditDesk) -> None:
    subject, first = with_code(desk)
    second = objecting.draw_code(subject, by=desk.keeper)
    assert "open nothing" in sent(first)
    assert subject.number in sent(second)


def test_an_objection_freezes_the_rating_until_another_person_has_reviewed_it(desk: CreditDesk) -> None:
    subject, code = with_code(desk)
    page = sent(code, **SAID)
    assert "You objected to" in page and "It is frozen" in page and "Object to" not in page
    subject.refresh_from_db()
    assert (subject.state, subject.objector, subject.objection) == ("objected", "赵经理", SAID["text"])
    assert Clock.objects.filter(subject=subject.number).going().count() == 1
    assert SAID["text"] in at_desk(desk, subject)
    for move in ("publish", "correct"):
        with pytest.raises(MoveRefused):
            RATING.make(time_over(subject), move, by=desk.chief, note="in spite of it", measures_taken=["1"])
    with pytest.raises(MoveRefused, match="second person"):
        RATING.make(subject, "uphold", by=desk.keeper, note="as it was")
    decided = make_officer("decided", Duty.CREDIT, Duty.DECIDE)
    Rating.objects.filter(pk=subject.pk).update(decider=decided)
    with pytest.raises(MoveRefused, match="second person"):
        RATING.make(subject, "uphold", by=decided, note="as it was")
    upheld = RATING.make(subject, "uphold", by=desk.reviewer, note="the appeal was rejected")
    assert (upheld.state, upheld.clock, upheld.reviewer) == ("told", None, desk.reviewer)
    assert "the appeal was rejected" in sent(code)
    assert RATING.make(upheld, "publish", by=desk.chief).state == "published"


def test_a_code_objects_once(desk: CreditDesk) -> None:
    subject, code = with_code(desk)
    sent(code, **SAID)
    upheld = RATING.make(Rating.objects.get(), "uphold", by=desk.reviewer, note="as it was")
    with pytest.raises(MoveRefused, match="used to object already"):
        objecting.object_by_code(CODE, code, signer="赵经理", text="once more")
    with pytest.raises(MoveRefused, match="objected already"):
        objecting.draw_code(upheld, by=desk.keeper)
    assert subject.events.filter(move="object").count() == 1


def test_an_objection_that_is_right_ends_in_a_withdrawal_that_answers_it(desk: CreditDesk) -> None:
    _subject, code = with_code(desk)
    sent(code, **SAID)
    withdrawn = RATING.make(Rating.objects.get(), "withdraw", by=desk.chief, note="you are right")
    assert (withdrawn.state, withdrawn.answer, withdrawn.clock) == ("withdrawn", "you are right", None)
    assert "you are right" in sent(code)


def test_to_the_last_day_it_may_be_objected_to_and_not_be_disclosed(desk: CreditDesk) -> None:
    subject, code = with_code(desk)
    Rating.objects.update(object_until=timezone.localdate())
    with pytest.raises(MoveRefused, match="may still be objected to"):
        RATING.make(subject, "publish", by=desk.chief)
    assert "Object to" in sent(code)
    Rating.objects.update(object_until=timezone.localdate() - timedelta(1))
    page = sent(code, **SAID)
    assert "Object to" not in page
    assert Rating.objects.get().state == "told"
    with pytest.raises(MoveRefused, match="time to object is over"):
        objecting.object_by_code(CODE, code, signer="赵经理", text="late")


def test_an_objection_without_a_name_or_a_word_is_mended(desk: CreditDesk) -> None:
    _subject, code = with_code(desk)
    page = sent(code, signer="", text="", object="on")
    assert "2 places need mending" in page and f'value="{code}"' in page
    assert Rating.objects.get().state == "told"


def test_a_code_goes_with_what_was_told_alone_and_from_the_own_territory(desk: CreditDesk) -> None:
    with pytest.raises(MoveRefused, match="what was told"):
        objecting.draw_code(noted(desk), by=desk.keeper)
    neighbour = make_officer("neighbour", Duty.CREDIT, territory="990200")
    with pytest.raises(MoveRefused, match="nothing here"):
        objecting.draw_code(Rating.objects.get(), by=neighbour)


def test_no_account_objects_for_an_enterprise(desk: CreditDesk) -> None:
    with pytest.raises(MoveRefused):
        RATING.make(told(desk), "object", by=desk.keeper, note="for it", signer="me")
